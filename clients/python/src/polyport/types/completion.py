"""Results of the Polyport API: `Completion`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .completion_choice import CompletionChoice
    from .usage import Usage


class Completion(APIModel):
    """The continuation of a text, or a piece of it in a stream."""

    id: str
    """Names this answer; the same in all pieces of a stream."""

    object: Literal["text_completion"]
    """Always `text_completion`."""

    created: int
    """When the answer was made, in seconds since 1970-01-01 UTC."""

    model: str
    """The model that answered."""

    choices: list[CompletionChoice]
    """The answers. Empty in the piece of a stream that carries the usage."""

    usage: Usage | None = None
    """The usage of the request; in a stream only in its last piece, if
    `stream_options.include_usage` asked for it.
    """

    system_fingerprint: str | None = None
    """Changes when the provider's set-up changes in a way that may change answers."""
