"""The client of the API: `Notes`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._info import INFO
from ._runtime.verbs import SyncClient

if TYPE_CHECKING:
    from ._client_raw import NotesWithRawResponse
    from .resources.notes import NotesResource


class Notes(SyncClient):
    """Keeps notes.

    The base URL and the key come from the arguments or from `NOTES_BASE_URL` and `NOTES_API_KEY`;
    all arguments are explained in the base class.
    """

    _info = INFO

    @cached_property
    def notes(self) -> NotesResource:
        """Everything that was written down."""
        from .resources.notes import NotesResource

        return NotesResource(self)

    @cached_property
    def with_raw_response(self) -> NotesWithRawResponse:
        """The same calls, each giving a `RawResponse` with status and headers."""
        from ._client_raw import NotesWithRawResponse

        return NotesWithRawResponse(self._raw_client())
