"""Results of the Polyport API: `EmbeddingRequestEncodingFormat`."""

from __future__ import annotations

from typing import Literal, TypeAlias

EmbeddingRequestEncodingFormat: TypeAlias = Literal["float", "base64"] | str
"""How the vectors are written, as lists of numbers or as base64 of 32-bit little-endian floats."""
