"""Results of the Polyport API: `Logprobs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .token_logprob import TokenLogprob


class Logprobs(APIModel):
    """Log probabilities of generated tokens."""

    content: list[TokenLogprob] | None
    """The tokens of the answer's text."""

    refusal: list[TokenLogprob] | None = None
    """The tokens of the refusal."""
