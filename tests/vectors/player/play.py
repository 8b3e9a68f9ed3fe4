"""Playing a vector's answer: exact bytes, at exact places cut, with pauses, closes and resets between them."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import socket
import struct
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from player.request import Request

Json = dict[str, Any]


class ConnectionOver(Exception):
    """The connection cannot carry another request. `by_client`: the client ended it."""

    def __init__(self, by_client: bool) -> None:
        super().__init__("the client left" if by_client else "the script ended the connection")
        self.by_client = by_client


def reply_bytes(reply: Json, request: Request, expand: Callable[[str], str]) -> bytes:
    """A whole answer with its length, from `status`, `headers`, one of `json`, `text` and `base64`, and `gzip`."""
    headers = {name.lower(): expand(value) for name, value in reply.get("headers", {}).items()}
    if "json" in reply:
        headers.setdefault("content-type", "application/json")
        body = expand(json.dumps(reply["json"], ensure_ascii=False)).encode()
    elif "text" in reply:
        headers.setdefault("content-type", "text/plain; charset=utf-8")
        body = reply["text"].encode()
    else:
        body = base64.b64decode(reply.get("base64", ""))
    if reply.get("gzip") and "gzip" in (request.header("accept-encoding") or ""):
        headers["content-encoding"] = "gzip"
        body = gzip.compress(body)
    status = reply.get("status", 200)
    if status != HTTPStatus.NO_CONTENT:
        headers.setdefault("content-length", str(len(body)))
    return _head(status, headers) + body


def _head(status: int, headers: dict[str, str]) -> bytes:
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Unheard Of"
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode()


def stream_head(stream: Json) -> bytes:
    """The head of an answer in chunks, an event stream unless the headers say otherwise."""
    headers = {"content-type": "text/event-stream", "transfer-encoding": "chunked", **stream.get("headers", {})}
    return _head(stream.get("status", 200), headers)


def chunk_bytes(step: Json) -> Iterator[bytes]:
    """The chunks (RFC 9112, section 7.1) of a step: one, or several of `size` bytes or cut `at` the given offsets."""
    if "chunk" in step:
        data = step["chunk"].replace("{fill}", " " * step.get("fill", 0)).encode()
    else:
        data = base64.b64decode(step["chunk_base64"])
    size = step.get("size", max(len(data), 1))
    ends = [*step["at"], len(data)] if "at" in step else [*range(size, len(data), size), len(data)]
    start = 0
    for end in ends:
        yield f"{end - start:x}\r\n".encode() + data[start:end] + b"\r\n"
        start = end


def step_bytes(step: Json, request: Request, expand: Callable[[str], str]) -> list[bytes] | None:
    """What a step writes, in the pieces in which it is written; None when it is not about writing."""
    if "reply" in step:
        data = reply_bytes(step["reply"], request, expand)
    elif "stream" in step:
        data = stream_head(step["stream"])
    elif "chunk" in step or "chunk_base64" in step:
        return list(chunk_bytes(step))
    elif "end" in step:
        data = b"0\r\n\r\n"
    elif "text" in step:
        data = step["text"].encode()
    elif "base64" in step:
        data = base64.b64decode(step["base64"])
    else:
        return None
    size = step.get("split", max(len(data), 1))
    return [data[start : start + size] for start in range(0, len(data), size)]


async def play(
    steps: list[Json],
    request: Request,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    expand: Callable[[str], str],
) -> None:
    """Plays an answer. Raises ConnectionOver when the connection ended, by whomever."""
    for step in steps:
        pieces = step_bytes(step, request, expand)
        if pieces is not None:
            for piece in pieces:
                await _write(writer, piece)
        elif "pause_ms" in step:
            await asyncio.sleep(step["pause_ms"] / 1000)
        elif "await_close_ms" in step:
            await _await_close(reader, writer, step["await_close_ms"] / 1000)
        elif "reset" in step:
            reset(writer)
            raise ConnectionOver(by_client=False)
        else:
            writer.close()
            raise ConnectionOver(by_client=False)


async def _write(writer: asyncio.StreamWriter, piece: bytes) -> None:
    """Writes one piece on its own: Nagle's algorithm is off, and the loop turns once so that pieces stay apart."""
    if writer.is_closing():
        raise ConnectionOver(by_client=True)
    try:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0)
    except ConnectionError:
        raise ConnectionOver(by_client=True) from None


async def _await_close(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
    try:
        data = await asyncio.wait_for(reader.read(1), seconds)
    except ConnectionError:
        data = b""
    except TimeoutError:
        writer.close()
        raise ConnectionOver(by_client=False) from None
    writer.close()
    raise ConnectionOver(by_client=not data)


def reset(writer: asyncio.StreamWriter) -> None:
    """Ends the connection with RST instead of FIN, as a crashed peer does."""
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
