"""Small pieces of TypeScript text: comments, member names, literals of data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from ...ir.types import Docs
from ...lower.layout import Group, Joined, Part, layout, wrap_text
from ...values import Json
from .lower_types import literal
from .naming import is_identifier

WIDTH = 110
INDENT = "  "


@dataclass(frozen=True, slots=True)
class Code:
    """An expression inside data that is code already."""

    text: str


def member_name(name: str) -> str:
    """A member's name as it stands in a type or an object literal."""
    return name if is_identifier(name) else literal(name)


def member_access(name: str) -> str:
    """`.name` or `['name']`."""
    return f".{name}" if is_identifier(name) else f"[{literal(name)}]"


def jsdoc(docs: Docs, level: int = 0, *, default: Json = None, extra: Sequence[str] = ()) -> str:
    """The comment before a declaration with its line end; empty when there is nothing to say."""
    prefix = INDENT * level
    lines = wrap_text(_safe(docs.text), WIDTH - len(prefix) - 3) if docs.text else []
    tags: list[str] = []
    if default is not None and not isinstance(default, (list, dict)):
        tags.append(f"@default {json.dumps(default, ensure_ascii=False)}")
    if docs.deprecated:
        tags.append(f"@deprecated {docs.deprecation}".rstrip())
    tags += extra
    wrapped = [
        line
        for tag in tags
        for line in (wrap_text(_safe(tag), WIDTH - len(prefix) - 3) if "\n" not in tag else _safe(tag).split("\n"))
    ]
    if lines and wrapped:
        lines.append("")
    lines += wrapped
    if not lines:
        return ""
    if len(lines) == 1 and len(prefix) + len(lines[0]) + 7 <= WIDTH:
        return f"{prefix}/** {lines[0]} */\n"
    body = "".join(f"{prefix} * {line}".rstrip() + "\n" for line in lines)
    return f"{prefix}/**\n{body}{prefix} */\n"


def _safe(text: str) -> str:
    return text.replace("*/", "*\\/")


def data_part(value: object) -> Part:
    """JSON-like data as an object literal, for the layout helper."""
    if isinstance(value, dict):
        items = [Joined([f"{member_name(str(key))}: ", data_part(item)]) for key, item in value.items()]
        return Group("{", items, "}", padded=True)
    if isinstance(value, list | tuple):
        records = len(value) > 1 and all(isinstance(item, dict) and len(item) > 1 for item in value)
        return Group("[", [data_part(item) for item in value], "]", broken=records)
    if value is None or isinstance(value, Code):
        return "null" if value is None else value.text
    assert isinstance(value, str | int | float | bool)
    return literal(value)


def data_text(value: object, *, column: int = 0, level: int = 0) -> str:
    """JSON-like data as an object literal, laid out."""
    return layout(data_part(value), width=WIDTH, column=column, indent=INDENT, level=level)


def union_text(lead: str, members: Sequence[str], end: str, level: int = 0) -> str:
    """`lead A | B end` on one line, or the members on the next, or a line for each member."""
    joined = " | ".join(members)
    one = f"{lead} {joined}{end}"
    if len(INDENT * level) + len(one) <= WIDTH or len(members) == 1:
        return one
    inner = "\n" + INDENT * (level + 1)
    if len(inner) - 1 + len(joined) + len(end) <= WIDTH:
        return f"{lead}{inner}{joined}{end}"
    return lead + "".join(f"{inner}| {member}" for member in members) + end
