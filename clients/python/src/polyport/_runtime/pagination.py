"""Pages of lists: iterate over a page and the next ones are fetched as they are needed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator, Mapping
from dataclasses import replace
from typing import Any, Generic, TypeVar

from .construct import construct
from .errors import APIDecodingError
from .links import linked, next_link
from .operation import Answer, Call, Paging

T = TypeVar("T")


def dig(value: Any, path: tuple[str, ...]) -> Any:
    """The member at `path`, or None where there is none."""
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def next_arguments(
    paging: Paging, query: Mapping[str, Any], body: Any, count: int
) -> dict[str, Any] | None:
    """The query of the page after `body` with its `count` items, or None after the last."""
    if paging.style in ("single", "link"):
        return None
    more = _told(paging, body)
    if more is False:
        return None
    if paging.style == "cursor":
        following = _cursor(paging, body)
        return None if following in (None, "") else {**query, paging.request_member: following}
    if count == 0:
        return None
    total = dig(body, paging.total_pages) if paging.total_pages else None
    counted = isinstance(total, int)
    asked = query.get(paging.limit_member) if paging.limit_member else None
    if not more and not counted and isinstance(asked, int) and count < asked:
        return None
    if paging.style == "offset":
        at = query.get(paging.request_member)
        offset = at if isinstance(at, int) else 0
        return {**query, paging.request_member: offset + count}
    at = query.get(paging.request_member)
    page = at if isinstance(at, int) else paging.first
    if isinstance(total, int) and page - paging.first + 1 >= total:
        return None
    return {**query, paging.request_member: page + 1}


def _told(paging: Paging, body: Any) -> bool | None:
    """Whether the answer says that there are more pages; None when it says nothing of it."""
    holder = dig(body, paging.has_more[:-1])
    if not paging.has_more or not isinstance(holder, dict) or paging.has_more[-1] not in holder:
        return None
    return holder[paging.has_more[-1]] not in (False, None, "")


def _cursor(paging: Paging, body: Any) -> Any:
    if paging.next_cursor:
        return dig(body, paging.next_cursor)
    items = dig(body, paging.items) if paging.items else body
    return dig(items[-1], (paging.cursor_field,)) if isinstance(items, list) and items else None


def _link(paging: Paging, body: Any, answer: Answer) -> Any:
    if paging.next_link:
        return dig(body, paging.next_link)
    return next_link(answer.headers.get("link", ""))


class _Page(Generic[T]):
    """What both pages share: the items of one answer and where the next one is.

    Attributes:
        data: the items of this page.
        body: the whole answer as plain JSON data, with what stands beside the items.
    """

    data: list[T]

    def __init__(self, call: Call, answer: Answer) -> None:
        body = answer.value()
        paging = call.operation.paging
        if paging is None:
            raise ValueError(f"{call.operation.id} has no pages")
        items = dig(body, paging.items) if paging.items else body
        items = items if isinstance(items, list) else []
        self.data = [construct(call.operation.result, item) for item in items]
        self.body = body
        query = call.arguments.get("query", {})
        self._call = call
        self._query = next_arguments(paging, query, body, len(items))
        self._link = _link(paging, body, answer) if paging.style == "link" else None

    def has_next_page(self) -> bool:
        """Whether there may be another page."""
        return self._query is not None or self._link not in (None, "")

    def _following(self) -> Call | None:
        if self._query is not None:
            return self._with_query(self._query)
        return linked(self._call, self._link) if self.has_next_page() else None

    def _with_query(self, query: dict[str, Any]) -> Call:
        call, cursors = self._call, self._call.cursors
        paging = call.operation.paging
        if paging is not None and paging.style == "cursor":
            cursor = query[paging.request_member]
            cursors = (*cursors, call.arguments.get("query", {}).get(paging.request_member))
            if cursor in cursors:
                raise APIDecodingError(
                    "the cursor of the next page was there before: the pages go round in a circle:"
                    f" {cursor}",
                    raw=str(cursor).encode(),
                    method=call.method,
                    path=call.path,
                )
        arguments = {**call.arguments, "query": query}
        return replace(call, arguments=arguments, attempt=0, cursors=cursors)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(data={self.data!r}, has_next_page={self.has_next_page()})"


class SyncPage(_Page[T]):
    """One page. Iterating goes through all items of this page and of those after it."""

    def __init__(self, call: Call, answer: Answer, fetch: Callable[[Call], SyncPage[T]]) -> None:
        super().__init__(call, answer)
        self._fetch = fetch

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.data

    def pages(self) -> Iterator[SyncPage[T]]:
        """This page and those after it."""
        page: SyncPage[T] | None = self
        while page is not None:
            yield page
            page = page.next_page()

    def next_page(self) -> SyncPage[T] | None:
        """The next page, or None after the last.

        Raises:
            APIDecodingError: when the answer leads to a page that was there before, or its link to
                another origin.
        """
        following = self._following()
        return None if following is None else self._fetch(following)


class AsyncPage(_Page[T]):
    """The asynchronous twin of `SyncPage`: `async for` goes through all items."""

    def __init__(
        self, call: Call, answer: Answer, fetch: Callable[[Call], Awaitable[AsyncPage[T]]]
    ) -> None:
        super().__init__(call, answer)
        self._fetch = fetch

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.data:
                yield item

    async def pages(self) -> AsyncIterator[AsyncPage[T]]:
        """This page and those after it."""
        page: AsyncPage[T] | None = self
        while page is not None:
            yield page
            page = await page.next_page()

    async def next_page(self) -> AsyncPage[T] | None:
        """The asynchronous twin of `SyncPage.next_page`."""
        following = self._following()
        return None if following is None else await self._fetch(following)


class AsyncPages(Generic[T]):
    """A list call not sent yet: `await` gives its first page, `async for` all items."""

    def __init__(self, fetch: Callable[[], Awaitable[Any]]) -> None:
        self._fetch = fetch

    def __await__(self) -> Generator[Any, None, AsyncPage[T]]:
        return self._fetch().__await__()

    async def __aiter__(self) -> AsyncIterator[T]:
        first: AsyncPage[T] = await self._fetch()
        async for item in first:
            yield item
