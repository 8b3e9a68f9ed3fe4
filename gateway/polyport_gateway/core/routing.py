"""From a model name to an answer: which providers serve it, and what happens when the first one fails."""

from __future__ import annotations

import asyncio
import random
from typing import Any

from polyport_gateway.core.breaker import Breaker
from polyport_gateway.core.errors import ApiError, models_unknown, unknown_model
from polyport_gateway.core.exchange import Answer, Context, Request, StreamAnswer
from polyport_gateway.core.first_batch import with_first_batch
from polyport_gateway.core.provider import Model, Provider
from polyport_gateway.core.snapshot import Principal, Snapshot, Target
from polyport_gateway.core.store import Store

#: Errors after which another provider may do better.
_FALL_BACK = frozenset({408, 429, 500, 502, 503, 504, 529})
#: The code of errors after which the same provider may do better: it never began to work on the request.
UNREACHABLE = "provider_unreachable"
_BACKOFF_SECONDS = 0.05
#: How long a stream may stay silent before its response's head is sent without knowing whether it works.
_PATIENCE = 5.0


class Router:
    """Sends requests to providers. One per worker; outlives configuration snapshots, as its retry budget must."""

    def __init__(self, store: Store) -> None:
        self.breaker = Breaker()
        self._store = store
        self._budget = RetryBudget()

    async def call(self, operation: str, request: Request[Any], context: Context) -> Answer | StreamAnswer:
        """Serve the request by the first provider of its model that can; raises the last provider's ApiError.

        Another provider is tried only while nothing of an answer has been passed on.
        """
        model = request.typed.model
        snapshot = context.snapshot
        authorise(context.principal, model)
        targets = self._healthy_first(await self._targets(snapshot, model, operation))
        self._budget.deposit()
        self._store.add("requests_total", 1, operation=operation, key=context.principal.name)
        number = 0
        while True:
            target = targets[number % len(targets)]
            number += 1
            try:
                answer = await self._attempt(operation, request, target, context)
            except ApiError as error:
                self._store.add("attempts_total", 1, provider=target.provider, status=str(error.status))
                if error.status >= 500:
                    self.breaker.failed(target.provider)
                another = number < len(targets) or error.code == UNREACHABLE
                if error.status not in _FALL_BACK or not another or number >= snapshot.tries:
                    raise
                if not self._budget.withdraw():
                    raise
                if number >= len(targets):
                    await asyncio.sleep(_BACKOFF_SECONDS * (0.5 + random.random()))
                continue
            self._store.add("attempts_total", 1, provider=target.provider, status=str(answer.status))
            self.breaker.succeeded(target.provider)
            answer.headers.append(("x-polyport-provider", target.provider))
            answer.headers.append(("x-polyport-try", str(number)))
            return answer

    async def _attempt(
        self, operation: str, request: Request[Any], target: Target, context: Context
    ) -> Answer | StreamAnswer:
        provider = context.snapshot.providers[target.provider]
        try:
            async with asyncio.timeout_at(context.deadline):
                answer = await provider.call(operation, request, target.model, context)
                return await with_first_batch(answer, _PATIENCE) if isinstance(answer, StreamAnswer) else answer
        except TimeoutError:
            raise ApiError(504, f"The provider '{target.provider}' did not answer in time.", code="timeout") from None

    def _healthy_first(self, targets: list[Target]) -> list[Target]:
        """The targets whose providers are well, in order; all of them when there are none."""
        if len(targets) == 1:
            return targets
        return [t for t in targets if not self.breaker.is_open(t.provider)] or targets

    async def _targets(self, snapshot: Snapshot, model: str, operation: str) -> list[Target]:
        """Where the model is served, in order. Raises ApiError 404 for an unknown model, 400 when it cannot do this, 503 when
        a provider that might have it could not say."""
        found = resolve(snapshot, model)
        if not found:
            await asyncio.gather(*(provider.refresh() for provider in snapshot.providers.values()))
            found = resolve(snapshot, model)
        if not found:
            unheard = {
                name: provider.state().detail for name, provider in snapshot.providers.items() if not provider.models()
            }
            if any(unheard.values()):
                raise models_unknown(model, {name: detail for name, detail in unheard.items() if detail})
            raise unknown_model(model)
        able = [t for t in found if can(snapshot.providers[t.provider], t.model, operation)]
        if not able:
            message = f"The model '{model}' does not serve {operation.rpartition('.')[0]}."
            raise ApiError(400, message, code="operation_not_supported", param="model")
        return able


class RetryBudget:
    """Retries may add a fifth to the requests, and ten in a row: an upstream in trouble is not given more load."""

    def __init__(self, ratio: float = 0.2, reserve: float = 10.0) -> None:
        self._ratio = ratio
        self._reserve = reserve
        self._tokens = reserve

    def deposit(self) -> None:
        """A request has come in."""
        self._tokens = min(self._reserve, self._tokens + self._ratio)

    def withdraw(self) -> bool:
        """Whether one more retry may be made."""
        if self._tokens < 1.0:
            return False
        self._tokens -= 1.0
        return True


def authorise(principal: Principal, model: str) -> None:
    """Raises ApiError 403 when the caller's key does not cover the model."""
    if principal.models is not None and model not in principal.models:
        message = f"The key '{principal.name}' may not use the model '{model}'."
        raise ApiError(403, message, code="model_not_allowed", param="model")


def resolve(snapshot: Snapshot, model: str) -> list[Target]:
    """The targets of a public model name: a configured route, else every provider that lists it, in order, else
    `provider/model` for a provider by name, else the providers that take any name. Empty when there is none."""
    route = snapshot.routes.get(model)
    if route is not None:
        return list(route)
    listed = [Target(name, model) for name, provider in snapshot.providers.items() if model in provider.models()]
    if listed:
        return listed
    name, separator, rest = model.partition("/")
    if separator and rest and name in snapshot.providers:
        return [Target(name, rest)]
    return [Target(name, model) for name in snapshot.catch_all]


def can(provider: Provider, model: str, operation: str) -> bool:
    """Whether a provider serves an operation for one of its models, as far as it says."""
    if not provider.supports(operation):
        return False
    known = provider.models().get(model)
    return known is None or known.operations is None or operation in known.operations


def visible_models(snapshot: Snapshot, principal: Principal) -> dict[str, tuple[Model, list[str]]]:
    """Public model name -> what is known of it and the names of the providers that serve it, for one caller."""
    found: dict[str, tuple[Model, list[str]]] = {}
    for name, targets in snapshot.routes.items():
        known = [snapshot.providers[t.provider].models().get(t.model) for t in targets]
        model = next((m for m in known if m is not None), None) or Model(id=name, owned_by=targets[0].provider)
        found[name] = (model, [t.provider for t in targets])
    for provider_name, provider in snapshot.providers.items():
        for model in provider.models().values():
            if model.id in snapshot.routes:
                continue
            found.setdefault(model.id, (model, []))[1].append(provider_name)
    if principal.models is None:
        return found
    return {name: value for name, value in found.items() if name in principal.models}
