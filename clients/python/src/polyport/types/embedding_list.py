"""Results of the Polyport API: `EmbeddingList`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .embedding import Embedding
    from .embedding_usage import EmbeddingUsage


class EmbeddingList(APIModel):
    """The vectors of all inputs."""

    object: Literal["list"]
    """Always `list`."""

    data: list[Embedding]
    """One vector for each input, in their order."""

    model: str
    """The model that made them."""

    usage: EmbeddingUsage
    """How many tokens a request used."""
