"""`Notes` with raw responses."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._client import Notes
    from .resources._raw.notes import NotesResourceWithRawResponse


class NotesWithRawResponse:
    """`Notes` with raw responses: status and headers beside the result."""

    def __init__(self, parent: Notes) -> None:
        self._parent = parent

    @cached_property
    def notes(self) -> NotesResourceWithRawResponse:
        """Everything that was written down."""
        from .resources._raw.notes import NotesResourceWithRawResponse

        return NotesResourceWithRawResponse(self._parent.notes)
