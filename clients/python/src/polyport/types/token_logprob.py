"""Results of the Polyport API: `TokenLogprob`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .top_logprob import TopLogprob


class TokenLogprob(APIModel):
    """A generated token and its rivals."""

    token: str
    """The token's text."""

    logprob: float
    """The natural logarithm of the token's probability. -9999.0 stands for very unlikely."""

    bytes: list[int] | None
    """The token's UTF-8 bytes. A character may be spread over several tokens."""

    top_logprobs: list[TopLogprob]
    """The likeliest tokens at this position."""
