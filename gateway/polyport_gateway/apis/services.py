"""All services of the API by name, as the table of operations names them."""

from __future__ import annotations

from polyport_gateway.apis.chat import ChatCompletions
from polyport_gateway.core.routing import Router


def build_services(router: Router) -> dict[str, object]:
    """Service name -> the object with its methods."""
    return {"chat.completions": ChatCompletions(router)}
