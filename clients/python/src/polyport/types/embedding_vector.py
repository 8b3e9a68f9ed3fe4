"""Results of the Polyport API: `EmbeddingVector`."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from .._runtime.construct import one_of, variant
from .._runtime.models import Unknown

EmbeddingVector: TypeAlias = Annotated[
    list[float] | str | Unknown,
    one_of(variant(list[float], "array"), variant(str, "string")),
]
"""A vector, in the form that `encoding_format` asked for."""
