"""What a Swift package consists of, before names are settled: declarations that hold symbol ids and expressions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ...ir.model import Encoding
from ...ir.types import Docs, TagValue
from ...lower import calls
from ...lower.deltas import Deltas
from ...lower.planner import Symbol
from ...values import Json
from .types import Expr


class Property(NamedTuple):
    """A stored property of a struct."""

    symbol: str
    wire_name: str
    #: What is stored, without `?`.
    type: Expr
    #: The property is `T?`, and left out when nil.
    is_optional: bool
    docs: Docs = Docs()
    #: Its place among the arguments of the initialiser: users write them in this order.
    rank: int = 0
    #: The member is required, but may be null: the property is `T?`, and nil is written as null.
    is_nullable: bool = False
    #: The initialiser takes `Nullable<T>?`: absent, null and a value are three different things to send.
    is_tri_state: bool = False
    #: Contains its own type, so that it needs a detour.
    is_boxed: bool = False
    #: Only servers set it: the initialiser does not ask for it, and an object made here does not send it.
    is_read_only: bool = False
    #: Must be given, but what comes back does not have it: the property is `T?`.
    is_withheld: bool = False
    constant: str | int | float | bool | None = None
    default: Json = None


@dataclass(frozen=True, slots=True)
class FormField:
    """A member of a struct when it is sent as a form."""

    property: str
    wire_name: str
    #: What the document says of how it is written; None: as its type says.
    encoding: Encoding | None = None


@dataclass(frozen=True, slots=True)
class Struct:
    """`public struct Name: JSONModel { ... }`."""

    symbol: str
    properties: tuple[Property, ...]
    docs: Docs = Docs()
    #: The type of members that are not listed.
    additional: Expr | None = None
    form: tuple[FormField, ...] | None = None
    #: How values of it add up when it is the event of a stream, and the type of the whole answer.
    deltas: Deltas | None = None
    whole: Expr | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A known value of an open enum."""

    symbol: str
    value: str | int | float
    docs: Docs = Docs()


@dataclass(frozen=True, slots=True)
class OpenEnum:
    """`public struct Name: OpenEnum { ... }` with a static member for each known value."""

    symbol: str
    raw: str
    members: tuple[Member, ...]
    docs: Docs = Docs()


@dataclass(frozen=True, slots=True)
class Factory:
    """`.user("Hi")`: builds a variant's object from its members."""

    #: What the initialiser asks for, in its order.
    properties: tuple[Property, ...]
    struct: str
    #: The property that is filled in with the tag, when it is no constant of the object, and its value.
    filled: tuple[str, str] | None
    #: The first one's label is left out.
    is_bare: bool
    #: The bare argument may be a plain `String` variable too; the case of its union that takes one.
    text_case: str | None = None
    text_union: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a union, and how it is recognised."""

    symbol: str
    type: Expr
    json_types: tuple[str, ...]
    #: Of lists: the JSON types of the first item; empty: any.
    item_types: tuple[str, ...] = ()
    #: The tag members with their values, None for an absent one.
    tags: tuple[tuple[str, tuple[TagValue, ...]], ...] = ()
    required_keys: tuple[str, ...] = ()
    foreign_keys: tuple[str, ...] = ()
    docs: Docs = Docs()
    factory: Factory | None = None


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal that a union takes as one of its cases. kind: String, Integer, Float, Boolean or Array."""

    kind: str
    case: str
    #: The type of the literal, or of the array's items.
    type: Expr
    #: The case holds an open enum, made from the literal.
    wraps: Expr | None = None


@dataclass(frozen=True, slots=True)
class Union:
    """`public indirect enum Name: JSONUnion { ... }`."""

    symbol: str
    cases: tuple[Case, ...]
    tags: tuple[str, ...]
    docs: Docs = Docs()
    literals: tuple[Literal, ...] = ()


@dataclass(frozen=True, slots=True)
class Alias:
    """`public typealias Name = ...`."""

    symbol: str
    type: Expr
    docs: Docs = Docs()


Declaration = Struct | OpenEnum | Union | Alias


class Argument(NamedTuple):
    """An argument of a method."""

    asked: calls.Argument
    type: Expr
    #: It may be left out.
    is_optional: bool
    #: Its place among the arguments: users write them in this order.
    rank: int = 0

    @property
    def symbol(self) -> str:
        """The id of its symbol."""
        return self.asked.symbol


@dataclass(frozen=True, slots=True)
class BodyArgument:
    """The body as one argument."""

    type: Expr
    plan: calls.BodyPlan
    #: A form that is a struct with a `form()` of its own.
    is_struct: bool


class FlatMember(NamedTuple):
    """A property of a flattened body, filled from an argument, or with what the form of the call sets it to."""

    property: str
    argument: str | None
    constant: bool | str | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a resource: a call in one of its forms."""

    symbol: str
    call: calls.Call
    form: calls.Form
    result: Expr | None
    #: All but the body and its members, in order.
    arguments: tuple[Argument, ...]
    body: BodyArgument | None
    #: How the body can be written instead: a method of the same name for each, told apart by a label.
    others: tuple[BodyArgument, ...] = ()
    #: With a flattened body: the struct, all arguments with its members, and what fills the initialiser.
    flat: str | None = None
    flat_arguments: tuple[Argument, ...] = ()
    flat_members: tuple[FlatMember, ...] = ()


@dataclass(frozen=True, slots=True)
class Child:
    """A resource below another."""

    symbol: str
    type_symbol: str
    docs: Docs = Docs()


@dataclass(frozen=True, slots=True)
class ResourceType:
    """A node of the resource tree; the root is the client."""

    path: tuple[tuple[str, ...], ...]
    symbol: str
    docs: Docs
    methods: tuple[Method, ...]
    children: tuple[Child, ...]


@dataclass(slots=True)
class Package:
    """Everything of one package. `files` are the files of types: the symbol of the main one, and its declarations."""

    symbols: list[Symbol] = field(default_factory=list)
    files: dict[str, list[Declaration]] = field(default_factory=dict)
    #: The type that each nested type stands in, by symbols.
    owners: dict[str, str] = field(default_factory=dict)
    resources: list[ResourceType] = field(default_factory=list)
    #: By place (a struct, a call): what users write there, in the order of it.
    orders: dict[str, tuple[str, ...]] = field(default_factory=dict)
