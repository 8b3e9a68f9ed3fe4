"""IR to Kotlin declarations: which class, which members, which arguments. Names stay symbols."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ...diagnostics import Diagnostics
from ...ir.model import Api
from ...ir.types import (
    AliasDecl,
    AnyJson,
    Const,
    Decl,
    DeclId,
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
from ...lower import calls as shared
from ...lower.calls import Place, published_id
from ...lower.deltas import Deltas, Whole, deltas
from ...lower.published import NO_NAMES, Names
from ...lower.symbols import member_id, method_id, value_id, variant_ids
from ...lower.walk import Files, files, resolved, walk
from .naming import as_id, as_params_id, factory_id, other_forms, params_id
from .types import (
    JSON,
    MOST_ARGUMENTS,
    STRING,
    UPLOAD,
    Alias,
    Alternative,
    Argument,
    Call,
    Constant,
    Enum,
    KType,
    Member,
    Model,
    Package,
    Union,
)

#: Scalars by JSON kind and format; what is not listed falls back to the format "".
_SCALARS = {
    (Kind.STRING, ""): STRING,
    (Kind.STRING, "date-time"): KType("OffsetDateTime"),
    (Kind.STRING, "date"): KType("LocalDate"),
    (Kind.INTEGER, ""): KType("Long"),
    (Kind.INTEGER, "int32"): KType("Int"),
    (Kind.NUMBER, ""): KType("Double"),
    (Kind.BOOLEAN, ""): KType("Boolean"),
}
_CONSTS = {bool: KType("Boolean"), int: KType("Long"), float: KType("Double"), str: STRING}


def lower(api: Api, diagnostics: Diagnostics, locked: Names = NO_NAMES) -> Package:
    """All declarations of the API. What was published as required stays an argument, in its place: users pass it."""
    unions: dict[DeclId, Union] = {}
    enums: dict[DeclId, Enum] = {}
    implements: dict[DeclId, list[DeclId]] = {}
    for decl in api.decls.values():
        if isinstance(decl, UnionDecl):
            alternatives = tuple(_alternatives(api, decl))
            unions[decl.id] = Union(decl, alternatives)
            for alternative in alternatives:
                if alternative.model is not None:
                    implements.setdefault(alternative.model, []).append(decl.id)
        elif isinstance(decl, EnumDecl):
            enums[decl.id] = _enum(decl, diagnostics)
    models = {
        decl.id: _model(api, decl, tuple(sorted(set(implements.get(decl.id, ())))), locked)
        for decl in api.decls.values()
        if isinstance(decl, ObjectDecl)
    }
    types = JsonTypes(api.decls)
    aliases = {decl.id: Alias(decl, types.of(decl.type)) for decl in api.decls.values() if isinstance(decl, AliasDecl)}
    calls = {id: _call(api, _in_order(call, locked)) for id, call in shared.calls(api).items()}
    rules: dict[DeclId, Deltas] = {}
    wholes: dict[DeclId, tuple[Whole, ...]] = {}
    for call in calls.values():
        rule = deltas(call.of, api.decls)
        if rule is not None:
            rules[rule.event] = rule
            known = wholes.setdefault(rule.event, ())
            if rule.whole is not None and all(w.type != rule.whole.type for w in known):
                wholes[rule.event] = (*known, rule.whole)
    orders = {
        call.operation.key or call.operation.id: tuple(published_id(call.operation, a.of) for a in call.required)
        for call in calls.values()
    } | {str(id): tuple(m.wire for m in model.asked) for id, model in models.items()}
    return Package(
        api, models, unions, enums, aliases, calls, rules, wholes, {p: ids for p, ids in orders.items() if ids}
    )


# -- types ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Types:
    """What each kind of expression is in Kotlin. Aliases disappear: their uses become the type that they stand for."""

    decls: Mapping[DeclId, Decl]

    def of(self, type: Type) -> KType:
        """The Kotlin type of an expression."""
        return walk(type, self, self.decls)

    def scalar(self, type: Primitive) -> KType:
        """A string, number or boolean; a date is one of Java's."""
        return _SCALARS.get((type.kind, type.format)) or _SCALARS[type.kind, ""]

    def file(self, type: Primitive) -> KType:
        """Raw bytes."""
        return UPLOAD

    def constant(self, type: Const) -> KType:
        """The type of the one value."""
        return _CONSTS[type.value.__class__] if is_exact(type.value) else JSON

    def free(self, type: AnyJson) -> KType:
        """Any JSON."""
        return JSON

    def items(self, type: ListOf, item: KType) -> KType:
        """A list."""
        return KType("List", (item,))

    def entries(self, type: MapOf, value: KType) -> KType:
        """A map by strings."""
        return KType("Map", (value,))

    def nullable(self, type: Nullable, inner: KType) -> KType:
        """Null, or the inner type; free JSON has a null of its own."""
        return inner if inner.name in ("Nullable", "JsonElement") else KType("Nullable", (inner,))

    def named(self, decl: Decl) -> KType:
        """A class, an interface or a value class."""
        return self.of(decl.type) if isinstance(decl, AliasDecl) else KType("Decl", decl=decl.id)


