"""Server-sent events out of bytes (WHATWG HTML, section 9.2.6), a read at a time."""

from __future__ import annotations

from polyport_gateway.upstream.errors import Fault, UpstreamError

#: An event: its data, and its name ("" when it has none).
Event = tuple[bytes, str]

_BOM = b"\xef\xbb\xbf"


class EventParser:
    """Feed what each read brought, get the events that it completed. Keeps the unfinished rest, at most `limit`
    bytes."""

    def __init__(self, limit: int = 16 * 1024 * 1024) -> None:
        self._rest = b""
        self._limit = limit
        self._after_cr = False
        self._first = True

    def feed(self, data: bytes) -> list[Event]:
        """The events completed by `data`. Raises UpstreamError when one event is larger than the limit."""
        if self._after_cr or b"\r" in data:
            data = self._normalise(data)
        blocks = (self._rest + data if self._rest else data).split(b"\n\n")
        self._rest = blocks.pop()
        if len(self._rest) > self._limit:
            raise UpstreamError(Fault.PROTOCOL, f"an event longer than {self._limit} bytes", answered=True)
        events: list[Event] = []
        for block in blocks:
            if block.startswith(b"data: ") and b"\n" not in block:
                events.append((block[6:], ""))
            elif (event := self._parse(block)) is not None:
                events.append(event)
        if blocks:
            self._first = False
        return events

    def finish(self) -> list[Event]:
        """What stands unterminated at the end of the stream: some servers leave out the last empty line."""
        event = self._parse(self._rest)
        self._rest = b""
        return [event] if event is not None else []

    def _normalise(self, data: bytes) -> bytes:
        """Line ends become LF; a CR at the end of one read and the LF at the start of the next are one line end."""
        if self._after_cr and data.startswith(b"\n"):
            data = data[1:]
            self._after_cr = False
        if data:
            self._after_cr = data.endswith(b"\r")
        return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")

    def _parse(self, block: bytes) -> Event | None:
        """One block of lines; None when it has no data (comments, keep-alives)."""
        if self._first:
            block = block.removeprefix(_BOM)
        data: list[bytes] = []
        name = ""
        for line in block.split(b"\n"):
            field, _, value = line.partition(b":")
            value = value.removeprefix(b" ")
            if field == b"data":
                data.append(value)
            elif field == b"event":
                name = value.decode("utf-8", "replace")
        return (b"\n".join(data), name) if data else None
