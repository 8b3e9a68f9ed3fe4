"""Input of the Polyport API: `AssistantMessageParam`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked

if TYPE_CHECKING:
    from .assistant_content_param import AssistantContentParam
    from .tool_call import ToolCall
    from .tool_call_param import ToolCallParam


@described_when_asked
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
