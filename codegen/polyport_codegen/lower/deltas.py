"""How the events of a stream add up to one whole: decided from the model, the same in every language.

The events of one declaration are added member by member:

| a member | is |
|---|---|
| in `joined` | text in pieces: joined |
| a list in `merged` | merged item by item: those with the same value of the key belong together; new ones are appended |
| another list | appended |
| an object | added up by these rules itself |
| anything else | the latest value that is not null; null or absence takes nothing away |

Text is in pieces where an item with an index or a member `delta` holds it: a string of no format, no enum, no const, that
neither names nor dates a thing. Outside of these an event repeats what it is about (`id`, `model`,
`system_fingerprint`), so the latest value stands.

The sum is an event with everything in it. Where the call also has a plain form, `Whole` says how the sum becomes an
answer of that type: in OpenAI's chat dialect `choices[].delta` is called `message` there, and a tool call has no `index`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..ir.types import Const, Decl, DeclId, Field, Kind, ListOf, ObjectDecl, Primitive, Type
from .calls import Call
from .walk import object_of, resolved

#: A way from the root by wire names; `[]` leads to the items of a list.
Path = tuple[str, ...]

_KEYS = ("index",)
_DELTA = "delta"
#: Strings that say what a thing is, not a part of what it says.
_NAMES = frozenset(
    {"id", "type", "role", "object", "name", "model", "status", "kind", "index", "event", "format", "language"}
)
_ENDINGS = ("_id", "_type", "_at", "_reason", "Id", "Type", "At", "Reason")
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Whole:
    """How the sum becomes an answer of the plain form. Applied in this order."""

    type: DeclId
    #: Members that are called otherwise in the answer: the way to them in the sum, and their name there.
    renamed: tuple[tuple[Path, str], ...] = ()
    #: Members of the sum that an answer has not.
    dropped: tuple[Path, ...] = ()
    #: Members that are the same in every answer.
    constants: tuple[tuple[Path, str | int | float | bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Deltas:
    """The rule for one stream."""

    #: The declaration of its events.
    event: DeclId
    joined: tuple[Path, ...]
    #: Lists, and the member by which their items belong together.
    merged: tuple[tuple[Path, str], ...]
    whole: Whole | None = None


def deltas(call: Call, decls: Mapping[DeclId, Decl]) -> Deltas | None:
    """The rule for a call's stream; None when it has none, or when its events do not add up: when they are of several
    kinds (a union), or hold no text in pieces."""
    if call.streaming is None or call.streaming.type is None:
        return None
    event = object_of(call.streaming.type, decls)
    if event is None:
        return None
    joined: list[Path] = []
    merged: list[tuple[Path, str]] = []
    _collect(event, (), False, decls, joined, merged)
    if not joined:
        return None
    plain = object_of(call.plain.type, decls) if call.plain is not None and call.plain.type is not None else None
    whole = _whole(event, plain, decls) if plain is not None and plain.id != event.id else None
    return Deltas(event.id, tuple(joined), tuple(merged), whole)


def _collect(
    decl: ObjectDecl,
    path: Path,
    in_pieces: bool,
    decls: Mapping[DeclId, Decl],
    joined: list[Path],
    merged: list[tuple[Path, str]],
) -> None:
    if len(path) > _DEEPEST:
        return
    for field in decl.fields:
        at = (*path, field.wire_name)
        type = resolved(field.type, decls)
        here = in_pieces or field.wire_name == _DELTA
        if here and _is_piece(field, type):
            joined.append(at)
        elif isinstance(type, ListOf) and (item := object_of(type.item, decls)) is not None:
            key = next((k for k in _KEYS if any(f.wire_name == k for f in item.fields)), None)
            if key is not None:
                merged.append((at, key))
                _collect(item, (*at, "[]"), True, decls, joined, merged)
        elif (inner := object_of(type, decls)) is not None:
            _collect(inner, at, here, decls, joined, merged)


def _is_piece(field: Field, type: Type) -> bool:
    if not isinstance(type, Primitive) or type.kind is not Kind.STRING or type.format:
        return False
    return field.wire_name not in _NAMES and not field.wire_name.endswith(_ENDINGS)


def _whole(event: ObjectDecl, plain: ObjectDecl, decls: Mapping[DeclId, Decl]) -> Whole:
    renamed: list[tuple[Path, str]] = []
    dropped: list[Path] = []
    constants: list[tuple[Path, str | int | float | bool]] = []
    _compare(event, plain, (), decls, (renamed, dropped, constants))
    return Whole(plain.id, tuple(renamed), tuple(dropped), tuple(constants))


_Found = tuple[list[tuple[Path, str]], list[Path], list[tuple[Path, str | int | float | bool]]]


def _compare(left: ObjectDecl, right: ObjectDecl, path: Path, decls: Mapping[DeclId, Decl], out: _Found) -> None:
    """Walk both objects together; the ways in `dropped` and `constants` go by the names after renaming."""
    if len(path) > _DEEPEST:
        return
    renamed, dropped, constants = out
    answer = {f.wire_name: f for f in right.fields}
    taken = {f.wire_name for f in left.fields}
    for field in left.fields:
        name = field.wire_name
        if name == _DELTA and name not in answer:
            name = next((n for n in _free_objects(answer, taken, decls)), name)
            if name != field.wire_name:
                renamed.append(((*path, field.wire_name), name))
        if name not in answer:
            # Unknown members stay; what numbers the items of a list has done its work.
            if name in _KEYS:
                dropped.append((*path, name))
            continue
        for inner, other, step in _pairs(field.type, answer[name].type, decls):
            _compare(inner, other, (*path, name, *step), decls, out)
    for other_field in right.fields:
        if isinstance(other_field.type, Const) and other_field.required and not _is_same(left, other_field):
            constants.append(((*path, other_field.wire_name), other_field.type.value))


def _free_objects(answer: Mapping[str, Field], taken: set[str], decls: Mapping[DeclId, Decl]) -> Iterator[str]:
    """The members of the answer that are objects and that the event has not."""
    found = [n for n, f in answer.items() if n not in taken and object_of(f.type, decls) is not None]
    if len(found) == 1:
        yield found[0]


def _pairs(left: Type, right: Type, decls: Mapping[DeclId, Decl]) -> Iterator[tuple[ObjectDecl, ObjectDecl, Path]]:
    one, other = resolved(left, decls), resolved(right, decls)
    step: Path = ()
    while isinstance(one, ListOf) and isinstance(other, ListOf):
        one, other, step = resolved(one.item, decls), resolved(other.item, decls), (*step, "[]")
    first, second = object_of(one, decls), object_of(other, decls)
    if first is not None and second is not None:
        yield first, second, step


def _is_same(event: ObjectDecl, field: Field) -> bool:
    return any(f.wire_name == field.wire_name and f.type == field.type for f in event.fields)
