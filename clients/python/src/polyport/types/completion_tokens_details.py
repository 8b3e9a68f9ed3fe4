"""Results of the Polyport API: `CompletionTokensDetails`."""

from __future__ import annotations

from .._runtime.models import APIModel


class CompletionTokensDetails(APIModel):
    """Parts of `completion_tokens`."""

    reasoning_tokens: int | None = None
    """Tokens that the model spent on reasoning."""

    audio_tokens: int | None = None
    """Tokens of audio output."""

    accepted_prediction_tokens: int | None = None
    """Predicted tokens that appeared in the answer."""

    rejected_prediction_tokens: int | None = None
    """Predicted tokens that did not appear in the answer."""
