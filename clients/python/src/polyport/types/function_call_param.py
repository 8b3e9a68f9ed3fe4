"""Input of the Polyport API: `FunctionCallParam`."""

from __future__ import annotations

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked


@described_when_asked
class FunctionCallParam(TypedDict, total=False):
    """A function and its arguments."""

    name: Required[str]
    """The name of the function."""

    arguments: Required[str]
    """The arguments as JSON text. The model wrote it, so it may not be valid JSON or may not fit
    the schema.
    """
