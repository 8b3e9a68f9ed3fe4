"""What a Node package consists of, before names are settled: declarations that hold symbol ids and expressions."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...ir.types import Docs
from ...lower.planner import Symbol
from ...values import Json
from .types import Expr


@dataclass(frozen=True, slots=True)
class Member:
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


@dataclass(frozen=True, slots=True)
class Alias:
    """`export type Name = ...`."""

    symbol: str
    type: Expr
    docs: Docs = Docs()


@dataclass(frozen=True, slots=True)
class Guard:
    """`export function isUnknownName(value)`, for a union told apart by a tag."""

    symbol: str
    union: str
    tag: str
    known: tuple[str | int | bool, ...]


Declaration = Interface | Alias | Guard


@dataclass(frozen=True, slots=True)
class PathArgument:
    """An argument that is one path parameter, before the params."""

    name: str
    #: The member of the runtime's params that it becomes.
    member: str
    type: Expr
    docs: Docs


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a resource, for one operation."""

    operation: str
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
    #: The constant of the streaming form when there is a plain one too.
    stream_constant: str | None = None
    #: With two forms: the streaming one's params, the plain one's, the event type, and what selects.
    stream_params: str | None = None
    plain_params: str | None = None
    event: Expr | None = None
    selector: tuple[str, Json] | None = None


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
    """Everything of one package. `groups` are the files of types: a file symbol and its declarations."""

    symbols: list[Symbol] = field(default_factory=list)
    groups: dict[str, list[Declaration]] = field(default_factory=dict)
    resources: list[ResourceClass] = field(default_factory=list)
