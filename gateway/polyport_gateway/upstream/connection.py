"""One HTTP/1.1 client connection, and the response that it is receiving.

A connection carries one exchange at a time. Back-pressure: while a response holds more than `HIGH_WATER` unread bytes,
the connection does not read. Timeouts are a `deadline` per connection that the pool's sweep looks at, not a timer each.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import cast

import httptools

from polyport_gateway.upstream.errors import Fault, UpstreamError

HIGH_WATER = 256 * 1024
#: How long the rest of an answer may take that nobody wants, before the connection is closed instead of reused;
#: seconds.
LINGER = 1.0
_MAX_HEADER_BYTES = 256 * 1024


class Response:
    """An answer as it arrives. Use `read()` for the whole body, or iterate `reads()`; then, or early, `close()`."""

    __slots__ = ("_complete", "_connection", "_error", "_parts", "_size", "_waiter", "headers", "status")

    def __init__(self, connection: Connection) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self._connection: Connection | None = connection
        self._parts: list[bytes] = []
        self._size = 0
        self._complete = False
        self._error: UpstreamError | None = None
        self._waiter: asyncio.Future[None] | None = None

    async def head(self) -> None:
        """Wait for status and headers. Raises UpstreamError."""
        while not self.status:
            if self._error is not None:
                raise self._error
            await self._wait()

    async def read(self, limit: int) -> bytes:
        """The whole body; UpstreamError when it is cut short or longer than `limit` bytes."""
        while not self._complete:
            if self._error is not None:
                raise self._error
            if self._size > limit:
                self.close()
                raise UpstreamError(Fault.PROTOCOL, f"an answer longer than {limit} bytes", answered=True)
            self._resume_if_paused()
            await self._wait()
        body = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
        self._parts.clear()
        if len(body) > limit:
            raise UpstreamError(Fault.PROTOCOL, f"an answer longer than {limit} bytes", answered=True)
        return body

    async def reads(self) -> AsyncGenerator[bytes, None]:
        """The body, one item per read of the socket; raises UpstreamError when it is cut short."""
        while True:
            if self._parts:
                data = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
                self._parts.clear()
                self._size = 0
                self._resume_if_paused()
                yield data
            elif self._complete:
                return
            elif self._error is not None:
                raise self._error
            else:
                await self._wait()

    def close(self) -> None:
        """Give up what has not arrived: closes the connection unless the answer is complete."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.abort()

    async def aclose(self) -> None:
        """`close()`, for those who await."""
        self.close()

    def discard(self) -> None:
        """Nothing more is wanted, but the answer is about to end: keep the connection if it does within `LINGER`."""
        connection, self._connection = self._connection, None
        if connection is not None:
            self._parts.clear()
            connection.linger()

    # What the connection calls.

    def receive(self, data: bytes) -> None:
        """Take a part of the body."""
        if self._connection is None:
            return
        self._parts.append(data)
        self._size += len(data)

    def finish(self) -> None:
        """The answer is complete; the connection is no longer this response's."""
        self._complete = True
        self._connection = None
        self.wake()

    def fail(self, error: UpstreamError) -> None:
        """The answer will not be complete."""
        self._error = error
        self._connection = None
        self.wake()

    def wake(self) -> None:
        """Something has arrived: let the reader look."""
        waiter = self._waiter
        if waiter is not None and not waiter.done():
            waiter.set_result(None)

    @property
    def full(self) -> bool:
        """Whether reading should pause."""
        return self._size > HIGH_WATER

    async def _wait(self) -> None:
        connection = self._connection
        if connection is None:
            raise self._error or UpstreamError(Fault.CLOSED, "the response was closed", answered=True)
        self._waiter = connection.loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _resume_if_paused(self) -> None:
        if self._connection is not None:
            self._connection.resume()


class Connection(asyncio.Protocol):
    """The protocol object; `released` is called when the connection may carry the next exchange, `lost` when it
    ended."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        released: Callable[[Connection], None],
        lost: Callable[[Connection], None],
    ) -> None:
        self.loop = loop
        self.deadline = 0.0
        self.idle_timeout = 0.0
        self.reused = False
        self._released = released
        self._lost = lost
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._response: Response | None = None
        self._header_bytes = 0
        self._until_eof = False
        self._paused = False
        self._answered = False

    @property
    def usable(self) -> bool:
        """Whether a new exchange may start."""
        return self._transport is not None and self._response is None and not self._transport.is_closing()

    @property
    def busy(self) -> bool:
        """Whether an exchange is under way."""
        return self._response is not None

    def send(self, head: bytes, body: bytes, head_timeout: float, idle_timeout: float) -> Response:
        """Write one request (`head` ends with the empty line) and return the response to come."""
        assert self._transport is not None
        assert self._response is None
        response = self._response = Response(self)
        self._header_bytes = 0
        self._until_eof = self._answered = False
        self.idle_timeout = idle_timeout
        self.deadline = self.loop.time() + head_timeout
        if len(body) <= 65536:
            self._transport.write(head + body)
        else:
            self._transport.write(head)
            self._transport.write(body)
        return response

    def abort(self, error: UpstreamError | None = None) -> None:
        """Close at once; the response, if any, fails with `error`."""
        response, self._response = self._response, None
        if response is not None:
            response.fail(error or UpstreamError(Fault.CLOSED, "the exchange was abandoned", answered=self._answered))
        if self._transport is not None:
            self._transport.abort()

    def linger(self) -> None:
        """Read on without anyone listening, for at most `LINGER` seconds."""
        self.deadline = self.loop.time() + LINGER
        self.idle_timeout = 0.0
        self.resume()

    def expire(self) -> None:
        """The deadline has passed."""
        message = "no answer in time" if not self._answered else "the answer stopped arriving"
        self.abort(UpstreamError(Fault.TIMEOUT, message, answered=self._answered))

    def resume(self) -> None:
        """Read again after a pause."""
        if self._paused and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport = cast(asyncio.Transport, transport)  # uvloop does not derive from it
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        response = self._response
        if response is None:  # bytes that nobody asked for
            self.abort()
            return
        self._answered = True
        if self.idle_timeout:
            self.deadline = self.loop.time() + self.idle_timeout
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self.abort(UpstreamError(Fault.PROTOCOL, f"not an HTTP/1.1 answer ({error})", answered=True))
            return
        if not response.status:
            self._header_bytes += len(data)
        if self._header_bytes > _MAX_HEADER_BYTES:
            self.abort(UpstreamError(Fault.PROTOCOL, "headers too large", answered=True))
            return
        response.wake()
        if response.full and not self._paused and self._response is response and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        response, self._response = self._response, None
        if response is not None:
            if self._until_eof and exc is None:
                response.finish()
            else:
                reason = f": {exc}" if exc else ""
                message = f"the connection closed before the answer was complete{reason}"
                response.fail(UpstreamError(Fault.CLOSED, message, answered=self._answered))
        self._lost(self)

    # httptools

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._response is not None:
            self._header_bytes += len(name) + len(value)
            self._response.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        response = self._response
        if response is None:
            return
        status = self._parser.get_status_code()
        if status < 200:
            response.headers.clear()
            return
        headers = response.headers
        self._until_eof = "content-length" not in headers and "transfer-encoding" not in headers
        response.status = status

    def on_body(self, data: bytes) -> None:
        if self._response is not None:
            self._response.receive(data)

    def on_message_complete(self) -> None:
        response = self._response
        if response is None or not response.status:
            return
        keep = self._parser.should_keep_alive()
        self._response = None
        self.resume()
        response.finish()
        if keep:
            self.reused = True
            self._released(self)
        elif self._transport is not None:
            self._transport.close()
