"""Results of the Polyport API: `ToolCall`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .function_call import FunctionCall


class ToolCall(APIModel):
    """A call that the model asks for."""

    id: str
    """Names this call in the tool's answer."""

    type: Literal["function"]
    """Always `function`."""

    function: FunctionCall
    """A function and its arguments."""
