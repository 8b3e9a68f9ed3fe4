"""Input of the Polyport API: `DeveloperMessageParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked

if TYPE_CHECKING:
    from .text_content_param import TextContentParam


@described_when_asked
class DeveloperMessageParam(TypedDict, total=False):
    """Instructions of the application's developer, which come before those of the user."""

    role: Required[Literal["developer"]]
    """Always `developer`."""

    content: Required[TextContentParam]
    """Text, whole or in parts."""

    name: str
    """Tells participants of the same role apart."""
