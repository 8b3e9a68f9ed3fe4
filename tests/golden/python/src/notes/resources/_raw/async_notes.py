"""`AsyncNotesResource` with raw responses."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..._runtime.responses import async_raw

if TYPE_CHECKING:
    from ..async_notes import AsyncNotesResource
    from .async_notes_files import AsyncNotesFilesResourceWithRawResponse


class AsyncNotesResourceWithRawResponse:
    """`AsyncNotesResource` with raw responses: status and headers beside the result."""

    def __init__(self, parent: AsyncNotesResource) -> None:
        self._parent = parent
        self.list = async_raw(parent.list)
        self.create = async_raw(parent.create)
        self.retrieve = async_raw(parent.retrieve)
        self.delete = async_raw(parent.delete)

    @cached_property
    def files(self) -> AsyncNotesFilesResourceWithRawResponse:
        """Calls of `files`."""
        from .async_notes_files import AsyncNotesFilesResourceWithRawResponse

        return AsyncNotesFilesResourceWithRawResponse(self._parent.files)
