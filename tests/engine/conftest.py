"""Small models made on the spot, the default models from the cache, and engines in processes of their own."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from polyport_gateway.engine.client import EngineClient
from polyport_gateway.engine.models.pull import pull
from polyport_gateway.engine.models.store import InstalledModel, find

from .tiny import write_gguf


@pytest.fixture(scope="session")
def smollm() -> InstalledModel:
    """The default chat model, pulled if it is not in the cache."""
    pull("smollm2-135m", print)
    return find("smollm2-135m")


@pytest.fixture(scope="session")
def minilm() -> InstalledModel:
    """The default embedding model, pulled if it is not in the cache."""
    pull("all-minilm-l6-v2", print)
    return find("all-minilm-l6-v2")


@pytest.fixture(scope="session")
def tiny_gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model of two layers with a byte-level vocabulary, in float32."""
    return write_gguf(tmp_path_factory.mktemp("tiny") / "tiny.gguf")


class Engine:
    """An engine process and its socket."""

    def __init__(self, socket: Path, *arguments: str) -> None:
        self.socket = socket
        command = [
            sys.executable,
            "-m",
            "polyport_gateway.engine",
            "--socket",
            str(socket),
            "--threads",
            "1",
            *arguments,
        ]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.clients: list[EngineClient] = []

    async def client(self) -> EngineClient:
        """A connected client; the engine may need its time to start on a busy machine."""
        client = EngineClient(self.socket)
        client.start()
        self.clients.append(client)
        async with asyncio.timeout(60):
            await client.wait_for(lambda state: state is not None)
        return client

    async def ready(self) -> EngineClient:
        client = await self.client()
        async with asyncio.timeout(120):
            await client.ready()
        return client

    async def wait(self) -> tuple[int, str]:
        """Its exit code and what it wrote to standard error."""
        _, errors = await asyncio.to_thread(self.process.communicate, timeout=60)
        return self.process.returncode, errors

    async def end(self) -> None:
        for client in self.clients:
            await client.close()
        if self.process.poll() is None:
            self.process.kill()
        await asyncio.to_thread(self.process.wait)
        if self.process.stderr is not None:
            self.process.stderr.close()


StartEngine = Callable[..., Engine]


@pytest.fixture
async def start_engine(tmp_path: Path) -> AsyncIterator[StartEngine]:
    """Starts engines; they end with the test."""
    engines: list[Engine] = []
    place = tmp_path / "private"
    place.mkdir(mode=0o700)

    def start(*arguments: str, socket: Path | None = None) -> Engine:
        engine = Engine(socket or place / f"engine{len(engines)}.sock", *arguments)
        engines.append(engine)
        return engine

    yield start
    for engine in engines:
        await engine.end()


@pytest.fixture
def polyport_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty model store."""
    home = tmp_path / "home"
    monkeypatch.setenv("POLYPORT_HOME", str(home))
    return home


async def within(seconds: float, work: Awaitable[Any]) -> Any:
    """The result of `work`, which must come in time."""
    async with asyncio.timeout(seconds):
        return await work


def stop(engine: Engine) -> None:
    os.kill(engine.process.pid, signal.SIGTERM)
