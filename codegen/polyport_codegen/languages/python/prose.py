"""Docstrings: CommonMark from the document, wrapped, with sections in Google's style."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ...ir.types import Docs
from ...lower.layout import wrap_text
from ...values import Json
from .writer import quoted

WIDTH = 100

#: What Python source cannot contain, or takes for the end of a line.
_CONTROLS = re.compile(r"[\0-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]+")
#: The beginning of what is more than a paragraph.
_BLOCK = re.compile(r"^[ \t]*(?:[-*+]\s|\d+[.)]\s|```|~~~|[|#>])", re.MULTILINE)
_DEFAULT = re.compile("default", re.IGNORECASE)
_WORDS = re.compile(r"[\w.+-]+")


def docstring(text: str, indent: int, sections: Sequence[str] = ()) -> str:
    """A docstring with its quotes, whose first line is to stand at `indent` spaces; empty without text.

    `sections` (see `section`) follow after a blank line each and keep their lines.
    """
    body = _safe(text.strip())
    added = _safe("\n\n".join(part for part in sections if part))
    quote = 'r"""' if "\\" in body or "\\" in added else '"""'
    lines = _filled(body, WIDTH - indent, len(quote)) if body else []
    if added:
        lines += ["", *added.split("\n")] if lines else added.split("\n")
    if not lines:
        return ""
    if len(lines) == 1 and indent + len(quote) + len(lines[0]) + 3 <= WIDTH and not lines[0].endswith(('"', "\\")):
        return f'{quote}{" " if lines[0].startswith(chr(34)) else ""}{lines[0]}"""'
    pad = " " * indent
    if lines[0].startswith('"'):
        lines[0] = " " + lines[0]
    rest = "".join([f"\n{pad}{line}" if line else "\n" for line in lines[1:]])
    return f'{quote}{lines[0]}{rest}\n{pad}"""'


def _filled(body: str, width: int, lead: int) -> list[str]:
    """The body in lines, the first of which has less room by `lead`."""
    if body[0].isalpha():  # one word longer by the lead, so that the paragraph is filled as one
        first, *others = wrap_text("x" * lead + body, width)
        return [first[lead:], *others]
    lines = wrap_text(body, width)
    return [*wrap_text(lines[0], width - lead), *lines[1:]] if len(lines[0]) > width - lead else lines


def _safe(text: str) -> str:
    if not text.replace("\n", "").isprintable():  # as nearly all texts are
        text = _CONTROLS.sub(" ", text.replace("\r\n", "\n"))
    return text.replace('"""', "'''")


def section(title: str, entries: Iterable[tuple[str, str]], indent: int) -> str:
    """A section such as `Args:`, one entry a paragraph; empty without entries."""
    lines: list[str] = []
    for name, text in entries:
        filled = _entry(name, text, WIDTH - indent - 8)
        lines += [f"    {filled[0]}", *(f"        {line}" if line else "" for line in filled[1:])]
    return f"{title}:\n" + "\n".join(lines) if lines else ""


@lru_cache(maxsize=16384)
def _entry(name: str, text: str, width: int) -> tuple[str, ...]:
    """Paragraphs run together, but for those of a text with lists, code or tables, which keep their lines."""
    found = _BLOCK.search(text)
    if found is None:
        return tuple(wrap_text(f"{name}: {one_line(text)}" if text else name, width))
    return tuple(wrap_text(f"{name}:{' ' if found.start() else chr(10)}{text}", width))


def code_section(title: str, code: str) -> str:
    """A section with code in it."""
    return f"{title}:\n" + "\n".join(f"    {line}".rstrip() for line in code.split("\n"))


def one_line(text: str) -> str:
    """Paragraphs run together, for places that are short."""
    return " ".join(text.split())


def _tells(text: str, default: str) -> bool:
    """Whether the text says the default itself, near the word."""
    for match in _DEFAULT.finditer(text):
        near = text[max(match.start() - len(default) - 20, 0) : match.end() + len(default) + 40]
        if default in near and any(word.strip(".") == default for word in _WORDS.findall(near)):
            return True
    return False


def described(docs: Docs, default: Json = None, note: str = "") -> str:
    """The text of a member or argument with its default and deprecation."""
    parts = [docs.text]
    if docs.deprecation:
        parts.append(f"Deprecated: {docs.deprecation}")
    elif docs.deprecated and "deprecated" not in docs.text.lower():
        parts.append("Deprecated.")
    if default is not None and not _tells(docs.text, shown := default if isinstance(default, str) else quoted(default)):
        parts.append(f"Default: `{shown}`.")
    if note:
        parts.append(note)
    return "\n\n".join(part for part in parts if part)
