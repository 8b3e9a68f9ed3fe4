"""`AsyncProvidersResource` with raw responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._runtime.responses import async_raw

if TYPE_CHECKING:
    from ..async_providers import AsyncProvidersResource


class AsyncProvidersResourceWithRawResponse:
    """`AsyncProvidersResource` with raw responses: status and headers beside the result."""

    def __init__(self, parent: AsyncProvidersResource) -> None:
        self._parent = parent
        self.list = async_raw(parent.list)
        self.retrieve = async_raw(parent.retrieve)
