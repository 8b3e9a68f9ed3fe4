"""Results of the Polyport API: `ChatChunkChoice`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .chat_delta import ChatDelta
    from .finish_reason import FinishReason
    from .logprobs import Logprobs


class ChatChunkChoice(APIModel):
    """A piece of one answer."""

    index: int
    """The position of the answer among the choices."""

    delta: ChatDelta
    """What is new in the message."""

    finish_reason: FinishReason | None = None
    """Why the answer ended; null or missing until it has."""

    logprobs: Logprobs | None = None
    """The log probabilities of the piece's tokens, if they were asked for."""
