"""Input of the Polyport API: `StopParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

StopParam: TypeAlias = "str | Sequence[str]"
"""Where generation ends. The stop text itself is not part of the answer."""
