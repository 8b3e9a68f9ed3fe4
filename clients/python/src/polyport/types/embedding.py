"""Results of the Polyport API: `Embedding`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .embedding_vector import EmbeddingVector


class Embedding(APIModel):
    """The vector of one input."""

    object: Literal["embedding"]
    """Always `embedding`."""

    index: int
    """The position of the input."""

    embedding: EmbeddingVector
    """A vector, in the form that `encoding_format` asked for."""
