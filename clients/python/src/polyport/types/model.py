"""Results of the Polyport API: `Model`."""

from __future__ import annotations

from typing import Literal

from .._runtime.models import APIModel


class Model(APIModel):
    """A model that requests may name."""

    id: str
    """The name to use in requests."""

    object: Literal["model"]
    """Always `model`."""

    created: int
    """When the model was made, in seconds since 1970-01-01 UTC; 0 when nobody knows."""

    owned_by: str
    """Who offers the model."""
