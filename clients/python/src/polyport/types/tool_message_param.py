"""Input of the Polyport API: `ToolMessageParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked

if TYPE_CHECKING:
    from .text_content_param import TextContentParam


@described_when_asked
class ToolMessageParam(TypedDict, total=False):
    """What a tool answered."""

    role: Required[Literal["tool"]]
    """Always `tool`."""

    content: Required[TextContentParam]
    """Text, whole or in parts."""

    tool_call_id: Required[str]
    """The `id` of the tool call that this answers."""
