"""Declarations of the API to declarations of TypeScript.

| model in | code out |
|---|---|
| object | `export interface Name { member: Type; other?: Type | null }` |
| enum | `export type Name = 'a' | 'b' | (string & {})` |
| union with a tag | `export type Name = A | B | UnknownVariant<'tag'>` and the guard `isUnknownName` |
| other union, alias | `export type Name = A | B[]` |
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ...diagnostics import Diagnostics
from ...ir.graph import references as decl_references
from ...ir.model import Api
from ...ir.types import (
    AliasDecl,
    AnyJson,
    Const,
    DeclId,
    Direction,
    EnumDecl,
    Field,
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
from ...lower.planner import Symbol
from .declarations import Alias, Declaration, Guard, Interface, Member
from .naming import EXPORTS
from .text import is_big, literal
from .types import NULL, UNDEFINED, UNKNOWN, ArrayOf, DictOf, Expr, Named, Runtime, Text, one_of

_SCALARS = {Kind.STRING: "string", Kind.INTEGER: "number", Kind.NUMBER: "number", Kind.BOOLEAN: "boolean"}
#: More member types than this make an index signature that nobody reads.
_INDEX_LIMIT = 4


def type_symbol(id: DeclId) -> str:
    """The symbol of a declaration's type."""
    return f"type:{id}"


