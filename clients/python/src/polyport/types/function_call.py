"""Results of the Polyport API: `FunctionCall`."""

from __future__ import annotations

from .._runtime.models import APIModel


class FunctionCall(APIModel):
    """A function and its arguments."""

    name: str
    """The name of the function."""

    arguments: str
    """The arguments as JSON text. The model wrote it, so it may not be valid JSON or may not fit
    the schema.
    """
