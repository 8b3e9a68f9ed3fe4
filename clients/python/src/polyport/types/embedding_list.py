"""Results of the Polyport API: `EmbeddingList`."""

from __future__ import annotations

from typing import Literal

from .._runtime.models import APIModel, wire_name
from .embedding import Embedding
from .embedding_usage import EmbeddingUsage


class EmbeddingList(APIModel):
    """The vectors of all inputs."""

    object_: Literal["list"] = wire_name("object")
    """Always `list`."""

    data: list[Embedding]
    """One vector for each input, in their order."""

    model: str
    """The model that made them."""

    usage: EmbeddingUsage
