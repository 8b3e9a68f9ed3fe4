"""Input of the Polyport API: `NamedFunctionParam`."""

from __future__ import annotations

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked


@described_when_asked
class NamedFunctionParam(TypedDict, total=False):
    """A function by its name."""

    name: Required[str]
    """The name of the function."""
