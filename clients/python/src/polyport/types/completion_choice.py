"""Results of the Polyport API: `CompletionChoice`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .completion_logprobs import CompletionLogprobs
    from .finish_reason import FinishReason


class CompletionChoice(APIModel):
    """One answer, or a piece of it in a stream."""

    index: int
    """The position of this answer among the choices."""

    text: str
    """The generated text."""

    finish_reason: FinishReason | None = None
    """Why the answer ended; in a stream null or missing until it has."""

    logprobs: CompletionLogprobs | None = None
    """The log probabilities of the tokens, if they were asked for."""
