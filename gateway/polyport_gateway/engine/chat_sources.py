"""Where `polyport chat` gets its answers: from an engine by its socket, or from a gateway by HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import urllib.error
import urllib.request
from collections.abc import AsyncGenerator, Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

from .client import EngineClient, text_of
from .errors import EngineError
from .messages import Chat, Event, Sampling

Source = Callable[[Sequence[dict[str, str]]], Generator[str, None, None]]
"""A conversation so far to the next answer, in pieces. Closing the generator stops the answer."""

_TIMEOUT_SECONDS = 600


@contextlib.contextmanager
def engine_source(runner: asyncio.Runner, socket: Path, model: str, sampling: Sampling) -> Iterator[Source]:
    """Answers of the engine at a socket, once its model is loaded. Raises EngineError if it cannot be."""

    async def connect() -> tuple[EngineClient, str]:
        client = await EngineClient.connect(socket)
        state = await client.ready()
        return client, next((m.id for m in state.models if m.kind == "chat"), model)

    client, served = runner.run(connect())

    def answer(history: Sequence[dict[str, str]]) -> Generator[str, None, None]:
        stream = client.chat(Chat(0, served, [dict(turn) for turn in history], sampling=sampling))
        try:
            while (events := runner.run(_next(stream))) is not None:
                if text := text_of(events):
                    yield text
        finally:
            runner.run(_close(stream))

    try:
        yield answer
    finally:
        runner.run(client.close())


async def _next(stream: AsyncGenerator[list[Event], None]) -> list[Event] | None:
    return await anext(stream, None)


async def _close(stream: AsyncGenerator[list[Event], None]) -> None:
    await stream.aclose()


def gateway_source(base_url: str, api_key: str | None, model: str, sampling: Sampling) -> Source:
    """Answers of a gateway (or any OpenAI-compatible server). The source raises EngineError for what the server refuses."""
    root = base_url.rstrip("/")
    url = f"{root if root.endswith('/v1') else root + '/v1'}/chat/completions"
    headers = {"Content-Type": "application/json", "Accept": "text/event-stream", "User-Agent": "polyport-chat"}
    if api_key:
        headers["Authorization"] = f"Bearer {api_key}"
    settings = {
        "temperature": sampling.temperature,
        "max_completion_tokens": sampling.max_tokens,
        "seed": sampling.seed,
    }
    body = {"model": model, "stream": True, **{name: value for name, value in settings.items() if value is not None}}

    def answer(history: Sequence[dict[str, str]]) -> Generator[str, None, None]:
        request = urllib.request.Request(url, json.dumps({**body, "messages": list(history)}).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as response:
                yield from _texts(url, response)
        except urllib.error.HTTPError as error:
            raise EngineError(f"{url}: {error.code} {_server_message(error.read())}") from error
        except (OSError, http.client.HTTPException) as error:
            raise EngineError(f"{url}: {getattr(error, 'reason', error)}") from error

    return answer


def _texts(url: str, lines: Iterator[bytes]) -> Generator[str, None, None]:
    """The text in a stream of server-sent events. Raises EngineError for an error event or a stream that ends too early."""
    for line in lines:
        data = line.removeprefix(b"data:").strip()
        if not line.startswith(b"data:"):
            continue
        if data == b"[DONE]":
            return
        chunk: dict[str, Any] = json.loads(data)
        if chunk.get("error"):
            raise EngineError(f"{url}: {_server_message(data)}")
        for choice in chunk.get("choices", ()):
            if text := choice["delta"].get("content"):
                yield text
    raise EngineError(f"{url}: the answer was cut short")


def _server_message(body: bytes) -> str:
    try:
        return str(json.loads(body)["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return body[:200].decode("utf-8", errors="replace")
