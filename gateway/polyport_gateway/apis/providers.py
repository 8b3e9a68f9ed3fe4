"""The providers that the gateway is set up with."""

from __future__ import annotations

from polyport_gateway.core.breaker import Breaker
from polyport_gateway.core.errors import ApiError
from polyport_gateway.core.exchange import Answer, Context, Request
from polyport_gateway.core.snapshot import Snapshot
from polyport_gateway.generated import types


class Providers:
    """The service `providers`."""

    def __init__(self, breaker: Breaker) -> None:
        self._breaker = breaker

    async def list(self, request: Request[None], context: Context) -> Answer:
        """All providers, in the order of the configuration."""
        snapshot = context.snapshot
        return Answer(typed=types.ProviderList(data=[self._to_wire(snapshot, name) for name in snapshot.providers]))

    async def retrieve(self, request: Request[None], context: Context) -> Answer:
        """One provider; ApiError 404 when there is none of that name."""
        name = request.parameters["provider"]
        if name not in context.snapshot.providers:
            message = f"No provider is named '{name}'. GET /v1/providers lists them."
            raise ApiError(404, message, code="provider_not_found", param="provider")
        return Answer(typed=self._to_wire(context.snapshot, name))

    def _to_wire(self, snapshot: Snapshot, name: str) -> types.Provider:
        provider = snapshot.providers[name]
        return types.Provider(
            id=name, type_=snapshot.kinds[name], status=self._status(snapshot, name), models=sorted(provider.models())
        )

    def _status(self, snapshot: Snapshot, name: str) -> str:
        if not snapshot.providers[name].state().ready:
            return "starting"
        if self._breaker.is_open(name):
            return "down"
        return "degraded" if self._breaker.is_degraded(name) else "up"
