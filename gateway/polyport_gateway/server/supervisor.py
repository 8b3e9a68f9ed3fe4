"""The supervisor: holds the listening sockets, runs workers and engines, relays signals. Imports nothing heavy."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import sys
import tempfile
import time

import msgspec

from polyport_gateway import __version__
from polyport_gateway.core.provider import ProviderSettings
from polyport_gateway.server import engines
from polyport_gateway.server.bootstrap import Bootstrap, WorkerStatus
from polyport_gateway.server.child import Child, say
from polyport_gateway.server.config import is_loopback
from polyport_gateway.server.settings import Config

#: Beyond the drain's own grace, how long (seconds) a child may take to end before it is killed.
_EXTRA_GRACE = 3.0


class Supervisor:
    """Runs a configuration on listening sockets, one per worker, until a signal ends it."""

    def __init__(self, config: Config, sockets: list[socket.socket], url: str) -> None:
        self._config = config
        self._sockets = sockets
        self._url = url
        self._started = time.monotonic()
        self._directory = tempfile.mkdtemp(prefix="polyport-")  # 0700 by its contract
        self._workers: list[Child] = []
        self._engines: list[Child] = []
        self._ready: set[int] = set()
        self._announced = False
        self._served_engines: set[str] = set()
        self._stop = asyncio.Event()
        self._failure: str | None = None

    async def run(self) -> int:
        """The exit code: 0 after a drain, 1 when something could not start."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._on_signal)
        try:
            self._start_engines()
            self._start_workers()
            say(startup_text(self._config, self._url))
            await self._stop.wait()
            await self._shut_down()
        finally:
            shutil.rmtree(self._directory, ignore_errors=True)
        if self._failure is not None:
            say(f"polyport: {self._failure}")
            return 1
        return 0

    def _start_engines(self) -> None:
        for settings in self._config.engines:
            self._engines.append(self._engine(settings))
        for child in self._engines:
            child.start(lambda code: self._failure is None)

    def _engine(self, settings: ProviderSettings) -> Child:
        path = self._engine_socket(settings.name)

        def on_status(line: bytes) -> None:
            with contextlib.suppress(msgspec.DecodeError):
                self._engine_status(settings.name, msgspec.json.decode(line, type=engines.EngineStatus))

        return Child(
            settings.name,
            lambda fd: engines.command(path, fd),
            lambda _: engines.standard_input(settings),
            on_status,
        )

    def _start_workers(self) -> None:
        for number, listener in enumerate(self._sockets):
            self._workers.append(self._worker(number, listener.fileno()))
        for child in self._workers:
            child.start(lambda code: self._failure is None)

    def _worker(self, number: int, listen_fd: int) -> Child:
        def bootstrap(status_fd: int) -> bytes:
            path = os.path.join(self._directory, f"grpc-{number}.sock")
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)  # what a worker that died has left
            value = Bootstrap(
                number=number,
                config=self._config,
                listen_fd=listen_fd,
                status_fd=status_fd,
                grpc_socket=path,
                engine_sockets={s.name: self._engine_socket(s.name) for s in self._config.engines},
                counters=self._directory,
            )
            return msgspec.json.encode(value) + b"\n"

        def on_status(line: bytes) -> None:
            with contextlib.suppress(msgspec.DecodeError):
                self._worker_status(number, msgspec.json.decode(line, type=WorkerStatus))

        return Child(
            f"worker {number}",
            lambda _: [sys.executable, "-m", "polyport_gateway.server.worker"],
            bootstrap,
            on_status,
            inherit=(listen_fd,),
            hold_stdin=True,
        )

    def _engine_socket(self, name: str) -> str:
        return os.path.join(self._directory, f"engine-{name}.sock")

    def _engine_status(self, name: str, status: engines.EngineStatus) -> None:
        if status.state == "ready":
            self._served_engines.add(name)
            say(f"  {name}: serves {', '.join(status.models)}")
        elif status.state == "failed":
            self._fail(f"the engine '{name}' cannot start: {status.detail}", name)
        elif status.detail:
            say(f"  {name}: {status.detail}")

    def _worker_status(self, number: int, status: WorkerStatus) -> None:
        if status.state == "failed":
            self._fail(status.detail, None)
        elif status.state == "ready":
            self._ready.add(number)
            if len(self._ready) == len(self._workers) and not self._announced:
                self._announced = True
                say(f"Ready after {time.monotonic() - self._started:.1f} s. Ctrl-C ends it.")

    def _fail(self, message: str, engine: str | None) -> None:
        """Something that could never serve ends the gateway; an engine that has served is started again instead."""
        if engine in self._served_engines:
            say(message)
            return
        self._failure = message
        self._stop.set()

    def _on_signal(self) -> None:
        if self._stop.is_set():
            for child in (*self._workers, *self._engines):
                child.signal(signal.SIGKILL)
            shutil.rmtree(self._directory, ignore_errors=True)
            os._exit(130)
        say(f"Draining: requests in flight have {self._config.server.drain:g} s. Ctrl-C again ends it at once.")
        self._stop.set()

    async def _shut_down(self) -> None:
        """Workers first, since they still need the engines; then the engines."""
        grace = self._config.server.drain + _EXTRA_GRACE
        stopping = [asyncio.create_task(child.stop(grace)) for child in self._workers]
        for listener in self._sockets:
            listener.close()
        await asyncio.gather(*stopping)
        await asyncio.gather(*(child.stop(_EXTRA_GRACE) for child in self._engines))


def startup_text(config: Config, url: str) -> str:
    """What is served where, as the first lines that a person sees."""
    workers = f"{config.server.workers} worker{'s' if config.server.workers > 1 else ''}"
    lines = [f"Polyport {__version__} on {url} (REST and gRPC), {workers}", f"  docs      {url}/docs"]
    for provider in config.providers:
        models = ", ".join(provider.models) if provider.models else "models as the server lists them"
        where = f"{provider.base_url}, " if provider.base_url else ""
        lines.append(f"  provider  {provider.name}: {where}{models}")
    if not config.providers:
        lines.append("  provider  none: set OPENAI_API_KEY or the like, or give --config FILE")
    for name, targets in config.routes.items():
        lines.append(f"  model     {name}: {', '.join(f'{t.provider}/{t.model}' for t in targets)}")
    if config.keys:
        lines.append(f"  keys      {', '.join(p.name for p in config.keys.values())}")
    else:
        host = url.partition("://")[2].rpartition(":")[0].strip("[]")
        lines.append(f"  keys      none: anyone {'on this machine ' if is_loopback(host) else ''}can call")
    return "\n".join(lines)
