"""The templates of paths: OpenAPI has `{name}` only, other tools write more, and mean one of the declared parameters.

`{+name}` and `{name*}` (RFC 6570), `{name+}` (API gateways), `{*name}`, `{**name}` and `{name?}` (ASP.NET), `{name...}` (Go),
`{name:path}` (Starlette), `{name:[0-9]+}` (JAX-RS, Spring), `{name=things/*}` (gRPC transcoding), `/:name` (Express),
`/<name>` and `/<int:name>` (Flask), `{{name}}` (Postman), blanks in the braces, and a name that is written in another case
than its parameter's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..ir.words import words_of

_INSIDE = re.compile(r"(?P<lead>[+./;]|\*{0,2})(?P<name>[^:=*+?{}<>]+?)(?P<tail>\*|\+|\.\.\.|\?|[:=].*)?", re.DOTALL)
#: A whole segment of Express or Flask.
_SEGMENT = re.compile(r"(?<=/)(?::(?P<express>\w+)|<(?:(?P<kind>\w+):)?(?P<flask>\w+)>)(?=[/?#]|\Z)")
#: What these operators of RFC 6570 (3.2.5, 3.2.6) write before a value.
_BEFORE = {".": ".", "/": "/"}


@dataclass(frozen=True, slots=True)
class Template:
    """A path with `{name}` only. `read` says what was written otherwise and what it is read as, `odd` what is sent as it
    stands although it looks like a parameter; values of the parameters in `whole` keep their slashes."""

    path: str
    read: tuple[tuple[str, str], ...] = ()
    odd: tuple[str, ...] = ()
    whole: frozenset[str] = frozenset()


def template(path: str, declared: Sequence[str]) -> Template:
    """The path in OpenAPI's own notation. `declared`: the names of its path parameters."""
    steps = _split(path)
    written = {step[1:-1] for step in steps if _is_slot(step)}
    free = [name for name in dict.fromkeys(declared) if name not in written]
    read: dict[str, str] = {}
    whole: set[str] = set()
    odd: list[str] = []
    end = next((at for at, step in enumerate(steps) if not _is_slot(step) and re.search("[?#]", step)), len(steps))
    for at, step in enumerate(steps[: end + 1]):
        if not _is_slot(step):
            steps[at] = _segments(step, free, read, odd, whole)
            continue
        inside = step[1:-1]
        if inside in declared:
            continue
        bare = inside[1:-1] if inside.startswith("{") and inside.endswith("}") else inside
        match = _INSIDE.fullmatch(bare.strip())
        if match is None:
            continue
        name = _meant(match["name"].strip(), declared) or match["name"].strip()
        lead, tail = match["lead"], match["tail"] or ""
        if _keeps_slashes(lead, tail):
            whole.add(name)
        before = f";{name}=" if lead == ";" else _BEFORE.get(lead, "")
        if f"{before}{{{name}}}" != step:
            read[step] = name
            steps[at] = f"{before}{{{name}}}"
    left = [name for name in free if f"{{{name}}}" not in steps]
    open = {step for step in steps[:end] if _is_slot(step) and step[1:-1] not in declared}
    if len(left) == len(open) == 1:  # what has no room, and the room that nothing fills, can only be one
        (step,) = open
        read[step] = left[0]
        whole = {left[0] if name == step[1:-1] else name for name in whole}
        steps = [f"{{{left[0]}}}" if s == step else s for s in steps]
    return Template("".join(steps), tuple(read.items()), tuple(odd), frozenset(whole))


def _is_slot(step: str) -> bool:
    return step.startswith("{") and step.endswith("}")


def _split(path: str) -> list[str]:
    """The texts and the templates of a path in turn; braces nest (`{id:[0-9]{4}}`)."""
    steps = [""]
    depth = 0
    for character in path:
        if character == "{":
            depth += 1
            if depth == 1:
                steps.append("")
        steps[-1] += character
        if character == "}" and depth:
            depth -= 1
            if depth == 0:
                steps.append("")
    return [step for step in steps if step]


def _meant(name: str, declared: Sequence[str]) -> str:
    """The declared parameter that a name means: itself, else the only one that differs by case or by how words are joined."""
    if name in declared:
        return name
    for like in (str.casefold, lambda text: " ".join(words_of(text))):
        found = [said for said in declared if like(said) == like(name)]
        if len(found) == 1:
            return found[0]
    return ""


def _keeps_slashes(lead: str, tail: str) -> bool:
    """Whether a value may be several segments."""
    if lead in ("+", "*", "**") or tail in ("*", "+", "...") or tail == ":path":
        return True
    if tail.startswith("="):
        return "**" in tail or "/" in tail
    try:
        return tail.startswith(":") and re.fullmatch(tail[1:], "a/b") is not None
    except re.error:
        return False


def _segments(text: str, free: Sequence[str], read: dict[str, str], odd: list[str], whole: set[str]) -> str:
    """A text between templates, with the whole segments that name declared parameters which have no room elsewhere."""

    def slot(match: re.Match[str]) -> str:
        name = _meant(match["express"] or match["flask"], free)
        if not name:
            odd.append(match[0])
            return match[0]
        read[match[0]] = name
        if match["kind"] == "path":
            whole.add(name)
        return f"{{{name}}}"

    return _SEGMENT.sub(slot, text)
