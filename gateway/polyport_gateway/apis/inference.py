"""What chat, completions and embeddings share: one call through the router, and the usage event's manners."""

from __future__ import annotations

from typing import Any

from polyport_gateway.core.exchange import Answer, Context, Request, StreamAnswer
from polyport_gateway.core.routing import Router
from polyport_gateway.core.usage import without_usage


async def serve(router: Router, operation: str, request: Request[Any], context: Context) -> Answer | StreamAnswer:
    """Serve one inference request; a stream keeps its usage event only when the client asked for it."""
    answer = await router.call(operation, request, context)
    if isinstance(answer, StreamAnswer) and not asked_for_usage(request.typed):
        return without_usage(answer)
    return answer


def asked_for_usage(typed: Any) -> bool:
    """Whether `stream_options.include_usage` is true."""
    options = getattr(typed, "stream_options", None)
    return options is not None and options.include_usage is True
