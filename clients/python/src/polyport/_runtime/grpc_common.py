"""What both gRPC transports share: messages, metadata, statuses as the HTTP ones they stand for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit

import grpc  # type: ignore[import-not-found,import-untyped,unused-ignore]

from .errors import (
    APIConnectionError,
    APIDecodingError,
    APIError,
    APIStreamError,
    APITimeoutError,
    UnsupportedByTransportError,
    server_message,
)
from .headers import Headers
from .operation import Call
from .retries import retry_after
from .sentinels import NOT_GIVEN

#: HTTP statuses of gRPC codes, for servers that do not say `x-http-status` (google.rpc.Code).
_STATUSES = {
    "CANCELLED": 499,
    "INVALID_ARGUMENT": 400,
    "NOT_FOUND": 404,
    "ALREADY_EXISTS": 409,
    "PERMISSION_DENIED": 403,
    "RESOURCE_EXHAUSTED": 429,
    "FAILED_PRECONDITION": 400,
    "ABORTED": 409,
    "OUT_OF_RANGE": 400,
    "UNIMPLEMENTED": 501,
    "INTERNAL": 500,
    "DATA_LOSS": 500,
    "UNAUTHENTICATED": 401,
}

#: Headers that gRPC writes itself, or that mean nothing to it.
_OWN = frozenset(
    {"accept", "content-type", "content-length", "host", "connection", "user-agent", "te"}
)


class RemoteCall(Protocol):
    """One rpc as the generated codecs describe it."""

    @property
    def operation(self) -> str: ...

    @property
    def streaming(self) -> bool: ...

    @property
    def path(self) -> str: ...

    def encode_request(self, arguments: Mapping[str, Any]) -> bytes: ...

    def decode_response(self, data: bytes) -> Any: ...


class Rpcs:
    """The rpcs of an API by operation and form."""

    def __init__(self, calls: Iterable[RemoteCall]) -> None:
        self._calls = {(call.operation, call.streaming): call for call in calls}

    def find(self, call: Call) -> RemoteCall:
        """The rpc of a call.

        Raises:
            UnsupportedByTransportError: for calls that only HTTP has.
        """
        if call.links:
            raise unsupported(call, "only HTTP can follow the link to the next page of this list")
        operation = call.operation
        found = self._calls.get((operation.id, operation.streams))
        if found is None:
            raise unsupported(call, "this endpoint has no rpc; gRPC serves documented ones only")
        if call.extra_query:
            raise unsupported(call, f"extra_query ({', '.join(call.extra_query)}) needs HTTP")
        return found


def unsupported(call: Call, message: str) -> UnsupportedByTransportError:
    """The error for what gRPC does not have."""
    return UnsupportedByTransportError(message, method=call.method, path=call.path)


def request_bytes(rpc: RemoteCall, call: Call) -> bytes:
    """The request message.

    Raises:
        UnsupportedByTransportError: for parameters that the message has no field for.
    """
    arguments: dict[str, Any] = {place: dict(part) for place, part in call.arguments.items()}
    if call.body is not NOT_GIVEN:
        arguments["body"] = call.body
    try:
        return rpc.encode_request(arguments)
    except ValueError as error:
        raise unsupported(call, str(error)) from error


def metadata(call: Call) -> tuple[tuple[str, str], ...]:
    """The call's headers as metadata."""
    pairs = ((name.lower(), value) for name, value in call.headers.items())
    return tuple((name, value) for name, value in pairs if name not in _OWN)


def target(call: Call) -> tuple[str, bool]:
    """`host:port` of the base URL, and whether it asks for TLS.

    Raises:
        UnsupportedByTransportError: for a base URL with a path, which gRPC cannot have.
    """
    parts = urlsplit(call.base_url)
    if parts.path.strip("/"):
        raise unsupported(call, f"the base URL {call.base_url} has a path; gRPC has none")
    secure = parts.scheme == "https"
    return f"{parts.hostname}:{parts.port or (443 if secure else 80)}", secure


class GrpcAnswer:
    """The head of an answer over gRPC, and its body once it is loaded."""

    def __init__(
        self,
        call: Call,
        rpc: RemoteCall,
        status: int = 200,
        trailers: Sequence[tuple[Any, Any]] = (),
        content: bytes = b"",
    ) -> None:
        self.call = call
        self.rpc = rpc
        self.status = status
        self.headers: Headers = readable(trailers)
        self.retry_after: float | None = retry_after(self.headers)
        self.content: bytes = content
        self.data: Any = None

    def value(self) -> Any:
        """The decoded body."""
        return self.data

    def decode(self, message: bytes) -> Any:
        """A message's JSON data.

        Raises:
            APIDecodingError: when the message is not one of this rpc's.
        """
        try:
            return self.rpc.decode_response(message)
        except ValueError as error:
            raise APIDecodingError(
                str(error),
                raw=message,
                method=self.call.method,
                path=self.call.path,
                request_id=self.headers.get("x-request-id"),
            ) from error

    def take(self, message: bytes) -> None:
        """Keep the one message of a plain answer."""
        self.data = self.decode(message)
        if isinstance(self.data, bytes):
            self.content = self.data
        elif self.data is not None:
            self.content = json.dumps(self.data, ensure_ascii=False).encode("utf-8", "replace")


def readable(trailers: Sequence[tuple[Any, Any]]) -> Headers:
    """Metadata as headers; binary values are left out."""
    return Headers((str(name), value) for name, value in trailers if isinstance(value, str))


def failed_answer(call: Call, rpc: RemoteCall, error: Any) -> GrpcAnswer:
    """The answer that a failed rpc stands for.

    Raises:
        APIConnectionError: when the server did not answer; `APITimeoutError` when it was too slow.
    """
    trailers = tuple(error.trailing_metadata() or ())
    headers = readable(trailers)
    body = dict(trailers).get("x-error-bin")
    said = headers.get("x-http-status", "")
    code: str = error.code().name
    if not said.isdigit():
        if code == "DEADLINE_EXCEEDED":
            raise _timed_out(call)
        if code in ("UNAVAILABLE", "UNKNOWN"):
            message = f"connection failed: {error.details() or code}"
            raise APIConnectionError(message, method=call.method, path=call.path)
    status = int(said) if said.isdigit() else _STATUSES.get(code, 500)
    if not isinstance(body, bytes):
        body = json.dumps({"error": {"message": error.details() or code}}).encode()
    return GrpcAnswer(call, rpc, status, trailers, body)


def stream_failure(call: Call, error: Any, *, idle: bool) -> APIError:
    """The error for a failure in the middle of a stream; `idle`: we gave up waiting."""
    request_id = readable(tuple(error.trailing_metadata() or ())).get("x-request-id")
    if idle:
        return APITimeoutError(
            f"no data in the stream for {call.idle_timeout:g} s",
            method=call.method,
            path=call.path,
            request_id=request_id,
        )
    raw = dict(error.trailing_metadata() or ()).get("x-error-bin")
    body = json.loads(raw) if isinstance(raw, bytes) else None
    message = server_message(body) or f"stream ended too early: {error.details()}"
    return APIStreamError(
        message, body=body, method=call.method, path=call.path, request_id=request_id
    )


def _timed_out(call: Call) -> APITimeoutError:
    said = f"no answer within {call.timeout:g} s" if call.timeout else "timed out"
    return APITimeoutError(said, method=call.method, path=call.path)


def first_message_late(call: Call) -> APITimeoutError:
    """The error for a stream whose first message did not come in time."""
    return _timed_out(call)


def options(given: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Channel options: answers of any size, then what the user wants."""
    return [("grpc.max_receive_message_length", -1), *given]


def credentials(given: Any) -> Any:
    """The user's channel credentials, or TLS with the system's roots."""
    return given if given is not None else grpc.ssl_channel_credentials()