@dataclass(frozen=True, slots=True)
class JsonTypes(Types):
    """The same inside JSON, where raw bytes can only be a string."""

    def file(self, type: Primitive) -> KType:
        """Text, as JSON knows no bytes."""
        return STRING


def is_exact(value: str | int | float | bool) -> bool:
    """Whether Kotlin's own numbers can hold a value: a long has 64 bits."""
    return not isinstance(value, int) or -(1 << 63) <= value < 1 << 63


# -- declarations --------------------------------------------------------------------------------------------------


def _member(types: JsonTypes, decl: ObjectDecl, field: Field) -> Member:
    type = types.of(field.type)
    return Member(
        member_id(decl.id, field.wire_name),
        field.wire_name,
        type.inner,
        field.required,
        type.name == "Nullable",
        field.docs,
        field.default,
        field.const.value if field.const is not None and field.required else None,
        field.read_only,
        field.write_only,
    )


def _model(api: Api, decl: ObjectDecl, unions: tuple[DeclId, ...], locked: Names) -> Model:
    types = JsonTypes(api.decls)
    members = tuple(_member(types, decl, f) for f in decl.fields)
    additional = types.of(decl.additional) if decl.additional is not None else None
    given = {m.wire: m for m in members if m.const is None and not m.read_only}
    known = locked.orders.get(str(decl.id), ())
    asked = locked.order(str(decl.id), [wire for wire, m in given.items() if m.required or wire in known])
    return Model(decl, members, additional, unions, tuple(given[wire] for wire in asked[:MOST_ARGUMENTS]))


def _alternatives(api: Api, decl: UnionDecl) -> Iterator[Alternative]:
    seen: set[DeclId] = set()
    types = JsonTypes(api.decls)
    for variant, symbol in zip(decl.variants, variant_ids(decl), strict=True):
        type = types.of(variant.type).inner
        target = api.decls[type.decl] if type.name == "Decl" else None
        model = target.id if isinstance(target, ObjectDecl) and target.id not in seen else None
        if model is not None:
            seen.add(model)
        yield Alternative(symbol, factory_id(symbol), variant, type, model)


def _enum(decl: EnumDecl, diagnostics: Diagnostics) -> Enum:
    constants = []
    for member in decl.members:
        if is_exact(member.value):
            constants.append(Constant(value_id(decl.id, member.value), member.value, member.docs))
        else:
            diagnostics.warn(
                "kotlin-number",
                f"{member.value} has more than 64 bits; the enum has no constant for it",
                decl.origin,
                "Such numbers travel safely as strings.",
            )
    return Enum(decl, _SCALARS[decl.kind, ""], tuple(constants))


# -- calls ---------------------------------------------------------------------------------------------------------


def _in_order(call: shared.Call, locked: Names) -> shared.Call:
    """The call with the arguments that were published as required still required, and in their order."""
    place = call.operation.key or call.operation.id
    known = locked.orders.get(place, ())
    ids = {published_id(call.operation, a): a for a in call.arguments}
    asked = locked.order(place, [id for id, a in ids.items() if a.required or id in known])
    first = [ids[id] if ids[id].required else replace(ids[id], required=True) for id in asked]
    ordered = (*first, *(a for id, a in ids.items() if id not in asked))
    return call if ordered == call.arguments else replace(call, arguments=ordered)


def _call(api: Api, call: shared.Call) -> Call:
    operation = call.operation
    others = tuple(_call_of(api, of, as_id(plan), as_params_id(plan)) for plan, of in other_forms(call))
    return _call_of(api, call, method_id(operation), params_id(operation), others)


def _call_of(api: Api, call: shared.Call, method: str, params: str, others: tuple[Call, ...] = ()) -> Call:
    """The JVM takes 255 arguments: required ones beyond that move into the block."""
    required = [_argument(api, call, a) for a in call.required]
    optional = [_argument(api, call, a) for a in call.optional]
    return Call(
        call,
        method,
        params,
        tuple(required[:MOST_ARGUMENTS]),
        (*required[MOST_ARGUMENTS:], *optional),
        tuple(_argument(api, call, a) for a in call.constants),
        others,
    )


def _argument(api: Api, call: shared.Call, argument: shared.Argument) -> Argument:
    sends_null = argument.place is Place.MEMBER or (argument.required and argument.place is not Place.PATH)
    if _is_some_file(api, argument):
        type = KType("List", (UPLOAD,))
        return Argument(argument, type, isinstance(argument.type, Nullable) and sends_null)
    type = (Types if argument.files is not Files.NONE else JsonTypes)(api.decls).of(argument.type)
    return Argument(argument, type.inner, type.name == "Nullable" and sends_null)


def _is_some_file(api: Api, argument: shared.Argument) -> bool:
    """Whether a member of a form is a file or something else, such as several: then it is a list of files here."""
    inner = resolved(argument.type, api.decls)
    union = api.decls[inner.id] if argument.place is Place.MEMBER and isinstance(inner, Ref) else None
    return isinstance(union, UnionDecl) and any(files(v.type, api.decls) is not Files.NONE for v in union.variants)
