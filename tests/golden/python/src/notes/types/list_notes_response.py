"""Results of the Notes API: `ListNotesResponse`."""

from __future__ import annotations

from .._runtime.models import APIModel
from .note import Note


class ListNotesResponse(APIModel):
    data: list[Note]

    has_more: bool
