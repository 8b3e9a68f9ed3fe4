"""The clients of the API: `Notes` and its asynchronous twin `AsyncNotes`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._info import INFO
from ._runtime.verbs import AsyncClient, SyncClient

if TYPE_CHECKING:
    from .resources.async_notes import AsyncNotes as AsyncNotes_
    from .resources.async_notes import AsyncNotesWithRawResponse as AsyncNotesWithRawResponse_
    from .resources.notes import Notes as Notes_
    from .resources.notes import NotesWithRawResponse as NotesWithRawResponse_


class Notes(SyncClient):
    """Keeps notes.

    The base URL and the key come from the arguments or from `NOTES_BASE_URL` and `NOTES_API_KEY`;
    all arguments are explained in the base class.
    """

    _info = INFO

    @cached_property
    def notes(self) -> Notes_:
        """Everything that was written down."""
        from .resources.notes import Notes as Notes_

        return Notes_(self)

    @cached_property
    def with_raw_response(self) -> NotesWithRawResponse:
        """The same calls, each giving a `RawResponse` with status and headers."""
        return NotesWithRawResponse(self._raw_client())


class NotesWithRawResponse:
    """`Notes` with raw responses: status and headers beside the result."""

    def __init__(self, parent: Notes) -> None:
        self._parent = parent

    @cached_property
    def notes(self) -> NotesWithRawResponse_:
        """Everything that was written down."""
        from .resources.notes import NotesWithRawResponse as NotesWithRawResponse_

        return NotesWithRawResponse_(self._parent.notes)


class AsyncNotes(AsyncClient):
    """The asynchronous client. Keeps notes.

    The base URL and the key come from the arguments or from `NOTES_BASE_URL` and `NOTES_API_KEY`;
    all arguments are explained in the base class.
    """

    _info = INFO

    @cached_property
    def notes(self) -> AsyncNotes_:
        """Everything that was written down."""
        from .resources.async_notes import AsyncNotes as AsyncNotes_

        return AsyncNotes_(self)

    @cached_property
    def with_raw_response(self) -> AsyncNotesWithRawResponse:
        """The same calls, each giving a `RawResponse` with status and headers."""
        return AsyncNotesWithRawResponse(self._raw_client())


class AsyncNotesWithRawResponse:
    """`AsyncNotes` with raw responses: status and headers beside the result."""

    def __init__(self, parent: AsyncNotes) -> None:
        self._parent = parent

    @cached_property
    def notes(self) -> AsyncNotesWithRawResponse_:
        """Everything that was written down."""
        from .resources.async_notes import AsyncNotesWithRawResponse as AsyncNotesWithRawResponse_

        return AsyncNotesWithRawResponse_(self._parent.notes)
