"""`ChatCompletionsResource` with raw responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._runtime.responses import raw

if TYPE_CHECKING:
    from ..chat_completions import ChatCompletionsResource


class ChatCompletionsResourceWithRawResponse:
    """`ChatCompletionsResource` with raw responses: status and headers beside the result."""

    def __init__(self, parent: ChatCompletionsResource) -> None:
        self._parent = parent
        self.create = raw(parent.create)
