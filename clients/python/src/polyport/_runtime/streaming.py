"""Streams of typed events: iterators that close their connection, and what they add up to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar

from typing_extensions import Self

from .construct import builder
from .headers import Headers
from .operation import AsyncOutcome, Call, Outcome

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)
R = TypeVar("R")


class Accumulator(Protocol[T_contra, R_co]):
    """Adds events up to a result: see `Stream.accumulate`."""

    def add(self, event: T_contra, /) -> None:
        """Take one more event."""
        ...

    def result(self) -> R_co:
        """What the events so far add up to."""
        ...


class _StreamHead:
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


class Stream(_StreamHead, Generic[T]):
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

    def accumulate(self, accumulator: Accumulator[T, R]) -> R:
        """Read to the end, and give what the events add up to."""
        with self:
            for event in self:
                accumulator.add(event)
        return accumulator.result()


class AsyncStream(_StreamHead, Generic[T]):
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

    async def accumulate(self, accumulator: Accumulator[T, R]) -> R:
        """Read to the end, and give what the events add up to."""
        async with self:
            async for event in self:
                accumulator.add(event)
        return accumulator.result()
