"""Which members tell the objects of a union apart, and by which values: the tuple of tags."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ...diagnostics import Diagnostics
from ..graph import unalias
from ..shapes import leaves
from ..types import (
    Const,
    Decl,
    DeclId,
    Discriminator,
    EnumDecl,
    Kind,
    Nullable,
    ObjectDecl,
    Primitive,
    Ref,
    TagValue,
    Type,
    UnionDecl,
    schema_name,
)

#: Names that tags usually have, the likeliest first: of members that tell as much, the first of these is the tag.
_USUAL = ("type", "object", "role", "kind", "event")

Values = tuple[TagValue, ...]

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
#: bool first: it is an int, too.
_CONST_KINDS = ((bool, Kind.BOOLEAN), (int, Kind.INTEGER), (float, Kind.NUMBER), (str, Kind.STRING))


@dataclass(frozen=True, slots=True)
class Limit:
    """What a variant says of one member. Not `declared`: it does not have it; no values: it takes any there."""

    declared: bool
    #: None among them: the member may be absent or null.
    values: Values = ()
    #: Whether only some of the objects that the variant stands for have the member.
    partial: bool = False


_NOTHING = Limit(declared=False)


@dataclass(frozen=True, slots=True)
class Tags:
    """The tag members, and for each object variant (by its type) the values that it takes at each of them."""

    members: tuple[str, ...] = ()
    values: Mapping[Type, tuple[Values, ...]] | None = None
    #: The variants that tags alone do not tell apart from some other.
    shared: frozenset[Type] = frozenset()

    def of(self, type: Type) -> tuple[Values, ...]:
        """What `Variant.tags` becomes."""
        return (self.values or {}).get(type, ())


def apart(one: Values, other: Values) -> bool:
    """Whether no value is in both; any value, said by an empty tuple, is in every other."""
    return bool(one and other) and not {(type(v), v) for v in one} & {(type(v), v) for v in other}


def choose(union: UnionDecl, objects: Sequence[Type], decls: Mapping[DeclId, Decl], diagnostics: Diagnostics) -> Tags:
    """The tuple of tags: the declared discriminator first, else the member that tells most variants apart, then as
    many more as tell apart what is left. A member that tells nothing more is no tag, so that an enum stays open."""
    if len(objects) < 2 and union.discriminator is None:
        return Tags(shared=frozenset(objects) if len(objects) > 1 else frozenset())
    limits = {type: _limits(type, decls) for type in objects}
    usual = {name: index for index, name in enumerate(_USUAL)}
    names = {name for found in limits.values() for name, limit in found.items() if limit.values}
    order = sorted(names, key=lambda name: (usual.get(name, len(usual)), name))
    members: list[str] = []
    columns: list[list[Values]] = []
    if union.discriminator is not None:
        said = _declared(union, union.discriminator, objects, limits, decls, diagnostics)
        name = union.discriminator.member
        if any(said):
            members.append(name)
            columns.append(_first(said, [limits[type].get(name, _NOTHING) for type in objects]))
        order = [n for n in order if n != name]
    left = _overlapping(columns[0]) if columns else set(combinations(range(len(objects)), 2))
    while left:
        best: tuple[int, int, str, list[Values]] | None = None
        for name in order:
            found = [limits[type].get(name, _NOTHING) for type in objects]
            column = _further(found, left) if members else _first([limit.values for limit in found], found)
            strong = sum(apart(column[a], column[b]) and bool(_real(column[a]) and _real(column[b])) for a, b in left)
            weak = 0 if members else sum(_known_alone(column, found, a, b) for a, b in left)
            if strong + weak and (best is None or (strong, weak) > best[:2]):
                best = (strong, weak, name, column)
        if best is None:
            part = None if members else _in_part(order, objects, limits, left, decls)
            if part is not None:
                members.append(part[0])
                columns.append(part[1])
            break
        members.append(best[2])
        columns.append(best[3])
        left -= {(a, b) for a, b in left if apart(best[3][a], best[3][b])}
        order.remove(best[2])
    rows = {type: tuple(column[index] for column in columns) for index, type in enumerate(objects)}
    return Tags(tuple(members), rows, frozenset(objects[index] for pair in left for index in pair))


def _in_part(
    order: Sequence[str],
    objects: Sequence[Type],
    limits: Mapping[Type, Mapping[str, Limit]],
    left: set[tuple[int, int]],
    decls: Mapping[DeclId, Decl],
) -> tuple[str, list[Values]] | None:
    """The first tag where none tells two variants apart for every value: some values belong to one alone (`[a, b]` beside
    `[b, c]`), and the others are left to the required members.

    An enum that is not called as tags are is one only where the required members tell nothing: else it stays open.
    """
    keys = [frozenset(required_keys(type, decls)) for type in objects]
    for name in order:
        found = [limits[type].get(name, _NOTHING) for type in objects]
        values = [frozenset((type(value), value) for value in limit.values) for limit in found]
        pairs = [(a, b) for a, b in left if values[a] and values[b] and values[a] != values[b]]
        if any(name in _USUAL or keys[a] == keys[b] for a, b in pairs):
            return name, _first([limit.values for limit in found], found)
    return None


def _overlapping(column: Sequence[Values]) -> set[tuple[int, int]]:
    """The pairs that a tag does not tell apart; quick where most have values of their own, as in families of hundreds."""
    at: dict[object, list[int]] = {}
    for index, values in enumerate(column):
        for value in values:
            at.setdefault((type(value), value), []).append(index)
    free = [index for index, values in enumerate(column) if not values]
    pairs = {(a, b) for together in at.values() for a, b in combinations(together, 2)}
    return pairs | {(min(a, b), max(a, b)) for a in free for b in range(len(column)) if a != b}


def _real(values: Values) -> Values:
    return tuple(value for value in values if value is not None)


def _known_alone(column: Sequence[Values], found: Sequence[Limit], a: int, b: int) -> bool:
    """Whether one of two is known by a constant of its own, where the other says nothing."""
    return any(len(_real(column[x])) == len(column[x]) == 1 and not found[y].values for x, y in ((a, b), (b, a)))


def _further(found: Sequence[Limit], left: set[tuple[int, int]]) -> list[Values]:
    """The values of a further tag: only what it tells apart is held to it."""
    values = [() if limit.partial else limit.values for limit in found]
    touched = {index for a, b in left if apart(values[a], values[b]) for index in (a, b)}
    return [said if index in touched else () for index, said in enumerate(values)]


def _first(values: Sequence[Values], found: Sequence[Limit]) -> list[Values]:
    """The values of the first tag: what does not have the member takes no value of it.

    It may be absent only where that tells something: when other variants must have it.
    """
    out = [(None,) if not said and not limit.declared else said for said, limit in zip(values, found, strict=True)]
    if any(said and None not in said for said in out):
        return out
    return [_real(said) or said for said in out]


def _limits(type: Type, decls: Mapping[DeclId, Decl]) -> dict[str, Limit]:
    """What the objects behind an expression say of their members, taken together."""
    every = list(leaves(type, decls))
    found: dict[str, list[Limit]] = {}
    for leaf in every:
        for field in leaf.fields if leaf is not None else ():
            values = field_values(field.type, decls)
            optional = not field.required or isinstance(field.type, Nullable)
            found.setdefault(field.wire_name, []).append(
                Limit(True, (*values, None) if values and optional else values)
            )
    out: dict[str, Limit] = {}
    for name, said in found.items():
        partial = len(said) < len(every)
        listed = [v for limit in said for v in limit.values] if all(limit.values for limit in said) else []
        unique = {(v.__class__, v): v for v in (*listed, *([None] if listed and partial else []))}
        out[name] = Limit(True, tuple(unique.values()), partial)
    return out


def field_values(type: Type, decls: Mapping[DeclId, Decl]) -> Values:
    """The constant or the enum's values that a member has; empty for any other."""
    type = type.inner if isinstance(type, Nullable) else type
    if isinstance(type, Const) and not isinstance(type.value, float):
        return (type.value,)
    if isinstance(type, Ref) and isinstance(enum := decls[type.id], EnumDecl):
        values = tuple(m.value for m in enum.members if not isinstance(m.value, float))
        return values if len(values) == len(enum.members) else ()
    return ()


