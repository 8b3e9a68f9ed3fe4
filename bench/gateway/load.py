"""A closed-loop load generator: so many connections, each sends its next request when its answer is complete."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import cast

import httptools

_MESSAGES = (
    '"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"What is the capital of France?"}]'
)
PLAIN = f'{{"model":"m",{_MESSAGES},"temperature":0}}'.encode()
STREAM = f'{{"model":"m",{_MESSAGES},"temperature":0,"stream":true}}'.encode()


@dataclass
class Result:
    """What one run saw; seconds."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    body_bytes: int = 0
    failures: int = 0

    @property
    def rate(self) -> float:
        """Requests per second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """The latency that `share` of the requests stay under."""
        return sorted(self.latencies)[min(len(self.latencies) - 1, int(len(self.latencies) * share))]


class _Client(asyncio.Protocol):
    def __init__(self, request: bytes, remaining: list[int], result: Result) -> None:
        self._request = request
        self._remaining = remaining
        self._result = result
        self._parser = httptools.HttpResponseParser(self)
        self._sent = 0.0
        self._tail = b""
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._next()

    def _next(self) -> None:
        if self._remaining[0] <= 0:
            self._transport.close()
            if not self.done.done():
                self.done.set_result(None)
            return
        self._remaining[0] -= 1
        self._sent = time.perf_counter()
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self._result.body_bytes += len(body)
        self._tail = body[-16:]

    def on_message_complete(self) -> None:
        if self._parser.get_status_code() != 200 or self._tail[-1:] not in (b"}", b"\n"):
            self._result.failures += 1
        self._result.latencies.append(time.perf_counter() - self._sent)
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self._result.failures += 1
            self.done.set_result(None)


async def run(port: int, body: bytes, requests: int, connections: int) -> Result:
    """Send `requests` POSTs to 127.0.0.1:`port` over `connections` connections."""
    head = (
        f"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    loop = asyncio.get_running_loop()
    result = Result()
    remaining = [requests]
    started = time.perf_counter()
    clients = []
    for _ in range(connections):
        _, client = await loop.create_connection(
            lambda: _Client(head.encode() + body, remaining, result), "127.0.0.1", port
        )
        clients.append(client)
    await asyncio.gather(*(client.done for client in clients))
    result.seconds = time.perf_counter() - started
    return result
