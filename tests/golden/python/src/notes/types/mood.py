"""Results of the Notes API: `Mood`."""

from __future__ import annotations

from typing import Literal, TypeAlias

Mood: TypeAlias = Literal["calm", "it's fine", ""] | str
