"""Results of the Notes API: `Block`."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from .._runtime.construct import one_of, variant
from .._runtime.models import Unknown
from .checklist import Checklist
from .text_block import TextBlock

Block: TypeAlias = Annotated[
    TextBlock | Checklist | Unknown,
    one_of(
        variant(TextBlock, "object", tags={"type": ("text",)}),
        variant(Checklist, "object", tags={"type": ("checklist",)}),
    ),
]
