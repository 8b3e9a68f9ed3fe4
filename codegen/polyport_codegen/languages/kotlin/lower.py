"""IR to Kotlin declarations: which class, which members, which arguments. Names stay symbols.

An alias disappears here: its uses become the type it stands for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...diagnostics import Diagnostics
from ...ir.model import Api, Body, Location, MediaKind, Operation, Parameter
from ...ir.types import (
    AliasDecl,
    AnyJson,
    Const,
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
from .types import (
    JSON,
    MOST_ARGUMENTS,
    STRING,
    UPLOAD,
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
    (Kind.STRING, ""): "String",
    (Kind.STRING, "date-time"): "OffsetDateTime",
    (Kind.STRING, "date"): "LocalDate",
    (Kind.INTEGER, ""): "Long",
    (Kind.INTEGER, "int32"): "Int",
    (Kind.NUMBER, ""): "Double",
    (Kind.BOOLEAN, ""): "Boolean",
}
_CONSTS = {bool: "Boolean", int: "Long", float: "Double", str: "String"}
_ENUMS = {
    Kind.STRING: STRING,
    Kind.INTEGER: KType("Long"),
    Kind.NUMBER: KType("Double"),
    Kind.BOOLEAN: KType("Boolean"),
}


def lower(api: Api, diagnostics: Diagnostics) -> Package:
    """All declarations of the API."""
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
        decl.id: _model(api, decl, tuple(sorted(set(implements.get(decl.id, ())))))
        for decl in api.decls.values()
        if isinstance(decl, ObjectDecl)
    }
    calls = {id: _call(api, operation) for id, operation in api.operations.items()}
    return Package(api, models, unions, enums, calls)


# -- types ---------------------------------------------------------------------------------------------------------


def kotlin_type(api: Api, type: Type) -> KType:
    """The Kotlin type of an expression; aliases are followed."""
    match type:
        case Primitive(kind=kind, format=format):
            return KType(_SCALARS.get((kind, format), _SCALARS[kind, ""]))
        case Const(value=value):
            return KType(_CONSTS[value.__class__]) if is_exact(value) else JSON
        case ListOf(item=item):
            return KType("List", (kotlin_type(api, item),))
        case MapOf(value=value):
            return KType("Map", (kotlin_type(api, value),))
        case Nullable(inner=inner):
            found = kotlin_type(api, inner)
            return found if found.name in ("Nullable", "JsonElement") else KType("Nullable", (found,))
        case Ref(id=id):
            decl = api.decls[id]
            if not isinstance(decl, AliasDecl):
                return KType("Decl", decl=id)
            return kotlin_type(api, decl.type)
        case AnyJson():
            return JSON


def is_exact(value: str | int | float | bool) -> bool:
    """Whether Kotlin's own numbers can hold a value: a long has 64 bits."""
    return not isinstance(value, int) or -(1 << 63) <= value < 1 << 63


def is_binary(type: Type) -> bool:
    """Whether an expression means raw bytes (only in multipart members and bodies that are not JSON)."""
    return isinstance(type, Primitive) and type.format == "binary"


def upload_type(api: Api, type: Type) -> KType:
    """The type of a multipart member: files are uploads, all else is as in JSON."""
    bare = type.inner if isinstance(type, Nullable) else type
    if is_binary(bare):
        return UPLOAD
    if isinstance(bare, ListOf) and is_binary(bare.item):
        return KType("List", (UPLOAD,))
    return kotlin_type(api, type)


# -- declarations --------------------------------------------------------------------------------------------------


def _member(api: Api, field: Field, symbol: str, *, files: bool = False) -> Member:
    """A field as a property or argument."""
    type = upload_type(api, field.type) if files else kotlin_type(api, field.type)
    const = field.const.value if field.const is not None and field.required else None
    return Member(
        symbol,
        field.wire_name,
        type.inner,
        field.required,
        type.name == "Nullable",
        field.docs,
        field.default,
        const,
        field.read_only,
    )


