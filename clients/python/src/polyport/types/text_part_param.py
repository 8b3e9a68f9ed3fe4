"""Input of the Polyport API: `TextPartParam`."""

from __future__ import annotations

from typing import Literal

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked


@described_when_asked
class TextPartParam(TypedDict, total=False):
    """Text."""

    type: Required[Literal["text"]]
    """Always `text`."""

    text: Required[str]
    """The text."""
