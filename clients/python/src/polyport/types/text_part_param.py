"""Input of the Polyport API: `TextPartParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from typing import Literal


class TextPartParam(TypedDict, total=False):
    """Text."""

    type: Required[Literal["text"]]
    """Always `text`."""

    text: Required[str]
    """The text."""
