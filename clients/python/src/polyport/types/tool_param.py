"""Input of the Polyport API: `ToolParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from typing import Literal

    from .function_definition_param import FunctionDefinitionParam


class ToolParam(TypedDict, total=False):
    """A function that the model may ask the application to call."""

    type: Required[Literal["function"]]
    """Always `function`."""

    function: Required[FunctionDefinitionParam]
    """What a function does and which arguments it takes."""
