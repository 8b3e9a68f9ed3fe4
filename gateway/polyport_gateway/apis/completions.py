"""Completions of plain text."""

from __future__ import annotations

from typing import Any

from polyport_gateway.apis.inference import serve
from polyport_gateway.core.exchange import Answer, Context, Request, StreamAnswer
from polyport_gateway.core.provider import COMPLETIONS
from polyport_gateway.core.routing import Router


class Completions:
    """The service `completions`."""

    def __init__(self, router: Router) -> None:
        self._router = router

    async def create(self, request: Request[Any], context: Context) -> Answer | StreamAnswer:
        """Continue a text, whole or as a stream."""
        return await serve(self._router, COMPLETIONS, request, context)
