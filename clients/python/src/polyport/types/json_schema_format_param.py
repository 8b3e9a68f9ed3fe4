"""Input of the Polyport API: `JsonSchemaFormatParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from typing import Literal

    from .json_schema_param import JsonSchemaParam


class JsonSchemaFormatParam(TypedDict, total=False):
    """JSON that follows a schema."""

    type: Required[Literal["json_schema"]]
    """Always `json_schema`."""

    json_schema: Required[JsonSchemaParam]
    """A named JSON schema."""
