"""Results of the Polyport API: `PromptTokensDetails`."""

from __future__ import annotations

from .._runtime.models import APIModel


class PromptTokensDetails(APIModel):
    """Parts of `prompt_tokens`."""

    cached_tokens: int | None = None
    """Tokens that were read from a cache."""

    audio_tokens: int | None = None
    """Tokens of audio input."""
