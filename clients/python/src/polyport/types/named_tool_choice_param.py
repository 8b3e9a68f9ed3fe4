"""Input of the Polyport API: `NamedToolChoiceParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from typing import Literal

    from .named_function_param import NamedFunctionParam


class NamedToolChoiceParam(TypedDict, total=False):
    """Calls one given function."""

    type: Required[Literal["function"]]
    """Always `function`."""

    function: Required[NamedFunctionParam]
    """A function by its name."""
