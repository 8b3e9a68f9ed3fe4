"""Embeddings."""

from __future__ import annotations

from typing import Any

from polyport_gateway.core.exchange import Answer, Context, Request, StreamAnswer
from polyport_gateway.core.provider import EMBEDDINGS
from polyport_gateway.core.routing import Router


class Embeddings:
    """The service `embeddings`."""

    def __init__(self, router: Router) -> None:
        self._router = router

    async def create(self, request: Request[Any], context: Context) -> Answer | StreamAnswer:
        """Turn texts into vectors."""
        return await self._router.call(EMBEDDINGS, request, context)
