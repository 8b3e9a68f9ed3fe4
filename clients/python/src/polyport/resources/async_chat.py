"""The asynchronous `client.chat`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .._runtime.resource import AsyncResource

if TYPE_CHECKING:
    from .async_chat_completions import AsyncChatCompletionsResource


class AsyncChatResource(AsyncResource):
    """Answers to a conversation."""

    @cached_property
    def completions(self) -> AsyncChatCompletionsResource:
        """Calls of `completions`."""
        from .async_chat_completions import AsyncChatCompletionsResource

        return AsyncChatCompletionsResource(self._client)
