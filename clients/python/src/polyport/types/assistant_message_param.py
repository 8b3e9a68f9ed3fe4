"""Input of the Polyport API: `AssistantMessageParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from .assistant_content_param import AssistantContentParam
    from .tool_call import ToolCall
    from .tool_call_param import ToolCallParam


class AssistantMessageParam(TypedDict, total=False):
    """An earlier answer of the model."""

    role: Required[Literal["assistant"]]
    """Always `assistant`."""

    content: AssistantContentParam | None
    """The answer. It may be missing when there are tool calls."""

    refusal: str | None
    """Why the model refused to answer."""

    tool_calls: Sequence[ToolCallParam | ToolCall] | None
    """The tools that the model called."""

    name: str
    """Tells participants of the same role apart."""
