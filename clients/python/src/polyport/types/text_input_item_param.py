"""Input of the Polyport API: `TextInputItemParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

TextInputItemParam: TypeAlias = "str | int | Sequence[int]"
"""A text, a token id of the only text, or a text as token ids."""
