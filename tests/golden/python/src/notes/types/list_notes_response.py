"""Results of the Notes API: `ListNotesResponse`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .note import Note


class ListNotesResponse(APIModel):
    data: list[Note]

    has_more: bool
