"""Declarations of the model into Swift's: structs, open enums, unions and aliases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...ir.graph import components, home
from ...ir.model import Api, Encoding
from ...ir.types import (
    Decl,
    DeclId,
    Direction,
    EnumDecl,
    Field,
    JsonType,
    Kind,
    ListOf,
    ObjectDecl,
    Primitive,
    Ref,
    Type,
    UnionDecl,
    Variant,
)
from ...lower.deltas import Deltas
from ...lower.planner import Symbol
from ...lower.published import NO_NAMES, Names
from ...lower.symbols import declared, member_id, members_scope, type_id, value_id, variant_ids
from ...lower.walk import bare, is_file, resolved
from .declarations import (
    Alias,
    Case,
    Declaration,
    Factory,
    FormField,
    Literal,
    Member,
    OpenEnum,
    Property,
    Struct,
    Union,
)
from .types import SCALARS, Expr, Named, Plain, expr, is_big


@dataclass(slots=True)
class Types:
    """The lowering of all declarations of an API."""

    api: Api
    #: The struct or union that each nested type stands in.
    owners: Mapping[DeclId, DeclId]
    #: How the events of streams add up.
    deltas: Mapping[DeclId, Deltas]
    #: The objects that are sent as forms, and how their members are written.
    forms: Mapping[DeclId, Mapping[str, Encoding]]
    #: What was published, with the order of what users write in order.
    locked: Names = NO_NAMES
    #: The order that it has now: of the members of each struct, and of the arguments of each call.
    ranks: dict[str, Mapping[str, int]] = field(default_factory=dict)
    #: The properties of the structs that were asked for, by their names on the wire.
    known: dict[DeclId, Mapping[str, Property]] = field(default_factory=dict)
    #: Members of a struct that would contain it without a detour: (struct, wire name).
    boxed: frozenset[tuple[DeclId, str]] = frozenset()
    #: The structs that have such members.
    boxing: frozenset[DeclId] = frozenset()
    #: Those of them that must be optional, since no value of the struct would be finite otherwise.
    endless: frozenset[tuple[DeclId, str]] = frozenset()

    def __post_init__(self) -> None:
        held = _held(self.api)
        self.boxed = _cycles(held)
        self.boxing = frozenset(id for id, _ in self.boxed)
        self.endless = _cycles(
            {member: to for member, to in held.items() if member in self.boxed and _is_needed(self.api, *member)}
        )

    def in_order(self, place: str, ids: Sequence[str]) -> Mapping[str, int]:
        """The ranks of what stands in a place: as it was published, and what is new after that, in the order given."""
        self.ranks[place] = {id: rank for rank, id in enumerate(self.locked.order(place, ids))}
        return self.ranks[place]

    def expr(self, type: Type) -> Expr:
        """The type of a value."""
        return expr(type, self.api.decls)

    def declarations(self) -> Iterator[tuple[Decl, Declaration]]:
        """All declarations, by id."""
        for decl in self.api.decls.values():
            if isinstance(decl, ObjectDecl):
                yield decl, self._struct(decl, self.forms.get(decl.id))
            elif isinstance(decl, EnumDecl):
                yield decl, self._enum(decl)
            elif isinstance(decl, UnionDecl):
                yield decl, self._union(decl)
            else:
                yield decl, Alias(type_id(decl.id), self.expr(decl.type), decl.docs)

    def symbols(self) -> Iterator[Symbol]:
        """The symbols of all declarations and of what stands in them."""
        yield from declared(self.api, self.owners)
        for decl in self.api.decls.values():
            scope = members_scope(decl.id)
            if isinstance(decl, ObjectDecl) and decl.additional is not None:
                yield Symbol(f"additional:{decl.id}", "member", (), scope, fixed="additionalProperties")
            elif isinstance(decl, UnionDecl):
                yield Symbol(f"unknown:{decl.id}", "variant", (), scope, fixed="unknown")

    def file_of(self, decl: Decl) -> DeclId:
        """The declaration whose file this one stands in: its owner's when it was inline there."""
        return home(decl.id, self.api.decls) if decl.inline else decl.id

    def property(self, decl: ObjectDecl, field: Field) -> Property:
        """A member of an object as a property."""
        return self.properties(decl)[field.wire_name]

    def properties(self, decl: ObjectDecl) -> Mapping[str, Property]:
        """All properties of a struct, by their names on the wire."""
        known = self.known.get(decl.id)
        if known is None:
            boxed = decl.id in self.boxing
            endless = {f.wire_name for f in decl.fields if boxed and (decl.id, f.wire_name) in self.endless}
            asked = sorted(decl.fields, key=lambda f: f.required and f.wire_name not in endless, reverse=True)
            ranks = self.in_order(str(decl.id), [f.wire_name for f in asked])
            sends = Direction.INPUT in decl.direction
            made = (
                self._property(decl, f, ranks[f.wire_name], f.wire_name in endless, sends=sends) for f in decl.fields
            )
            known = self.known[decl.id] = {property.wire_name: property for property in made}
        return known

    def _property(self, decl: ObjectDecl, field: Field, rank: int, is_endless: bool, *, sends: bool) -> Property:
        return Property(
            symbol=member_id(decl.id, field.wire_name),
            wire_name=field.wire_name,
            type=self.expr(bare(field.type)),
            is_optional=not field.required or is_endless,
            docs=field.docs,
            rank=rank,
            is_nullable=field.required and field.nullable,
            is_tri_state=sends and field.tri_state,
            is_boxed=decl.id in self.boxing and (decl.id, field.wire_name) in self.boxed,
            is_read_only=sends and field.read_only,
            is_withheld=field.required and not field.promised(decl.direction),
            constant=field.const.value if field.const is not None and field.required else None,
            default=field.default,
        )

    def _struct(self, decl: ObjectDecl, encodings: Mapping[str, Encoding] | None) -> Struct:
        form = None
        if encodings is not None:
            form = tuple(
                FormField(
                    member_id(decl.id, f.wire_name),
                    f.wire_name,
                    encodings.get(f.wire_name),
                )
                for f in decl.fields
            )
        additional = self.expr(decl.additional) if decl.additional is not None else None
        deltas = self.deltas.get(decl.id)
        whole = self.expr(Ref(deltas.whole.type)) if deltas is not None and deltas.whole is not None else None
        properties = tuple(self.properties(decl).values())
        return Struct(type_id(decl.id), properties, decl.docs, additional, form, deltas, whole)

    def _enum(self, decl: EnumDecl) -> OpenEnum:
        members = tuple(Member(value_id(decl.id, m.value), m.value, m.docs) for m in decl.members)
        raw = "JSONNumber" if any(is_big(m.value) for m in decl.members) else SCALARS[decl.kind]
        return OpenEnum(type_id(decl.id), raw, members, decl.docs)

    def _union(self, decl: UnionDecl) -> Union:
        cases: list[Case] = []
        literals: dict[str, Literal] = {}
        for variant, symbol in zip(decl.variants, variant_ids(decl), strict=True):
            cases.append(
                Case(
                    symbol=symbol,
                    type=self.expr(variant.type),
                    json_types=tuple(sorted(t.value for t in variant.json_types if t is not JsonType.NULL)),
                    item_types=tuple(sorted(t.value for t in variant.item_types)),
                    tags=decl.listed(variant),
                    required_keys=variant.required_keys,
                    foreign_keys=variant.foreign_keys,
                    docs=variant.docs,
                    factory=self._factory(decl, variant),
                )
            )
            for literal in self._literals(symbol, resolved(variant.type, self.api.decls)):
                literals.setdefault(literal.kind, literal)
        return Union(type_id(decl.id), tuple(cases), decl.tags, decl.docs, tuple(literals.values()))

    def _literals(self, case: str, type: Type) -> Iterator[Literal]:
        if isinstance(type, Primitive) and not is_file(type):
            scalar = Plain(SCALARS[type.kind])
            if type.kind is Kind.NUMBER:
                yield Literal("Float", case, scalar)
                yield Literal("Integer", case, Plain("Int"), scalar)
            else:
                yield Literal({"String": "String", "Int": "Integer", "Bool": "Boolean"}[scalar.name], case, scalar)
        elif (
            isinstance(type, Ref) and isinstance(decl := self.api.decl(type.id), EnumDecl) and decl.kind is Kind.STRING
        ):
            yield Literal("String", case, Plain("String"), Named(type_id(decl.id)))
        elif isinstance(type, ListOf):
            yield Literal("Array", case, self.expr(type.item))

    def _factory(self, union: UnionDecl, variant: Variant) -> Factory | None:
        """`.user("Hi")`, for a variant whose object has the tag as a constant, or whose one tag can be filled in."""
        decl = self.api.decl(variant.type.id) if isinstance(variant.type, Ref) else None
        if not isinstance(decl, ObjectDecl) or union.tag is None or decl.id in self.boxing:
            return None
        properties = list(self.properties(decl).values())
        tag = next((p for p in properties if p.wire_name == union.tag), None)
        values = [t for t in variant.names if isinstance(t, str)]
        if tag is None or (tag.constant is None and (len(values) != 1 or tag.type != Plain("String"))):
            return None
        ordered = sorted((p for p in properties if p.constant is None and not p.is_read_only), key=lambda p: p.rank)
        asked = [p for p in ordered if p is not tag]
        bare = bool(asked) and sum(not p.is_optional for p in asked) <= 1
        text = self._text_case(decl, asked[0]) if bare else None
        filled = (tag.symbol, values[0]) if tag.constant is None else None
        return Factory(tuple(ordered), type_id(decl.id), filled, bare, *(text or (None, None)))

    def _text_case(self, decl: ObjectDecl, property: Property) -> tuple[str, str] | None:
        field = next(f for f in decl.fields if f.wire_name == property.wire_name)
        target = resolved(field.type, self.api.decls)
        inner = self.api.decl(target.id) if isinstance(target, Ref) else None
        if isinstance(inner, UnionDecl):
            for variant, symbol in zip(inner.variants, variant_ids(inner), strict=True):
                if isinstance(t := variant.type, Primitive) and t.kind is Kind.STRING and not is_file(t):
                    return symbol, type_id(inner.id)
        return None


