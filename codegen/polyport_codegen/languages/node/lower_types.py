"""Declarations of the API to declarations of TypeScript.

| model in | code out |
|---|---|
| object | `export interface Name { member: Type; other?: Type | null }` |
| enum | `export type Name = 'a' | 'b' | (string & {})` |
| union with a tag | `export type Name = A | B | UnknownVariant<'tag'>` and the guard `isUnknownName` |
| other union, alias | `export type Name = A | B[]` |
| what is inline in a declaration | the same inside `export namespace Name { ... }` |
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ...ir.graph import inside
from ...ir.model import Api
from ...ir.types import (
    AliasDecl,
    AnyJson,
    Const,
    Decl,
    DeclId,
    Direction,
    Docs,
    EnumDecl,
    Field,
    JsonType,
    Kind,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Ref,
    TagValue,
    Type,
    UnionDecl,
    Variant,
)
from ...lower.planner import Symbol
from ...lower.published import NO_NAMES, Names, Published
from ...lower.symbols import TYPES, stands_in, type_id, type_symbol
from ...lower.walk import bare, object_of, resolved, walk
from .declarations import FLAT_LIMIT, LINE_LIMIT, Alias, Declaration, Guard, Interface, Member, TypeNode
from .naming import OBJECT_MEMBERS, NodeRules, pascal
from .text import is_big, literal
from .types import NULL, UNDEFINED, UNKNOWN, ArrayOf, DictOf, Expr, Named, Runtime, Text, one_of

_SCALARS = {Kind.STRING: "string", Kind.INTEGER: "number", Kind.NUMBER: "number", Kind.BOOLEAN: "boolean"}
_TEXTS = {kind: Text(name) for kind, name in _SCALARS.items()}
#: More member types than this make an index signature that nobody reads.
_INDEX_LIMIT = 4
#: Namespaces inside namespaces; what is inline further down stands in the innermost of these.
_DEPTH = 5


def flat_id(id: DeclId) -> str:
    """The symbol of an inline declaration's name outside of its owner's namespace."""
    return f"flat:{id}"


def _known(union: UnionDecl) -> tuple[tuple[tuple[str, tuple[TagValue, ...]], ...], ...]:
    """The tags of the variants that have any; together, where one tag tells all apart."""
    listed = [tags for variant in union.variants if (tags := union.listed(variant))]
    if len(union.tags) > 1:
        return tuple(dict.fromkeys(listed))
    return (((union.tags[0], tuple(dict.fromkeys(v for ((_, values),) in listed for v in values))),),)


def _takes_all(variant: Variant, union: UnionDecl) -> bool:
    """Whether a variant takes every object that no other one takes, so that none is unknown."""
    asks = union.listed(variant) or variant.required_keys or variant.foreign_keys
    return JsonType.OBJECT in variant.json_types and not asks


class _Expressions:
    """What each kind of expression is in TypeScript."""

    def scalar(self, type: Primitive) -> Expr:
        return _TEXTS[type.kind]

    def file(self, type: Primitive) -> Expr:
        return Runtime("Uploadable")

    def constant(self, type: Const) -> Expr:
        return Text(literal(type.value))

    def free(self, type: AnyJson) -> Expr:
        return UNKNOWN

    def items(self, type: ListOf, item: Expr) -> Expr:
        return ArrayOf(item)

    def entries(self, type: MapOf, value: Expr) -> Expr:
        return DictOf(value)

    def nullable(self, type: Nullable, inner: Expr) -> Expr:
        return one_of(inner, NULL)

    def named(self, decl: Decl) -> Expr:
        return Named(type_id(decl.id))


_EXPRESSIONS = _Expressions()


class TypeLowering:
    """Lowers the types of one API."""

    def __init__(self, api: Api, locked: Names = NO_NAMES) -> None:
        self._api = api
        self._places = locked.places()
        self._tags = self._tag_literals()
        self.symbols: list[Symbol] = []

    def expr(self, type: Type) -> Expr:
        """A type expression."""
        return walk(type, _EXPRESSIONS, self._api.decls)

    def sent(self, type: Type) -> Expr:
        """The expression of a value that is only sent: 64-bit integers may be given as `bigint`."""
        inner = bare(type)
        if isinstance(inner, Primitive) and inner.kind is Kind.INTEGER and inner.format in ("int64", "uint64"):
            return one_of(self.expr(type), Text("bigint"))
        return self.expr(type)

    # -- declarations --------------------------------------------------------------------------------------------------

    def roots(self) -> list[TypeNode]:
        """The declarations that stand alone, each with those that stand in it; their symbols are in `symbols`."""
        around = _around(self._api, self._places)
        children: dict[DeclId | None, list[DeclId]] = defaultdict(list)
        for id in self._api.decls:
            children[_innermost(around[id])].append(id)
        made: dict[DeclId, TypeNode] = {}
        for id in sorted(around, key=len, reverse=True):
            declaration, guard = self._declared(self._api.decls[id])
            inner = tuple(made[child] for child in children[id])
            weight = _weight(declaration) + sum(child.weight for child in inner)
            made[id] = TypeNode(id, declaration, guard, inner, weight)
        for id, owners in around.items():
            splits = made[owners[0] if owners else id].weight >= LINE_LIMIT
            is_flat = "" in self._places.get(str(id), ())
            self.symbols += _symbols(self._api.decls[id], owners, self._api, splits=splits, is_flat=is_flat)
        return [made[id] for id in children[None]]

    def _declared(self, decl: Decl) -> tuple[Declaration, Guard | None]:
        """The declaration, and the guard of a union that has one."""
        symbol = type_id(decl.id)
        match decl:
            case ObjectDecl():
                return self._interface(decl), None
            case EnumDecl():
                known = [Text(literal(member.value)) for member in decl.members]
                bases = [_SCALARS[decl.kind], *(["bigint"] if any(is_big(m.value) for m in decl.members) else [])]
                return Alias(symbol, one_of(*known, *(Text(f"({b} & {{}})") for b in bases)), decl.docs), None
            case AliasDecl():
                return Alias(symbol, self.expr(decl.type), decl.docs), None
            case UnionDecl():
                return self._union(decl)

    def member(self, field: Field, direction: Direction, owner: DeclId) -> Member:
        """A member of an interface. One may pass `undefined` for what may be absent."""
        type = self.sent(field.type) if direction is Direction.INPUT else self.expr(field.type)
        if literals := self._tags.get((owner, field.wire_name)):
            type = one_of(*(Text(literal(value)) for value in literals), *((NULL,) if field.nullable else ()))
        required = field.promised(direction)
        if not required:
            type = one_of(type, *inherited(field.wire_name))
        if not required and Direction.INPUT in direction:
            type = one_of(type, UNDEFINED)
        return Member(field.wire_name, type, required, field.docs, field.default, field.read_only)

    def index(self, decl: ObjectDecl, members: Sequence[Member]) -> Expr | None:
        """The type of members that are not listed, which must cover those that are."""
        index = self.expr(decl.additional) if decl.additional is not None else None
        if index is not None and members:
            types = one_of(
                index, *(m.type for m in members), *(() if all(m.required for m in members) else (UNDEFINED,))
            )
            index = UNKNOWN if len(getattr(types, "members", ())) > _INDEX_LIMIT else types
        # An empty interface would accept every value.
        return UNKNOWN if index is None and not members else index

    def _interface(self, decl: ObjectDecl) -> Interface:
        members = tuple(self.member(field, decl.direction, decl.id) for field in decl.fields)
        return Interface(type_id(decl.id), members, decl.docs, self.index(decl, members))

    def _union(self, decl: UnionDecl) -> tuple[Declaration, Guard | None]:
        symbol = type_id(decl.id)
        variants = [self._variant(variant, decl) for variant in decl.variants]
        if decl.tag is None or any(_takes_all(v, decl) for v in decl.variants):
            return Alias(symbol, one_of(*variants), decl.docs), None
        unknown = Runtime("UnknownVariant", (Text(literal(decl.tag)),))
        guard = Guard(symbol, decl.tag, _known(decl))
        return Alias(symbol, one_of(*variants, unknown), decl.docs), guard

    def _variant(self, variant: Variant, union: UnionDecl) -> Expr:
        expr = self.expr(variant.type)
        target = object_of(variant.type, self._api.decls) if union.tag is not None else None
        if target is None or union.tag is None or any(f.wire_name == union.tag for f in target.fields):
            return expr
        return Runtime("Untagged", (expr, Text(literal(union.tag))))

    # -- what must be known before -------------------------------------------------------------------------------------

    def _tag_literals(self) -> dict[tuple[DeclId, str], tuple[str | int | bool, ...]]:
        """The values of members that tell variants apart: a plain `string` there would break narrowing."""
        found: dict[tuple[DeclId, str], dict[str | int | bool, None]] = defaultdict(dict)
        for decl in self._api.decls.values():
            if not isinstance(decl, UnionDecl):
                continue
            for variant in decl.variants:
                target = object_of(variant.type, self._api.decls)
                for member, values in decl.listed(variant) if target is not None else ():
                    known = [value for value in values if value is not None]
                    if target is not None and known:
                        found[target.id, member].update(dict.fromkeys((*known, *self._values(target, member))))
        return {key: tuple(values) for key, values in found.items()}

    def _values(self, decl: ObjectDecl, tag: str) -> Iterator[str | int | bool]:
        for field in decl.fields:
            inner = resolved(field.type, self._api.decls)
            enum = self._api.decls[inner.id] if field.wire_name == tag and isinstance(inner, Ref) else None
            if isinstance(enum, EnumDecl):
                yield from (member.value for member in enum.members if not isinstance(member.value, float))


def inherited(member: str) -> tuple[Expr, ...]:
    """What an object has under the name of a member that it was not given: a function, for `toString` and its like.
    Without it in the member's type no literal that leaves the member out would fit, and readers would take it for text.
    """
    return (Text(f"{{}}['{member}']"),) if member in OBJECT_MEMBERS else ()


def _around(api: Api, places: Mapping[str, frozenset[str]]) -> dict[DeclId, tuple[DeclId, ...]]:
    """For each declaration those that it stands in, the outermost first."""
    nested = {id: known - {""} for id, known in places.items()}  # a name outside is there beside the one inside
    found: dict[DeclId, tuple[DeclId, ...]] = {}
    for id in sorted(api.decls, key=len):
        nearest = stands_in(id, api.decls, nested, holds=(object,))
        found[id] = () if nearest is None else (*found[nearest], nearest)
    return found


def _innermost(around: tuple[DeclId, ...]) -> DeclId | None:
    """The one of these in whose namespace a declaration stands."""
    return around[min(len(around), _DEPTH) - 1] if around else None


def _weight(declaration: Declaration) -> int:
    """More than the lines that a declaration takes, without laying it out."""
    if isinstance(declaration, Alias):
        return 16 + 2 * len(getattr(declaration.type, "members", ())) + _doc_lines(declaration.docs)
    lines = sum(7 + _doc_lines(m.docs) + len(getattr(m.type, "members", ())) for m in declaration.members)
    return 16 + _doc_lines(declaration.docs) + lines


def _doc_lines(docs: Docs) -> int:
    said = docs.description
    return said.count("\n") + (len(docs.summary) + len(said)) // 60


def _symbols(decl: Decl, owners: tuple[DeclId, ...], api: Api, *, splits: bool, is_flat: bool) -> Iterator[Symbol]:
    """The symbols of a type; `splits`: it may have to leave the file of its owners; `is_flat`: it was published alone."""
    symbol = type_symbol(decl)
    innermost = _innermost(owners)
    if innermost is None or splits:
        yield Symbol(f"file:{decl.id}", "file", decl.words, "files", decl.context, symbol.rank)
    if innermost is None:
        yield symbol
        return
    around, outermost = api.decls[innermost], api.decls[owners[0]]
    if splits or is_flat or sum(map(len, decl.words)) <= FLAT_LIMIT:
        yield symbol._replace(id=flat_id(decl.id))
    inner = inside(decl, around.id, api.decls)
    if pascal(inner) == NodeRules().escape("type", TYPES, pascal(outermost.words)):
        inner = (*inner, "value")  # else it would hide the name that all paths begin with
    longer = ((*inner, "value"), decl.words)
    published = Published("type", str(around.id), str(decl.id))
    yield Symbol(symbol.id, "type", inner, f"{TYPES}:{around.id}", longer, symbol.rank, published=published)
