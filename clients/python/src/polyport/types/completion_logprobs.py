"""Results of the Polyport API: `CompletionLogprobs`."""

from __future__ import annotations

from .._runtime.models import APIModel


class CompletionLogprobs(APIModel):
    """Log probabilities of generated tokens, as lists of the same length."""

    tokens: list[str] | None = None
    """The tokens' texts."""

    token_logprobs: list[float | None] | None = None
    """The natural logarithms of the tokens' probabilities. Null where there is none, as for the
    first token of a prompt.
    """

    top_logprobs: list[dict[str, float] | None] | None = None
    """The likeliest tokens at each position with their log probabilities."""

    text_offset: list[int] | None = None
    """Where each token begins in the text, in characters."""
