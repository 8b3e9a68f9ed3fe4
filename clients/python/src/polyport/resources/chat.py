"""`client.chat` of the API."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .._runtime.resource import SyncResource

if TYPE_CHECKING:
    from .chat_completions import ChatCompletionsResource


class ChatResource(SyncResource):
    """Answers to a conversation."""

    @cached_property
    def completions(self) -> ChatCompletionsResource:
        """Calls of `completions`."""
        from .chat_completions import ChatCompletionsResource

        return ChatCompletionsResource(self._client)
