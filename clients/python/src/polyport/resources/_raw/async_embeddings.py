"""`AsyncEmbeddingsResource` with raw responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._runtime.responses import async_raw

if TYPE_CHECKING:
    from ..async_embeddings import AsyncEmbeddingsResource


class AsyncEmbeddingsResourceWithRawResponse:
    """`AsyncEmbeddingsResource` with raw responses: status and headers beside the result."""

    def __init__(self, parent: AsyncEmbeddingsResource) -> None:
        self._parent = parent
        self.create = async_raw(parent.create)
