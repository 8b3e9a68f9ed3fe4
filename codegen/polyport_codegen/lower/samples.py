"""Example values as trees, checked against their types; languages only print them.

What the document shows is used as far as it fits: a member that does not fit its type, or that its object does not
list, is left out, and made up when it is required. What it does not show is made up, as small as the type allows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..ir.decision import chosen
from ..ir.model import Api
from ..ir.types import (
    AliasDecl,
    AnyJson,
    Const,
    Decl,
    EnumDecl,
    EnumMember,
    Field,
    Kind,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Type,
    UnionDecl,
    Variant,
)
from ..values import Json
from .calls import Argument, BodyKind, Call, Place
from .walk import bare, is_file

# -- the tree ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string, number or boolean; integers are `int`."""

    type: Primitive
    value: str | int | float | bool


@dataclass(frozen=True, slots=True)
class Fixed:
    """The one value of a const, or the value of a tag."""

    value: str | int | float | bool


@dataclass(frozen=True, slots=True)
class File:
    """Some file."""


@dataclass(frozen=True, slots=True)
class Null:
    """Null, where it is one of the values."""


@dataclass(frozen=True, slots=True)
class Free:
    """A value of any JSON."""

    value: Json


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    type: ListOf
    items: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """A map."""

    type: MapOf
    entries: tuple[tuple[str, Sample], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A value of an enum. `member` is None for a value that the enum does not list."""

    decl: EnumDecl
    value: str | int | float
    member: EnumMember | None


@dataclass(frozen=True, slots=True)
class Object:
    """An object. Required constants are among the members; what only servers set never is."""

    decl: ObjectDecl
    members: tuple[tuple[Field, Sample], ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value of a union: of the variant at `index`."""

    decl: UnionDecl
    index: int
    value: Sample

    @property
    def variant(self) -> Variant:
        """The variant."""
        return self.decl.variants[self.index]


Sample = Scalar | Fixed | File | Null | Free | Items | Entries | Known | Object | Chosen


class _Absent:
    """No example; null is one."""


ABSENT: Final = _Absent()
Shown = Json | _Absent

_FORMATS = {
    "date-time": "2025-01-31T12:00:00Z",
    "date": "2025-01-31",
    "time": "12:00:00Z",
    "duration": "P1D",
    "uuid": "123e4567-e89b-12d3-a456-426614174000",
    "uri": "https://example.com",
    "url": "https://example.com",
    "email": "someone@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "byte": "aGVsbG8=",
}
#: Where made-up values end: what is optional is left out anyway, so only lists and maps go on for so long.
_DEPTH = 6


# -- calls -------------------------------------------------------------------------------------------------------------


def arguments(api: Api, call: Call) -> tuple[tuple[Argument, Sample], ...]:
    """What to show for a call: all required arguments, and those that the body's first fitting example has."""
    shown = _shown_body(api, call)
    out: list[tuple[Argument, Sample]] = []
    for argument in call.arguments:
        given = shown.get(argument.symbol, ABSENT)
        if not argument.required and isinstance(given, _Absent):
            continue
        own = given if argument.place in (Place.MEMBER, Place.BODY) else ABSENT
        sample = _best(api, argument, own)
        if sample is not None:
            out.append((argument, sample))
    return tuple(out)


def _best(api: Api, argument: Argument, shown: Shown) -> Sample | None:
    if argument.files.value or (argument.place is Place.BODY and is_file(argument.type)):
        return _files(argument)
    for value in (shown, *argument.docs.examples):
        if not isinstance(value, _Absent) and (found := fitting(api, argument.type, value)) is not None:
            return found
    return made_up(api, argument.type, argument.wire or "...", argument.default) if argument.required else None


def _files(argument: Argument) -> Sample:
    inner = bare(argument.type)
    return Items(inner, (File(),)) if isinstance(inner, ListOf) else File()


def _shown_body(api: Api, call: Call) -> Mapping[str, Json]:
    """The values of the first documented body that has what is required, by the argument's symbol."""
    body = call.body
    if body is None:
        return {}
    examples = (*body.docs.examples, *(api.decl(body.flat).docs.examples if body.flat is not None else ()))
    for example in examples:
        if body.whole is not None:
            if body.kind is BodyKind.BINARY or fitting(api, body.whole.type, example) is not None:
                return {body.whole.symbol: example}
        elif isinstance(example, dict) and all(a.wire in example for a in body.members if a.required and not a.const):
            return {a.symbol: example[a.wire] for a in body.members if a.wire in example}
    return {}


# -- what the document shows -------------------------------------------------------------------------------------------


def fitting(api: Api, type: Type, value: Json, depth: int = 0) -> Sample | None:
    """The value as a sample of the type; None when it does not fit."""
    if depth > 40:
        return None
    match type:
        case Nullable(inner=inner):
            return Null() if value is None else fitting(api, inner, value, depth)
        case Const(value=only):
            return Fixed(only) if _is_same(value, only) else None
        case Primitive():
            return _scalar(type, value)
        case ListOf(item=item):
            if not isinstance(value, list):
                return None
            return _items(type, [fitting(api, item, v, depth + 1) for v in value])
        case MapOf(value=inner):
            if not isinstance(value, dict):
                return None
            found = {k: fitting(api, inner, v, depth + 1) for k, v in value.items()}
            entries = tuple((k, v) for k, v in found.items() if v is not None)
            return Entries(type, entries) if entries or not value else None
        case AnyJson():
            return Free(value)
    return _declared(api, api.decl(type.id), value, depth)


def _items(type: ListOf, found: list[Sample | None]) -> Items | None:
    items = tuple(item for item in found if item is not None)
    return Items(type, items) if items or not found else None


def _is_same(left: Json, right: Json) -> bool:
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def _scalar(type: Primitive, value: Json) -> Sample | None:
    if is_file(type):
        return File()
    if type.kind is Kind.STRING:
        return Scalar(type, value) if isinstance(value, str) else None
    if isinstance(value, bool) or type.kind is Kind.BOOLEAN:
        return Scalar(type, value) if isinstance(value, bool) and type.kind is Kind.BOOLEAN else None
    if not isinstance(value, int | float) or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if type.kind is Kind.NUMBER:
        return Scalar(type, value)
    # What no 64-bit integer can hold is no literal in most languages.
    return Scalar(type, int(value)) if value == int(value) and abs(int(value)) < 2**63 else None


def _declared(api: Api, decl: Decl, value: Json, depth: int) -> Sample | None:
    if isinstance(decl, AliasDecl):
        return fitting(api, decl.type, value, depth + 1)
    if isinstance(decl, EnumDecl):
        return _known(decl, value)
    if isinstance(decl, UnionDecl):
        index = chosen(decl, value)
        found = fitting(api, decl.variants[index].type, value, depth + 1) if index is not None else None
        return Chosen(decl, index, found) if index is not None and found is not None else None
    return _object(api, decl, value, depth) if isinstance(value, dict) else None


def _known(decl: EnumDecl, value: Json) -> Known | None:
    member = next((m for m in decl.members if _is_same(m.value, value)), None)
    if member is not None:
        return Known(decl, member.value, member)
    found = _scalar(Primitive(decl.kind), value)
    return Known(decl, found.value, None) if isinstance(found, Scalar) else None


def _object(api: Api, decl: ObjectDecl, value: dict[str, Json], depth: int) -> Object | None:
    members: list[tuple[Field, Sample]] = []
    for field in decl.fields:
        if field.read_only:
            continue
        found = fitting(api, field.type, value[field.wire_name], depth + 1) if field.wire_name in value else None
        if found is None and field.required:
            found = made_up_member(api, field, depth + 1)
        if found is not None:
            members.append((field, found))
    # An object that shares no member with its example is an example of something else.
    listed = {f.wire_name for f in decl.fields}
    if value and decl.fields and decl.additional is None and not listed & value.keys():
        return None
    return Object(decl, tuple(members))


# -- made up -----------------------------------------------------------------------------------------------------------


def made_up(api: Api, type: Type, name: str, default: Json = None, depth: int = 0) -> Sample:
    """A plausible value of a type: its default, else the example of its declaration, else something small."""
    if default is not None and (found := fitting(api, type, default, depth)) is not None:
        return found
    match type:
        case Nullable(inner=inner):
            return Null() if depth > _DEPTH else made_up(api, inner, name, None, depth)
        case Const(value=value):
            return Fixed(value)
        case Primitive():
            return File() if is_file(type) else Scalar(type, _plausible(type, name))
        case ListOf(item=item):
            return Items(type, (made_up(api, item, name, None, depth + 1),) if depth < _DEPTH else ())
        case MapOf(value=inner):
            return Entries(type, (("key", made_up(api, inner, name, None, depth + 1)),) if depth < _DEPTH else ())
        case AnyJson():
            return Free({})
    return _made_up_decl(api, api.decl(type.id), name, depth)


def made_up_member(api: Api, field: Field, depth: int = 0) -> Sample:
    """A plausible value of a member of an object."""
    for example in field.docs.examples:
        if (found := fitting(api, field.type, example, depth)) is not None:
            return found
    return made_up(api, field.type, field.wire_name, field.default, depth)


def _made_up_decl(api: Api, decl: Decl, name: str, depth: int) -> Sample:
    if depth <= _DEPTH:
        for example in decl.docs.examples:
            if (found := _declared(api, decl, example, depth + 1)) is not None:
                return found
    if isinstance(decl, AliasDecl):
        return made_up(api, decl.type, name, None, depth + 1)
    if isinstance(decl, EnumDecl):
        member = decl.members[0] if decl.members else None
        return Known(decl, member.value if member is not None else name, member)
    if isinstance(decl, UnionDecl):
        return _made_up_union(api, decl, name, depth)
    members = tuple(
        (f, made_up_member(api, f, depth + 1)) for f in decl.fields if f.required and not f.read_only and depth < 40
    )
    return Object(decl, members)


def _made_up_union(api: Api, decl: UnionDecl, name: str, depth: int) -> Sample:
    """Of the simplest variant: a scalar if there is one, else the first."""
    if not decl.variants:
        return Free({})
    scalars = [n for n, v in enumerate(decl.variants) if isinstance(v.type, Primitive) and not is_file(v.type)]
    index = scalars[0] if scalars else 0
    variant = decl.variants[index]
    value = made_up(api, variant.type, name, None, depth + 1)
    if isinstance(value, Object):
        for member, known in decl.listed(variant):
            value = _tagged(value, member, [tag for tag in known if tag is not None])
    return Chosen(decl, index, value)


def _tagged(value: Object, tag: str, tags: Sequence[str | int | bool]) -> Object:
    """The object with a tag that means its variant."""
    held = {field.wire_name: sample for field, sample in value.members}.get(tag)
    if isinstance(held, Fixed | Scalar | Known) and any(_is_same(held.value, t) for t in tags):
        return value
    field = next((f for f in value.decl.fields if f.wire_name == tag), None)
    if field is None or not tags:
        return value
    others = [(f, s) for f, s in value.members if f.wire_name != tag]
    return Object(value.decl, ((field, Fixed(tags[0])), *others))


def _plausible(type: Primitive, name: str) -> str | int | float | bool:
    limits = type.constraints
    if type.kind is Kind.STRING:
        return _FORMATS.get(type.format, name)
    if type.kind is Kind.BOOLEAN:
        return True
    value: float = 1
    if limits.minimum is not None:
        value = max(value, limits.minimum)
    if limits.exclusive_minimum is not None and value <= limits.exclusive_minimum:
        value = limits.exclusive_minimum + 1
    if limits.maximum is not None:
        value = min(value, limits.maximum)
    if limits.exclusive_maximum is not None and value >= limits.exclusive_maximum:
        value = limits.exclusive_maximum - 1
    if limits.multiple_of and value % limits.multiple_of:
        value = limits.multiple_of
    if not math.isfinite(value):
        return 1
    return int(value) if type.kind is Kind.INTEGER or float(value).is_integer() else value
