"""Results of the Polyport API: `ChatChoice`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .chat_reply import ChatReply
    from .finish_reason import FinishReason
    from .logprobs import Logprobs


class ChatChoice(APIModel):
    """One answer."""

    index: int
    """The position of this answer among the choices."""

    message: ChatReply
    """The message that the model wrote."""

    finish_reason: FinishReason
    """Why the answer ended: `stop` at its natural end or a stop text, `length` at the token limit,
    `tool_calls` because tools are called, `content_filter` because a filter cut it.
    """

    logprobs: Logprobs | None = None
    """The log probabilities of the answer's tokens, if they were asked for."""
