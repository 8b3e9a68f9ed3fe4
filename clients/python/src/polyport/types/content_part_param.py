"""Input of the Polyport API: `ContentPartParam`."""

from __future__ import annotations

from typing import TypeAlias

from .image_part_param import ImagePartParam
from .text_part_param import TextPartParam

ContentPartParam: TypeAlias = TextPartParam | ImagePartParam
"""A part of what the user says."""
