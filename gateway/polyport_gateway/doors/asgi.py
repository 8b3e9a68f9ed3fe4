"""ASGI on a connection of the HTTP/1.1 door: FastAPI serves what the API itself does not, through uvicorn's request
cycle."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, cast

from polyport_gateway.core.errors import ApiError
from polyport_gateway.doors.exchange import Exchange
from polyport_gateway.doors.rest import respond_error

#: An ASGI 3 application.
App = Callable[..., Awaitable[None]]

log = logging.getLogger("polyport.pages")


class AsgiBridge:
    """Runs an ASGI application for single exchanges. `load` makes it at the first use: FastAPI takes half a second to
    import."""

    def __init__(self, load: Callable[[], App]) -> None:
        self._load = load
        self._app: App | None = None
        self._loading: asyncio.Task[App] | None = None

    async def handle(self, exchange: Exchange) -> None:
        """Let the application answer; returns when it has."""
        try:
            body = await exchange.body()
        except ApiError as error:
            respond_error(exchange, error, [])
            return
        app = self._app or await self._ready()
        from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

        connection = exchange.connection
        if connection.transport is None:
            return
        message_event = asyncio.Event()
        message_event.set()
        cycle = RequestResponseCycle(
            scope=cast(Any, _scope(exchange)),
            transport=connection.transport,
            flow=cast(Any, _Flow(exchange)),
            logger=log,
            access_logger=log,
            access_log=False,
            default_headers=[],
            message_event=message_event,
            expect_100_continue=False,
            keep_alive=exchange.keep_alive and not connection.closing,
            on_response=lambda: None,
        )
        cycle.body = bytearray(body)
        cycle.more_body = False

        def left() -> None:
            cycle.disconnected = True
            message_event.set()

        exchange.on_disconnect = left
        await cycle.run_asgi(cast(Any, app))
        exchange.keep_alive = cycle.keep_alive and cycle.response_complete
        exchange.abandon()

    async def _ready(self) -> App:
        """Import and build the application in a thread, once, while the loop goes on."""
        if self._loading is None:
            self._loading = asyncio.create_task(asyncio.to_thread(self._load))
        self._app = await asyncio.shield(self._loading)
        return self._app


class _Flow:
    """uvicorn's flow control, told by our connection."""

    def __init__(self, exchange: Exchange) -> None:
        self._connection = exchange.connection

    @property
    def write_paused(self) -> bool:
        return self._connection.drained is not None

    async def drain(self) -> None:
        if self._connection.drained is not None:
            await self._connection.drained

    def resume_reading(self) -> None:
        """The body is complete before the application starts."""


def _scope(exchange: Exchange) -> dict[str, Any]:
    host, _, port = exchange.peer.rpartition(":")
    transport = exchange.connection.transport
    server = transport.get_extra_info("sockname") if transport else None
    tls = transport is not None and transport.get_extra_info("ssl_object") is not None
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": exchange.http_version,
        "server": server[:2] if isinstance(server, tuple) else None,
        "client": (host, int(port)) if port.isdigit() else None,
        "scheme": "https" if tls else "http",
        "method": exchange.method,
        "root_path": "",
        "path": exchange.decoded_path,
        "raw_path": exchange.path,
        "query_string": exchange.query,
        "headers": list(exchange.headers.items()),
        "state": {},
    }