def required_keys(type: Type, decls: Mapping[DeclId, Decl]) -> tuple[str, ...]:
    """The members that every object of a variant has, in whichever direction it travels."""
    keys: dict[str, None] | None = None
    for leaf in leaves(type, decls):
        fields = leaf.fields if leaf is not None else ()
        mine = {f.wire_name: None for f in fields if f.required and not f.read_only and not f.write_only}
        keys = mine if keys is None else {k: None for k in keys if k in mine}
    return tuple(keys or ())


def _declared(
    union: UnionDecl,
    tagging: Discriminator,
    objects: Sequence[Type],
    limits: Mapping[Type, Mapping[str, Limit]],
    decls: Mapping[DeclId, Decl],
    diagnostics: Diagnostics,
) -> list[Values]:
    """What the declared discriminator gives each variant: what is mapped to it, else its constant, else its name."""
    out: list[Values] = []
    named: set[DeclId] = set()
    merged_names = dict(tagging.names)
    single = {type.id for type in objects if isinstance(type, Ref)}
    for type in objects:
        ids = {type.id} if isinstance(type, Ref) else set()
        found = [leaf for leaf in leaves(type, decls) if leaf is not None]
        kinds = {kind for leaf in found if (kind := _member_kind(leaf, tagging.member, decls)) is not None}
        ids |= {leaf.id for leaf in found} - single
        named |= ids
        mapped = tuple(_as_sent(value, kinds) for value, id in tagging.mapping if id in ids)
        limit = limits[type].get(tagging.member, _NOTHING)
        if mapped:
            _check(union, tagging, found, mapped, decls, diagnostics)
            mapped_ids = {id for value, id in tagging.mapping if id in ids}
            inner = mapped_ids <= {leaf.id for leaf in found} and len(found) > len(mapped_ids)
            rest = [v for v in limit.values if v not in mapped] if inner else []
            out.append((*mapped, *rest))
        else:
            name = schema_name(type.id) if isinstance(type, Ref) and "#/" in type.id[0] and len(type.id) == 1 else ""
            name = merged_names.get(type.id, name) if isinstance(type, Ref) else name
            alone = name in limit.values or not limit.values
            out.append((name,) if name and alone and len(found) <= 1 else limit.values)
    for value, id in tagging.mapping:
        if id not in named and id != tagging.default:
            diagnostics.note(
                "discriminator-mapping",
                f"{union.id}: the mapping's {value!r} means a schema that is none of the choices",
                union.origin,
                "Add it to oneOf, or take it out of the mapping.",
            )
    return out


