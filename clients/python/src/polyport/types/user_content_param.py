"""Input of the Polyport API: `UserContentParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .content_part_param import ContentPartParam

UserContentParam: TypeAlias = "str | Sequence[ContentPartParam]"
"""What the user says."""
