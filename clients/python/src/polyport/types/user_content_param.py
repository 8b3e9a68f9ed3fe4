"""Input of the Polyport API: `UserContentParam`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from .content_part_param import ContentPartParam

UserContentParam: TypeAlias = str | Sequence[ContentPartParam]
"""What the user says."""
