"""Input of the Polyport API: `JsonObjectFormatParam`."""

from __future__ import annotations

from typing import Literal

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked


@described_when_asked
class JsonObjectFormatParam(TypedDict, total=False):
    """Any JSON object. Ask for JSON in a message too, or the model may write nothing but spaces."""

    type: Required[Literal["json_object"]]
    """Always `json_object`."""
