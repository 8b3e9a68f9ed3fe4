"""The clients of the API: `Polyport` and its asynchronous twin `AsyncPolyport`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._info import INFO
from ._runtime.verbs import AsyncClient, SyncClient

if TYPE_CHECKING:
    from .resources.async_chat import AsyncChat, AsyncChatWithRawResponse
    from .resources.async_completions import AsyncCompletions, AsyncCompletionsWithRawResponse
    from .resources.async_embeddings import AsyncEmbeddings, AsyncEmbeddingsWithRawResponse
    from .resources.async_health import AsyncHealth, AsyncHealthWithRawResponse
    from .resources.async_models import AsyncModels, AsyncModelsWithRawResponse
    from .resources.async_providers import AsyncProviders, AsyncProvidersWithRawResponse
    from .resources.async_version import AsyncVersion, AsyncVersionWithRawResponse
    from .resources.chat import Chat, ChatWithRawResponse
    from .resources.completions import Completions, CompletionsWithRawResponse
    from .resources.embeddings import Embeddings, EmbeddingsWithRawResponse
    from .resources.health import HealthResource, HealthResourceWithRawResponse
    from .resources.models import Models, ModelsWithRawResponse
    from .resources.providers import Providers, ProvidersWithRawResponse
    from .resources.version import VersionResource, VersionResourceWithRawResponse


class Polyport(SyncClient):
    """One endpoint for chat, completions and embeddings over many model providers.

    Polyport answers the same requests for every model it serves, whether the model runs in the
    local engine or behind a provider. Requests and responses are wire-compatible with the OpenAI
    API, so existing clients work when pointed here.

    Fields that this document does not name are passed on to the provider that serves the model.

    The base URL and the key come from the arguments or from `POLYPORT_BASE_URL` and
    `POLYPORT_API_KEY`; all arguments are explained in the base class.
    """

    _info = INFO

    @cached_property
    def chat(self) -> Chat:
        """Answers to a conversation."""
        from .resources.chat import Chat

        return Chat(self)

    @cached_property
    def completions(self) -> Completions:
        """Continuations of a text."""
        from .resources.completions import Completions

        return Completions(self)

    @cached_property
    def embeddings(self) -> Embeddings:
        """Vectors of texts."""
        from .resources.embeddings import Embeddings

        return Embeddings(self)

    @cached_property
    def health(self) -> HealthResource:
        """Calls of `health`."""
        from .resources.health import HealthResource

        return HealthResource(self)

    @cached_property
    def models(self) -> Models:
        """What requests may name."""
        from .resources.models import Models

        return Models(self)

    @cached_property
    def providers(self) -> Providers:
        """Where models run."""
        from .resources.providers import Providers

        return Providers(self)

    @cached_property
    def version(self) -> VersionResource:
        """Calls of `version`."""
        from .resources.version import VersionResource

        return VersionResource(self)

    @cached_property
    def with_raw_response(self) -> PolyportWithRawResponse:
        """The same calls, each giving a `RawResponse` with status and headers."""
        return PolyportWithRawResponse(self._raw_client())


class PolyportWithRawResponse:
    """`Polyport` with raw responses: status and headers beside the result."""

    def __init__(self, parent: Polyport) -> None:
        self._parent = parent

    @cached_property
    def chat(self) -> ChatWithRawResponse:
        """Answers to a conversation."""
        from .resources.chat import ChatWithRawResponse

        return ChatWithRawResponse(self._parent.chat)

    @cached_property
    def completions(self) -> CompletionsWithRawResponse:
        """Continuations of a text."""
        from .resources.completions import CompletionsWithRawResponse

        return CompletionsWithRawResponse(self._parent.completions)

    @cached_property
    def embeddings(self) -> EmbeddingsWithRawResponse:
        """Vectors of texts."""
        from .resources.embeddings import EmbeddingsWithRawResponse

        return EmbeddingsWithRawResponse(self._parent.embeddings)

    @cached_property
    def health(self) -> HealthResourceWithRawResponse:
        """Calls of `health`."""
        from .resources.health import HealthResourceWithRawResponse

        return HealthResourceWithRawResponse(self._parent.health)

    @cached_property
    def models(self) -> ModelsWithRawResponse:
        """What requests may name."""
        from .resources.models import ModelsWithRawResponse

        return ModelsWithRawResponse(self._parent.models)

    @cached_property
    def providers(self) -> ProvidersWithRawResponse:
        """Where models run."""
        from .resources.providers import ProvidersWithRawResponse

        return ProvidersWithRawResponse(self._parent.providers)

    @cached_property
    def version(self) -> VersionResourceWithRawResponse:
        """Calls of `version`."""
        from .resources.version import VersionResourceWithRawResponse

        return VersionResourceWithRawResponse(self._parent.version)


class AsyncPolyport(AsyncClient):
    """The asynchronous client. One endpoint for chat, completions and embeddings over many
    model providers.

    Polyport answers the same requests for every model it serves, whether the model runs in the
    local engine or behind a provider. Requests and responses are wire-compatible with the OpenAI
    API, so existing clients work when pointed here.

    Fields that this document does not name are passed on to the provider that serves the model.

    The base URL and the key come from the arguments or from `POLYPORT_BASE_URL` and
    `POLYPORT_API_KEY`; all arguments are explained in the base class.
    """

    _info = INFO

    @cached_property
    def chat(self) -> AsyncChat:
        """Answers to a conversation."""
        from .resources.async_chat import AsyncChat

        return AsyncChat(self)

    @cached_property
    def completions(self) -> AsyncCompletions:
        """Continuations of a text."""
        from .resources.async_completions import AsyncCompletions

        return AsyncCompletions(self)

    @cached_property
    def embeddings(self) -> AsyncEmbeddings:
        """Vectors of texts."""
        from .resources.async_embeddings import AsyncEmbeddings

        return AsyncEmbeddings(self)

    @cached_property
    def health(self) -> AsyncHealth:
        """Calls of `health`."""
        from .resources.async_health import AsyncHealth

        return AsyncHealth(self)

    @cached_property
    def models(self) -> AsyncModels:
        """What requests may name."""
        from .resources.async_models import AsyncModels

        return AsyncModels(self)

    @cached_property
    def providers(self) -> AsyncProviders:
        """Where models run."""
        from .resources.async_providers import AsyncProviders

        return AsyncProviders(self)

    @cached_property
    def version(self) -> AsyncVersion:
        """Calls of `version`."""
        from .resources.async_version import AsyncVersion

        return AsyncVersion(self)

    @cached_property
    def with_raw_response(self) -> AsyncPolyportWithRawResponse:
        """The same calls, each giving a `RawResponse` with status and headers."""
        return AsyncPolyportWithRawResponse(self._raw_client())


class AsyncPolyportWithRawResponse:
    """`AsyncPolyport` with raw responses: status and headers beside the result."""

    def __init__(self, parent: AsyncPolyport) -> None:
        self._parent = parent

    @cached_property
    def chat(self) -> AsyncChatWithRawResponse:
        """Answers to a conversation."""
        from .resources.async_chat import AsyncChatWithRawResponse

        return AsyncChatWithRawResponse(self._parent.chat)

    @cached_property
    def completions(self) -> AsyncCompletionsWithRawResponse:
        """Continuations of a text."""
        from .resources.async_completions import AsyncCompletionsWithRawResponse

        return AsyncCompletionsWithRawResponse(self._parent.completions)

    @cached_property
    def embeddings(self) -> AsyncEmbeddingsWithRawResponse:
        """Vectors of texts."""
        from .resources.async_embeddings import AsyncEmbeddingsWithRawResponse

        return AsyncEmbeddingsWithRawResponse(self._parent.embeddings)

    @cached_property
    def health(self) -> AsyncHealthWithRawResponse:
        """Calls of `health`."""
        from .resources.async_health import AsyncHealthWithRawResponse

        return AsyncHealthWithRawResponse(self._parent.health)

    @cached_property
    def models(self) -> AsyncModelsWithRawResponse:
        """What requests may name."""
        from .resources.async_models import AsyncModelsWithRawResponse

        return AsyncModelsWithRawResponse(self._parent.models)

    @cached_property
    def providers(self) -> AsyncProvidersWithRawResponse:
        """Where models run."""
        from .resources.async_providers import AsyncProvidersWithRawResponse

        return AsyncProvidersWithRawResponse(self._parent.providers)

    @cached_property
    def version(self) -> AsyncVersionWithRawResponse:
        """Calls of `version`."""
        from .resources.async_version import AsyncVersionWithRawResponse

        return AsyncVersionWithRawResponse(self._parent.version)
