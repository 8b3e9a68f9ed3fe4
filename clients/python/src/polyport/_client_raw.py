"""`Polyport` with raw responses."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._client import Polyport
    from .resources._raw.chat import ChatResourceWithRawResponse
    from .resources._raw.completions import CompletionsResourceWithRawResponse
    from .resources._raw.embeddings import EmbeddingsResourceWithRawResponse
    from .resources._raw.health import HealthResourceWithRawResponse
    from .resources._raw.models import ModelsResourceWithRawResponse
    from .resources._raw.providers import ProvidersResourceWithRawResponse
    from .resources._raw.version import VersionResourceWithRawResponse


class PolyportWithRawResponse:
    """`Polyport` with raw responses: status and headers beside the result."""

    def __init__(self, parent: Polyport) -> None:
        self._parent = parent

    @cached_property
    def chat(self) -> ChatResourceWithRawResponse:
        """Answers to a conversation."""
        from .resources._raw.chat import ChatResourceWithRawResponse

        return ChatResourceWithRawResponse(self._parent.chat)

    @cached_property
    def completions(self) -> CompletionsResourceWithRawResponse:
        """Continuations of a text."""
        from .resources._raw.completions import CompletionsResourceWithRawResponse

        return CompletionsResourceWithRawResponse(self._parent.completions)

    @cached_property
    def embeddings(self) -> EmbeddingsResourceWithRawResponse:
        """Vectors of texts."""
        from .resources._raw.embeddings import EmbeddingsResourceWithRawResponse

        return EmbeddingsResourceWithRawResponse(self._parent.embeddings)

    @cached_property
    def health(self) -> HealthResourceWithRawResponse:
        """Calls of `health`."""
        from .resources._raw.health import HealthResourceWithRawResponse

        return HealthResourceWithRawResponse(self._parent.health)

    @cached_property
    def models(self) -> ModelsResourceWithRawResponse:
        """What requests may name."""
        from .resources._raw.models import ModelsResourceWithRawResponse

        return ModelsResourceWithRawResponse(self._parent.models)

    @cached_property
    def providers(self) -> ProvidersResourceWithRawResponse:
        """Where models run."""
        from .resources._raw.providers import ProvidersResourceWithRawResponse

        return ProvidersResourceWithRawResponse(self._parent.providers)

    @cached_property
    def version(self) -> VersionResourceWithRawResponse:
        """Calls of `version`."""
        from .resources._raw.version import VersionResourceWithRawResponse

        return VersionResourceWithRawResponse(self._parent.version)