_Held = Mapping[tuple[DeclId, str], DeclId]


def _held(api: Api) -> _Held:
    """The members that hold a struct directly, (struct, wire name): lists, maps and (indirect) unions do not."""
    found: dict[tuple[DeclId, str], DeclId] = {}
    for decl in api.decls.values():
        if isinstance(decl, ObjectDecl):
            for f in decl.fields:
                target = resolved(f.type, api.decls)
                if isinstance(target, Ref) and isinstance(api.decl(target.id), ObjectDecl):
                    found[decl.id, f.wire_name] = target.id
    return found


def _is_needed(api: Api, id: DeclId, wire_name: str) -> bool:
    """Whether no value of the object is without the member."""
    decl = api.decl(id)
    assert isinstance(decl, ObjectDecl)
    return any(f.wire_name == wire_name and f.required and not f.nullable for f in decl.fields)


def _cycles(held: _Held) -> frozenset[tuple[DeclId, str]]:
    """Those of the members by which structs contain each other."""
    edges: dict[DeclId, list[DeclId]] = {}
    for (id, _), to in held.items():
        edges.setdefault(id, []).append(to)
        edges.setdefault(to, [])
    group = {id: n for n, ids in enumerate(components(edges)) for id in ids}
    return frozenset(member for member, to in held.items() if group[member[0]] == group[to])
