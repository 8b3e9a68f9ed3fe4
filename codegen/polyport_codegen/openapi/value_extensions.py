"""What vendors' members say of an enum's known values: names, words for people, which of them go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..ir.types import EnumMember
from ..ir.words import words_of
from ..values import Json
from .html import prose
from .views import items_of, text

_ENUM_NAMES = ("x-enum-varnames", "x-enumNames", "x-speakeasy-enums")
_ENUM_DOCS = ("x-enum-descriptions", "x-speakeasy-enum-descriptions")
VALUES = frozenset(
    {
        *_ENUM_NAMES,
        *_ENUM_DOCS,
        "x-enumDeprecated",
        "x-enum-elements",
        "x-fern-enum",
        "x-ms-enum",
        "x-stainless-renameMap",
    }
)
Node = Mapping[str, Json]


def members(known: tuple[EnumMember, ...], node: Node) -> tuple[EnumMember, ...]:
    """The known values with the names, docs and deprecations that stand beside them."""
    if VALUES.isdisjoint(node):
        return known
    values = list(dict.fromkeys(v for v in items_of(node.get("enum")) if isinstance(v, str | int | float)))
    if not values:
        values = [m.value for m in known]
    names, docs, gone = dict(_names(node, values)), dict(_docs(node, values)), set(_gone(node, values))
    out = []
    for member in known:
        key = repr(member.value)
        about = member.docs
        if docs.get(key):
            about = replace(about, description=docs[key])
        if key in gone:
            about = replace(about, deprecated=True)
        out.append(replace(member, words=words_of(names[key]) if names.get(key) else member.words, docs=about))
    return tuple(out)


def _names(node: Node, values: Sequence[str | int | float]) -> Iterator[tuple[str, str]]:
    for key in _ENUM_NAMES:
        yield from _beside(node.get(key), values)
    renamed = node.get("x-stainless-renameMap")
    for name, value in renamed.items() if isinstance(renamed, dict) else ():
        yield repr(value), name
    for value, said in _entries(node, values):
        yield repr(value), text(said.get("name"))


def _docs(node: Node, values: Sequence[str | int | float]) -> Iterator[tuple[str, str]]:
    for key in _ENUM_DOCS:
        yield from _beside(node.get(key), values)
    for value, said in _entries(node, values):
        yield repr(value), prose(said.get("description"))


def _gone(node: Node, values: Sequence[str | int | float]) -> Iterator[str]:
    """Deprecated values: `x-enumDeprecated: [false, true]` of Google's, a list of values elsewhere."""
    for index, flag in enumerate(items_of(node.get("x-enumDeprecated"))):
        if flag is True and index < len(values):
            yield repr(values[index])
        elif isinstance(flag, str) and flag in values:
            yield repr(flag)
    for value, said in _entries(node, values):
        if said.get("deprecated") is True or said.get("availability") == "deprecated":
            yield repr(value)


def _beside(said: Json, values: Sequence[str | int | float]) -> Iterator[tuple[str, str]]:
    """A list as long as the values, or a map from them."""
    if isinstance(said, list):
        yield from ((repr(value), text(item)) for value, item in zip(values, said, strict=False))
    elif isinstance(said, dict):
        yield from ((repr(value), text(said.get(str(value)))) for value in values)


def _entries(node: Node, values: Sequence[str | int | float]) -> Iterator[tuple[Json, Node]]:
    """Objects that say more of a value: `x-ms-enum: {values}`, `x-enum-elements`, `x-fern-enum`."""
    enum = node.get("x-ms-enum")
    for said in items_of(enum.get("values")) if isinstance(enum, dict) else ():
        if isinstance(said, dict):
            yield said.get("value"), said
    for value, said in zip(values, items_of(node.get("x-enum-elements")), strict=False):
        if isinstance(said, dict):
            yield value, said
    fern = node.get("x-fern-enum")
    for value in values:
        said = fern.get(str(value)) if isinstance(fern, dict) else None
        if isinstance(said, dict):
            yield value, said