class TypeLowering:
    """Lowers the types of one API."""

    def __init__(self, api: Api, diagnostics: Diagnostics) -> None:
        self._api = api
        self._tags = self._tag_literals()

    # -- expressions ---------------------------------------------------------------------------------------------------

    def expr(self, type: Type) -> Expr:
        """A type expression."""
        match type:
            case Primitive(kind=kind, format=format):
                return Runtime("Uploadable") if format == "binary" and kind is Kind.STRING else Text(_SCALARS[kind])
            case AnyJson():
                return UNKNOWN
            case ListOf(item=item):
                return ArrayOf(self.expr(item))
            case MapOf(value=value):
                return DictOf(self.expr(value))
            case Const(value=value):
                return Text(literal(value))
            case Nullable(inner=inner):
                return one_of(self.expr(inner), NULL)
            case Ref(id=id):
                return Named(type_symbol(id))

    def sent(self, type: Type) -> Expr:
        """The expression of a value that is only sent: 64-bit integers may be given as `bigint`."""
        inner = type.inner if isinstance(type, Nullable) else type
        if isinstance(inner, Primitive) and inner.kind is Kind.INTEGER and inner.format in ("int64", "uint64"):
            return one_of(self.expr(type), Text("bigint"))
        return self.expr(type)

    # -- declarations --------------------------------------------------------------------------------------------------

    def declarations(self, id: DeclId) -> Iterator[tuple[Symbol, Declaration]]:
        """The declarations that stand for one of the API's, with their symbols."""
        decl = self._api.decls[id]
        symbol = Symbol(type_symbol(id), "type", decl.words, EXPORTS, decl.context, 1 if decl.inline else 0)
        match decl:
            case ObjectDecl():
                yield symbol, self._interface(decl)
            case EnumDecl():
                known = [Text(literal(member.value)) for member in decl.members]
                bases = [_SCALARS[decl.kind], *(["bigint"] if any(is_big(m.value) for m in decl.members) else [])]
                yield symbol, Alias(symbol.id, one_of(*known, *(Text(f"({b} & {{}})") for b in bases)), decl.docs)
            case AliasDecl():
                yield symbol, Alias(symbol.id, self.expr(decl.type), decl.docs)
            case UnionDecl():
                yield from self._union(symbol, decl)

    def member(self, field: Field, direction: Direction, owner: DeclId) -> Member:
        """A member of an interface. One may pass `undefined` for what may be absent."""
        type = self.sent(field.type) if direction is Direction.INPUT else self.expr(field.type)
        if literals := self._tags.get((owner, field.wire_name)):
            type = one_of(*(Text(literal(value)) for value in literals), *((NULL,) if field.nullable else ()))
        required = field.required and not (field.write_only and Direction.OUTPUT in direction)
        if not required and Direction.INPUT in direction:
            type = one_of(type, UNDEFINED)
        return Member(field.wire_name, type, required, field.docs, field.default, field.read_only)

    def _interface(self, decl: ObjectDecl) -> Interface:
        members = tuple(self.member(field, decl.direction, decl.id) for field in decl.fields)
        index = self.expr(decl.additional) if decl.additional is not None else None
        if index is not None and members:
            types = one_of(
                index, *(m.type for m in members), *(() if all(m.required for m in members) else (UNDEFINED,))
            )
            index = UNKNOWN if len(getattr(types, "members", ())) > _INDEX_LIMIT else types
        if not members and index is None:
            index = UNKNOWN  # an empty interface would accept every value
        return Interface(type_symbol(decl.id), members, decl.docs, index)

    def _union(self, symbol: Symbol, decl: UnionDecl) -> Iterator[tuple[Symbol, Declaration]]:
        variants = [self.expr(variant.type) for variant in decl.variants]
        if decl.tag is None:
            yield symbol, Alias(symbol.id, one_of(*variants), decl.docs)
            return
        unknown = Runtime("UnknownVariant", (Text(literal(decl.tag)),))
        yield symbol, Alias(symbol.id, one_of(*variants, unknown), decl.docs)
        known = tuple(dict.fromkeys(tag for variant in decl.variants for tag in variant.tags))
        guard = Symbol(
            f"guard:{decl.id}", "function", ("is", "unknown", *decl.words), EXPORTS,
            tuple(("is", "unknown", *words) for words in decl.context), symbol.rank,
        )  # fmt: skip
        yield guard, Guard(guard.id, symbol.id, decl.tag, known)

    # -- what must be known before -------------------------------------------------------------------------------------

    def _tag_literals(self) -> dict[tuple[DeclId, str], tuple[str | int | bool, ...]]:
        """The values of members that tell variants apart: a plain `string` there would break narrowing."""
        found: dict[tuple[DeclId, str], dict[str | int | bool, None]] = defaultdict(dict)
        for decl in self._api.decls.values():
            if not isinstance(decl, UnionDecl) or decl.tag is None:
                continue
            for variant in decl.variants:
                target = self._object(variant.type)
                if target is not None and variant.tags:
                    found[target.id, decl.tag].update(dict.fromkeys((*variant.tags, *self._values(target, decl.tag))))
        return {key: tuple(values) for key, values in found.items()}

    def _object(self, type: Type) -> ObjectDecl | None:
        while isinstance(type, Ref):
            decl = self._api.decls[type.id]
            if isinstance(decl, ObjectDecl):
                return decl
            if not isinstance(decl, AliasDecl):
                return None
            type = decl.type
        return None

    def _values(self, decl: ObjectDecl, tag: str) -> Iterator[str | int | bool]:
        for field in decl.fields:
            inner = field.type.inner if isinstance(field.type, Nullable) else field.type
            if (
                field.wire_name == tag
                and isinstance(inner, Ref)
                and isinstance(enum := self._api.decls[inner.id], EnumDecl)
            ):
                yield from (member.value for member in enum.members if not isinstance(member.value, float))


def file_owners(api: Api) -> dict[DeclId, DeclId]:
    """In whose file a declaration stands: an inline one with the declaration that it was found in."""
    parents: dict[DeclId, DeclId] = {}
    for id, decl in api.decls.items():
        for target in decl_references(decl):
            if api.decls[target].inline and target != id:
                parents.setdefault(target, id)
    owners: dict[DeclId, DeclId] = {}
    for id in api.decls:
        at, seen = id, {id}
        while at in parents and parents[at] not in seen:
            at = parents[at]
            seen.add(at)
        owners[id] = at
    return owners
