"""Input of the Polyport API: `TextContentParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .text_part_param import TextPartParam

TextContentParam: TypeAlias = "str | Sequence[TextPartParam]"
"""Text, whole or in parts."""
