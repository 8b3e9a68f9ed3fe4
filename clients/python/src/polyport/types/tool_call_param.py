"""Input of the Polyport API: `ToolCallParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked

if TYPE_CHECKING:
    from .function_call import FunctionCall
    from .function_call_param import FunctionCallParam


@described_when_asked
class ToolCallParam(TypedDict, total=False):
    """A call that the model asks for."""

    id: Required[str]
    """Names this call in the tool's answer."""

    type: Required[Literal["function"]]
    """Always `function`."""

    function: Required[FunctionCallParam | FunctionCall]
    """A function and its arguments."""
