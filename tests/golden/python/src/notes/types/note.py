"""Results of the Notes API: `Note`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .block import Block
    from .mood import Mood


class Note(APIModel):
    """Something written down. It may hold `*/` without harm, and this sentence is long enough to be
    broken into more than one line of the comment.
    """

    id: str

    blocks: list[Block]

    mood: Mood

    parent: Note | None = None
    """Something written down. It may hold `*/` without harm, and this sentence is long enough to be
    broken into more than one line of the comment.
    """

    size: int | None = None
