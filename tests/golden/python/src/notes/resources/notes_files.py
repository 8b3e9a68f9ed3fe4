"""`client.notes.files` of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._runtime import operation as op
from .._runtime.resource import SyncResource
from .._runtime.sentinels import NOT_GIVEN
from .._runtime.settings import CallOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._runtime.responses import BinaryResponse
    from .._runtime.sentinels import NotGiven
    from .._runtime.uploads import Upload


class NotesFilesResource(SyncResource):
    """Calls of `client.notes.files`."""

    _UPDATE: op.Operation[Any] = op.Operation(
        id="attachFile",
        method="PUT",
        path="/notes/{note_id}/files/{name}",
        kind="binary",
        parameters=(op.Param("path", "note_id"), op.Param("path", "name")),
        body=op.BodyFormat(kind="multipart", content_type="multipart/form-data"),
        accept="application/octet-stream",
        security=(("key",),),
    )

    def update(
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
    ) -> BinaryResponse:
        """Attach a file

        Args:
            body_name: Named like a part of the path.
            extra_headers, extra_query, extra_body: Sent with this call only; a header that is
                None is left out.
            timeout: Seconds for one try of this call.

        Example:
            client.notes.files.update(note_id="note_id", name="name", file=Path("file.bin"))
        """
        return self._client._download(
            self._UPDATE,
            arguments={"path": {"note_id": note_id, "name": name}},
            body={"file": file, "name": body_name},
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )
