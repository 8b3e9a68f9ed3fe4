"""Input of the Notes API: `ChecklistParam`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import Required, TypedDict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from .checklist import ChecklistItem


class ChecklistItemParam(TypedDict, total=False):
    text: Required[str]

    done: bool


class ChecklistParam(TypedDict, total=False):
    type: Required[Literal["checklist"]]

    items: Required[Sequence[ChecklistItemParam | ChecklistItem]]
