"""What an API looks like in protobuf: messages, services, and how each value of the API travels.

Values of the API are JSON; a message is how one JSON value is carried. What a message cannot carry exactly (a member
that the document does not name, a value of another type, a null that the document does not allow, a number that is not
spelled the way the codec spells it) travels as JSON text in its `unknown_json`, so nothing is lost on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from ..ir.model import Selector
from ..ir.types import Docs, JsonType, TagValue

#: The field that every object and union keeps for what its other fields cannot carry, and its number in all of them.
UNKNOWN = "unknown_json"
UNKNOWN_NUMBER = 2047
#: The `oneof` of every union, which no alternative may be called.
CHOICE = "value"

EMPTY = "google.protobuf.Empty"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A protobuf scalar: string, int64, double, bool or bytes. `const` is the one value that it may have, if any."""

    proto: str
    const: str | int | float | bool | None = None


@dataclass(frozen=True, slots=True)
class JsonText:
    """Free JSON as a string of JSON text."""


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A use of a message by name."""

    name: str


Element = Scalar | JsonText | MessageRef


class Label(Enum):
    """How many elements a field holds. A MAP's keys are strings."""

    SINGLE = "single"
    REPEATED = "repeated"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class ProtoField:
    """A field for one member of a JSON object. Numbers are 0 until the lock has been asked."""

    name: str
    wire_name: str
    element: Element
    label: Label = Label.SINGLE
    required: bool = False
    #: The name of the marker that tells null from absent; empty when null is no value of the member.
    null_name: str = ""
    docs: Docs = Docs()
    #: Known values, for the comment: an enum travels as its value.
    known: tuple[str, ...] = ()
    #: Where a request's member stands besides the body: path, query, header, cookie.
    location: str = ""
    number: int = 0
    null_number: int = 0

    @property
    def key(self) -> str:
        """The field's key in the lock: stable while the member keeps its wire name."""
        return f"{self.location}:{self.wire_name}" if self.location else self.wire_name

    @property
    def type(self) -> str:
        """The field's type as the lock records it: a change of it is another field on the wire."""
        return type_text(self.element, self.label)


@dataclass(frozen=True, slots=True)
class ObjectMessage:
    """A JSON object. `fills` says whether a required constant that is not set is filled in (values that are sent)."""

    name: str
    fields: tuple[ProtoField, ...]
    docs: Docs = Docs()
    fills: bool = True


@dataclass(frozen=True, slots=True)
class RequestMessage:
    """The arguments of a call: parameters, and the body's members (`flattened`) or the body as one field.

    `selector` is the member that the two forms of a streaming operation fill in themselves; it has no field.
    """

    name: str
    parameters: tuple[ProtoField, ...]
    body: tuple[ProtoField, ...]
    flattened: bool
    body_required: bool = False
    selector: Selector | None = None
    docs: Docs = Docs()
    fills: bool = True

    @property
    def fields(self) -> tuple[ProtoField, ...]:
        """All fields, parameters first."""
        return (*self.parameters, *self.body)


@dataclass(frozen=True, slots=True)
class Alternative:
    """One member of a union's `oneof`, and how its JSON values are told apart (see `ir.types.Variant`)."""

    name: str
    element: Element
    json_types: frozenset[JsonType]
    #: The tag members with their values, None for an absent one.
    tags: tuple[tuple[str, tuple[TagValue, ...]], ...] = ()
    required_keys: tuple[str, ...] = ()
    foreign_keys: tuple[str, ...] = ()
    docs: Docs = Docs()
    number: int = 0

    @property
    def key(self) -> str:
        """The key in the lock."""
        return self.name

    @property
    def type(self) -> str:
        """The type as the lock records it."""
        return type_text(self.element, Label.SINGLE)


@dataclass(frozen=True, slots=True)
class UnionMessage:
    """One of several values, as a `oneof`; none set: the value is the JSON text in `unknown_json`."""

    name: str
    alternatives: tuple[Alternative, ...]
    docs: Docs = Docs()


@dataclass(frozen=True, slots=True)
class ListMessage:
    """A list where proto wants one message: `repeated ... items = 1`."""

    name: str
    element: Element


@dataclass(frozen=True, slots=True)
class MapMessage:
    """A map where proto wants one message: `map<string, ...> entries = 1`."""

    name: str
    element: Element


@dataclass(frozen=True, slots=True)
class ValueMessage:
    """One value that may be null, where proto wants one message: `optional ... value = 1`, not set for null."""

    name: str
    element: Element


Message = ObjectMessage | RequestMessage | UnionMessage | ListMessage | MapMessage | ValueMessage


@dataclass(frozen=True, slots=True)
class Method:
    """An rpc. `response` is a message's name, or `EMPTY`."""

    name: str
    operation: str
    request: str
    response: str
    streaming: bool
    http: str
    docs: Docs = Docs()


@dataclass(frozen=True, slots=True)
class Service:
    """The operations of one resource."""

    name: str
    methods: tuple[Method, ...]
    docs: Docs = Docs()


@dataclass(frozen=True, slots=True)
class ProtoApi:
    """All of it. `files` says which file (stem, such as `common`) each message and service stands in."""

    package: str
    messages: Mapping[str, Message]
    services: tuple[Service, ...]
    files: Mapping[str, str]
    #: The message of the API's error body, if it is one.
    error: str | None = None


def type_text(element: Element, label: Label) -> str:
    """A field's type in proto's own words, without presence: `repeated Tool`, `map<string, double>`."""
    name = (
        element.proto if isinstance(element, Scalar) else element.name if isinstance(element, MessageRef) else "string"
    )
    if label is Label.MAP:
        return f"map<string, {name}>"
    return f"repeated {name}" if label is Label.REPEATED else name
