"""How published things are declared, in one notation for all targets, with each target's own names.

    create      (model: Model, limit?: integer) -> Run
    model       required string|null
    Run         object
    State       enum of string

What changes here changes what users can write: reports of breaking changes compare these texts. `[T]` is a list, `{T}` a
map by strings, `?` after a name an argument that may be left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..ir.model import Api
from ..ir.types import (
    AliasDecl,
    AnyJson,
    Const,
    Decl,
    DeclId,
    EnumDecl,
    Field,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Type,
    UnionDecl,
)
from .calls import Call, Form, FormKind, calls
from .calls import symbols as call_symbols
from .planner import Symbol
from .published import Published
from .symbols import declared, member_id, method_id, streaming_id, type_id, variant_ids
from .walk import walk


@dataclass(frozen=True, slots=True)
class _Notation:
    """Types as texts."""

    names: Mapping[str, str]
    decls: Mapping[DeclId, Decl]

    def scalar(self, type: Primitive) -> str:
        return f"{type.kind.value}({type.format})" if type.format else type.kind.value

    def file(self, type: Primitive) -> str:
        return "bytes"

    def constant(self, type: Const) -> str:
        return json.dumps(type.value, ensure_ascii=False)

    def free(self, type: AnyJson) -> str:
        return "any"

    def items(self, type: ListOf, item: str) -> str:
        return f"[{item}]"

    def entries(self, type: MapOf, value: str) -> str:
        return f"{{{value}}}"

    def nullable(self, type: Nullable, inner: str) -> str:
        return f"{inner}|null"

    def named(self, decl: Decl) -> str:
        name = self.names.get(type_id(decl.id))
        if name is None and isinstance(decl, AliasDecl):  # a target without names for aliases
            return walk(decl.type, self, self.decls)
        return name or str(decl.id)

    def text(self, type: Type) -> str:
        return walk(type, self, self.decls)


def signatures(api: Api, symbols: Iterable[Symbol], names: Mapping[str, str]) -> Mapping[Published, str]:
    """How types, members, methods and arguments are declared. `symbols` are the target's own.

    What keeps its name on the wire in a target needs no symbol there, and is told all the same.
    """
    told = _by_symbol(api, names)
    usual = (s for call in calls(api).values() for s in call_symbols(call, twins=False))
    published = {s.id: s.published for s in (*declared(api), *usual, *symbols)}
    return {known: told[id] for id, known in published.items() if known is not None and id in told}


def _by_symbol(api: Api, names: Mapping[str, str]) -> Mapping[str, str]:
    notation = _Notation(names, api.decls)
    found: dict[str, str] = {}
    for decl in api.decls.values():
        found[type_id(decl.id)] = _kind(decl, notation)
        if isinstance(decl, ObjectDecl):
            found |= {member_id(decl.id, f.wire_name): _member(f, notation) for f in decl.fields}
        elif isinstance(decl, UnionDecl):
            found |= dict(zip(variant_ids(decl), (notation.text(v.type) for v in decl.variants), strict=True))
    for call in calls(api).values():
        found |= _call(call, notation)
    return found


def _kind(decl: Decl, notation: _Notation) -> str:
    match decl:
        case ObjectDecl(additional=None):
            return "object"
        case ObjectDecl(additional=additional):
            assert additional is not None
            return f"object with {{{notation.text(additional)}}}"
        case EnumDecl(kind=kind):
            return f"enum of {kind.value}"
        case UnionDecl():
            return "union"
        case AliasDecl(type=type):
            return f"alias of {notation.text(type)}"


def _member(field: Field, notation: _Notation) -> str:
    access = "read-only " if field.read_only else "write-only " if field.write_only else ""
    return f"{access}{'required' if field.required else 'optional'} {notation.text(field.type)}"


def _call(call: Call, notation: _Notation) -> Iterator[tuple[str, str]]:
    asked = []
    for argument in call.arguments:
        text = notation.text(argument.type)
        name = notation.names.get(argument.symbol, argument.wire or "body")
        asked.append(f"{name}{'' if argument.required else '?'}: {text}")
        yield argument.symbol, f"{'required' if argument.required else 'optional'} {text}"
    head = f"({', '.join(asked)}) -> "
    if streaming_id(call.operation) in notation.names:
        for form, id in zip(call.forms, (method_id(call.operation), streaming_id(call.operation)), strict=False):
            yield id, head + _answer(form, notation)
    else:
        yield method_id(call.operation), head + " or ".join(_answer(form, notation) for form in call.forms)


def _answer(form: Form, notation: _Notation) -> str:
    of = notation.text(form.type) if form.type is not None else ""
    match form.kind:
        case FormKind.NONE:
            text = "nothing"
        case FormKind.TEXT:
            text = "text"
        case FormKind.BINARY:
            text = "download"
        case FormKind.MIXED:
            text = " or ".join(of if kind.value == "json" and of else kind.value for kind in form.answers)
        case FormKind.PAGES:
            text = f"pages of {notation.text(form.item) if form.item is not None else 'any'}"
        case FormKind.EVENTS | FormKind.LINES:
            text = f"{form.kind.value} of {of or 'any'}"
        case FormKind.JSON:
            text = of or "any"
    return f"{text} or nothing" if form.optional and form.kind is not FormKind.NONE else text
