"""Results of the Polyport API: `ChatReply`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .tool_call import ToolCall


class ChatReply(APIModel):
    """The message that the model wrote."""

    role: Literal["assistant"]
    """Always `assistant`."""

    content: str | None
    """The text of the answer; null when the model only calls tools."""

    refusal: str | None = None
    """Why the model refused to answer."""

    tool_calls: list[ToolCall] | None = None
    """The tools that the model calls."""
