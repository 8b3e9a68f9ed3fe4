"""Answers beyond their typed result: raw ones with headers and status, and downloads."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from types import TracebackType
from typing import Any, Generic, ParamSpec, TypeVar, cast

from typing_extensions import Self

from .headers import Headers
from .operation import AsyncOutcome, Outcome

P = ParamSpec("P")
T = TypeVar("T")


class RawResponse(Generic[T]):
    """An answer with its status and headers; `parse()` gives the typed result."""

    def __init__(
        self, status: int, headers: Headers, content: bytes, parse: Callable[[], Any]
    ) -> None:
        self.status = status
        self.headers = headers
        self.content: bytes = content
        self._parse = parse
        self._parsed: list[Any] = []

    @property
    def request_id(self) -> str | None:
        """The server's name for this request."""
        return self.headers.get("x-request-id")

    def parse(self) -> T:
        """The typed result, made at the first call."""
        if not self._parsed:
            self._parsed.append(self._parse())
        return cast(T, self._parsed[0])

    def text(self) -> str:
        """The body as text."""
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body as plain JSON data."""
        return json.loads(self.content)

    def __repr__(self) -> str:
        return f"RawResponse(status={self.status}, request_id={self.request_id!r})"


def raw(method: Callable[P, T]) -> Callable[P, RawResponse[T]]:
    """The method of a raw client, with the type that it really has there."""
    return cast("Callable[P, RawResponse[T]]", method)


def async_raw(method: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[RawResponse[T]]]:
    """The asynchronous twin of `raw`."""
    return cast("Callable[P, Awaitable[RawResponse[T]]]", method)


class BinaryResponse:
    """A download that is read as it is used, once."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self.status: int = outcome.status
        self.headers: Headers = outcome.headers

    @property
    def content_type(self) -> str:
        """The media type that the server gave."""
        return self.headers.get("content-type", "application/octet-stream")

    def iter_bytes(self) -> Iterator[bytes]:
        """The bytes in pieces as they come."""
        return self._outcome.iter_bytes()

    def read(self) -> bytes:
        """All bytes."""
        return b"".join(self._outcome.iter_bytes())

    def write_to_file(self, path: str | os.PathLike[str]) -> None:
        """Write the bytes to `path` as they come; an existing file is replaced at the end.

        A download that breaks off leaves what was at `path` before.
        """
        partial = f"{os.fspath(path)}.part"
        try:
            with open(partial, "wb") as file:
                for piece in self._outcome.iter_bytes():
                    file.write(piece)
            os.replace(partial, path)
        finally:
            if os.path.exists(partial):
                os.unlink(partial)

    def close(self) -> None:
        """Stop reading and close the connection."""
        self._outcome.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class AsyncBinaryResponse:
    """The asynchronous twin of `BinaryResponse`."""

    def __init__(self, outcome: AsyncOutcome) -> None:
        self._outcome = outcome
        self.status: int = outcome.status
        self.headers: Headers = outcome.headers

    @property
    def content_type(self) -> str:
        """The media type that the server gave."""
        return self.headers.get("content-type", "application/octet-stream")

    def iter_bytes(self) -> AsyncIterator[bytes]:
        """The bytes in pieces as they come."""
        return self._outcome.iter_bytes()

    async def read(self) -> bytes:
        """All bytes."""
        return b"".join([piece async for piece in self._outcome.iter_bytes()])

    async def write_to_file(self, path: str | os.PathLike[str]) -> None:
        """Write the bytes to `path` as they come; an existing file is replaced at the end.

        A download that breaks off leaves what was at `path` before.
        """
        partial = f"{os.fspath(path)}.part"
        try:
            with open(partial, "wb") as file:
                async for piece in self._outcome.iter_bytes():
                    file.write(piece)
            os.replace(partial, path)
        finally:
            if os.path.exists(partial):
                os.unlink(partial)

    async def close(self) -> None:
        """Stop reading and close the connection."""
        await self._outcome.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()
