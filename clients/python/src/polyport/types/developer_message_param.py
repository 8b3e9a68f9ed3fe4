"""Input of the Polyport API: `DeveloperMessageParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from typing import Literal

    from .text_content_param import TextContentParam


class DeveloperMessageParam(TypedDict, total=False):
    """Instructions of the application's developer, which come before those of the user."""

    role: Required[Literal["developer"]]
    """Always `developer`."""

    content: Required[TextContentParam]
    """Text, whole or in parts."""

    name: str
    """Tells participants of the same role apart."""
