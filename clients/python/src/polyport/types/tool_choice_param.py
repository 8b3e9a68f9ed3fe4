"""Input of the Polyport API: `ToolChoiceParam`."""

from __future__ import annotations

from typing import TypeAlias

from .named_tool_choice_param import NamedToolChoiceParam
from .tool_choice_mode import ToolChoiceMode

ToolChoiceParam: TypeAlias = ToolChoiceMode | NamedToolChoiceParam
"""Whether the model calls tools, and which."""
