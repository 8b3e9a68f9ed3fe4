"""`EmbeddingsResource` with raw responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._runtime.responses import raw

if TYPE_CHECKING:
    from ..embeddings import EmbeddingsResource


class EmbeddingsResourceWithRawResponse:
    """`EmbeddingsResource` with raw responses: status and headers beside the result."""

    def __init__(self, parent: EmbeddingsResource) -> None:
        self._parent = parent
        self.create = raw(parent.create)
