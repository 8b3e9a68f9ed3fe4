"""One HTTP/1.1 exchange as a handler sees it: a request with its body, and one response, whole or streamed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import unquote

from polyport_gateway.core.errors import ApiError

if TYPE_CHECKING:
    from polyport_gateway.doors.http1 import HttpConnection

Headers = Iterable[tuple[bytes, bytes]]

_STATUS_LINES = {status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() for status in HTTPStatus}
JSON = b"application/json"


class Exchange:
    """A request and its response. `on_disconnect`, when set, is called once if the client goes before the response
    ends."""

    __slots__ = (
        "_body", "_body_error", "_body_parts", "_body_waiter", "_chunked", "_connection", "_size",
        "complete", "disconnected", "ended", "expects_continue", "headers", "http_version", "keep_alive", "method",
        "on_disconnect", "started", "target",
    )  # fmt: skip

    def __init__(self, connection: HttpConnection) -> None:
        self.method = ""
        self.target = b""
        self.headers: dict[bytes, bytes] = {}  # names in lower case; of repeated ones the values joined by ", "
        self.http_version = "1.1"
        self.keep_alive = True
        self.expects_continue = False
        self.complete = False  # the request's body is all there
        self.started = False  # the response's head has been written
        self.ended = False  # the response is complete
        self.disconnected = False
        self.on_disconnect: Callable[[], None] | None = None
        self._connection = connection
        self._body = b""
        self._body_parts: list[bytes] = []
        self._body_error: ApiError | None = None
        self._body_waiter: asyncio.Future[None] | None = None
        self._size = 0
        self._chunked = False

    @property
    def path(self) -> bytes:
        """The path as it came, without the query."""
        return self.target.partition(b"?")[0]

    @property
    def query(self) -> bytes:
        """The query string as it came, without `?`."""
        return self.target.partition(b"?")[2]

    @property
    def decoded_path(self) -> str:
        """The path with percent-escapes resolved."""
        return unquote(self.path.decode("latin-1"))

    @property
    def text_headers(self) -> Mapping[str, str]:
        """The request's headers as text, decoded one by one when they are asked for."""
        return _TextHeaders(self.headers)

    @property
    def peer(self) -> str:
        """The client's address, `host:port`."""
        return self._connection.peer

    @property
    def connection(self) -> HttpConnection:
        """The connection that carries the exchange (for the ASGI bridge)."""
        return self._connection

    async def body(self) -> bytes:
        """The whole request body. Raises ApiError 413 (too large) or 408 (too slow)."""
        if not self.complete and self._body_error is None:
            if self.expects_continue:
                self.expects_continue = False
                self._connection.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self._body_waiter = asyncio.get_running_loop().create_future()
            await self._body_waiter
        if self._body_error is not None:
            raise self._body_error
        if self._body_parts:
            self._body = self._body_parts[0] if len(self._body_parts) == 1 else b"".join(self._body_parts)
            self._body_parts = []
        return self._body

    def respond(self, status: int, body: bytes, content_type: bytes = JSON, headers: Headers = ()) -> None:
        """Write the whole response."""
        if self.ended or self.started:
            raise RuntimeError("the response has been started already")
        head = self._head(status, content_type, headers)
        self.started = True
        length = b"content-length: %d\r\n\r\n" % len(body)
        self._connection.write(head + length + (b"" if self.method == "HEAD" else body))
        self._end()

    def start(self, status: int, content_type: bytes, headers: Headers = ()) -> None:
        """Write the head of a response whose body comes in pieces."""
        if self.ended or self.started:
            raise RuntimeError("the response has been started already")
        self._chunked = self.http_version == "1.1"
        if not self._chunked:
            self.keep_alive = False
        head = self._head(status, content_type, headers)
        self.started = True
        self._connection.write(head + (b"transfer-encoding: chunked\r\n\r\n" if self._chunked else b"\r\n"))

    def write(self, data: bytes) -> asyncio.Future[None] | None:
        """Write a piece of the body. Await the result, if any, before the next: the client reads slower than we
        write."""
        if self.method == "HEAD" or not data:
            return None
        self._connection.write(b"%x\r\n%b\r\n" % (len(data), data) if self._chunked else data)
        return self._connection.drained

    def finish(self, data: bytes = b"") -> None:
        """Write the last piece and end the response."""
        if self.method != "HEAD":
            if self._chunked:
                self._connection.write((b"%x\r\n%b\r\n" % (len(data), data) if data else b"") + b"0\r\n\r\n")
            elif data:
                self._connection.write(data)
        self._end()

    def abandon(self) -> None:
        """Something else wrote a complete response on the connection."""
        self.started = True
        self._end()

    # What the connection calls.

    def receive(self, data: bytes, limit: int) -> None:
        """Take a part of the request's body."""
        self._size += len(data)
        if self._size > limit:
            self.refuse_body(too_large(limit))
        elif self._body_error is None and not self.ended:
            self._body_parts.append(data)

    def refuse_body(self, error: ApiError) -> None:
        """The body will not be complete."""
        if self._body_error is None and not self.complete:
            self._body_error = error
            self._body_parts.clear()
            self._wake()

    def received(self) -> None:
        """The request is complete."""
        self.complete = True
        self._wake()

    @property
    def size(self) -> int:
        """Bytes of the body received so far."""
        return self._size

    def _wake(self) -> None:
        if self._body_waiter is not None and not self._body_waiter.done():
            self._body_waiter.set_result(None)

    def _end(self) -> None:
        self.ended = True
        self._connection.exchange_ended(self)

    def _head(self, status: int, content_type: bytes, headers: Headers) -> bytes:
        """Status line and headers, without the one that tells the length and without the empty line."""
        if not self.complete or self._connection.closing:
            self.keep_alive = False
        lines = [_STATUS_LINES.get(status) or b"HTTP/1.1 %d \r\n" % status, self._connection.date_line]
        lines.append(b"content-type: %b\r\n" % content_type)
        for name, value in headers:
            lines.append(b"%b: %b\r\n" % (name, value))
        if not self.keep_alive:
            lines.append(b"connection: close\r\n")
        elif self.http_version == "1.0":
            lines.append(b"connection: keep-alive\r\n")
        return b"".join(lines)


class _TextHeaders(Mapping[str, str]):
    def __init__(self, headers: dict[bytes, bytes]) -> None:
        self._headers = headers

    def __getitem__(self, name: str) -> str:
        return self._headers[name.encode("latin-1")].decode("latin-1")

    def __iter__(self) -> Iterator[str]:
        return (name.decode("latin-1") for name in self._headers)

    def __len__(self) -> int:
        return len(self._headers)


def too_large(limit: int) -> ApiError:
    """413 for a body over the limit."""
    return ApiError(413, f"The request body is larger than {limit} bytes.", code="body_too_large")
