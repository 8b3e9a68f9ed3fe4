"""Input of the Polyport API: `FunctionDefinitionParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping


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
