"""The models that a caller may use."""

from __future__ import annotations

from polyport_gateway.core.errors import unknown_model
from polyport_gateway.core.exchange import Answer, Context, Request
from polyport_gateway.core.provider import Model
from polyport_gateway.core.routing import visible_models
from polyport_gateway.generated import types


class Models:
    """The service `models`."""

    async def list(self, request: Request[None], context: Context) -> Answer:
        """All models, in the order of their ids."""
        found = visible_models(context.snapshot, context.principal)
        return Answer(typed=types.ModelList(data=[to_wire(name, found[name][0]) for name in sorted(found)]))

    async def retrieve(self, request: Request[None], context: Context) -> Answer:
        """One model; ApiError 404 when the caller sees none of that name."""
        name = request.parameters["model"]
        found = visible_models(context.snapshot, context.principal).get(name)
        if found is None:
            raise unknown_model(name)
        return Answer(typed=to_wire(name, found[0]))


def to_wire(name: str, model: Model) -> types.Model:
    """A model under its public name, as the API shows it."""
    return types.Model(id=name, created=model.created, owned_by=model.owned_by)
