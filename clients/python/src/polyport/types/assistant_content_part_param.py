"""Input of the Polyport API: `AssistantContentPartParam`."""

from __future__ import annotations

from typing import TypeAlias

from .refusal_part_param import RefusalPartParam
from .text_part_param import TextPartParam

AssistantContentPartParam: TypeAlias = TextPartParam | RefusalPartParam
"""A part of an earlier answer."""
