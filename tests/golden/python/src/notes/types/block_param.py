"""Input of the Notes API: `BlockParam`."""

from __future__ import annotations

from typing import TypeAlias

from .._runtime.models import Unknown
from .checklist import Checklist
from .checklist_param import ChecklistParam
from .text_block import TextBlock
from .text_block_param import TextBlockParam

BlockParam: TypeAlias = TextBlockParam | TextBlock | ChecklistParam | Checklist | Unknown
