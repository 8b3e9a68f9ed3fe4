"""Reading one HTTP/1.1 request (RFC 9112) without judging it: the vectors say what is right."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qs

MAX_HEAD = 1 << 20


@dataclass(frozen=True)
class Request:
    """A whole request. `target` is the raw request target; header names are in lower case, in their order."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def path(self) -> str:
        """The target without its query, still percent-encoded."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> dict[str, list[str]]:
        """The query's members, decoded as a form is (`+` is a space), several values in their order."""
        return parse_qs(self.target.partition("?")[2], keep_blank_values=True)

    def header(self, name: str) -> str | None:
        """The value of a header (its name in any case), several of them joined by a comma, or None."""
        values = [value for key, value in self.headers if key == name.lower()]
        return ", ".join(values) if values else None

    def stripped(self, prefix: str) -> Request:
        """The same request without `prefix` at the start of its target."""
        rest = self.target[len(prefix) :]
        return Request(self.method, rest if rest.startswith("/") else "/" + rest, self.headers, self.body)


async def read_request(reader: asyncio.StreamReader) -> Request | None:
    """The next request of a connection, or None when the client has closed it.

    Raises ValueError for what is not HTTP/1.1, and IncompleteReadError for a request that is cut.
    """
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as cut:
        if cut.partial.strip():
            raise
        return None
    # Headers of our clients are UTF-8; what is not stays as it came and equals nothing that a vector expects.
    lines = head.decode("utf-8", "surrogateescape").split("\r\n")
    method, target, _version = lines[0].split(" ", 2)
    headers: list[tuple[str, str]] = []
    for line in lines[1:]:
        if line:
            name, colon, value = line.partition(":")
            if not colon:
                raise ValueError(f"not a header: {line!r}")
            headers.append((name.lower(), value.strip()))
    request = Request(method, target, tuple(headers), b"")
    return Request(method, target, tuple(headers), await _read_body(reader, request))


async def _read_body(reader: asyncio.StreamReader, request: Request) -> bytes:
    if "chunked" in (request.header("transfer-encoding") or ""):
        parts = []
        while size := int((await reader.readline()).split(b";")[0], 16):
            parts.append(await reader.readexactly(size))
            await reader.readline()
        while (await reader.readline()).strip():
            pass
        return b"".join(parts)
    return await reader.readexactly(int(request.header("content-length") or 0))
