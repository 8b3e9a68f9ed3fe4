"""The client of the API: `Polyport`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._info import INFO
from ._runtime.verbs import SyncClient

if TYPE_CHECKING:
    from ._client_raw import PolyportWithRawResponse
    from .resources.chat import ChatResource
    from .resources.completions import CompletionsResource
    from .resources.embeddings import EmbeddingsResource
    from .resources.health import HealthResource
    from .resources.models import ModelsResource
    from .resources.providers import ProvidersResource
    from .resources.version import VersionResource


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
    def chat(self) -> ChatResource:
        """Answers to a conversation."""
        from .resources.chat import ChatResource

        return ChatResource(self)

    @cached_property
    def completions(self) -> CompletionsResource:
        """Continuations of a text."""
        from .resources.completions import CompletionsResource

        return CompletionsResource(self)

    @cached_property
    def embeddings(self) -> EmbeddingsResource:
        """Vectors of texts."""
        from .resources.embeddings import EmbeddingsResource

        return EmbeddingsResource(self)

    @cached_property
    def health(self) -> HealthResource:
        """Calls of `health`."""
        from .resources.health import HealthResource

        return HealthResource(self)

    @cached_property
    def models(self) -> ModelsResource:
        """What requests may name."""
        from .resources.models import ModelsResource

        return ModelsResource(self)

    @cached_property
    def providers(self) -> ProvidersResource:
        """Where models run."""
        from .resources.providers import ProvidersResource

        return ProvidersResource(self)

    @cached_property
    def version(self) -> VersionResource:
        """Calls of `version`."""
        from .resources.version import VersionResource

        return VersionResource(self)

    @cached_property
    def with_raw_response(self) -> PolyportWithRawResponse:
        """The same calls, each giving a `RawResponse` with status and headers."""
        from ._client_raw import PolyportWithRawResponse

        return PolyportWithRawResponse(self._raw_client())
