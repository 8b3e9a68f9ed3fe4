"""Input of the Polyport API: `JsonSchemaParam`."""

from __future__ import annotations

from collections.abc import Mapping

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked


@described_when_asked
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
