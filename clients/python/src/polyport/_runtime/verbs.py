"""Endpoints that the API's document does not have: `client.post("/x", cast_to=dict, body=...)`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .async_client import AsyncCore
from .client import SyncCore
from .operation import BodyFormat, Operation, ResultKind
from .sentinels import NOT_GIVEN, NotGiven
from .settings import CallOptions

T = TypeVar("T")


def undocumented(method: str, path: str, cast_to: type[T], body: Any) -> Operation[T]:
    """The operation for a method and a path. It has no id: transports other than HTTP refuse it.

    `cast_to` decides how the answer is read: `NoneType` not at all, `str` as text, `bytes` as it
    is, else as JSON made into that type. A body of bytes is sent as it is, any other as JSON.
    """
    kind: ResultKind = "json"
    if cast_to is type(None):
        kind = "none"
    elif cast_to is str:
        kind = "text"
    elif cast_to is bytes:
        kind = "binary"
    form: BodyFormat | None = None
    if isinstance(body, (bytes, bytearray)):
        form = BodyFormat("binary", "application/octet-stream")
    elif body is not NOT_GIVEN:
        form = BodyFormat()
    accept = "application/json" if kind == "json" else "*/*"
    return Operation[T]("", method.upper(), path, cast_to, kind, body=form, accept=accept)


class SyncClient(SyncCore):
    """A client that also reaches what the document does not have."""

    def request(
        self,
        method: str,
        path: str,
        *,
        cast_to: type[T],
        body: Any = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | NotGiven | None = NOT_GIVEN,
    ) -> T:
        """Send any method to any path of the API's server."""
        operation = undocumented(method, path, cast_to, body)
        options = CallOptions(extra_headers, extra_query, None, timeout)
        return self._request(operation, body=body, options=options)

    def get(
        self,
        path: str,
        *,
        cast_to: type[T],
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | NotGiven | None = NOT_GIVEN,
    ) -> T:
        """Send GET to any path of the API's server."""
        return self.request(
            "GET",
            path,
            cast_to=cast_to,
            extra_headers=extra_headers,
            extra_query=extra_query,
            timeout=timeout,
        )

    def post(
        self,
        path: str,
        *,
        cast_to: type[T],
        body: Any = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | NotGiven | None = NOT_GIVEN,
    ) -> T:
        """Send POST to any path of the API's server."""
        return self.request(
            "POST",
            path,
            cast_to=cast_to,
            body=body,
            extra_headers=extra_headers,
            extra_query=extra_query,
            timeout=timeout,
        )

    def put(
        self,
        path: str,
        *,
        cast_to: type[T],
        body: Any = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | NotGiven | None = NOT_GIVEN,
    ) -> T:
        """Send PUT to any path of the API's server."""
        return self.request(
            "PUT",
            path,
            cast_to=cast_to,
            body=body,
            extra_headers=extra_headers,
            extra_query=extra_query,
            timeout=timeout,
        )

    def patch(
        self,
        path: str,
        *,
        cast_to: type[T],
        body: Any = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | NotGiven | None = NOT_GIVEN,
    ) -> T:
        """Send PATCH to any path of the API's server."""
        return self.request(
            "PATCH",
            path,
            cast_to=cast_to,
            body=body,
            extra_headers=extra_headers,
            extra_query=extra_query,
            timeout=timeout,
        )

    def delete(
        self,
        path: str,
        *,
        cast_to: type[T],
        body: Any = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | NotGiven | None = NOT_GIVEN,
    ) -> T:
        """Send DELETE to any path of the API's server."""
        return self.request(
            "DELETE",
            path,
            cast_to=cast_to,
            body=body,
            extra_headers=extra_headers,
            extra_query=extra_query,
            timeout=timeout,
        )


class AsyncClient(AsyncCore):
    """A client that also reaches what the document does not have."""

    async def request(
        self,
        method: str,
        path: str,
        *,
        cast_to: type[T],
        body: Any = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | NotGiven | None = NOT_GIVEN,
    ) -> T:
        """Send any method to any path of the API's server."""
        operation = undocumented(method, path, cast_to, body)
        options = CallOptions(extra_headers, extra_query, None, timeout)
        return await self._request(operation, body=body, options=options)

    async def get(
        self,
        path: str,
        *,
        cast_to: type[T],
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | NotGiven | None = NOT_GIVEN,
    ) -> T:
        """Send GET to any path of the API's server."""
        return await self.request(
            "GET",
            path,
            cast_to=cast_to,
            extra_headers=extra_headers,
            extra_query=extra_query,
            timeout=timeout,
        )

    async def post(
        self,
        path: str,
        *,
        cast_to: type[T],
        body: Any = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | NotGiven | None = NOT_GIVEN,
    ) -> T:
        """Send POST to any path of the API's server."""
        return await self.request(
            "POST",
            path,
            cast_to=cast_to,
            body=body,
            extra_headers=extra_headers,
            extra_query=extra_query,
            timeout=timeout,
        )

    async def put(
        self,
        path: str,
        *,
        cast_to: type[T],
        body: Any = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | NotGiven | None = NOT_GIVEN,
    ) -> T:
        """Send PUT to any path of the API's server."""
        return await self.request(
            "PUT",
            path,
            cast_to=cast_to,
            body=body,
            extra_headers=extra_headers,
            extra_query=extra_query,
            timeout=timeout,
        )

    async def patch(
        self,
        path: str,
        *,
        cast_to: type[T],
        body: Any = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | NotGiven | None = NOT_GIVEN,
    ) -> T:
        """Send PATCH to any path of the API's server."""
        return await self.request(
            "PATCH",
            path,
            cast_to=cast_to,
            body=body,
            extra_headers=extra_headers,
            extra_query=extra_query,
            timeout=timeout,
        )

    async def delete(
        self,
        path: str,
        *,
        cast_to: type[T],
        body: Any = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | NotGiven | None = NOT_GIVEN,
    ) -> T:
        """Send DELETE to any path of the API's server."""
        return await self.request(
            "DELETE",
            path,
            cast_to=cast_to,
            body=body,
            extra_headers=extra_headers,
            extra_query=extra_query,
            timeout=timeout,
        )
