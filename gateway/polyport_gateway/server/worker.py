"""A worker: both doors and all providers on one event loop, listening on a socket that the supervisor made."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
import os
import shutil
import signal
import socket
import sys
from pathlib import Path
from typing import Any, cast

import msgspec

from polyport_gateway.apis.services import build_services
from polyport_gateway.core.routing import Router
from polyport_gateway.core.snapshot import Snapshot
from polyport_gateway.core.store import FileStore
from polyport_gateway.doors.grpc_config import GrpcConfig, GrpcHandle
from polyport_gateway.doors.http1 import HttpDoor, Limits
from polyport_gateway.doors.pages import Pages, not_ready
from polyport_gateway.doors.port import Port
from polyport_gateway.doors.rest import RestDoor
from polyport_gateway.providers import registry
from polyport_gateway.providers.runtime import ProviderRuntime
from polyport_gateway.server.bootstrap import Bootstrap, WorkerStatus
from polyport_gateway.server.settings import Config
from polyport_gateway.upstream.pool import Pool

log = logging.getLogger("polyport.worker")

_READY_POLL_SECONDS = 0.05
_HANDSHAKE_SECONDS = 5.0
#: How long the last bytes of the gRPC door may take to reach their clients.
_LAST_BYTES_SECONDS = 1.0


class Worker:
    """Everything that one worker process holds."""

    def __init__(self, bootstrap: Bootstrap) -> None:
        self._bootstrap = bootstrap
        self._config = bootstrap.config
        self._pool = Pool()
        self._draining = False
        self._orphaned = False
        runtime = ProviderRuntime(pool=self._pool, engine_sockets=bootstrap.engine_sockets)
        self._snapshot = build_snapshot(self._config, runtime)
        store = FileStore(Path(bootstrap.counters), bootstrap.number)
        self._services = build_services(Router(store), self._phase)
        pages = Pages(self.snapshot, lambda: self._draining, store)
        rest = RestDoor(self._services, self.snapshot, pages.handle)
        self._http = HttpDoor(rest.handle, Limits(body_bytes=self._config.server.max_body_bytes))
        self._grpc: asyncio.Task[GrpcHandle] | None = None
        loop = asyncio.get_running_loop()
        self._grpc_socket: asyncio.Future[str] = loop.create_future()
        self._port = Port(self._http, self._grpc_socket)
        self._stop = asyncio.Event()
        self._tls: dict[str, Any] = {}
        if self._config.server.tls is not None:
            from polyport_gateway.server.tls import server_context

            self._tls = {"ssl": server_context(self._config.server.tls), "ssl_handshake_timeout": _HANDSHAKE_SECONDS}

    def snapshot(self) -> Snapshot:
        """The configuration for a call that starts now."""
        return self._snapshot

    def _phase(self) -> str:
        if self._draining:
            return "draining"
        return "starting" if not_ready(self._snapshot, False) else "ok"

    async def run(self) -> None:
        """Serve until told to stop, then drain."""
        loop = asyncio.get_running_loop()
        listener = socket.socket(fileno=self._bootstrap.listen_fd)
        queued = listener.dup()
        self._pool.start()
        self._http.start()
        server = await loop.create_server(self._port.protocol, sock=listener, backlog=1024, **self._tls)
        loop.add_signal_handler(signal.SIGTERM, self._stop.set)
        self._report("listening")
        for provider in self._snapshot.providers.values():
            await provider.start()
        self._grpc = loop.create_task(self._start_grpc())
        background = [loop.create_task(self._watch_supervisor()), loop.create_task(self._announce_ready())]
        await self._stop.wait()
        self._draining = True
        server.close()
        await self._accept_queued(queued)
        await self._drain()
        for task in background:
            task.cancel()
        if self._orphaned:
            shutil.rmtree(os.path.dirname(self._bootstrap.grpc_socket), ignore_errors=True)

    async def _drain(self) -> None:
        """Both doors together, within the grace; then the providers."""
        grace = self._config.server.drain
        await asyncio.gather(self._http.drain(grace), self._stop_grpc(grace))
        await self._port.drain(_LAST_BYTES_SECONDS)
        self._http.stop()
        for provider in self._snapshot.providers.values():
            await provider.close()
        await self._pool.close()

    async def _accept_queued(self, listener: socket.socket) -> None:
        """Take the connections that the kernel has already accepted for us, so that none of them is reset."""
        loop = asyncio.get_running_loop()
        listener.setblocking(False)
        waiting = []
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                connection.setblocking(False)
                waiting.append(loop.connect_accepted_socket(self._port.protocol, connection, **self._tls))
        listener.close()
        await asyncio.gather(*waiting, return_exceptions=True)

    async def _start_grpc(self) -> GrpcHandle:
        path = self._bootstrap.grpc_socket
        try:
            module = await asyncio.to_thread(importlib.import_module, "polyport_gateway.doors.grpc_door")
            config = GrpcConfig(
                snapshot=self.snapshot,
                peer_of=self._port.peers.lookup,
                not_ready=lambda: not_ready(self._snapshot, self._draining),
                max_message_bytes=self._config.server.max_body_bytes,
            )
            handle = cast(GrpcHandle, await module.start(path, self._services, config))
        except Exception as error:
            log.exception("the gRPC door did not start")
            self._grpc_socket.set_exception(error)
            self._grpc_socket.exception()
            raise
        self._grpc_socket.set_result(path)
        return handle

    async def _stop_grpc(self, grace: float) -> None:
        if self._grpc is None:
            return
        with contextlib.suppress(Exception):
            handle = await self._grpc
            await handle.stop(grace)

    async def _announce_ready(self) -> None:
        """Tell the supervisor once, when every provider can serve and the gRPC door is open."""
        while not_ready(self._snapshot, False) or not self._grpc_socket.done():
            await asyncio.sleep(_READY_POLL_SECONDS)
        self._report("ready")

    async def _watch_supervisor(self) -> None:
        """Drain when the supervisor is gone: standard input ends."""
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        await reader.read()
        self._orphaned = True
        self._stop.set()

    def _report(self, state: str, detail: str = "") -> None:
        report(self._bootstrap.status_fd, state, detail)


def build_snapshot(config: Config, runtime: ProviderRuntime) -> Snapshot:
    """The live picture of a configuration. Raises ValueError for a provider that cannot be made."""
    return Snapshot(
        keys=config.keys,
        providers={settings.name: registry.create(settings, runtime) for settings in config.providers},
        kinds={settings.name: settings.kind for settings in config.providers},
        routes=config.routes,
        catch_all=tuple(s.name for s in config.providers if s.models is not None and "*" in s.models),
        tries=config.server.tries,
        request_timeout=config.server.request_timeout,
    )


def report(status_fd: int, state: str, detail: str = "") -> None:
    """Write one status line; a supervisor that is gone does not matter."""
    with contextlib.suppress(OSError):
        os.write(status_fd, msgspec.json.encode(WorkerStatus(state, detail)) + b"\n")


async def _serve(bootstrap: Bootstrap) -> None:
    await Worker(bootstrap).run()


def main() -> int:
    """The process: reads its bootstrap, serves, exits 0 after a drain."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    bootstrap = msgspec.json.decode(_first_line(), type=Bootstrap)
    import uvloop

    try:
        uvloop.run(_serve(bootstrap))
    except ValueError as error:
        report(bootstrap.status_fd, "failed", str(error))
        return 1
    return 0


def _first_line() -> bytes:
    """The first line of standard input, read byte by byte past no buffer, since the rest is watched by the loop."""
    parts = bytearray()
    while not parts.endswith(b"\n"):
        chunk = os.read(0, 1)
        if not chunk:
            break
        parts += chunk
    return bytes(parts)


if __name__ == "__main__":
    sys.exit(main())
