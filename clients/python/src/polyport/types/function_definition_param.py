"""Input of the Polyport API: `FunctionDefinitionParam`."""

from __future__ import annotations

from collections.abc import Mapping

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked


@described_when_asked
class FunctionDefinitionParam(TypedDict, total=False):
    """What a function does and which arguments it takes."""

    name: Required[str]
    """The name of the function."""

    description: str
    """What the function does, so that the model knows when to call it."""

    parameters: Mapping[str, object]
    """The arguments as a JSON schema of an object. A function without it takes no arguments."""

    strict: bool | None
    """Whether the arguments must follow the schema exactly."""
