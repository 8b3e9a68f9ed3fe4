"""The HTTP/1.1 door: an httptools protocol that reads requests and runs a handler for each, one after another.

Deadlines are an attribute that the door's sweep looks at (no timer per request). Everything that is wrong with a
request is answered in the API's error shape, then the connection is closed; what the client still sends is read and
dropped for a moment first, because closing over unread bytes would reset the connection and lose the answer.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from typing import cast

import httptools
import msgspec

from polyport_gateway.core.errors import ApiError
from polyport_gateway.doors.exchange import Exchange, too_large

log = logging.getLogger("polyport.http")

Handler = Callable[[Exchange], Awaitable[None]]

_SWEEP_SECONDS = 0.25
_NEVER = float("inf")
#: How long a connection that was accepted just before a drain has to bring its request.
_FIRST_REQUEST_SECONDS = 0.5
#: So many requests, or bytes of their bodies, may wait behind the one that is being answered; then reading pauses.
_MAX_PIPELINED = 16
_MAX_PIPELINED_BYTES = 1024 * 1024


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of one connection; seconds and bytes."""

    first_byte: float = 5.0
    head_seconds: float = 10.0
    head_bytes: int = 32 * 1024
    body_bytes: int = 64 * 1024 * 1024
    body_grace: float = 10.0
    body_rate: int = 4096
    keep_alive: float = 75.0
    write_stall: float = 60.0
    linger: float = 2.0


class HttpDoor:
    """All HTTP/1.1 connections of a worker: makes them, watches their deadlines, drains them."""

    def __init__(self, handler: Handler, limits: Limits) -> None:
        self.handler = handler
        self.limits = limits
        self.connections: set[HttpConnection] = set()
        self.draining = False
        self.date_line = b""
        self._sweeper: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin watching deadlines; call on the event loop."""
        self._sweep()

    def stop(self) -> None:
        """Close every connection now."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        for connection in list(self.connections):
            connection.abort()

    async def drain(self, grace: float) -> None:
        """Close idle connections, let exchanges finish within `grace` seconds, then cancel them (their handlers say so
        to the clients), and wait a moment for that."""
        self.draining = True
        for connection in list(self.connections):
            connection.close_if_idle()
        loop = asyncio.get_running_loop()
        end = loop.time() + grace
        while self.connections and loop.time() < end:
            await asyncio.sleep(0.02)
        for connection in list(self.connections):
            connection.cancel()
        end = loop.time() + 1.0
        while self.connections and loop.time() < end:
            await asyncio.sleep(0.02)

    def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        self.date_line = b"date: %b\r\n" % formatdate(usegmt=True).encode()
        now = loop.time()
        for connection in list(self.connections):
            if now > connection.deadline:
                connection.expire()
        self._sweeper = loop.call_later(_SWEEP_SECONDS, self._sweep)


