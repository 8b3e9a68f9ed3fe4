"""Results of the Polyport API: `ModelList`."""

from __future__ import annotations

from typing import Literal

from .._runtime.models import APIModel, wire_name
from .model import Model


class ModelList(APIModel):
    """All models that the caller may use."""

    object_: Literal["list"] = wire_name("object")
    """Always `list`."""

    data: list[Model]
    """The models, in the order of their ids."""
