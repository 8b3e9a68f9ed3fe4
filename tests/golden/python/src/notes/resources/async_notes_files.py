"""The asynchronous `client.notes.files`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.resource import AsyncResource
from .._runtime.sentinels import NOT_GIVEN
from .._runtime.settings import CallOptions
from .notes_files import NotesFilesResource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.responses import AsyncBinaryResponse
    from .._runtime.sentinels import NotGiven
    from .._runtime.uploads import Upload


class AsyncNotesFilesResource(AsyncResource):
    """Calls of `client.notes.files`."""

    async def update(
        self,
        note_id: str,
        name: str,
        *,
        file: Upload,
        body_name: str | NotGiven = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> AsyncBinaryResponse:
        """Attach a file

        Args:
            body_name: Named like a part of the path.
            extra_headers, extra_query, extra_body: Sent with this call only; a header that is
                None is left out.
            timeout: Seconds for one try of this call.

        Example:
            await client.notes.files.update(
                note_id="note_id",
                name="name",
                file=Path("file.bin"),
            )
        """
        return await self._client._download(
            NotesFilesResource._UPDATE,
            arguments={"path": {"note_id": note_id, "name": name}},
            body={"file": file, "name": body_name},
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )
