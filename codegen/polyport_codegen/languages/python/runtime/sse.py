"""Server-sent events out of bytes (WHATWG HTML, section 9.2), and JSON lines beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ServerSentEvent:
    """One event as it came: its `data` lines joined by newlines, its name (None: it has none), the last
    id that was seen, and the time to wait before connecting again that it says, in milliseconds."""

    data: str
    event: str | None = None
    id: str | None = None
    retry: int | None = None

    def json(self) -> Any:
        """The data as JSON.

        Raises:
            ValueError: when it is none.
        """
        return json.loads(self.data)


class LineSplitter:
    """Cuts a byte stream into lines ended by LF, CR or CRLF, wherever the chunks are cut."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._skip_lf = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yields the lines that `chunk` completes, without their ends."""
        if self._skip_lf and chunk:
            self._skip_lf = False
            if chunk[0] == 0x0A:
                chunk = chunk[1:]
        if not chunk:
            return
        if chunk[-1] == 0x0D:
            self._skip_lf = True
        lines = chunk.splitlines(keepends=True)
        last = lines.pop() if lines[-1][-1] not in b"\r\n" else b""
        for line in lines:
            line = line.rstrip(b"\r\n")
            if self._rest:
                self._rest += line
                line = bytes(self._rest)
                self._rest.clear()
            yield line
        self._rest += last

    def end(self) -> Iterator[bytes]:
        """Yields the last line when it has no end."""
        if self._rest:
            yield bytes(self._rest)
            self._rest.clear()


class SSEParser:
    """Events from chunks of any size; an event that is never finished is never dispatched."""

    def __init__(self) -> None:
        self._lines = LineSplitter()
        self._started = False
        self._head = b""
        self._data: list[str] = []
        self._event = ""
        self._id: str | None = None
        self._retry: int | None = None

    def feed(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        """Yields the events that `chunk` completes."""
        if not self._started:
            chunk = self._without_bom(chunk)
        for line in self._lines.feed(chunk):
            if line:
                self._field(line)
            elif self._data:
                yield self._dispatch()
            else:
                self._forget()

    def unfinished(self) -> str:
        """The data of the event that the end of the stream cuts off."""
        for line in self._lines.end():
            self._field(line)
        return "\n".join(self._data)

    def _forget(self) -> None:
        self._event = ""
        self._retry = None

    def _without_bom(self, chunk: bytes) -> bytes:
        self._head += chunk
        bom = b"\xef\xbb\xbf"
        if len(self._head) < 3 and bom.startswith(self._head):
            return b""
        self._started = True
        head, self._head = self._head, b""
        return head.removeprefix(bom)

    def _dispatch(self) -> ServerSentEvent:
        event = ServerSentEvent("\n".join(self._data), self._event or None, self._id, self._retry)
        self._data = []
        self._forget()
        return event

    def _field(self, line: bytes) -> None:
        name, _, raw = line.partition(b":")
        value = raw.removeprefix(b" ").decode("utf-8", "replace")
        if name == b"data":
            self._data.append(value)
        elif name == b"event":
            self._event = value
        elif name == b"id":
            if "\0" not in value:
                self._id = value
        elif name == b"retry" and value.isascii() and value.isdigit():
            self._retry = int(value)
