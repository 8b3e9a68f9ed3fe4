"""How the events of a stream add up to one whole: decided from the model, the same in every language.

The events of one declaration are added member by member:

| a member | is |
|---|---|
| in `joined` | text in pieces: joined |
| an unknown string below one of `pieces` (not in `kept`) | joined too, unless its name is one of `NAMES` and `ENDINGS` |
| a list in `merged` | merged item by item: those with the same value of the key belong together; new ones are appended |
| an unknown list below one of `pieces` | merged by `index` where its items have one |
| another list | appended |
| an object | added up by these rules itself |
| anything else | the latest value that is not null; null or absence takes nothing away |

Text is in pieces where an item with an index or a member `delta` holds it. A string of a format, an enum or a const there
says what a thing is, and so do certain names, also of members that the model does not know. Outside of these an event
repeats what it is about (`id`, `model`, `system_fingerprint`), so the latest value stands.

The sum is an event with everything in it. Where the call also has a plain form, `Whole` says how the sum becomes an
answer of that type: in OpenAI's chat dialect `choices[].delta` is called `message` there, and a tool call has no `index`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..ir.types import Const, Decl, DeclId, EnumDecl, Field, Kind, ListOf, ObjectDecl, Primitive, Ref, Type
from .calls import Call
from .walk import object_of, resolved

#: A way from the root by wire names; `[]` leads to the items of a list.
Path = tuple[str, ...]

_KEYS = ("index",)
_DELTA = "delta"
#: Strings that say what a thing is, not a part of what it says.
NAMES = ("id", "type", "role", "object", "name", "model", "status", "kind", "index", "event", "format", "language")
ENDINGS = ("_id", "_type", "_at", "_reason", "Id", "Type", "At", "Reason")
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
    #: The objects that hold text in pieces, at any depth, and those of their strings that are none, besides those that
    #: `NAMES` and `ENDINGS` tell: what is to be done with a member newer than the model.
    pieces: tuple[Path, ...]
    kept: tuple[Path, ...]
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
    found = _Found([], [], [], [])
    _collect(event, (), False, decls, found)
    if not found.joined:
        return None
    plain = object_of(call.plain.type, decls) if call.plain is not None and call.plain.type is not None else None
    whole = _whole(event, plain, decls) if plain is not None and plain.id != event.id else None
    return Deltas(event.id, tuple(found.joined), tuple(found.pieces), tuple(found.kept), tuple(found.merged), whole)


@dataclass(frozen=True, slots=True)
class _Found:
    joined: list[Path]
    pieces: list[Path]
    kept: list[Path]
    merged: list[tuple[Path, str]]


def _collect(decl: ObjectDecl, path: Path, inside: bool, decls: Mapping[DeclId, Decl], found: _Found) -> None:
    """Notes what stands in a declaration; `inside`: it is below one of `pieces`."""
    for field in decl.fields if len(path) <= _DEEPEST else ():
        at = (*path, field.wire_name)
        type = resolved(field.type, decls)
        here = inside or field.wire_name == _DELTA
        item = object_of(type.item, decls) if isinstance(type, ListOf) else None
        key = next((k for k in _KEYS if item is not None and any(f.wire_name == k for f in item.fields)), None)
        inner = item if key is not None else object_of(type, decls)
        if key is not None:
            found.merged.append((at, key))
        if inner is not None:
            if not inside and (key is not None or field.wire_name == _DELTA):
                found.pieces.append((*at, "[]") if key is not None else at)
            step = (*at, "[]") if key is not None else at
            _collect(inner, step, here or key is not None, decls, found)
        elif here and _is_text(type, decls):
            if not inside:
                found.pieces.append(at)
            if _is_piece(field, type):
                found.joined.append(at)
            elif not _is_name(field.wire_name):
                found.kept.append(at)


def _is_text(type: Type, decls: Mapping[DeclId, Decl]) -> bool:
    """Whether values are strings."""
    if isinstance(type, Const):
        return isinstance(type.value, str)
    decl = decls.get(type.id) if isinstance(type, Ref) else None
    kind = decl.kind if isinstance(decl, EnumDecl) else type.kind if isinstance(type, Primitive) else None
    return kind is Kind.STRING


def _is_piece(field: Field, type: Type) -> bool:
    return isinstance(type, Primitive) and not type.format and not _is_name(field.wire_name)


def _is_name(name: str) -> bool:
    return name in NAMES or name.endswith(ENDINGS)


def _whole(event: ObjectDecl, plain: ObjectDecl, decls: Mapping[DeclId, Decl]) -> Whole:
    renamed: list[tuple[Path, str]] = []
    dropped: list[Path] = []
    constants: list[tuple[Path, str | int | float | bool]] = []
    _compare(event, plain, (), decls, (renamed, dropped, constants))
    return Whole(plain.id, tuple(renamed), tuple(dropped), tuple(constants))


_Lists = tuple[list[tuple[Path, str]], list[Path], list[tuple[Path, str | int | float | bool]]]


def _compare(left: ObjectDecl, right: ObjectDecl, path: Path, decls: Mapping[DeclId, Decl], out: _Lists) -> None:
    """Walk both objects together; the ways in `dropped` and `constants` go by the names after renaming."""
    if len(path) > _DEEPEST:
        return
    renamed, dropped, constants = out
    answer = {f.wire_name: f for f in right.fields}
    taken = {f.wire_name for f in left.fields}
    for field in left.fields:
        name = field.wire_name
        if name == _DELTA and name not in answer:
            name = _counterpart(field, answer, taken, decls) or name
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


def _counterpart(
    delta: Field, answer: Mapping[str, Field], taken: set[str], decls: Mapping[DeclId, Decl]
) -> str | None:
    """The member of the answer that holds what the event's delta is a part of: the object that has most of its members."""
    part = object_of(delta.type, decls)
    names = {f.wire_name for f in part.fields} if part is not None else set()
    shared: dict[str, int] = {}
    for name, field in answer.items():
        whole = object_of(field.type, decls) if name not in taken else None
        if whole is not None:
            shared[name] = len(names & {f.wire_name for f in whole.fields})
    best = max(shared, key=lambda name: shared[name], default=None)
    return best if best is not None and shared[best] else None


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
