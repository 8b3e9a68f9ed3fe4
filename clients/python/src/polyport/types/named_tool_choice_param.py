"""Input of the Polyport API: `NamedToolChoiceParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked

if TYPE_CHECKING:
    from .named_function_param import NamedFunctionParam


@described_when_asked
class NamedToolChoiceParam(TypedDict, total=False):
    """Calls one given function."""

    type: Required[Literal["function"]]
    """Always `function`."""

    function: Required[NamedFunctionParam]
    """A function by its name."""
