"""The asynchronous client of the API: `AsyncNotes`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._info import INFO
from ._runtime.verbs import AsyncClient

if TYPE_CHECKING:
    from ._async_client_raw import AsyncNotesWithRawResponse
    from .resources.async_notes import AsyncNotesResource


class AsyncNotes(AsyncClient):
    """The asynchronous client. Keeps notes.

    The base URL and the key come from the arguments or from `NOTES_BASE_URL` and `NOTES_API_KEY`;
    all arguments are explained in the base class.
    """

    _info = INFO

    @cached_property
    def notes(self) -> AsyncNotesResource:
        """Everything that was written down."""
        from .resources.async_notes import AsyncNotesResource

        return AsyncNotesResource(self)

    @cached_property
    def with_raw_response(self) -> AsyncNotesWithRawResponse:
        """The same calls, each giving a `RawResponse` with status and headers."""
        from ._async_client_raw import AsyncNotesWithRawResponse

        return AsyncNotesWithRawResponse(self._raw_client())
