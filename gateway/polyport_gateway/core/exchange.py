"""What both doors hand to a service and get back: requests in two forms, answers, streams, and the context of a call.

A service method is `async def create(self, request: Request[T], context: Context) -> Answer | StreamAnswer`. It raises
`ApiError` when it fails, also in the middle of a stream. Nothing in here knows HTTP or gRPC.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from polyport_gateway.core.errors import ApiError

if TYPE_CHECKING:
    from polyport_gateway.core.snapshot import Principal, Snapshot

T = TypeVar("T")
E = TypeVar("E")

#: The top-level members of a JSON object as they came, in order; of duplicate names the last one.
Members = dict[str, msgspec.Raw]

_members_decoder = msgspec.json.Decoder(Members)
_encoder = msgspec.json.Encoder()
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Request(Generic[T]):
    """One request in two forms, each made from the other on demand.

    `members` are the raw top-level JSON members: what an upstream that speaks our dialect gets re-emitted. `typed` is
    the validated struct: what services, routing and authorisation read. `parameters` holds decoded path and query
    values by wire name.
    """

    __slots__ = ("_body", "_decode", "_members", "_typed", "parameters")

    def __init__(
        self,
        decode: Callable[[bytes], T],
        *,
        body: bytes | None = None,
        typed: T | None = None,
        parameters: Mapping[str, Any] = _NOTHING,
    ) -> None:
        """`decode` turns JSON text into the typed view. Give `body` (JSON text) or `typed`; neither means no body."""
        self._decode = decode
        self._body = body
        self._typed = typed
        self._members: Members | None = None
        self.parameters = parameters

    @property
    def typed(self) -> T:
        """The typed view. Raises ApiError 400, naming the JSON path, when the body does not fit the type."""
        typed = self._typed
        if typed is None:
            typed = self._typed = decode_json(self.json(), self._decode)
        return typed

    @property
    def members(self) -> Members:
        """The raw top-level members. Raises ApiError 400 when the body is not a JSON object."""
        members = self._members
        if members is None:
            members = self._members = decode_json(self.json(), _members_decoder.decode)
        return members

    def json(self) -> bytes:
        """The request's JSON text as it came, or the typed view encoded."""
        if self._body is None:
            if self._typed is None:
                raise ApiError(400, "The request needs a JSON body.", code="missing_body")
            self._body = _encoder.encode(self._typed)
        return self._body

    def emit(self, replace: Mapping[str, Any] = _NOTHING) -> bytes:
        """JSON text with duplicate names collapsed and the members in `replace` set (a value of `msgspec.UNSET`
        removes)."""
        members: dict[str, Any] = dict(self.members)
        for name, value in replace.items():
            if value is msgspec.UNSET:
                members.pop(name, None)
            else:
                members[name] = value
        return _encoder.encode(members)

    def replaced(self, **changes: Any) -> Request[T]:
        """The same request with some top-level members set (plain JSON values; `msgspec.UNSET` removes)."""
        return Request(self._decode, body=self.emit(changes), parameters=self.parameters)


class Answer:
    """A complete answer: JSON text, or a typed value that becomes JSON text on demand."""

    __slots__ = ("_body", "_typed", "headers", "status")

    def __init__(
        self,
        *,
        body: bytes | None = None,
        typed: Any = None,
        status: int = 200,
        headers: Sequence[tuple[str, str]] = (),
    ) -> None:
        """`headers` are extra ones with lower-case names; content headers are the door's."""
        self._body = body
        self._typed = typed
        self.status = status
        self.headers = list(headers)

    @property
    def body(self) -> bytes:
        """The answer as JSON text."""
        if self._body is None:
            self._body = _encoder.encode(self._typed)
        return self._body

    def typed(self, decode: Callable[[bytes], T]) -> T:
        """The typed view: what the provider gave, else the body through `decode` (once). The caller knows the operation
        and so its decoder. Raises ApiError 502 when an upstream's body does not fit."""
        if self._typed is None:
            self._typed = decode_upstream(self.body, decode)
        typed: T = self._typed
        return typed


