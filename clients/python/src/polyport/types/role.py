"""Results of the Polyport API: `Role`."""

from __future__ import annotations

from typing import Literal, TypeAlias

Role: TypeAlias = Literal["developer", "system", "user", "assistant", "tool"] | str
"""Who wrote a message."""
