"""Results of the Notes API: `NoteList`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .note import Note


class NoteList(APIModel):
    data: list[Note]

    has_more: bool
