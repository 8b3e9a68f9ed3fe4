"""Results of the Polyport API: `ChatDelta`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .role import Role
    from .tool_call_delta import ToolCallDelta


class ChatDelta(APIModel):
    """What is new in the message."""

    role: Role | None = None
    """Who wrote a message."""

    content: str | None = None
    """The next piece of the text."""

    refusal: str | None = None
    """The next piece of the refusal."""

    tool_calls: list[ToolCallDelta] | None = None
    """The next pieces of tool calls."""
