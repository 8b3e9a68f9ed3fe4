"""Input of the Polyport API: `JsonSchemaFormatParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked

if TYPE_CHECKING:
    from .json_schema_param import JsonSchemaParam


@described_when_asked
class JsonSchemaFormatParam(TypedDict, total=False):
    """JSON that follows a schema."""

    type: Required[Literal["json_schema"]]
    """Always `json_schema`."""

    json_schema: Required[JsonSchemaParam]
    """A named JSON schema."""
