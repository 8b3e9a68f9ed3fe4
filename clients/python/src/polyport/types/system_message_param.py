"""Input of the Polyport API: `SystemMessageParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from typing import Literal

    from .text_content_param import TextContentParam


class SystemMessageParam(TypedDict, total=False):
    """Instructions that hold for the whole conversation."""

    role: Required[Literal["system"]]
    """Always `system`."""

    content: Required[TextContentParam]
    """Text, whole or in parts."""

    name: str
    """Tells participants of the same role apart."""
