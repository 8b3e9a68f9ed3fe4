"""Input of the Polyport API: `TextContentParam`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from .text_part_param import TextPartParam

TextContentParam: TypeAlias = str | Sequence[TextPartParam]
"""Text, whole or in parts."""
