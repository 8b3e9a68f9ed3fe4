"""The pool of upstream connections: one `Endpoint` per origin, keep-alive, one retry on a connection that went
stale."""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from polyport_gateway.upstream.address import names_private_host
from polyport_gateway.upstream.connection import Connection, Response
from polyport_gateway.upstream.dial import Proxy, Route, dial, proxy_for
from polyport_gateway.upstream.errors import UpstreamError

USER_AGENT = "polyport-gateway/0.1.0"
#: Idle connections kept per origin, and for how long (seconds).
MAX_IDLE = 64
IDLE_SECONDS = 60.0
_SWEEP_SECONDS = 0.25


class Timeouts(msgspec.Struct, frozen=True):
    """Seconds: to connect, until the answer's headers, and between two reads of its body."""

    connect: float = 10.0
    head: float = 600.0
    idle: float = 120.0


class Endpoint:
    """An upstream's base URL with its connections. Made by `Pool.endpoint`."""

    def __init__(self, route: Route, path: str, timeouts: Timeouts) -> None:
        self.route = route
        self.path = path
        self.timeouts = timeouts
        self.idle: deque[Connection] = deque()

    def head(self, method: str, path: str, headers: Mapping[str, str]) -> bytes:
        """The fixed start of a request to `path` below the base URL, up to `Content-Length` (or ready, for GET).

        Raises ValueError for a header value with a line break.
        """
        target = f"{self.route.absolute_prefix}{self.path}{path}"
        lines = [f"{method} {target} HTTP/1.1", f"Host: {self.route.authority}"]
        fixed = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
        for name, value in {**fixed, **self.route.proxy_headers, **headers}.items():
            if any(c in f"{name}{value}" for c in "\r\n\0"):
                raise ValueError(f"header {name} has a line break in its name or value")
            lines.append(f"{name}: {value}")
        end = "\r\n\r\n" if method == "GET" else "\r\nContent-Length: "
        return ("\r\n".join(lines) + end).encode("latin-1")


class Pool:
    """All upstream connections of one worker. `start` once on the event loop, `close` at the end."""

    def __init__(self) -> None:
        self._connections: set[Connection] = set()
        self._owners: dict[Connection, Endpoint] = {}
        self._sweeper: asyncio.TimerHandle | None = None
        self._contexts: dict[str | None, ssl.SSLContext] = {}

    def endpoint(
        self,
        base_url: str,
        *,
        timeouts: Timeouts | None = None,
        proxy: str | None = None,
        ca_bundle: str | None = None,
        allow_private: bool = False,
    ) -> Endpoint:
        """An endpoint for a base URL. `proxy`: a URL, "" for none, None for the environment's. Raises ValueError."""
        parts = urlsplit(base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"'{base_url}' is not an http(s) URL")
        if parts.query or parts.fragment or parts.username:
            raise ValueError(f"'{base_url}' must have neither query, fragment nor user")
        tls = self._context(ca_bundle) if parts.scheme == "https" else None
        port = parts.port or (443 if tls else 80)
        allow = allow_private or names_private_host(parts.hostname)
        found: Proxy | None = proxy_for(parts.scheme, parts.hostname, port, proxy)
        return Endpoint(Route(parts.hostname, port, tls, found, allow), parts.path.rstrip("/"), timeouts or Timeouts())

    async def send(self, endpoint: Endpoint, head: bytes, body: bytes | None = None) -> Response:
        """Send one request and wait for the answer's headers. `head` comes from `Endpoint.head`. Raises UpstreamError.

        A reused connection that ends before the first byte of an answer was closed by the other side while idle: the
        request goes out once more on a fresh one. Being cancelled closes the connection.
        """
        payload = b""
        if body is not None:
            head = b"%b%d\r\n\r\n" % (head, len(body))
            payload = body
        timeouts = endpoint.timeouts
        while True:
            connection = self._idle_connection(endpoint) or await self._connect(endpoint)
            reused = connection.reused
            response = connection.send(head, payload, timeouts.head, timeouts.idle)
            try:
                await response.head()
                return response
            except UpstreamError as error:
                if not reused or error.answered or error.fault != "closed":
                    raise
                self._forget_idle(endpoint)
            except asyncio.CancelledError:
                response.close()
                raise

    def start(self) -> None:
        """Begin watching deadlines."""
        self._sweep()

    async def close(self) -> None:
        """Close every connection."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        for connection in list(self._connections):
            connection.abort()

    @property
    def open_connections(self) -> int:
        """How many connections there are, idle ones included."""
        return len(self._connections)

    def _context(self, ca_bundle: str | None) -> ssl.SSLContext:
        if ca_bundle not in self._contexts:
            context = ssl.create_default_context(cafile=ca_bundle)
            context.set_alpn_protocols(["http/1.1"])
            self._contexts[ca_bundle] = context
        return self._contexts[ca_bundle]

    def _idle_connection(self, endpoint: Endpoint) -> Connection | None:
        while endpoint.idle:
            connection = endpoint.idle.pop()
            if connection.usable:
                return connection
        return None

    def _forget_idle(self, endpoint: Endpoint) -> None:
        while endpoint.idle:
            endpoint.idle.pop().abort()

    async def _connect(self, endpoint: Endpoint) -> Connection:
        loop = asyncio.get_running_loop()

        def protocol() -> Connection:
            connection = Connection(loop, self._released, self._lost)
            self._connections.add(connection)
            self._owners[connection] = endpoint
            return connection

        return await dial(endpoint.route, protocol, endpoint.timeouts.connect)

    def _released(self, connection: Connection) -> None:
        endpoint = self._owners.get(connection)
        if endpoint is None or len(endpoint.idle) >= MAX_IDLE:
            connection.abort()
        else:
            connection.deadline = connection.loop.time() + IDLE_SECONDS
            endpoint.idle.append(connection)

    def _lost(self, connection: Connection) -> None:
        self._connections.discard(connection)
        self._owners.pop(connection, None)

    def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        for connection in list(self._connections):
            if connection.deadline and now > connection.deadline:
                if connection.busy:
                    connection.expire()
                else:
                    connection.abort()
        self._sweeper = loop.call_later(_SWEEP_SECONDS, self._sweep)
