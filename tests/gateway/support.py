"""What the gateway's tests share: a running `polyport serve`, a fake upstream in a thread, and raw HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.gateway.fake_upstream import FakeUpstream

_COMMAND = "import sys; from polyport_gateway.server.command import main; sys.exit(main(sys.argv[1:]))"
_START_SECONDS = 30.0

MESSAGES = [{"role": "user", "content": "What is the capital of France?"}]


class UpstreamThread:
    """A fake upstream on a loop of its own, so that it serves whatever the test's loop does."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.fake = FakeUpstream()
        self._run(self.fake.start())

    def _run(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    @property
    def url(self) -> str:
        """The base URL for a provider's configuration."""
        return self.fake.url

    @property
    def last_body(self) -> Any:
        """The JSON body of the last request."""
        return next(body for _, _, body in reversed(self.fake.requests) if body is not None)

    @property
    def calls(self) -> int:
        """How many requests with a body have come: listings of models come when they like."""
        return sum(body is not None for _, _, body in self.fake.requests)

    def kill(self) -> None:
        """Stop listening and drop all connections."""
        self._run(self.fake.stop())

    def close(self) -> None:
        """Kill it and end the thread."""
        self.kill()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)


class Gateway:
    """A `polyport serve` process; `lines` is what it has said so far."""

    def __init__(self, arguments: list[str], environment: dict[str, str] | None = None) -> None:
        clean = {k: v for k, v in os.environ.items() if not k.endswith("_API_KEY") and "proxy" not in k.lower()}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _COMMAND, *arguments],
            stderr=subprocess.PIPE,
            text=True,
            env={**clean, **(environment or {})},
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.port = 0

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line.rstrip("\n"))

    def wait_for_line(self, start: str, seconds: float = _START_SECONDS) -> str:
        """The first line that starts so; fails with all lines when the process ends or takes too long."""
        wait_until(lambda: self._line(start) is not None or self.process.poll() is not None, seconds, self.text)
        line = self._line(start)
        assert line is not None, self.text()
        return line

    def wait_ready(self) -> Gateway:
        """Wait until every worker is ready; then the port is known."""
        self.wait_for_line("Ready")
        line = self.wait_for_line("Polyport ")
        self.port = int(line.split(" (")[0].rpartition(":")[2])
        return self

    def text(self) -> str:
        """Everything said so far."""
        return "\n".join(self.lines)

    def workers(self) -> list[int]:
        """The process ids of the children, workers only when there is no engine."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def terminate(self, seconds: float = 40.0) -> int:
        """SIGTERM, and the exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(seconds)
        self._reader.join(5)
        return code

    def close(self) -> None:
        """End it however it is."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._reader.join(5)

    def _line(self, start: str) -> str | None:
        return next((line for line in self.lines if line.startswith(start)), None)


@contextmanager
def serving(
    directory: Path, config: str, *arguments: str, environment: dict[str, str] | None = None
) -> Iterator[Gateway]:
    """A gateway with a configuration, ready, on a free port."""
    path = directory / "polyport.yaml"
    path.write_text(config, encoding="utf-8")
    gateway = Gateway(["--port", "0", "--config", str(path), *arguments], environment)
    try:
        yield gateway.wait_ready()
    finally:
        gateway.close()


def one_provider(url: str, more: str = "") -> str:
    """A configuration with one provider that takes any model name."""
    return f'providers:\n  - {{name: fake, kind: openai, base_url: "{url}", models: ["*"], api_key: sk-up}}\n{more}'


def wait_until(condition: Callable[[], bool], seconds: float = 10.0, explain: Callable[[], str] = str) -> None:
    """Wait until something that another process or thread does has happened."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s; {explain()}"
        time.sleep(0.005)


@dataclass
class Reply:
    """An HTTP response read by hand."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def events(self) -> list[str]:
        """The data of the body's server-sent events."""
        return [block.removeprefix("data: ") for block in self.body.decode().split("\n\n") if block]


async def post(port: int, body: Any, path: str = "/v1/chat/completions", **headers: str) -> Reply:
    """POST JSON (or bytes as they are) on a connection of its own."""
    payload = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = {"host": "x", "content-type": "application/json", "content-length": str(len(payload)), **headers}
    head = f"POST {path} HTTP/1.1\r\n" + "".join(f"{k.replace('_', '-')}: {v}\r\n" for k, v in lines.items()) + "\r\n"
    return await exchange(port, head.encode() + payload)


async def get(port: int, path: str, **headers: str) -> Reply:
    """GET on a connection of its own."""
    lines = "".join(f"{k.replace('_', '-')}: {v}\r\n" for k, v in headers.items())
    return await exchange(port, f"GET {path} HTTP/1.1\r\nhost: x\r\n{lines}\r\n".encode())


async def exchange(port: int, data: bytes) -> Reply:
    """Send bytes as they are, read one response."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(data)
        return await asyncio.wait_for(read_reply(reader), 30)
    finally:
        writer.close()


async def read_reply(reader: asyncio.StreamReader, *, head_only: bool = False) -> Reply:
    """One response: by its length, its chunks, or until the connection ends (which chunks must not)."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    status = int(head[0].split(" ")[1])
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    if head_only or status < 200:
        return Reply(status, headers, b"")
    if headers.get("transfer-encoding") == "chunked":
        return Reply(status, headers, await read_chunks(reader))
    if "content-length" in headers:
        return Reply(status, headers, await reader.readexactly(int(headers["content-length"])))
    return Reply(status, headers, await reader.read())


async def read_chunks(reader: asyncio.StreamReader) -> bytes:
    """A chunked body; raises IncompleteReadError when it is cut."""
    body = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readexactly(2)
    return body
