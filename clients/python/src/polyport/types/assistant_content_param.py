"""Input of the Polyport API: `AssistantContentParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .assistant_content_part_param import AssistantContentPartParam

AssistantContentParam: TypeAlias = "str | Sequence[AssistantContentPartParam]"
"""What the model answered."""
