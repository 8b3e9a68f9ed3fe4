"""`ChatResource` with raw responses."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..chat import ChatResource
    from .chat_completions import ChatCompletionsResourceWithRawResponse


class ChatResourceWithRawResponse:
    """`ChatResource` with raw responses: status and headers beside the result."""

    def __init__(self, parent: ChatResource) -> None:
        self._parent = parent

    @cached_property
    def completions(self) -> ChatCompletionsResourceWithRawResponse:
        """Calls of `completions`."""
        from .chat_completions import ChatCompletionsResourceWithRawResponse

        return ChatCompletionsResourceWithRawResponse(self._parent.completions)
