"""`ModelsResource` with raw responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._runtime.responses import raw

if TYPE_CHECKING:
    from ..models import ModelsResource


class ModelsResourceWithRawResponse:
    """`ModelsResource` with raw responses: status and headers beside the result."""

    def __init__(self, parent: ModelsResource) -> None:
        self._parent = parent
        self.list = raw(parent.list)
        self.retrieve = raw(parent.retrieve)
