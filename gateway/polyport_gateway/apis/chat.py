"""Chat completions."""

from __future__ import annotations

from typing import Any

from polyport_gateway.apis.inference import serve
from polyport_gateway.core.exchange import Answer, Context, Request, StreamAnswer
from polyport_gateway.core.provider import CHAT
from polyport_gateway.core.routing import Router


class ChatCompletions:
    """The service `chat.completions`."""

    def __init__(self, router: Router) -> None:
        self._router = router

    async def create(self, request: Request[Any], context: Context) -> Answer | StreamAnswer:
        """Answer a conversation, whole or as a stream."""
        return await serve(self._router, CHAT, request, context)
