"""A server that speaks the OpenAI dialect and does what the model's name asks for; also run by the benchmarks.

Model names are words with numbers behind colons: `stream:20:5` streams 20 chunks 5 ms apart (as many as `max_tokens`
otherwise), `status:429`, `cut:3` drops the connection after 3 chunks, `truncate:3` ends properly but without `[DONE]`,
`errorevent:2`, `kill` drops the connection instead of answering, `hang` never answers, `html` answers with a page,
`garbage` with something that is not HTTP. Any other name answers normally.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import struct
import sys
from typing import Any

import httptools

USAGE = {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}
WORDS = ("Paris", " is", " the", " capital", " of", " France", ".")


class FakeUpstream:
    """The server and what it has seen: `requests` (path, headers, body), `left` (clients gone before their answer's
    end)."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, str], Any]] = []
        self.left = 0
        self.left_event = asyncio.Event()
        self.record = True
        self.connections: set[_Connection] = set()
        self._server: asyncio.Server | None = None
        self.port = 0

    async def start(self, port: int = 0) -> FakeUpstream:
        """Listen on 127.0.0.1."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", port, backlog=2048)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    @property
    def url(self) -> str:
        """The base URL for a provider's configuration."""
        return f"http://127.0.0.1:{self.port}/v1"

    async def stop(self) -> None:
        """Stop listening and drop every connection, as a killed server would."""
        if self._server is not None:
            self._server.close()
        for connection in list(self.connections):
            connection.drop()
        await asyncio.sleep(0)


class _Connection(asyncio.Protocol):
    def __init__(self, server: FakeUpstream) -> None:
        self._server = server
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport | None = None
        self._task: asyncio.Task[None] | None = None
        self._url = b""
        self._headers: dict[str, str] = {}
        self._body = b""
        self._writable = asyncio.Event()
        self._writable.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._server.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._server.connections.discard(self)
        self._writable.set()
        if self._task is not None:
            self._task.cancel()
            self._server.left += 1
            self._server.left_event.set()

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    def drop(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_begin(self) -> None:
        self._url, self._headers, self._body = b"", {}, b""

    def on_url(self, url: bytes) -> None:
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.decode().lower()] = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        path = self._url.decode()
        body: Any = json.loads(self._body) if self._body else None
        if self._server.record:
            self._server.requests.append((path, self._headers, body))
        if path == "/v1/models":
            models = [{"id": name, "object": "model", "created": 1, "owned_by": "fake"} for name in ("plain", "other")]
            self._answer(200, {"object": "list", "data": models})
        elif path == "/v1/embeddings":
            self._answer(200, embeddings(body))
        else:
            self._complete(path, body)

    def _complete(self, path: str, body: dict[str, Any]) -> None:
        word, *numbers = str(body["model"]).split(":")
        if word == "status":
            error = {"message": "the fake says no", "type": "fake_error", "code": "fake_code", "param": "fake_param"}
            self._answer(int(numbers[0]), {"error": error}, "Retry-After: 7\r\n")
        elif word == "kill":
            self.drop()
        elif word == "garbage":
            self._write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
        elif word == "html":
            page = b"<html>maintenance</html>"
            self._write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page) + page)
        elif word == "hang":
            self._task = asyncio.get_running_loop().create_task(self._hang())
        elif body.get("stream"):
            self._task = asyncio.get_running_loop().create_task(self._stream(path, body, word, list(map(int, numbers))))
        else:
            self._answer(200, completion(path, body))

    async def _hang(self) -> None:
        await asyncio.Event().wait()

    async def _stream(self, path: str, body: dict[str, Any], word: str, numbers: list[int]) -> None:
        count = numbers[0] if numbers else len(WORDS)
        delay = numbers[1] / 1000 if len(numbers) > 1 else 0
        self._write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        for index in range(count):
            if delay:
                await asyncio.sleep(delay)
            await self._writable.wait()
            self._event(chunk(path, body, index, None))
        if word == "errorevent":
            self._event({"error": {"message": "the model fell over", "type": "server_error", "code": "oops"}})
        if word == "cut":
            assert self._transport is not None
            self._task = None
            self._transport.close()
            return
        if word not in ("truncate", "errorevent"):
            self._event(chunk(path, body, count, "stop"))
            if (body.get("stream_options") or {}).get("include_usage"):
                self._event({**chunk(path, body, 0, None), "choices": [], "usage": USAGE})
            self._chunk(b"data: [DONE]\n\n")
        self._task = None
        self._write(b"0\r\n\r\n")

    def _event(self, value: Any) -> None:
        self._chunk(b"data: " + json.dumps(value, separators=(",", ":")).encode() + b"\n\n")

    def _chunk(self, data: bytes) -> None:
        self._write(b"%x\r\n%b\r\n" % (len(data), data))

    def _write(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)

    def _answer(self, status: int, value: Any, headers: str = "") -> None:
        body = json.dumps(value, separators=(",", ":")).encode()
        head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
        self._write(head.encode() + body)


def completion(path: str, body: dict[str, Any]) -> dict[str, Any]:
    """A whole answer: `n` choices, log probabilities when asked for."""
    text = "".join(WORDS)
    choices: list[dict[str, Any]] = []
    for index in range(body.get("n") or 1):
        choice: dict[str, Any] = {"index": index, "finish_reason": "stop", "logprobs": None}
        if path.endswith("/chat/completions"):
            choice["message"] = {"role": "assistant", "content": text, "refusal": None}
            if body.get("logprobs"):
                entry = {"token": "Paris", "logprob": -0.25, "bytes": list(b"Paris"), "top_logprobs": []}
                choice["logprobs"] = {"content": [entry], "refusal": None}
        else:
            choice["text"] = text
        choices.append(choice)
    kind = "chat.completion" if "chat" in path else "text_completion"
    return {"id": "x-1", "object": kind, "created": 1, "model": body["model"], "choices": choices, "usage": USAGE}


def chunk(path: str, body: dict[str, Any], index: int, finish: str | None) -> dict[str, Any]:
    """One event of a stream."""
    word = "" if finish else f"{index}" if str(body["model"]).startswith("stream") else WORDS[index % len(WORDS)]
    choice: dict[str, Any] = {"index": 0, "finish_reason": finish, "logprobs": None}
    if path.endswith("/chat/completions"):
        choice["delta"] = {} if finish else {"role": "assistant", "content": word} if not index else {"content": word}
    else:
        choice["text"] = word
    kind = "chat.completion.chunk" if "chat" in path else "text_completion"
    return {"id": "x-1", "object": kind, "created": 1, "model": body["model"], "choices": [choice]}


def embeddings(body: dict[str, Any]) -> dict[str, Any]:
    """One three-dimensional vector per input, as floats or base64."""
    inputs = body["input"] if isinstance(body["input"], list) else [body["input"]]
    data = []
    for index, _ in enumerate(inputs):
        vector: Any = [0.5, -0.25, float(index)]
        if body.get("encoding_format") == "base64":
            vector = base64.b64encode(struct.pack("<3f", *vector)).decode()
        data.append({"object": "embedding", "index": index, "embedding": vector})
    usage = {"prompt_tokens": 3, "total_tokens": 3}
    return {"object": "list", "model": body["model"], "data": data, "usage": usage}


async def _main(port: int) -> None:
    server = FakeUpstream()
    server.record = False
    await server.start(port)
    print(f"listening on {server.url}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Run the fake upstream.")
    parser.add_argument("--port", type=int, default=0)
    try:
        asyncio.run(_main(parser.parse_args().port))
    except KeyboardInterrupt:
        sys.exit(0)
