"""IR types as annotations that msgspec decodes.

A union of the API becomes a union of Python types within msgspec's rules: one type per JSON type, and several objects
only when their tags tell them apart (see `tagging`). Lists in one union are merged into one list whose items may be
any of theirs; objects that no tag tells apart become `dict[str, Any]`. So decoding may accept a little more than the
document does, never less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..ir.model import Api
from ..ir.types import (
    NO_CONSTRAINTS,
    AliasDecl,
    AnyJson,
    Const,
    Constraints,
    DeclId,
    EnumDecl,
    Kind,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Ref,
    Type,
    UnionDecl,
)
from .tagging import Tag

_SCALARS = {Kind.STRING: "str", Kind.INTEGER: "int", Kind.NUMBER: "float", Kind.BOOLEAN: "bool"}


@dataclass(frozen=True, slots=True)
class Names:
    """What annotations refer to: names of declarations, tags of objects, classes for unknown variants by tag member."""

    decls: Mapping[DeclId, str]
    tags: Mapping[DeclId, Tag]
    unknown: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Scalar:
    base: str
    text: str


_Alternative = _Scalar | ListOf | MapOf | ObjectDecl | AnyJson | None


class Annotator:
    """Writes annotations of one API. `checked` says whether the document's limits are enforced (requests) or not."""

    def __init__(self, api: Api, names: Names) -> None:
        self._api = api
        self._names = names

    def annotation(self, type: Type, checked: bool) -> str:
        """The annotation of an expression; named unions appear by name."""
        if isinstance(type, Nullable):
            inner = self.annotation(type.inner, checked)
            return inner if inner == "Any" else f"{inner} | None"
        if isinstance(type, Ref) and isinstance(self._api.decls[type.id], ObjectDecl | UnionDecl):
            return self._names.decls[type.id]
        return self._merge(list(self._alternatives(type, checked, frozenset())), checked)

    def union(self, decl: UnionDecl, checked: bool) -> str:
        """The expression that a union's name stands for."""
        return self._merge(list(self._alternatives(Ref(decl.id), checked, frozenset())), checked)

    def _alternatives(self, type: Type, checked: bool, seen: frozenset[DeclId]) -> Iterator[_Alternative]:
        match type:
            case Nullable(inner=inner):
                yield from self._alternatives(inner, checked, seen)
                yield None
            case Primitive(kind=kind, constraints=constraints):
                base = _SCALARS[kind]
                yield _Scalar(base, _annotated(base, constraints) if checked else base)
            case Const(value=value):
                base = value.__class__.__name__
                yield _Scalar(base, base)
            case AnyJson() | ListOf() | MapOf():
                yield type
            case Ref(id=id):
                yield from self._declared(id, checked, seen)

    def _declared(self, id: DeclId, checked: bool, seen: frozenset[DeclId]) -> Iterator[_Alternative]:
        decl = self._api.decls[id]
        if id in seen:
            yield AnyJson()
        elif isinstance(decl, ObjectDecl):
            yield decl
        elif isinstance(decl, EnumDecl):
            yield _Scalar(_SCALARS[decl.kind], _SCALARS[decl.kind])
        elif isinstance(decl, AliasDecl):
            if decl.recursive:
                yield AnyJson()
            else:
                yield from self._alternatives(decl.type, checked, seen | {id})
        else:
            for variant in decl.variants:
                yield from self._alternatives(variant.type, checked, seen | {id})

    def _merge(self, alternatives: list[_Alternative], checked: bool) -> str:
        if any(isinstance(a, AnyJson) for a in alternatives) or not alternatives:
            return "Any"
        parts: list[str] = []
        for base in dict.fromkeys(a.base for a in alternatives if isinstance(a, _Scalar)):
            texts = {a.text for a in alternatives if isinstance(a, _Scalar) and a.base == base}
            parts.append(texts.pop() if len(texts) == 1 else base)
        lists = [a for a in alternatives if isinstance(a, ListOf)]
        if lists:
            parts.append(self._list(lists, checked))
        parts += self._objects([a for a in alternatives if isinstance(a, ObjectDecl | MapOf)], checked)
        if None in alternatives:
            parts.append("None")
        return " | ".join(dict.fromkeys(parts))

    def _list(self, lists: list[ListOf], checked: bool) -> str:
        if len(lists) == 1:
            text = f"list[{self.annotation(lists[0].item, checked)}]"
            return _annotated(text, lists[0].constraints) if checked else text
        items = [a for each in lists for a in self._alternatives(each.item, checked, frozenset())]
        return f"list[{self._merge(items, checked)}]"

    def _objects(self, objects: list[ObjectDecl | MapOf], checked: bool) -> list[str]:
        decls = list({o.id: o for o in objects if isinstance(o, ObjectDecl)}.values())
        maps = [o for o in objects if isinstance(o, MapOf)]
        if not decls:
            values = {self.annotation(each.value, checked) for each in maps}
            return [f"dict[str, {values.pop() if len(values) == 1 else 'Any'}]"] if maps else []
        if maps:
            return ["dict[str, Any]"]
        if len(objects) == 1:
            return [self._names.decls[decls[0].id]]
        found = [self._names.tags.get(decl.id) for decl in decls]
        members = {tag[0] for tag in found if tag is not None}
        if None in found or len(members) != 1 or len(set(found)) != len(found):
            return ["dict[str, Any]"]
        return [*(self._names.decls[decl.id] for decl in decls), self._names.unknown[members.pop()]]


def _annotated(base: str, constraints: Constraints) -> str:
    limits = _limits(base, constraints)
    return f"Annotated[{base}, Meta({', '.join(limits)})]" if limits else base


def _limits(base: str, constraints: Constraints) -> list[str]:
    if constraints == NO_CONSTRAINTS:
        return []
    if base in ("int", "float"):
        return _number_limits(base, constraints)
    if base == "str":
        lengths = _length_limits(constraints.min_length, constraints.max_length)
        return lengths + ([f"pattern={constraints.pattern!r}"] if _compiles(constraints.pattern) else [])
    if base.startswith("list["):
        return _length_limits(constraints.min_items, constraints.max_items)
    return []


def _number_limits(base: str, constraints: Constraints) -> list[str]:
    limits = []
    bounds = (
        ("ge", constraints.minimum),
        ("gt", constraints.exclusive_minimum),
        ("le", constraints.maximum),
        ("lt", constraints.exclusive_maximum),
        ("multiple_of", constraints.multiple_of),
    )
    for word, value in bounds:
        if value is None or (base == "int" and (value != int(value) or abs(value) >= 2**63)):
            continue
        limits.append(f"{word}={int(value) if value == int(value) else value!r}")
    return limits


def _length_limits(least: int | None, most: int | None) -> list[str]:
    limits = [f"min_length={least}"] if least else []
    return limits + ([f"max_length={most}"] if most is not None else [])


def _compiles(pattern: str | None) -> bool:
    """Whether Python's `re` reads the pattern; ECMA-262 patterns that it cannot read are not enforced."""
    if pattern is None:
        return False
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
