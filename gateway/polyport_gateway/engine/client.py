"""The asyncio client of the engine, for gateway workers and the command line. Imports no torch."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import msgspec

from .errors import EngineError, EngineLost, RequestError
from .messages import (
    PROTOCOL_VERSION,
    Cancel,
    Chat,
    ClientMessage,
    Complete,
    Done,
    Embed,
    Embedded,
    Event,
    Failed,
    FrameSplitter,
    Hello,
    Piece,
    State,
    encode_frame,
    engine_decoder,
)

log = logging.getLogger(__name__)
MAX_BUFFERED = 1024 * 1024  # of text and reports that a stream's reader has not taken yet, in bytes
_RETRY_SECONDS = (0.05, 0.1, 0.2, 0.5, 1.0)


class EngineClient:
    """One connection to one engine, made again whenever it is lost. Used from one event loop.

        client = await EngineClient.connect(path)
        async for events in client.chat(Chat(0, "smollm2-135m", [{"role": "user", "content": "Hi"}])):
            ...

    Streams raise EngineLost when the connection breaks, RequestError when the engine refuses or fails a request, and EngineError when their
    reader falls more than 1 MiB behind. Closing a stream early cancels its request.
    """

    def __init__(self, path: str | Path, on_state: Callable[[State | None], None] = lambda state: None) -> None:
        """`on_state` hears of every state, None while there is no connection."""
        self.path = str(path)
        self.state: State | None = None
        self._on_state = on_state
        self._ids = itertools.count(1)
        self._streams: dict[int, _Stream] = {}
        self._writer: asyncio.StreamWriter | None = None
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def connect(cls, path: str | Path) -> EngineClient:
        """A client whose engine has answered. Raises EngineLost if none does within ten seconds."""
        client = cls(path)
        client.start()
        try:
            async with asyncio.timeout(10):
                await client.wait_for(lambda state: state is not None)
        except TimeoutError as error:
            await client.close()
            raise EngineLost(f"{path}: no engine answers there") from error
        return client

    def start(self) -> None:
        """Begin connecting, and go on for as long as the client is open."""
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Close the connection; open requests fail with EngineLost."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def wait_for(self, wanted: Callable[[State | None], bool]) -> State | None:
        """Wait until the state is as wanted, and return it. The caller sets the time limit."""
        while not wanted(self.state):
            self._changed.clear()
            await self._changed.wait()
        return self.state

    async def ready(self) -> State:
        """Wait until no model is loading any more. Raises EngineError with the reason if one failed."""
        state = await self.wait_for(lambda s: s is not None and s.phase != "loading")
        assert state is not None
        if state.phase == "failed":
            raise EngineError(state.reason)
        return state

    def chat(self, request: Chat) -> AsyncGenerator[list[Event], None]:
        """The request's events, in lists of what came together: Started, Pieces, and Done as the last. The request's id is replaced."""
        return self._stream(request)

    def complete(self, request: Complete) -> AsyncGenerator[list[Event], None]:
        """As `chat`."""
        return self._stream(request)

    async def embed(self, request: Embed) -> Embedded:
        """The vectors for all inputs. Raises as the streams do."""
        async for events in self._stream(request):
            for event in events:
                if isinstance(event, Embedded):
                    return event
        raise EngineError("the engine ended an embedding without vectors")

    async def _stream(self, request: Chat | Complete | Embed) -> AsyncGenerator[list[Event], None]:
        stream = _Stream(next(self._ids))
        self._send(msgspec.structs.replace(request, id=stream.id))
        self._streams[stream.id] = stream
        try:
            while True:
                events = await stream.take()
                failed = events[-1] if isinstance(events[-1], Failed) else None
                if failed is not None:
                    if len(events) > 1:
                        yield events[:-1]
                    raise RequestError(failed.message, failed.code, failed.param)
                yield events
                if isinstance(events[-1], Done | Embedded):
                    return
        finally:
            if self._streams.pop(stream.id, None) is not None and not stream.ended:
                with contextlib.suppress(EngineLost):
                    self._send(Cancel(stream.id))

    def _send(self, message: ClientMessage) -> None:
        if self._writer is None:
            raise EngineLost(f"{self.path}: the engine is not there")
        try:
            self._writer.write(encode_frame(message))
        except ValueError as error:
            raise RequestError(str(error), "request_too_large") from error

    async def _run(self) -> None:
        """Connect, read until the connection ends, begin again."""
        tries = 0
        while True:
            try:
                reader, writer = await asyncio.open_unix_connection(self.path)
            except OSError:
                await asyncio.sleep(_RETRY_SECONDS[min(tries, len(_RETRY_SECONDS) - 1)])
                tries += 1
                continue
            tries = 0
            try:
                self._writer = writer
                writer.write(encode_frame(Hello()))
                await self._read(reader)
            except (OSError, ValueError, msgspec.DecodeError) as error:
                log.warning("the connection to the engine broke: %s", error)
            finally:
                self._lose()
                writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> None:
        splitter = FrameSplitter()
        while data := await reader.read(256 * 1024):
            for body in splitter.feed(data):
                message = engine_decoder.decode(body)
                if isinstance(message, State):
                    if message.version != PROTOCOL_VERSION:
                        raise ValueError(
                            f"the engine speaks version {message.version} of the protocol, this client {PROTOCOL_VERSION}"
                        )
                    self._set_state(message)
                else:
                    self._distribute(message.events, len(body))

    def _distribute(self, events: list[Event], size: int) -> None:
        by_stream: dict[int, list[Event]] = {}
        for event in events:
            by_stream.setdefault(event.id, []).append(event)
        for id, own in by_stream.items():
            stream = self._streams.get(id)
            if stream is not None and not stream.put(own, size * len(own) // len(events)):
                self._send(Cancel(id))

    def _lose(self) -> None:
        self._writer = None
        streams, self._streams = list(self._streams.values()), {}
        for stream in streams:
            stream.fail(EngineLost("the engine went away while it worked on this request"))
        self._set_state(None)

    def _set_state(self, state: State | None) -> None:
        self.state = state
        self._changed.set()
        self._on_state(state)


class _Stream:
    """What came for one request and was not yet taken."""

    def __init__(self, id: int) -> None:
        self.id = id
        self.ended = False
        self._events: list[Event] = []
        self._size = 0
        self._error: EngineError | None = None
        self._wake = asyncio.Event()

    def put(self, events: list[Event], size: int) -> bool:
        """Keep events for the reader; False, once, when it has fallen too far behind."""
        if self.ended:
            return True
        self._events += events
        self._size += size
        self.ended = isinstance(events[-1], Done | Embedded | Failed)
        self._wake.set()
        if self._size > MAX_BUFFERED and not isinstance(events[-1], Embedded):
            self.fail(EngineError("the reader of this stream fell more than 1 MiB behind"))
            return False
        return True

    def fail(self, error: EngineError) -> None:
        self._error, self.ended = error, True
        self._wake.set()

    async def take(self) -> list[Event]:
        """All that has come, as soon as anything has; what came before an error is still given."""
        while not self._events:
            if self._error is not None:
                raise self._error
            self._wake.clear()
            await self._wake.wait()
        events, self._events, self._size = self._events, [], 0
        return events


def text_of(events: list[Event], index: int = 0) -> str:
    """The text that events add to one answer."""
    return "".join(event.text for event in events if isinstance(event, Piece) and event.index == index)
