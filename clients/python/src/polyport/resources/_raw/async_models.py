"""`AsyncModelsResource` with raw responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._runtime.responses import async_raw

if TYPE_CHECKING:
    from ..async_models import AsyncModelsResource


class AsyncModelsResourceWithRawResponse:
    """`AsyncModelsResource` with raw responses: status and headers beside the result."""

    def __init__(self, parent: AsyncModelsResource) -> None:
        self._parent = parent
        self.list = async_raw(parent.list)
        self.retrieve = async_raw(parent.retrieve)
