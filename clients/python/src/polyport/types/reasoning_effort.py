"""Results of the Polyport API: `ReasoningEffort`."""

from __future__ import annotations

from typing import Literal, TypeAlias

ReasoningEffort: TypeAlias = Literal["none", "minimal", "low", "medium", "high", "xhigh"] | str
"""How much a reasoning model shall think."""
