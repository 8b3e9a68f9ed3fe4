"""Input of the Notes API: `ChecklistParam`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from typing_extensions import Required, TypedDict

from .._runtime.keys import described_when_asked

if TYPE_CHECKING:
    from .checklist import ChecklistItem


@described_when_asked
class ChecklistItemParam(TypedDict, total=False):
    text: Required[str]

    done: bool


@described_when_asked
class ChecklistParam(TypedDict, total=False):
    type: Required[Literal["checklist"]]

    items: Required[Sequence[ChecklistItemParam | ChecklistItem]]
