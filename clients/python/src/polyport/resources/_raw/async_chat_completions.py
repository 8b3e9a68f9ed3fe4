"""`AsyncChatCompletionsResource` with raw responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._runtime.responses import async_raw

if TYPE_CHECKING:
    from ..async_chat_completions import AsyncChatCompletionsResource


class AsyncChatCompletionsResourceWithRawResponse:
    """`AsyncChatCompletionsResource` with raw responses: status and headers beside the result."""

    def __init__(self, parent: AsyncChatCompletionsResource) -> None:
        self._parent = parent
        self.create = async_raw(parent.create)
