"""`client.notes` of the API."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, overload

from typing_extensions import deprecated

from .._runtime import operation as op
from .._runtime.resource import SyncResource
from .._runtime.sentinels import NOT_GIVEN
from .._runtime.settings import CallOptions
from ..types.block import Block
from ..types.note import Note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from .._runtime.pagination import SyncPage
    from .._runtime.sentinels import NotGiven
    from .._runtime.streaming import Stream
    from ..types.block_param import BlockParam
    from .notes_files import NotesFilesResource


class NotesResource(SyncResource):
    """Everything that was written down."""

    _LIST: op.Operation[Note] = op.Operation(
        id="listNotes",
        method="GET",
        path="/notes",
        result=Note,
        parameters=(
            op.Param("query", "after"),
            op.Param("query", "limit"),
            op.Param("header", "X-Trace"),
        ),
        paging=op.Paging(
            "cursor",
            items=("data",),
            request_member="after",
            cursor_field="id",
            limit_member="limit",
            has_more=("has_more",),
        ),
        security=(("key",),),
    )

    _CREATE: op.Operation[Note] = op.Operation(
        id="createNote",
        method="POST",
        path="/notes",
        result=Note,
        body=op.BodyFormat(),
        security=(("key",),),
    )

    _CREATE_STREAM: op.Operation[Block] = op.Operation(
        id="createNote",
        method="POST",
        path="/notes",
        result=Block,
        kind="sse",
        body=op.BodyFormat(),
        accept="text/event-stream",
        terminator="[DONE]",
        security=(("key",),),
    )

    _RETRIEVE: op.Operation[Note] = op.Operation(
        id="retrieveNote",
        method="GET",
        path="/notes/{note_id}",
        result=Note,
        parameters=(op.Param("path", "note_id"),),
        security=(("key",),),
    )

    _DELETE: op.Operation[None] = op.Operation(
        id="deleteNote",
        method="DELETE",
        path="/notes/{note_id}",
        kind="none",
        parameters=(op.Param("path", "note_id"),),
        security=(("key",),),
    )

    @cached_property
    def files(self) -> NotesFilesResource:
        """Calls of `files`."""
        from .notes_files import NotesFilesResource

        return NotesFilesResource(self._client)

    def list(
        self,
        *,
        after: str | NotGiven = NOT_GIVEN,
        limit: int | NotGiven = NOT_GIVEN,
        x_trace: str | NotGiven = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> SyncPage[Note]:
        """List notes

        Args:
            limit: The most notes in one page. Default: `20`.
            extra_headers, extra_query, extra_body: Sent with this call only; a header that is
                None is left out.
            timeout: Seconds for one try of this call.

        Example:
            client.notes.list()
        """
        return self._client._page(
            self._LIST,
            arguments={"query": {"after": after, "limit": limit}, "header": {"X-Trace": x_trace}},
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )

    @overload
    def create(
        self,
        *,
        blocks: Sequence[BlockParam],
        title: str | None | NotGiven = NOT_GIVEN,
        size: int | NotGiven = NOT_GIVEN,
        labels: Mapping[str, str] | NotGiven = NOT_GIVEN,
        stream: Literal[False] | NotGiven = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> Note: ...

    @overload
    def create(
        self,
        *,
        blocks: Sequence[BlockParam],
        stream: Literal[True],
        title: str | None | NotGiven = NOT_GIVEN,
        size: int | NotGiven = NOT_GIVEN,
        labels: Mapping[str, str] | NotGiven = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> Stream[Block]: ...

    @overload
    def create(
        self,
        *,
        blocks: Sequence[BlockParam],
        stream: bool,
        title: str | None | NotGiven = NOT_GIVEN,
        size: int | NotGiven = NOT_GIVEN,
        labels: Mapping[str, str] | NotGiven = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> Note | Stream[Block]: ...

    def create(
        self,
        *,
        blocks: Sequence[BlockParam],
        title: str | None | NotGiven = NOT_GIVEN,
        size: int | NotGiven = NOT_GIVEN,
        labels: Mapping[str, str] | NotGiven = NOT_GIVEN,
        stream: bool | NotGiven = NOT_GIVEN,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> Note | Stream[Block]:
        """Write a note

        The note as it is understood, or with `stream` its pieces as they come.

        Args:
            title: Null takes it away.
            stream: Whether the answer comes in pieces, as a stream of events.
            extra_headers, extra_query, extra_body: Sent with this call only; a header that is
                None is left out.
            timeout: Seconds for one try of this call.

        Example:
            client.notes.create(blocks=[{"type": "text", "text": "Buy milk"}])
        """
        _body = {"blocks": blocks, "title": title, "size": size, "labels": labels, "stream": stream}
        _options = CallOptions(extra_headers, extra_query, extra_body, timeout)
        if stream:
            return self._client._stream(self._CREATE_STREAM, body=_body, options=_options)
        return self._client._request(self._CREATE, body=_body, options=_options)

    def retrieve(
        self,
        note_id: str,
        *,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> Note:
        """Get a note

        Args:
            note_id: The note's id.
            extra_headers, extra_query, extra_body: Sent with this call only; a header that is
                None is left out.
            timeout: Seconds for one try of this call.

        Example:
            client.notes.retrieve(note_id="note_id")
        """
        return self._client._request(
            self._RETRIEVE,
            arguments={"path": {"note_id": note_id}},
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )

    @deprecated("Notes fade by themselves.")
    def delete(
        self,
        note_id: str,
        *,
        extra_headers: Mapping[str, str | None] | None = None,
        extra_query: Mapping[str, object] | None = None,
        extra_body: Mapping[str, object] | None = None,
        timeout: float | None | NotGiven = NOT_GIVEN,
    ) -> None:
        """`DELETE /notes/{note_id}`

        Deprecated: Notes fade by themselves.

        Args:
            note_id: The note's id.
            extra_headers, extra_query, extra_body: Sent with this call only; a header that is
                None is left out.
            timeout: Seconds for one try of this call.

        Example:
            client.notes.delete(note_id="note_id")
        """
        return self._client._request(
            self._DELETE,
            arguments={"path": {"note_id": note_id}},
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )
