"""A remote procedure as a pair of codecs: JSON values on one side, the bytes of protobuf messages on the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import DecodeError, EncodeError

from ._values import NOT, CodecError

Arguments = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One rpc. Arguments are `{"path": {...}, "query": {...}, "header": {...}, "cookie": {...}, "body": ...}` by wire
    names, each part only when there is something in it; answers and events are JSON values. All methods raise
    CodecError for what cannot be carried or read."""

    #: The document's operationId; the same for the plain and the streaming form.
    operation: str
    #: The service's full name, `polyport.v1.ChatCompletions`, and the method's, `Create`.
    service: str
    method: str
    #: Whether the server answers with a stream of messages.
    streaming: bool
    #: Classes of the messages; `response` is None when there is nothing to answer.
    request: Any
    response: Any
    to_request: Callable[[Arguments, Any], None]
    from_request: Callable[[Any, bool], dict[str, Any]]
    to_response: Callable[[Any, Any], int | None] | None = None
    from_response: Callable[[Any], Any] | None = None
    #: Whether every answer is a JSON object.
    object: bool = True

    @property
    def path(self) -> str:
        """The path of the HTTP/2 request, `/polyport.v1.ChatCompletions/Create`."""
        return f"/{self.service}/{self.method}"

    def encode_request(self, arguments: Arguments) -> bytes:
        """Arguments -> bytes."""
        message = self.request()
        self.to_request(arguments, message)
        return _serialised(message)

    def decode_request(self, data: bytes) -> dict[str, Any]:
        """Bytes -> arguments. The member that selects the streaming form is filled in, or left out."""
        return self.from_request(_parsed(self.request, data), self.streaming)

    def encode_response(self, value: Any) -> bytes:
        """The JSON value of an answer or event -> bytes."""
        if self.to_response is None:
            return b""
        if self.object and type(value) is not dict:
            raise CodecError(f"an answer of {self.method} must be a JSON object")
        message = self.response()
        if self.to_response(value, message) == NOT:
            raise CodecError(f"an answer of {self.method} has the wrong type")
        return _serialised(message)

    def decode_response(self, data: bytes) -> Any:
        """Bytes -> the JSON value of an answer or event; None when there is nothing to answer."""
        if self.from_response is None:
            return None
        return self.from_response(_parsed(self.response, data))


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """The codec of the API's error body, for the details of a status."""

    #: The message's full name, `polyport.v1.Error`.
    name: str
    message: Any
    to_message: Callable[[Any, Any], int | None]
    from_message: Callable[[Any], Any]

    def encode(self, value: Any) -> bytes:
        """The JSON value of an error body -> bytes. Raises CodecError when it has the wrong type."""
        message = self.message()
        if type(value) is not dict or self.to_message(value, message) == NOT:
            raise CodecError("an error body has the wrong type")
        return _serialised(message)

    def decode(self, data: bytes) -> Any:
        """Bytes -> the JSON value of an error body. Raises CodecError."""
        return self.from_message(_parsed(self.message, data))


def _serialised(message: Any) -> bytes:
    try:
        data: bytes = message.SerializeToString()
    except EncodeError as error:
        raise CodecError(f"the message cannot be written: {error}") from None
    return data


def _parsed(kind: Any, data: bytes) -> Any:
    try:
        return kind.FromString(data)
    except DecodeError as error:
        raise CodecError(f"the message cannot be read: {error}") from None
