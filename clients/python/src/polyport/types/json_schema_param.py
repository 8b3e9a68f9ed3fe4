"""Input of the Polyport API: `JsonSchemaParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping


class JsonSchemaParam(TypedDict, total=False):
    """A named JSON schema."""

    name: Required[str]
    """The name of the format."""

    description: str
    """What the format is for, so that the model knows how to answer in it."""

    schema: Mapping[str, object]
    """The JSON schema."""

    strict: bool | None
    """Whether the answer must follow the schema exactly."""
