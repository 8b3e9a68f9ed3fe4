"""`AsyncNotesFilesResource` with raw responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._runtime.responses import async_raw

if TYPE_CHECKING:
    from ..async_notes_files import AsyncNotesFilesResource


class AsyncNotesFilesResourceWithRawResponse:
    """`AsyncNotesFilesResource` with raw responses: status and headers beside the result."""

    def __init__(self, parent: AsyncNotesFilesResource) -> None:
        self._parent = parent
        self.update = async_raw(parent.update)
