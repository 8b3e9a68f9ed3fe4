"""Results of the Polyport API: `ChatCompletion`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .._runtime.models import APIModel

if TYPE_CHECKING:
    from .chat_choice import ChatChoice
    from .usage import Usage


class ChatCompletion(APIModel):
    """The answer to a conversation."""

    id: str
    """Names this answer."""

    object: Literal["chat.completion"]
    """Always `chat.completion`."""

    created: int
    """When the answer was made, in seconds since 1970-01-01 UTC."""

    model: str
    """The model that answered."""

    choices: list[ChatChoice]
    """The answers, as many as `n` asked for."""

    usage: Usage | None = None
    """How many tokens a request used."""

    system_fingerprint: str | None = None
    """Changes when the provider's set-up changes in a way that may change answers."""

    service_tier: str | None = None
    """The provider's service class that served the request."""
