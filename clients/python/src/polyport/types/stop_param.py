"""Input of the Polyport API: `StopParam`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

StopParam: TypeAlias = str | Sequence[str]
"""Where generation ends. The stop text itself is not part of the answer."""
