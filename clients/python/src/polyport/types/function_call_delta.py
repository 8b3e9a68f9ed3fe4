"""Results of the Polyport API: `FunctionCallDelta`."""

from __future__ import annotations

from .._runtime.models import APIModel


class FunctionCallDelta(APIModel):
    """A piece of a function's name or arguments."""

    name: str | None = None
    """The name of the function; only in the first piece."""

    arguments: str | None = None
    """The next piece of the arguments' JSON text."""
