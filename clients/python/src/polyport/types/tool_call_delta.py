"""Results of the Polyport API: `ToolCallDelta`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .function_call_delta import FunctionCallDelta


class ToolCallDelta(APIModel):
    """A piece of a tool call. Pieces with the same `index` belong to the same call."""

    index: int
    """The position of the call in the answer."""

    id: str | None = None
    """Names the call; only in its first piece."""

    type: str | None = None
    """Always `function`; only in the first piece."""

    function: FunctionCallDelta | None = None
    """A piece of a function's name or arguments."""
