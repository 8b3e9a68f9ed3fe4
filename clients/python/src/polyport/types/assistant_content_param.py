"""Input of the Polyport API: `AssistantContentParam`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from .assistant_content_part_param import AssistantContentPartParam

AssistantContentParam: TypeAlias = str | Sequence[AssistantContentPartParam]
"""What the model answered."""
