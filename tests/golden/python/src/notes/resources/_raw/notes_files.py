"""`NotesFilesResource` with raw responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._runtime.responses import raw

if TYPE_CHECKING:
    from ..notes_files import NotesFilesResource


class NotesFilesResourceWithRawResponse:
    """`NotesFilesResource` with raw responses: status and headers beside the result."""

    def __init__(self, parent: NotesFilesResource) -> None:
        self._parent = parent
        self.update = raw(parent.update)
