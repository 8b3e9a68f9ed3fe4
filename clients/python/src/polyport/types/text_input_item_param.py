"""Input of the Polyport API: `TextInputItemParam`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

TextInputItemParam: TypeAlias = str | int | Sequence[int]
"""A text, a token id of the only text, or a text as token ids."""
