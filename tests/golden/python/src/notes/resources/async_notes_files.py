"""The asynchronous `client.notes.files`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._runtime.resource import AsyncResource
from .._runtime.responses import async_raw
from .._runtime.sentinels import NOT_GIVEN
from .._runtime.settings import CallOptions
from .notes_files import _UPDATE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.responses import AsyncBinaryResponse
    from .._runtime.sentinels import NotGiven
    from .._runtime.uploads import Upload


class AsyncNotesFiles(AsyncResource):
    """Calls of `AsyncNotesFiles`."""

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
                note_id="text",
                name="text",
                file=Path("file.bin"),
            )
        """
        return await self._client._download(
            _UPDATE,
            arguments={"path": {"note_id": note_id, "name": name}},
            body={"file": file, "name": body_name},
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )


class AsyncNotesFilesWithRawResponse:
    """`AsyncNotesFiles` with raw responses: status and headers beside the result."""

    def __init__(self, parent: AsyncNotesFiles) -> None:
        self._parent = parent
        self.update = async_raw(parent.update)
