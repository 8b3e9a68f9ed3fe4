"""Input of the Polyport API: `ToolParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked

if TYPE_CHECKING:
    from .function_definition_param import FunctionDefinitionParam


@described_when_asked
class ToolParam(TypedDict, total=False):
    """A function that the model may ask the application to call."""

    type: Required[Literal["function"]]
    """Always `function`."""

    function: Required[FunctionDefinitionParam]
    """What a function does and which arguments it takes."""
