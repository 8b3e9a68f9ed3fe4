"""`client.chat` of the API."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .._runtime.resource import SyncResource

if TYPE_CHECKING:
    from .chat_completions import ChatCompletions, ChatCompletionsWithRawResponse


class Chat(SyncResource):
    """Answers to a conversation."""

    @cached_property
    def completions(self) -> ChatCompletions:
        """Calls of `completions`."""
        from .chat_completions import ChatCompletions

        return ChatCompletions(self._client)


class ChatWithRawResponse:
    """`Chat` with raw responses: status and headers beside the result."""

    def __init__(self, parent: Chat) -> None:
        self._parent = parent

    @cached_property
    def completions(self) -> ChatCompletionsWithRawResponse:
        """Calls of `completions`."""
        from .chat_completions import ChatCompletionsWithRawResponse

        return ChatCompletionsWithRawResponse(self._parent.completions)
