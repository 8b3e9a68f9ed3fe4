"""Results of the Notes API: `Checklist`."""

from __future__ import annotations

from typing import Literal

from .._runtime.models import APIModel


class ChecklistItem(APIModel):
    text: str

    done: bool | None = None


class Checklist(APIModel):
    type: Literal["checklist"]

    items: list[ChecklistItem]
