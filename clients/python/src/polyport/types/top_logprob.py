"""Results of the Polyport API: `TopLogprob`."""

from __future__ import annotations

from .._runtime.models import APIModel, wire_name


class TopLogprob(APIModel):
    """A token that was likely at a position."""

    token: str
    """The token's text."""

    logprob: float
    """The natural logarithm of the token's probability."""

    bytes_: list[int] | None = wire_name("bytes")
    """The token's UTF-8 bytes."""
