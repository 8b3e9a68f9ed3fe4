"""Small pieces of TypeScript text: member names, literals, data, unions."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...lower.layout import Group, Joined, Part, layout
from .naming import is_identifier

WIDTH = 110
INDENT = "  "


@dataclass(frozen=True, slots=True)
class Code:
    """An expression inside data that is code already."""

    text: str


def is_big(value: object) -> bool:
    """Whether it is an integer that is no safe integer of JavaScript (ECMA-262, Number.isSafeInteger)."""
    return isinstance(value, int) and abs(value) >= 2**53


def literal(value: str | int | float | bool) -> str:
    """A scalar as a TypeScript literal, of a type or a value; strings in single quotes unless double ones save escapes.

    Integers that a `number` cannot hold are `bigint`s, as the runtime reads them.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"{value}n" if is_big(value) else str(value)
    if isinstance(value, float):
        return json.dumps(value) if math.isfinite(value) else "1e999" if value > 0 else "-1e999"
    if value.isprintable() and not ("'" in value or '"' in value or "\\" in value):
        return f"'{value}'"  # as most are
    text = json.dumps(value, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    if value.count("'") > value.count('"'):
        return text
    return "'" + text[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"


@lru_cache(maxsize=4096)  # most names are those of many members
def member_name(name: str) -> str:
    """A member's name as it stands in a type."""
    return name if is_identifier(name) else literal(name)


def property_name(name: str) -> str:
    """A member's name as it stands in an object literal, where a bare `__proto__` would set the prototype."""
    return f"[{literal(name)}]" if name == "__proto__" else member_name(name)


def member_access(name: str) -> str:
    """`.name` or `['name']`."""
    return f".{name}" if is_identifier(name) else f"[{literal(name)}]"


def data_part(value: object) -> Part:
    """JSON-like data as an object literal, for the layout helper."""
    if isinstance(value, dict):
        return Group("{", [_entry(str(key), data_part(item)) for key, item in value.items()], "}", padded=True)
    if isinstance(value, list | tuple):
        records = len(value) > 1 and all(isinstance(item, dict) and len(item) > 1 for item in value)
        return Group("[", [data_part(item) for item in value], "]", broken=records)
    if value is None or isinstance(value, Code):
        return "null" if value is None else value.text
    assert isinstance(value, str | int | float | bool)
    return literal(value)


def _entry(key: str, value: Part) -> Part:
    name = property_name(key)
    return f"{name}: {value}" if isinstance(value, str) else Joined((f"{name}: ", value))


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
