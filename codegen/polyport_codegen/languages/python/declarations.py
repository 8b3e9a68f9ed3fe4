"""What a Python package consists of, before names are settled: declarations that hold symbol ids and expressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from ...ir.model import Operation
from ...ir.types import DeclId, Docs, TagValue
from ...values import Json
from .types import Expr


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a class, or a key of a `TypedDict`."""

    symbol: str
    wire_name: str
    type: Expr
    is_required: bool
    docs: Docs = Docs()
    default: Json = None


@dataclass(frozen=True, slots=True)
class Model:
    """`class Name(APIModel): ...`: an object that is read."""

    symbol: str
    members: tuple[Member, ...]
    docs: Docs = Docs()


@dataclass(frozen=True, slots=True)
class Keys:
    """`class NameParam(TypedDict): ...`: an object that is sent, its keys spelled as on the wire."""

    symbol: str
    members: tuple[Member, ...]
    docs: Docs = Docs()


@dataclass(frozen=True, slots=True)
class OpenEnum:
    """`Name: TypeAlias = Literal["a", "b"] | str`. `known` has the values that the document explains."""

    symbol: str
    type: Expr
    docs: Docs = Docs()
    known: tuple[tuple[str | int | float, Docs], ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One variant of a union that is read, and how it is recognised. JSON types are apart by spaces."""

    type: Expr
    json_types: str
    #: The tag members with their values, None for an absent one.
    tags: tuple[tuple[str, tuple[TagValue, ...]], ...] = ()
    required_keys: tuple[str, ...] = ()
    item_types: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """`Name: TypeAlias = ...`. A union that is read has `choices`, one that is sent has none."""

    symbol: str
    type: Expr
    docs: Docs = Docs()
    choices: tuple[Choice, ...] = ()
    #: Contains itself with no class in between: Python needs a lazy alias.
    is_lazy: bool = False


Declaration = Model | Keys | OpenEnum | Alias


@dataclass(frozen=True, slots=True)
class TypeFile:
    """A module of types. `symbol` names the file, `leader` is its main declaration's symbol."""

    symbol: str
    leader: str
    is_input: bool
    declarations: tuple[Declaration, ...]


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a method. `place` is a location or `body`; the wire name of a body that is one argument is empty."""

    symbol: str
    place: str
    wire_name: str
    type: Expr
    is_required: bool
    docs: Docs = Docs()
    default: Json = None
    #: The only value there is, sent unless the caller says otherwise.
    constant: str | int | float | bool | None = None

    @property
    def may_be_left_out(self) -> bool:
        """Whether the argument has a default in Python."""
        return not self.is_required or self.constant is not None


@dataclass(frozen=True, slots=True)
class Constant:
    """A member that the document fixes: sent, and never asked for."""

    place: str
    wire_name: str
    value: str | int | float | bool


@dataclass(frozen=True, slots=True)
class Selector:
    """The argument that asks for the streaming form."""

    symbol: str
    place: str
    wire_name: str
    value: bool | str


class Form(Enum):
    """How a call is made and its answer is given, by the name of the runtime's method."""

    VALUE = "_request"
    PAGE = "_page"
    DOWNLOAD = "_download"
    STREAM = "_stream"


@dataclass(frozen=True, slots=True)
class Description:
    """`_CREATE: op.Operation[Message] = op.Operation(...)`: what the runtime is told of a call, in one of its forms."""

    symbol: str
    operation: Operation
    form: Form
    #: What the call gives: a result, one event, or one item.
    result: Expr
    #: Successes that come without a body although the others have one.
    empty: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a resource. With a `selector` it has both forms: `plain` and `stream`; else one of them."""

    symbol: str
    operation: Operation
    arguments: tuple[Argument, ...]
    constants: tuple[Constant, ...]
    plain: Description | None
    stream: Description | None = None
    selector: Selector | None = None

    @property
    def descriptions(self) -> tuple[Description, ...]:
        """Those that there are, the plain one first."""
        return tuple(d for d in (self.plain, self.stream) if d is not None)


@dataclass(frozen=True, slots=True)
class ResourceType:
    """A node of the resource tree; the root is the client."""

    key: str
    docs: Docs
    methods: tuple[Method, ...]
    children: tuple[ResourceType, ...]

    def walk(self) -> tuple[ResourceType, ...]:
        """This node and all below it, parents first."""
        return (self, *(node for child in self.children for node in child.walk()))


@dataclass(frozen=True, slots=True)
class Package:
    """Everything of one package, with its names."""

    names: Mapping[str, str]
    files: tuple[TypeFile, ...]
    root: ResourceType
    methods: Mapping[str, Method]
    #: Symbol of a type -> the symbol of the file it stands in.
    homes: Mapping[str, str]

    def place(self, symbol: str) -> tuple[str, str]:
        """Module (relative to the package) and name of a type."""
        return f".types.{self.names[self.homes[symbol]]}", self.names[symbol]

    def way(self, key: str) -> list[str]:
        """The names that lead from the client to a resource."""
        steps = key.split("/") if key else []
        return [self.names[f"child:{'/'.join(steps[: i + 1])}"] for i in range(len(steps))]


def type_symbol(id: DeclId) -> str:
    """The symbol of a declaration's form for results."""
    return f"type:{id}"


def param_symbol(id: DeclId) -> str:
    """The symbol of a declaration's form for input."""
    return f"param:{id}"
