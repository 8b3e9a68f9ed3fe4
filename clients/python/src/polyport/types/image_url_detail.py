"""Results of the Polyport API: `ImageUrlDetail`."""

from __future__ import annotations

from typing import Literal, TypeAlias

ImageUrlDetail: TypeAlias = Literal["auto", "low", "high"] | str
"""How closely to look. More detail costs more tokens; `auto` leaves the choice to the model."""
