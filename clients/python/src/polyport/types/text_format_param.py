"""Input of the Polyport API: `TextFormatParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from typing import Literal


class TextFormatParam(TypedDict, total=False):
    """Plain text, which is the default."""

    type: Required[Literal["text"]]
    """Always `text`."""
