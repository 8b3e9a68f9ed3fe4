"""What a Python package consists of, before names are settled: declarations that hold symbol ids and expressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ...ir.model import Resource
from ...ir.types import Docs, TagValue
from ...lower import calls
from ...lower.calls import Call, Form
from ...lower.deltas import Deltas
from ...values import Json, Words
from .types import Expr


class Member(NamedTuple):
    """A member of a class, or a key of a `TypedDict`."""

    symbol: str
    wire_name: str
    type: Expr
    is_required: bool
    docs: Docs = Docs()
    default: Json = None
    #: No text about the object shows its value.
    is_secret: bool = False


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


class Choice(NamedTuple):
    """One variant of a union that is read, and how it is recognised. JSON types are apart by spaces."""

    type: Expr
    json_types: str
    #: The tag members with their values, None for an absent one.
    tags: tuple[tuple[str, tuple[TagValue, ...]], ...] = ()
    required_keys: tuple[str, ...] = ()
    foreign_keys: tuple[str, ...] = ()
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


class Argument(NamedTuple):
    """An argument of a method."""

    asked: calls.Argument
    type: Expr

    @property
    def symbol(self) -> str:
        """The id of its symbol."""
        return self.asked.symbol


@dataclass(frozen=True, slots=True)
class Description:
    """`_CREATE: op.Operation[Message] = op.Operation(...)`: what the runtime is told of a call, in one of its forms."""

    symbol: str
    call: Call
    form: Form
    #: What the call gives: a result, one event, or one item. A download is not told of here.
    result: Expr
    #: What JSON, or text, is made into; None where the answer is neither.
    decoded: Expr | None = None
    #: What the bodies of errors are, by status (`404`, `4XX`, `default`).
    errors: tuple[tuple[str, Expr], ...] = ()
    #: How the events of a stream add up, and to what.
    deltas: Deltas | None = None
    whole: Expr | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a resource, with one form or both; the selector of a call with both is an argument too."""

    symbol: str
    call: Call
    arguments: tuple[Argument, ...]
    plain: Description | None
    streaming: Description | None
    #: The values of the selector that mean the plain form, beside leaving it out.
    selects_plain: tuple[str | bool, ...] = ()

    @property
    def descriptions(self) -> tuple[Description, ...]:
        """Those that there are, the plain one first."""
        return tuple(d for d in (self.plain, self.streaming) if d is not None)


@dataclass(frozen=True, slots=True)
class ResourceType:
    """A node of the resource tree; the root is the client. Its methods are in the order of the document."""

    path: tuple[Words, ...]
    docs: Docs
    methods: tuple[Method, ...]
    #: The nodes below, which are lowered when it is their turn.
    children: tuple[Resource, ...]
