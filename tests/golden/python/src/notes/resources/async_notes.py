"""The asynchronous `client.notes`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, overload

from typing_extensions import deprecated

from .._runtime.resource import AsyncResource
from .._runtime.sentinels import NOT_GIVEN
from .._runtime.settings import CallOptions
from .notes import NotesResource

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from .._runtime.pagination import AsyncPages
    from .._runtime.sentinels import NotGiven
    from .._runtime.streaming import AsyncStream
    from ..types.block import Block
    from ..types.block_param import BlockParam
    from ..types.note import Note
    from .async_notes_files import AsyncNotesFilesResource


class AsyncNotesResource(AsyncResource):
    """Everything that was written down."""

    @cached_property
    def files(self) -> AsyncNotesFilesResource:
        """Calls of `files`."""
        from .async_notes_files import AsyncNotesFilesResource

        return AsyncNotesFilesResource(self._client)

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
    ) -> AsyncPages[Note]:
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
            NotesResource._LIST,
            arguments={"query": {"after": after, "limit": limit}, "header": {"X-Trace": x_trace}},
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )

    @overload
    async def create(
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
    async def create(
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
    ) -> AsyncStream[Block]: ...

    @overload
    async def create(
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
    ) -> Note | AsyncStream[Block]: ...

    async def create(
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
    ) -> Note | AsyncStream[Block]:
        """Write a note

        The note as it is understood, or with `stream` its pieces as they come.

        Args:
            title: Null takes it away.
            stream: Whether the answer comes in pieces, as a stream of events.
            extra_headers, extra_query, extra_body: Sent with this call only; a header that is
                None is left out.
            timeout: Seconds for one try of this call.

        Example:
            await client.notes.create(blocks=[{"type": "text", "text": "Buy milk"}])
        """
        _body = {"blocks": blocks, "title": title, "size": size, "labels": labels, "stream": stream}
        _options = CallOptions(extra_headers, extra_query, extra_body, timeout)
        if stream:
            return await self._client._stream(NotesResource._CREATE_STREAM, body=_body, options=_options)
        return await self._client._request(NotesResource._CREATE, body=_body, options=_options)

    async def retrieve(
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
            await client.notes.retrieve(note_id="note_id")
        """
        return await self._client._request(
            NotesResource._RETRIEVE,
            arguments={"path": {"note_id": note_id}},
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )

    @deprecated("Notes fade by themselves.")
    async def delete(
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
            await client.notes.delete(note_id="note_id")
        """
        return await self._client._request(
            NotesResource._DELETE,
            arguments={"path": {"note_id": note_id}},
            options=CallOptions(extra_headers, extra_query, extra_body, timeout),
        )
