"""Results of the Polyport API: `EmbeddingUsage`."""

from __future__ import annotations

from .._runtime.models import APIModel


class EmbeddingUsage(APIModel):
    """How many tokens a request used."""

    prompt_tokens: int
    """Tokens in the inputs."""

    total_tokens: int
    """The same, since nothing is generated."""
