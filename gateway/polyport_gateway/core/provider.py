"""What a provider is to the rest of the gateway: the local engine and every upstream implement `Provider`.

A provider's module has `def create(settings: ProviderSettings, runtime: ProviderRuntime) -> Provider` (see
`providers.runtime`); the table `providers.registry.KINDS` names it, so that its library is imported only when it is
configured.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

if TYPE_CHECKING:
    from polyport_gateway.core.exchange import Answer, Context, Request, StreamAnswer

#: Operation ids of the capabilities that a model can have, as the spec and `Provider.call` name them.
CHAT = "chat.completions.create"
COMPLETIONS = "completions.create"
EMBEDDINGS = "embeddings.create"


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """A model that a provider serves, under the name the provider itself uses.

    `operations` are the capabilities it has (`CHAT`, ...); None where the provider does not say. `created` is in Unix
    seconds. `details` are further facts for the model's page, JSON values by name (e.g. context_length).
    """

    id: str
    owned_by: str
    created: int = 0
    operations: frozenset[str] | None = None
    details: Mapping[str, Any] = {}


class ProviderState(msgspec.Struct, frozen=True):
    """Whether a provider can serve now; `detail` is one human-readable phrase ("loading weights, 40 %")."""

    ready: bool
    detail: str = ""


class ProviderSettings(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of `providers` in the configuration: the common members, and `options` for the kind's own."""

    name: str
    kind: str
    base_url: str | None = None
    api_key: str | None = None
    models: tuple[str, ...] | None = None
    options: Mapping[str, Any] = {}


class Provider(Protocol):
    """One source of models. Everything is called on the worker's event loop."""

    name: str

    async def start(self) -> None:
        """Begin connecting; returns at once and never raises for an unreachable upstream (`state` tells)."""

    async def close(self) -> None:
        """Release connections. Calls in flight have ended or been cancelled before."""

    def state(self) -> ProviderState:
        """Whether the provider can serve now. Readiness of the worker waits for providers that are not ready."""

    def models(self) -> Mapping[str, Model]:
        """The models served as known now, by id, from memory; never waits. Called for every request."""

    async def refresh(self) -> None:
        """Look again which models there are; called when a name is unknown. Waits at most a few seconds, never raises,
        and does nothing when the last look was recent or the models are fixed."""

    def supports(self, operation: str) -> bool:
        """Whether `call` knows the operation id."""

    async def call(self, operation: str, request: Request[Any], model: str, context: Context) -> Answer | StreamAnswer:
        """Serve one request for `model` (the provider's own name for it; `request` may still carry the public one).

        Returns a StreamAnswer when `request.typed.stream` is true. It must not return one before the upstream has
        accepted the request, so that routing can still try another provider. Raises ApiError; `status` >= 500 or 429
        lets routing try the next provider. Being cancelled, or the stream being closed, cancels the work behind it.
        A usage event is always part of a stream; the core removes it when the client did not ask for it.
        """
        ...