class Batch:
    """Some events of a stream that came together; never empty. Raw data payloads, or typed events, either on demand."""

    __slots__ = ("_raw", "_typed")

    def __init__(self, *, raw: list[bytes] | None = None, typed: list[Any] | None = None) -> None:
        """Give `raw` (JSON texts, one per event, without line ends) or `typed`."""
        self._raw = raw
        self._typed = typed

    @property
    def raw(self) -> list[bytes]:
        """One JSON text per event."""
        if self._raw is None:
            self._raw = [_encoder.encode(event) for event in self._typed or ()]
        return self._raw

    def typed(self, decode: Callable[[bytes], E]) -> list[E]:
        """One typed event each; raises ApiError 502 when an upstream's event does not fit."""
        if self._typed is None:
            self._typed = [decode_upstream(event, decode) for event in self.raw]
        return self._typed


class StreamAnswer:
    """An answer in pieces: an async iterator of `Batch`, to be closed with `aclose()` when it is left early.

    The end of iteration is the proper end (the door writes the final marker, `[DONE]`); a failure is an `ApiError` out
    of the iteration. Closing, or cancelling the task that iterates, cancels the work behind it.
    """

    __slots__ = ("_batches", "_closing", "headers", "status")

    def __init__(
        self,
        batches: AsyncGenerator[Batch, None],
        *,
        status: int = 200,
        headers: Sequence[tuple[str, str]] = (),
        closing: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """`closing` releases what `batches` would have released itself, had it been started; it may be called twice."""
        self._batches = batches
        self._closing = closing
        self.status = status
        self.headers = list(headers)

    def __aiter__(self) -> AsyncIterator[Batch]:
        return self._batches

    async def aclose(self) -> None:
        """Stop: the upstream's connection is closed, or the engine's request cancelled. Safe to call twice."""
        await self._batches.aclose()
        if self._closing is not None:
            await self._closing()


class Context:
    """What is known about a call besides its request. One per call, shared by all layers.

    A caller that leaves is told by cancelling the task that runs the call; nothing polls. `deadline` is a time of the
    event loop's clock. `snapshot` is the configuration for the whole call, whatever is reloaded meanwhile.
    """

    __slots__ = ("deadline", "peer", "principal", "request_id", "snapshot")

    def __init__(
        self,
        snapshot: Snapshot,
        principal: Principal,
        *,
        request_id: str,
        peer: str = "",
        deadline: float | None = None,
    ) -> None:
        self.snapshot = snapshot
        self.principal = principal
        self.request_id = request_id
        self.peer = peer
        self.deadline = deadline


def decode_json(body: bytes, decode: Callable[[bytes], T]) -> T:
    """Decode a request's JSON text. Raises ApiError 400: malformed text with its byte, a wrong type with its JSON
    path."""
    try:
        if not body.isascii():
            body.decode()  # members that no type knows are forwarded unread, so their encoding is checked here
        return decode(body)
    except msgspec.ValidationError as error:
        message, path = _split_path(str(error))
        where = f" at `{path}`" if path else ""
        raise ApiError(400, f"{message}{where}.", code="invalid_type", param=path or None) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ApiError(400, f"The request body is not valid JSON: {error}.", code="invalid_json") from None


def decode_upstream(body: bytes, decode: Callable[[bytes], T]) -> T:
    """Decode an upstream's JSON text. Raises ApiError 502 when it does not fit."""
    try:
        return decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ApiError(502, f"The provider's answer could not be read: {error}.", code="bad_upstream_answer") from None


def _split_path(message: str) -> tuple[str, str]:
    """msgspec's "Expected `str`, got `int` - at `$.a[0]`" -> ("Expected `str`, got `int`", "a[0]")."""
    text, separator, path = message.rpartition(" - at `")
    if not separator:
        return message, ""
    return text, path.rstrip("`").removeprefix("$").removeprefix(".")
