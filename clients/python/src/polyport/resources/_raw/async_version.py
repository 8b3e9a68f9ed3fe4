"""`AsyncVersionResource` with raw responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._runtime.responses import async_raw

if TYPE_CHECKING:
    from ..async_version import AsyncVersionResource


class AsyncVersionResourceWithRawResponse:
    """`AsyncVersionResource` with raw responses: status and headers beside the result."""

    def __init__(self, parent: AsyncVersionResource) -> None:
        self._parent = parent
        self.retrieve = async_raw(parent.retrieve)
