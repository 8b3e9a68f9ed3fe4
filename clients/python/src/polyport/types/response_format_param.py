"""Input of the Polyport API: `ResponseFormatParam`."""

from __future__ import annotations

from typing import TypeAlias

from .json_object_format_param import JsonObjectFormatParam
from .json_schema_format_param import JsonSchemaFormatParam
from .text_format_param import TextFormatParam

ResponseFormatParam: TypeAlias = TextFormatParam | JsonObjectFormatParam | JsonSchemaFormatParam
"""The form that the answer must have."""
