"""Results of the Polyport API: `ModelList`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .model import Model


class ModelList(APIModel):
    """All models that the caller may use."""

    object: Literal["list"]
    """Always `list`."""

    data: list[Model]
    """The models, in the order of their ids."""
