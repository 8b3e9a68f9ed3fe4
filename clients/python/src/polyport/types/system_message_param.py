"""Input of the Polyport API: `SystemMessageParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked

if TYPE_CHECKING:
    from .text_content_param import TextContentParam


@described_when_asked
class SystemMessageParam(TypedDict, total=False):
    """Instructions that hold for the whole conversation."""

    role: Required[Literal["system"]]
    """Always `system`."""

    content: Required[TextContentParam]
    """Text, whole or in parts."""

    name: str
    """Tells participants of the same role apart."""
