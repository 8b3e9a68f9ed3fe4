"""`AsyncPolyport` with raw responses."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._async_client import AsyncPolyport
    from .resources._raw.async_chat import AsyncChatResourceWithRawResponse
    from .resources._raw.async_completions import AsyncCompletionsResourceWithRawResponse
    from .resources._raw.async_embeddings import AsyncEmbeddingsResourceWithRawResponse
    from .resources._raw.async_health import AsyncHealthResourceWithRawResponse
    from .resources._raw.async_models import AsyncModelsResourceWithRawResponse
    from .resources._raw.async_providers import AsyncProvidersResourceWithRawResponse
    from .resources._raw.async_version import AsyncVersionResourceWithRawResponse


class AsyncPolyportWithRawResponse:
    """`AsyncPolyport` with raw responses: status and headers beside the result."""

    def __init__(self, parent: AsyncPolyport) -> None:
        self._parent = parent

    @cached_property
    def chat(self) -> AsyncChatResourceWithRawResponse:
        """Answers to a conversation."""
        from .resources._raw.async_chat import AsyncChatResourceWithRawResponse

        return AsyncChatResourceWithRawResponse(self._parent.chat)

    @cached_property
    def completions(self) -> AsyncCompletionsResourceWithRawResponse:
        """Continuations of a text."""
        from .resources._raw.async_completions import AsyncCompletionsResourceWithRawResponse

        return AsyncCompletionsResourceWithRawResponse(self._parent.completions)

    @cached_property
    def embeddings(self) -> AsyncEmbeddingsResourceWithRawResponse:
        """Vectors of texts."""
        from .resources._raw.async_embeddings import AsyncEmbeddingsResourceWithRawResponse

        return AsyncEmbeddingsResourceWithRawResponse(self._parent.embeddings)

    @cached_property
    def health(self) -> AsyncHealthResourceWithRawResponse:
        """Calls of `health`."""
        from .resources._raw.async_health import AsyncHealthResourceWithRawResponse

        return AsyncHealthResourceWithRawResponse(self._parent.health)

    @cached_property
    def models(self) -> AsyncModelsResourceWithRawResponse:
        """What requests may name."""
        from .resources._raw.async_models import AsyncModelsResourceWithRawResponse

        return AsyncModelsResourceWithRawResponse(self._parent.models)

    @cached_property
    def providers(self) -> AsyncProvidersResourceWithRawResponse:
        """Where models run."""
        from .resources._raw.async_providers import AsyncProvidersResourceWithRawResponse

        return AsyncProvidersResourceWithRawResponse(self._parent.providers)

    @cached_property
    def version(self) -> AsyncVersionResourceWithRawResponse:
        """Calls of `version`."""
        from .resources._raw.async_version import AsyncVersionResourceWithRawResponse

        return AsyncVersionResourceWithRawResponse(self._parent.version)
