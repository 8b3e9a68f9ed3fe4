"""IR to Kotlin declarations: which class, which members, which codecs. Names stay symbols until `render`.

An alias disappears here: its uses become the type it stands for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...diagnostics import Diagnostics
from ...ir.model import Api
from ...ir.types import (
    AliasDecl,
    AnyJson,
    Const,
    DeclId,
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
    Type,
    UnionDecl,
    Variant,
)
from ...values import Json

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


@dataclass(frozen=True, slots=True)
class KType:
    """A Kotlin type: a scalar's name, `List`, `Map`, `Nullable` with one argument, or `Decl` with the declaration's id."""

    name: str
    args: tuple[KType, ...] = ()
    decl: DeclId = DeclId()

    @property
    def inner(self) -> KType:
        """The type without its null."""
        return self.args[0] if self.name == "Nullable" else self


JSON = KType("JsonElement")
STRING = KType("String")
UPLOAD = KType("Upload")


@dataclass(frozen=True, slots=True)
class Member:
    """A property of a model or an argument of a call. `type` never has the outermost null: `nullable` says it."""

    symbol: str
    wire: str
    type: KType
    required: bool
    nullable: bool
    docs: Docs
    default: Json = None
    #: The one value, for members that senders fill in by themselves.
    const: Json = None
    read_only: bool = False

    @property
    def asked(self) -> bool:
        """Whether a value must be given when an object is made."""
        return self.required and self.const is None and not self.read_only


@dataclass(frozen=True, slots=True)
class Model:
    """A class over a JSON object."""

    decl: ObjectDecl
    members: tuple[Member, ...]
    additional: KType | None
    #: The unions that it is a variant of.
    unions: tuple[DeclId, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A variant of a union: a model that implements the union, or else a wrapper class around a value."""

    symbol: str
    factory: str
    variant: Variant
    type: KType
    model: DeclId | None


@dataclass(frozen=True, slots=True)
class Union:
    """A sealed interface."""

    decl: UnionDecl
    alternatives: tuple[Alternative, ...]

    @property
    def text(self) -> Alternative | None:
        """The alternative that is a bare string, if there is one."""
        return next((a for a in self.alternatives if a.type == STRING), None)


@dataclass(frozen=True, slots=True)
class Lowering:
    """Turns type expressions into Kotlin types, and remembers all declarations."""

    api: Api
    models: Mapping[DeclId, Model]
    unions: Mapping[DeclId, Union]

    def type_of(self, type: Type) -> KType:
        """The Kotlin type of an expression."""
        return kotlin_type(self.api, type)

    def string_union(self, type: KType) -> Union | None:
        """The union that a type is, when a bare string is one of its variants."""
        union = self.unions.get(type.decl) if type.name == "Decl" else None
        return union if union is not None and union.text is not None else None

    def is_value_class(self, type: KType) -> bool:
        """Whether the type is an enum: functions that take one get a mangled name on the JVM."""
        return type.name == "Decl" and isinstance(self.api.decls[type.decl], EnumDecl)


def kotlin_type(api: Api, type: Type, seen: frozenset[DeclId] = frozenset()) -> KType:
    """The Kotlin type of an expression; aliases are followed, and a cycle of them ends in free JSON."""
    match type:
        case Primitive(kind=kind, format=format):
            return KType(_SCALARS.get((kind, format), _SCALARS[kind, ""]))
        case Const(value=value):
            return KType(_CONSTS[value.__class__])
        case ListOf(item=item):
            return KType("List", (kotlin_type(api, item, seen),))
        case MapOf(value=value):
            return KType("Map", (kotlin_type(api, value, seen),))
        case Nullable(inner=inner):
            found = kotlin_type(api, inner, seen)
            return found if found.name in ("Nullable", "JsonElement") else KType("Nullable", (found,))
        case Ref(id=id):
            decl = api.decls[id]
            if not isinstance(decl, AliasDecl):
                return KType("Decl", decl=id)
            return JSON if id in seen else kotlin_type(api, decl.type, seen | {id})
        case AnyJson():
            return JSON


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


def member_of(api: Api, field: Field, symbol: str, *, files: bool = False) -> Member:
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


def lower(api: Api, diagnostics: Diagnostics) -> Lowering:
    """All declarations of the API."""
    unions: dict[DeclId, Union] = {}
    implements: dict[DeclId, list[DeclId]] = {}
    for decl in api.decls.values():
        if isinstance(decl, UnionDecl):
            alternatives = tuple(_alternatives(api, decl))
            unions[decl.id] = Union(decl, alternatives)
            for alternative in alternatives:
                if alternative.model is not None:
                    implements.setdefault(alternative.model, []).append(decl.id)
    models = {
        decl.id: _model(api, decl, tuple(sorted(set(implements.get(decl.id, ())))))
        for decl in api.decls.values()
        if isinstance(decl, ObjectDecl)
    }
    return Lowering(api, models, unions)


def _model(api: Api, decl: ObjectDecl, unions: tuple[DeclId, ...]) -> Model:
    members = tuple(member_of(api, f, f"member:{decl.id}:{f.wire_name}") for f in decl.fields)
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


def json_types(variant: Variant) -> list[str]:
    """The names of a variant's JSON types, sorted."""
    return sorted(t.value for t in variant.json_types if isinstance(t, JsonType))
