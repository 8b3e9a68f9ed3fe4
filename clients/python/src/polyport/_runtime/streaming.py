"""Streams of typed events: iterators that close their connection, and what they add up to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar, cast, overload

from typing_extensions import Self
from typing_extensions import TypeVar as DefaultedTypeVar

from .accumulate import DeltaAccumulator
from .construct import builder
from .headers import Headers
from .operation import AsyncOutcome, Call, Outcome
from .sse import ServerSentEvent

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)
R = TypeVar("R")
#: What the events add up to; None where they do not.
W = DefaultedTypeVar("W", default=None)


class Accumulator(Protocol[T_contra, R_co]):
    """Adds events up to a result: see `Stream.accumulate`."""

    def add(self, event: T_contra, /) -> None:
        """Take one more event."""
        ...

    def result(self) -> R_co:
        """What the events so far add up to."""
        ...


class _StreamHead(Generic[W]):
    """What both streams tell about the response that they read."""

    def __init__(self, call: Call, outcome: Outcome | AsyncOutcome) -> None:
        self.call = call
        self.status: int = outcome.status
        self.headers: Headers = outcome.headers
        self._build: Callable[[Any], Any] = builder(call.operation.result)

    @property
    def request_id(self) -> str | None:
        """The server's name for this request."""
        return self.headers.get("x-request-id")

    def accumulator(self) -> DeltaAccumulator[W]:
        """What adds this stream's events up, to be given them one by one.

        Raises:
            TypeError: when the events do not add up to one whole.
        """
        if self.call.operation.deltas is None:
            raise TypeError(
                "the events of this stream do not add up to one whole: give accumulate() an"
                " accumulator of your own"
            )
        return DeltaAccumulator(self.call.operation.deltas)


class Stream(_StreamHead[W], Generic[T, W]):
    """Typed events as they come. Leave the `with` block, or `close()`, to stop early.

    Iterating raises `APIStreamError` for an error event or a cut, `APITimeoutError` for silence.
    """

    def __init__(self, call: Call, outcome: Outcome) -> None:
        super().__init__(call, outcome)
        self._outcome = outcome
        self._events = self._iterate()

    def _iterate(self) -> Iterator[T]:
        messages = self._outcome.messages()
        try:
            for message in messages:
                yield self._build(message)
        finally:
            self._outcome.close()

    def events(self) -> Iterator[ServerSentEvent]:
        """The events as they come, untyped: name, data, id. Iterate over these or over the stream.

        Raises what iterating over the stream raises, but for data that is not JSON.
        """
        events = self._outcome.events()
        try:
            yield from events
        finally:
            self._outcome.close()

    def __iter__(self) -> Iterator[T]:
        return self._events

    def __next__(self) -> T:
        return next(self._events)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop reading and close the connection. Does no harm when the stream has ended."""
        self._outcome.close()

    @overload
    def accumulate(self) -> W: ...

    @overload
    def accumulate(self, accumulator: Accumulator[T, R]) -> R: ...

    def accumulate(self, accumulator: Accumulator[T, R] | None = None) -> R | W:
        """Read to the end, and give what the events add up to: without an accumulator of your own,
        what the plain call gives.

        Raises:
            TypeError: without an accumulator, when the events do not add up to one whole.
        """
        total = cast("Accumulator[T, R | W]", accumulator or self.accumulator())
        with self:
            for event in self:
                total.add(event)
        return total.result()


class AsyncStream(_StreamHead[W], Generic[T, W]):
    """The asynchronous twin of `Stream`: `async with` and `async for`."""

    def __init__(self, call: Call, outcome: AsyncOutcome) -> None:
        super().__init__(call, outcome)
        self._outcome = outcome
        self._events = self._iterate()

    async def _iterate(self) -> AsyncIterator[T]:
        messages = self._outcome.messages()
        try:
            async for message in messages:
                yield self._build(message)
        finally:
            await self._outcome.close()

    async def events(self) -> AsyncIterator[ServerSentEvent]:
        """The events as they come, untyped: name, data, id. Iterate over these or over the stream.

        Raises what iterating over the stream raises, but for data that is not JSON.
        """
        events = self._outcome.events()
        try:
            async for event in events:
                yield event
        finally:
            await self._outcome.close()

    def __aiter__(self) -> AsyncIterator[T]:
        return self._events

    async def __anext__(self) -> T:
        return await self._events.__anext__()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Stop reading and close the connection. Does no harm when the stream has ended."""
        await self._outcome.close()

    @overload
    async def accumulate(self) -> W: ...

    @overload
    async def accumulate(self, accumulator: Accumulator[T, R]) -> R: ...

    async def accumulate(self, accumulator: Accumulator[T, R] | None = None) -> R | W:
        """Read to the end, and give what the events add up to: without an accumulator of your own,
        what the plain call gives.

        Raises:
            TypeError: without an accumulator, when the events do not add up to one whole.
        """
        total = cast("Accumulator[T, R | W]", accumulator or self.accumulator())
        async with self:
            async for event in self:
                total.add(event)
        return total.result()