def _check(
    union: UnionDecl,
    tagging: Discriminator,
    found: Sequence[ObjectDecl],
    mapped: Values,
    decls: Mapping[DeclId, Decl],
    diagnostics: Diagnostics,
) -> None:
    """A schema's own constant must be among the values that are mapped to it."""
    for leaf in found:
        field = next((f for f in leaf.fields if f.wire_name == tagging.member), None)
        said = field_values(field.type, decls) if field is not None else ()
        kind = _member_kind(leaf, tagging.member, decls)
        kinds = {kind} if kind is not None else set()
        mine = [_as_sent(value, kinds) for value, id in tagging.mapping if id == leaf.id]
        if len(said) == 1 and mine and said[0] not in mine:
            diagnostics.error(
                "discriminator-conflict",
                f"{union.id}: the mapping says {mine[0]!r}, but `{tagging.member}` of {leaf.id} is always {said[0]!r}",
                union.origin,
                "Correct one of the two.",
            )


def _member_kind(leaf: ObjectDecl, member: str, decls: Mapping[DeclId, Decl]) -> Kind | None:
    """The scalar kind that an object's member has; None where it is none, or not declared."""
    field = next((f for f in leaf.fields if f.wire_name == member), None)
    type = unalias(field.type, decls) if field is not None else None
    type = unalias(type.inner, decls) if isinstance(type, Nullable) else type
    if isinstance(type, Const):
        return next(kind for kinds, kind in _CONST_KINDS if isinstance(type.value, kinds))
    if isinstance(type, Ref) and isinstance(enum := decls[type.id], EnumDecl):
        return enum.kind
    return type.kind if isinstance(type, Primitive) else None


def _as_sent(value: str, kinds: set[Kind]) -> str | int | bool:
    """A value of a mapping, whose names are texts in every document, as the member itself has it: 1 for "1"."""
    if kinds == {Kind.BOOLEAN} and value in ("true", "false"):
        return value == "true"
    if kinds == {Kind.INTEGER} and _INTEGER.fullmatch(value):
        return int(value)
    return value
