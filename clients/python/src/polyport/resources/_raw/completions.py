"""`CompletionsResource` with raw responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._runtime.responses import raw

if TYPE_CHECKING:
    from ..completions import CompletionsResource


class CompletionsResourceWithRawResponse:
    """`CompletionsResource` with raw responses: status and headers beside the result."""

    def __init__(self, parent: CompletionsResource) -> None:
        self._parent = parent
        self.create = raw(parent.create)
