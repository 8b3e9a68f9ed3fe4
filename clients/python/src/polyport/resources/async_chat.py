"""The asynchronous `client.chat`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .._runtime.resource import AsyncResource

if TYPE_CHECKING:
    from .async_chat_completions import AsyncChatCompletions, AsyncChatCompletionsWithRawResponse


class AsyncChat(AsyncResource):
    """Answers to a conversation."""

    @cached_property
    def completions(self) -> AsyncChatCompletions:
        """Calls of `completions`."""
        from .async_chat_completions import AsyncChatCompletions

        return AsyncChatCompletions(self._client)


class AsyncChatWithRawResponse:
    """`AsyncChat` with raw responses: status and headers beside the result."""

    def __init__(self, parent: AsyncChat) -> None:
        self._parent = parent

    @cached_property
    def completions(self) -> AsyncChatCompletionsWithRawResponse:
        """Calls of `completions`."""
        from .async_chat_completions import AsyncChatCompletionsWithRawResponse

        return AsyncChatCompletionsWithRawResponse(self._parent.completions)
