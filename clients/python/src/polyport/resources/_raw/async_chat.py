"""`AsyncChatResource` with raw responses."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..async_chat import AsyncChatResource
    from .async_chat_completions import AsyncChatCompletionsResourceWithRawResponse


class AsyncChatResourceWithRawResponse:
    """`AsyncChatResource` with raw responses: status and headers beside the result."""

    def __init__(self, parent: AsyncChatResource) -> None:
        self._parent = parent

    @cached_property
    def completions(self) -> AsyncChatCompletionsResourceWithRawResponse:
        """Calls of `completions`."""
        from .async_chat_completions import AsyncChatCompletionsResourceWithRawResponse

        return AsyncChatCompletionsResourceWithRawResponse(self._parent.completions)
