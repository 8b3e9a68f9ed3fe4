"""Input of the Polyport API: `ToolMessageParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from typing import Literal

    from .text_content_param import TextContentParam


class ToolMessageParam(TypedDict, total=False):
    """What a tool answered."""

    role: Required[Literal["tool"]]
    """Always `tool`."""

    content: Required[TextContentParam]
    """Text, whole or in parts."""

    tool_call_id: Required[str]
    """The `id` of the tool call that this answers."""