def _model(api: Api, decl: ObjectDecl, unions: tuple[DeclId, ...]) -> Model:
    members = tuple(_member(api, f, f"member:{decl.id}:{f.wire_name}") for f in decl.fields)
    additional = kotlin_type(api, decl.additional) if decl.additional is not None else None
    return Model(decl, members, additional, unions)


def _alternatives(api: Api, decl: UnionDecl) -> Iterator[Alternative]:
    seen: set[DeclId] = set()
    for index, variant in enumerate(decl.variants):
        type = kotlin_type(api, variant.type).inner
        target = api.decls[type.decl] if type.name == "Decl" else None
        model = target.id if isinstance(target, ObjectDecl) and target.id not in seen else None
        if model is not None:
            seen.add(model)
        yield Alternative(f"variant:{decl.id}:{index}", f"factory:{decl.id}:{index}", variant, type, model)


def _enum(decl: EnumDecl, diagnostics: Diagnostics) -> Enum:
    constants = []
    for member in decl.members:
        if is_exact(member.value):
            constants.append(Constant(f"constant:{decl.id}:{member.value!r}", member.value, member.docs))
        else:
            diagnostics.warn(
                "kotlin-number",
                f"{member.value} has more than 64 bits; the enum has no constant for it",
                decl.origin,
                "Such numbers travel safely as strings.",
            )
    return Enum(decl, _ENUMS[decl.kind], tuple(constants))


# -- calls ---------------------------------------------------------------------------------------------------------

_ORDER = {"path": 0, "body": 1, "member": 1, "file": 1, "query": 2, "header": 3, "cookie": 4}


def _call(api: Api, operation: Operation) -> Call:
    """The arguments of an operation: path first, then the body's required members, then all else."""
    everything = [*_parameters(api, operation), *_body(api, operation)]
    constants = tuple(a for a in everything if a.member.const is not None)
    asked = [a for a in everything if a.member.asked]
    asked.sort(key=lambda a: _ORDER[a.place])
    required = tuple(asked[:MOST_ARGUMENTS])
    optional = tuple(a for a in everything if a.member.const is None and a not in required)
    return Call(operation, required, optional, constants)


def _parameters(api: Api, operation: Operation) -> Iterator[Argument]:
    selector = operation.stream.selector if operation.stream is not None else None
    for parameter in operation.parameters:
        place = parameter.location.value
        if selector is None or (selector.location, selector.wire_name) != (place, parameter.wire_name):
            yield Argument(_parameter(api, operation, parameter), place)


def _parameter(api: Api, operation: Operation, parameter: Parameter) -> Member:
    type = kotlin_type(api, parameter.type)
    return Member(
        f"argument:{operation.id}:{parameter.location.value}:{parameter.wire_name}",
        parameter.wire_name,
        type.inner,
        parameter.required,
        type.name == "Nullable" and parameter.location is not Location.PATH and parameter.required,
        parameter.docs,
        parameter.default,
        parameter.const.value if parameter.const is not None else None,
    )


def _body(api: Api, operation: Operation) -> Iterator[Argument]:
    body = operation.body
    if body is None:
        return
    if body.flatten is None:
        yield Argument(_whole_body(api, operation, body), "body")
        return
    files = body.media.kind is MediaKind.MULTIPART
    for field in api.body_fields(operation):
        member = _member(api, field, f"argument:{operation.id}:body:{field.wire_name}", files=files)
        if not body.required and member.asked:
            member = replace(member, required=False)
        upload = member.type == UPLOAD or UPLOAD in member.type.args
        yield Argument(member, "file" if upload else "member")


def _whole_body(api: Api, operation: Operation, body: Body) -> Member:
    type: KType
    match body.media.kind:
        case MediaKind.BINARY:
            type = UPLOAD
        case MediaKind.TEXT | MediaKind.SSE | MediaKind.JSONL:
            type = STRING
        case MediaKind.JSON | MediaKind.FORM | MediaKind.MULTIPART:
            type = kotlin_type(api, body.media.type)
    nullable = type.name == "Nullable" or (type == JSON and not body.required)
    return Member(
        f"argument:{operation.id}:body:", "body", type.inner, body.required, nullable and body.required, body.docs
    )
