"""What a Node package consists of, before names are settled: declarations that hold symbol ids and expressions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ...ir.types import DeclId, Docs, TagValue
from ...lower.calls import Call
from ...lower.planner import Symbol
from ...values import Json
from .types import Expr

#: No file of generated code grows past this many lines, as far as single declarations allow.
LINE_LIMIT = 1000
#: A flat name of an inline type is exported beside `Owner.Name` when it is no longer than this.
FLAT_LIMIT = 40


class Member(NamedTuple):
    """A member of an interface, by its wire name."""

    wire_name: str
    type: Expr
    required: bool
    docs: Docs = Docs()
    default: Json = None
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class Interface:
    """`export interface Name extends Base { ... }`."""

    symbol: str
    members: tuple[Member, ...]
    docs: Docs = Docs()
    #: The type of members that are not listed.
    index: Expr | None = None
    base: str | None = None
    #: Members of the base that are left out of it or declared anew.
    omit: tuple[str, ...] = ()
    #: Whether all of the base's members may be left out: `extends Partial<Base>`.
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Alias:
    """`export type Name = ...`."""

    symbol: str
    type: Expr
    docs: Docs = Docs()


@dataclass(frozen=True, slots=True)
class Guard:
    """`export function isUnknownName(value)`, for a union told apart by a tag."""

    union: str
    tag: str
    #: For each known variant, the values of its tags.
    known: tuple[tuple[tuple[str, tuple[TagValue, ...]], ...], ...]


Declaration = Interface | Alias


@dataclass(frozen=True, slots=True)
class TypeNode:
    """A declared type and what is inline in it: `Order`, and `Order.Item` in `namespace Order`."""

    id: DeclId
    declaration: Declaration
    guard: Guard | None = None
    children: tuple[TypeNode, ...] = ()
    #: More than the lines that it takes with all in it.
    weight: int = 0


@dataclass(frozen=True, slots=True)
class PathArgument:
    """An argument that is one path parameter, before the params."""

    symbol: str
    #: The member of the runtime's params that it becomes.
    member: str
    type: Expr
    docs: Docs


@dataclass(frozen=True, slots=True)
class Streaming:
    """The streaming form of a method that has a plain one too, chosen by a member of the params."""

    constant: str
    #: The types of its params and of the plain form's.
    params: str
    plain_params: str
    event: Expr
    #: What the events add up to; None when they do not.
    whole: Expr | None
    #: The member that selects, and what it is set to.
    selector: str
    value: str | bool


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a resource, for one call."""

    call: Call
    symbol: str
    #: The constant that describes the operation to the runtime.
    constant: str
    docs: Docs
    positional: PathArgument | None
    #: The type of the params; None when there is nothing to pass.
    params: str | None
    params_required: bool
    #: `call`, `stream` or `pages`: how the runtime makes it (the plain form when there are two).
    form: str
    #: The arguments of the runtime's generic function: `T`, or item and body.
    types: tuple[Expr, ...]
    streaming: Streaming | None = None
    #: The types of documented error bodies, by status as documented (`404`, `4XX`, `default`).
    errors: tuple[tuple[str, Expr], ...] = ()


@dataclass(frozen=True, slots=True)
class Constant:
    """A description of an operation, as JSON-like data in the runtime's own terms."""

    symbol: str
    value: dict[str, object]
    #: Another constant that this one extends.
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """A resource below another."""

    symbol: str
    class_symbol: str
    docs: Docs = Docs()


@dataclass(frozen=True, slots=True)
class ResourceClass:
    """A node of the resource tree; the root is the client."""

    path: tuple[str, ...]
    symbol: str
    docs: Docs
    methods: tuple[Method, ...]
    constants: tuple[Constant, ...]
    children: tuple[Child, ...]
    params: tuple[Declaration, ...]


@dataclass(slots=True)
class Package:
    """Everything of one package."""

    symbols: list[Symbol] = field(default_factory=list)
    types: list[TypeNode] = field(default_factory=list)
    resources: list[ResourceClass] = field(default_factory=list)
