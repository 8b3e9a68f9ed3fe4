"""What a Kotlin package consists of before names are settled: type expressions and declarations that hold symbols."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ...ir.model import Api, Operation
from ...ir.types import AliasDecl, DeclId, Docs, EnumDecl, ObjectDecl, UnionDecl, Variant
from ...lower import calls as shared
from ...lower.deltas import Deltas, Whole
from ...values import Json


class KType(NamedTuple):
    """A Kotlin type: a scalar's name, `List`, `Map`, `Nullable` with one argument, or `Decl` with the declaration's id."""

    name: str
    args: tuple[KType, ...] = ()
    decl: DeclId = DeclId()

    @property
    def inner(self) -> KType:
        """The type without its null."""
        return self.args[0] if self.name == "Nullable" else self

    @property
    def is_list(self) -> bool:
        """Whether it is a list, not of null."""
        return self.name == "List"


JSON = KType("JsonElement")
STRING = KType("String")
UPLOAD = KType("Upload")


class Member(NamedTuple):
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
    #: Only sent: an answer does not have it, whatever the document says of requests.
    write_only: bool = False

    @property
    def optional(self) -> bool:
        """Whether a reader may find nothing."""
        return not self.required or self.nullable


@dataclass(frozen=True, slots=True)
class Model:
    """A class over a JSON object."""

    decl: ObjectDecl
    members: tuple[Member, ...]
    additional: KType | None
    #: The unions that it is a variant of.
    unions: tuple[DeclId, ...]
    #: What the function that makes one asks for, in its order. The JVM takes 255 arguments; the rest moves into the block.
    asked: tuple[Member, ...] = ()


#: More than this and the JVM's limit of 255 arguments comes near, since a long counts as two.
MOST_ARGUMENTS = 120


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
class Constant:
    """A known value of an open enum."""

    symbol: str
    value: str | int | float | bool
    docs: Docs


@dataclass(frozen=True, slots=True)
class Enum:
    """A value class over the value on the wire."""

    decl: EnumDecl
    type: KType
    constants: tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """A typealias."""

    decl: AliasDecl
    type: KType


class Argument(NamedTuple):
    """An argument of a call, or a constant that it sends. `type` never has the outermost null."""

    of: shared.Argument
    type: KType
    #: Null is a value to send: of a required argument, or of a member of the body.
    nullable: bool

    @property
    def is_upload(self) -> bool:
        """Whether it is bytes beside the JSON arguments."""
        return self.type == UPLOAD or UPLOAD in self.type.args


@dataclass(frozen=True, slots=True)
class Call:
    """An operation as methods of a resource."""

    of: shared.Call
    #: The symbols of its plain method and of the receiver of its trailing block.
    method: str
    params: str
    #: In the signature, in its order.
    required: tuple[Argument, ...]
    #: Properties of the trailing block's receiver.
    optional: tuple[Argument, ...]
    #: Sent by themselves.
    constants: tuple[Argument, ...]
    #: The same with the body written in other ways, each as one argument.
    others: tuple[Call, ...] = ()

    @property
    def operation(self) -> Operation:
        """What it calls."""
        return self.of.operation

    @property
    def all(self) -> tuple[Call, ...]:
        """It and its other ways."""
        return (self, *self.others)


@dataclass(frozen=True, slots=True)
class Package:
    """All declarations of one SDK."""

    api: Api
    models: Mapping[DeclId, Model]
    unions: Mapping[DeclId, Union]
    enums: Mapping[DeclId, Enum]
    #: Names that only stand for another type, and what that is.
    aliases: Mapping[DeclId, Alias]
    #: By operation id.
    calls: Mapping[str, Call]
    #: How the events of streams add up, by the event's declaration, and the answers that the sums become.
    deltas: Mapping[DeclId, Deltas]
    wholes: Mapping[DeclId, tuple[Whole, ...]]
    #: What is asked for in order: by call and model (as the names lock knows them) the ids of arguments and members.
    orders: Mapping[str, tuple[str, ...]]

    def string_union(self, type: KType) -> Union | None:
        """The union that a type is, when a bare string is one of its variants."""
        union = self.unions.get(type.decl) if type.name == "Decl" else None
        return union if union is not None and union.text is not None else None

    def is_value_class(self, type: KType) -> bool:
        """Whether the type is an enum: functions that take one get a mangled name on the JVM."""
        return type.name == "Decl" and type.decl in self.enums

    def declared(self) -> Iterator[DeclId]:
        """Everything that has a class of its own."""
        yield from self.models
        yield from self.unions
        yield from self.enums
