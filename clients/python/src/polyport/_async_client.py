"""The asynchronous client of the API: `AsyncPolyport`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._info import INFO
from ._runtime.verbs import AsyncClient

if TYPE_CHECKING:
    from ._async_client_raw import AsyncPolyportWithRawResponse
    from .resources.async_chat import AsyncChatResource
    from .resources.async_completions import AsyncCompletionsResource
    from .resources.async_embeddings import AsyncEmbeddingsResource
    from .resources.async_health import AsyncHealthResource
    from .resources.async_models import AsyncModelsResource
    from .resources.async_providers import AsyncProvidersResource
    from .resources.async_version import AsyncVersionResource


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
    def chat(self) -> AsyncChatResource:
        """Answers to a conversation."""
        from .resources.async_chat import AsyncChatResource

        return AsyncChatResource(self)

    @cached_property
    def completions(self) -> AsyncCompletionsResource:
        """Continuations of a text."""
        from .resources.async_completions import AsyncCompletionsResource

        return AsyncCompletionsResource(self)

    @cached_property
    def embeddings(self) -> AsyncEmbeddingsResource:
        """Vectors of texts."""
        from .resources.async_embeddings import AsyncEmbeddingsResource

        return AsyncEmbeddingsResource(self)

    @cached_property
    def health(self) -> AsyncHealthResource:
        """Calls of `health`."""
        from .resources.async_health import AsyncHealthResource

        return AsyncHealthResource(self)

    @cached_property
    def models(self) -> AsyncModelsResource:
        """What requests may name."""
        from .resources.async_models import AsyncModelsResource

        return AsyncModelsResource(self)

    @cached_property
    def providers(self) -> AsyncProvidersResource:
        """Where models run."""
        from .resources.async_providers import AsyncProvidersResource

        return AsyncProvidersResource(self)

    @cached_property
    def version(self) -> AsyncVersionResource:
        """Calls of `version`."""
        from .resources.async_version import AsyncVersionResource

        return AsyncVersionResource(self)

    @cached_property
    def with_raw_response(self) -> AsyncPolyportWithRawResponse:
        """The same calls, each giving a `RawResponse` with status and headers."""
        from ._async_client_raw import AsyncPolyportWithRawResponse

        return AsyncPolyportWithRawResponse(self._raw_client())
