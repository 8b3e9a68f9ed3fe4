"""Input of the Polyport API: `TextFormatParam`."""

from __future__ import annotations

from typing import Literal

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked


@described_when_asked
class TextFormatParam(TypedDict, total=False):
    """Plain text, which is the default."""

    type: Required[Literal["text"]]
    """Always `text`."""
