"""Results of the Polyport API: `ChatCompletionChunk`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .chat_chunk_choice import ChatChunkChoice
    from .usage import Usage


class ChatCompletionChunk(APIModel):
    """A piece of a streamed answer."""

    id: str
    """Names the answer; the same in all its chunks."""

    object: Literal["chat.completion.chunk"]
    """Always `chat.completion.chunk`."""

    created: int
    """When the answer was begun, in seconds since 1970-01-01 UTC."""

    model: str
    """The model that answers."""

    choices: list[ChatChunkChoice]
    """The pieces. Empty in the chunk that carries the usage."""

    usage: Usage | None = None
    """The usage of the whole request, in the last chunk, if `stream_options.include_usage` asked
    for it.
    """

    system_fingerprint: str | None = None
    """Changes when the provider's set-up changes in a way that may change answers."""

    service_tier: str | None = None
    """The provider's service class that serves the request."""
