"""All services of the API by name, as the table of operations names them."""

from __future__ import annotations

from collections.abc import Callable

from polyport_gateway.apis.chat import ChatCompletions
from polyport_gateway.apis.completions import Completions
from polyport_gateway.apis.embeddings import Embeddings
from polyport_gateway.apis.models import Models
from polyport_gateway.apis.providers import Providers
from polyport_gateway.apis.system import Health, Version
from polyport_gateway.core.routing import Router


def build_services(router: Router, phase: Callable[[], str]) -> dict[str, object]:
    """Service name -> the object with its methods. `phase` says "starting", "ok" or "draining"."""
    return {
        "chat.completions": ChatCompletions(router),
        "completions": Completions(router),
        "embeddings": Embeddings(router),
        "models": Models(),
        "providers": Providers(router.breaker),
        "health": Health(phase),
        "version": Version(),
    }
