"""`AsyncNotes` with raw responses."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._async_client import AsyncNotes
    from .resources._raw.async_notes import AsyncNotesResourceWithRawResponse


class AsyncNotesWithRawResponse:
    """`AsyncNotes` with raw responses: status and headers beside the result."""

    def __init__(self, parent: AsyncNotes) -> None:
        self._parent = parent

    @cached_property
    def notes(self) -> AsyncNotesResourceWithRawResponse:
        """Everything that was written down."""
        from .resources._raw.async_notes import AsyncNotesResourceWithRawResponse

        return AsyncNotesResourceWithRawResponse(self._parent.notes)
