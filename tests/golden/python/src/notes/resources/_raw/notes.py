"""`NotesResource` with raw responses."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..._runtime.responses import raw

if TYPE_CHECKING:
    from ..notes import NotesResource
    from .notes_files import NotesFilesResourceWithRawResponse


class NotesResourceWithRawResponse:
    """`NotesResource` with raw responses: status and headers beside the result."""

    def __init__(self, parent: NotesResource) -> None:
        self._parent = parent
        self.list = raw(parent.list)
        self.create = raw(parent.create)
        self.retrieve = raw(parent.retrieve)
        self.delete = raw(parent.delete)

    @cached_property
    def files(self) -> NotesFilesResourceWithRawResponse:
        """Calls of `files`."""
        from .notes_files import NotesFilesResourceWithRawResponse

        return NotesFilesResourceWithRawResponse(self._parent.files)
