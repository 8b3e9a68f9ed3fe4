"""A fake upstream that costs little: answers are made once; a stream is written as fast as the reader takes it."""

from __future__ import annotations

import argparse
import asyncio
import json
from typing import Any, cast

import httptools
import uvloop

CHUNKS = 2000
_CHOICE: dict[str, Any] = {"index": 0, "finish_reason": None, "logprobs": None, "delta": {"content": " token"}}
CHUNK: dict[str, Any] = {
    "id": "chatcmpl-1",
    "object": "chat.completion.chunk",
    "created": 1,
    "model": "m",
    "choices": [_CHOICE],
}
_MESSAGE = {"role": "assistant", "content": "The capital of France is Paris. " * 8, "refusal": None}
ANSWER: dict[str, Any] = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "created": 1,
    "model": "m",
    "choices": [{"index": 0, "finish_reason": "stop", "logprobs": None, "message": _MESSAGE}],
    "usage": {"prompt_tokens": 7, "completion_tokens": 64, "total_tokens": 71},
}


def _plain() -> bytes:
    body = json.dumps(ANSWER, separators=(",", ":")).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def _events() -> bytes:
    """All events, each an HTTP chunk of its own, as servers that flush per token write them."""
    event = b"data: " + json.dumps(CHUNK, separators=(",", ":")).encode() + b"\n\n"
    done = b"data: [DONE]\n\n"
    return b"%x\r\n%b\r\n" % (len(event), event) * CHUNKS + b"%x\r\n%b\r\n0\r\n\r\n" % (len(done), done)


class Upstream(asyncio.Protocol):
    """Answers every POST; `"stream":true` in the body asks for the stream."""

    plain = _plain()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    events = _events()

    def __init__(self) -> None:
        self._parser = httptools.HttpRequestParser(self)
        self._body = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_begin(self) -> None:
        self._body = b""

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        if b'"stream":true' in self._body:
            self._transport.write(self.head)
            self._transport.write(self.events)
        else:
            self._transport.write(self.plain)


async def _main(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Upstream, "127.0.0.1", port, backlog=2048)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Run the fake upstream of the gateway's benchmark.")
    parser.add_argument("--port", type=int, default=0)
    uvloop.run(_main(parser.parse_args().port))
