"""Results of the Polyport API: `TopLogprob`."""

from __future__ import annotations

from .._runtime.models import APIModel


class TopLogprob(APIModel):
    """A token that was likely at a position."""

    token: str
    """The token's text."""

    logprob: float
    """The natural logarithm of the token's probability."""

    bytes: list[int] | None
    """The token's UTF-8 bytes."""