class HttpConnection(asyncio.Protocol):
    """One client connection. httptools calls the `on_*` methods while `data_received` feeds it."""

    def __init__(self, door: HttpDoor) -> None:
        self.deadline = _NEVER
        self.drained: asyncio.Future[None] | None = None
        self.peer = ""
        self.transport: asyncio.Transport | None = None
        self._door = door
        self._limits = door.limits
        self._loop = asyncio.get_running_loop()
        self._parser = httptools.HttpRequestParser(self)
        self._reading: Exchange | None = None  # whose request is arriving
        self._queue: deque[Exchange] = deque()  # complete heads that wait for their turn
        self._current: Exchange | None = None  # whose handler runs
        self._task: asyncio.Task[None] | None = None
        self._head_bytes = 0
        self._in_head = False
        self._hosts = 0
        self._body_start = 0.0
        self._reject: ApiError | None = None
        self._lingering = False
        self._paused = False
        self._fresh = True

    @property
    def closing(self) -> bool:
        """Whether no further request will be read."""
        return self._door.draining

    @property
    def date_line(self) -> bytes:
        """The response header `date`, renewed by the sweep."""
        return self._door.date_line

    def write(self, data: bytes) -> None:
        """Write bytes unless the client is gone."""
        if self.transport is not None:
            self.transport.write(data)

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport = cast(asyncio.Transport, transport)  # uvloop does not derive from it
        self.transport = transport
        peer = transport.get_extra_info("peername")
        self.peer = f"{peer[0]}:{peer[1]}" if isinstance(peer, tuple) and len(peer) >= 2 else "local"
        self.deadline = self._loop.time() + self._limits.first_byte
        self._door.connections.add(self)

    def data_received(self, data: bytes) -> None:
        if self._lingering:
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # the request is answered as an ordinary one, then the connection closes
        except httptools.HttpParserError as error:
            self._reject = self._reject or ApiError(400, f"This is not an HTTP/1.1 request: {error}", code="bad_http")
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > self._limits.head_bytes:
                self._reject = self._reject or _head_too_large(self._limits.head_bytes)
        if self._reject is not None:
            self._refuse(self._reject)
            return
        reading = self._reading
        if reading is not None and not self._in_head:
            self.deadline = self._body_start + self._limits.body_grace + reading.size / self._limits.body_rate
        # Read on while little waits, since only reading shows that the client has left.
        if self._queue and not self._paused and self.transport is not None and self._much_waits():
            self._paused = True
            self.transport.pause_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        self._door.connections.discard(self)
        self._queue.clear()
        self.resume_writing()
        current = self._current
        if current is not None:
            current.disconnected = True
            if current.on_disconnect is not None:
                current.on_disconnect()
        if self._task is not None:
            self._task.cancel()

    def pause_writing(self) -> None:
        if self.drained is None:
            self.drained = self._loop.create_future()
            self.deadline = self._loop.time() + self._limits.write_stall

    def resume_writing(self) -> None:
        drained, self.drained = self.drained, None
        if drained is not None:
            self.deadline = _NEVER
            if not drained.done():
                drained.set_result(None)

    # httptools

    def on_message_begin(self) -> None:
        self._reading = Exchange(self)
        self._fresh = False
        self._in_head = True
        self._head_bytes = self._hosts = 0
        if self._current is None:
            self.deadline = self._loop.time() + self._limits.head_seconds

    def on_url(self, url: bytes) -> None:
        if self._reading is not None:
            self._reading.target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        reading = self._reading
        if reading is None:
            return
        self._head_bytes += len(name) + len(value) + 4
        name = name.lower()
        if name == b"host":
            self._hosts += 1
        before = reading.headers.get(name)
        reading.headers[name] = value if before is None else b"%b, %b" % (before, value)

    def on_headers_complete(self) -> None:
        exchange = self._reading
        if exchange is None:
            return
        self._in_head = False
        parser, headers = self._parser, exchange.headers
        exchange.method = parser.get_method().decode("ascii")
        exchange.http_version = parser.get_http_version()
        exchange.keep_alive = parser.should_keep_alive() and not parser.should_upgrade()
        self._reject = self._reject or self._objection(exchange)
        self._head_bytes = 0
        if self._reject is not None:
            return
        if b"expect" in headers and exchange.http_version == "1.1":
            exchange.expects_continue = headers[b"expect"].lower() == b"100-continue"
        length = headers.get(b"content-length")
        if length is not None and int(length) > self._limits.body_bytes:
            exchange.refuse_body(too_large(self._limits.body_bytes))
        self._body_start = self._loop.time()
        self._queue.append(exchange)
        if self._current is None:
            self._run_next()

    def on_body(self, data: bytes) -> None:
        if self._reading is not None:
            self._reading.receive(data, self._limits.body_bytes)

    def on_message_complete(self) -> None:
        if self._reading is not None and self._reject is None:
            self._reading.received()
            if self._reading is self._current or self._current is None:
                self.deadline = _NEVER
        self._reading = None

    # Exchanges

    def _objection(self, exchange: Exchange) -> ApiError | None:
        """What is wrong with a complete head, if anything."""
        if self._head_bytes + len(exchange.target) > self._limits.head_bytes:
            return _head_too_large(self._limits.head_bytes)
        if self._hosts != 1 and not (exchange.http_version == "1.0" and self._hosts == 0):
            return ApiError(400, "A request must have exactly one Host header.", code="bad_host")
        if exchange.http_version not in ("1.0", "1.1"):
            return ApiError(400, f"HTTP version {exchange.http_version} is not served here.", code="bad_http")
        coding = exchange.headers.get(b"transfer-encoding")
        if coding is not None and (b"content-length" in exchange.headers or coding.strip().lower() != b"chunked"):
            return ApiError(400, "Transfer-Encoding must be `chunked`, without Content-Length.", code="bad_http")
        if not exchange.target.startswith(b"/"):
            scheme, separator, rest = exchange.target.partition(b"://")
            if separator and scheme.lower() in (b"http", b"https"):
                exchange.target = b"/" + rest.partition(b"/")[2]
            elif exchange.target != b"*":
                return ApiError(400, "The request target must be a path.", code="bad_http")
        return None

    def _run_next(self) -> None:
        exchange = self._current = self._queue.popleft()
        self._task = self._loop.create_task(self._run(exchange))

    async def _run(self, exchange: Exchange) -> None:
        try:
            await self._door.handler(exchange)
            if not exchange.ended:
                raise RuntimeError("the handler returned without a response")
        except asyncio.CancelledError:
            if not exchange.ended:
                self.abort()
        except Exception:
            log.exception("%s %s failed", exchange.method, exchange.path.decode("latin-1"))
            if exchange.started and not exchange.ended:
                self.abort()
            elif not exchange.started:
                error = ApiError(500, "The gateway failed; its log tells why.", code="internal_error")
                exchange.respond(500, error.body())

    def exchange_ended(self, exchange: Exchange) -> None:
        """A response is complete: go on with the next request, wait for one, or close."""
        self._current = self._task = None
        if self.transport is None:
            return
        if not exchange.keep_alive or not exchange.complete or self._door.draining:
            if exchange.complete:
                self.transport.close()
            else:
                self._linger()
        elif self._queue:
            self._resume_reading()
            self._run_next()
        else:
            self.deadline = self._loop.time() + self._limits.keep_alive

    def close_if_idle(self) -> None:
        """Close unless a request is under way; a connection that has brought none yet has a moment to do so."""
        if self._fresh:
            self.deadline = min(self.deadline, self._loop.time() + _FIRST_REQUEST_SECONDS)
        elif self._current is None and self._reading is None and self.transport is not None:
            self.transport.close()

    def cancel(self) -> None:
        """End the exchange under way; its handler tells the client why."""
        if self._task is not None:
            self._task.cancel()
        else:
            self.abort()

    def abort(self) -> None:
        """Close at once."""
        if self.transport is not None:
            self.transport.abort()

    def expire(self) -> None:
        """The deadline has passed: tell the client if a request was under way, then close."""
        self.deadline = _NEVER
        if self.drained is not None or self._lingering:
            self.abort()
        elif self._current is not None:
            if not self._current.complete:
                self._current.refuse_body(ApiError(408, "The request body came too slowly.", code="body_too_slow"))
        elif self._reading is not None:
            self._refuse(ApiError(408, "The request's headers did not arrive in time.", code="head_too_slow"))
        elif self.transport is not None:
            self.transport.close()

    def _refuse(self, error: ApiError) -> None:
        """Answer a request that cannot be read, and close. Responses before it on the connection come first."""
        self._reading = None
        self._queue.clear()
        if self._current is not None:
            self._current.refuse_body(error)
            self._current.keep_alive = False
            self._current.complete = False
            return
        exchange = Exchange(self)
        exchange.keep_alive = False
        exchange.respond(error.status, error.body())

    def _linger(self) -> None:
        self._lingering = True
        self.deadline = self._loop.time() + self._limits.linger
        self._resume_reading()
        if self.transport is not None and self.transport.can_write_eof():
            self.transport.write_eof()

    def _much_waits(self) -> bool:
        return len(self._queue) > _MAX_PIPELINED or sum(e.size for e in self._queue) > _MAX_PIPELINED_BYTES

    def _resume_reading(self) -> None:
        if self._paused and self.transport is not None:
            self._paused = False
            self.transport.resume_reading()


def _head_too_large(limit: int) -> ApiError:
    return ApiError(431, f"The request's headers are larger than {limit} bytes.", code="headers_too_large")
