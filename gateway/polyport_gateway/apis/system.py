"""Signs of life, and what is running."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from polyport_gateway import __version__
from polyport_gateway.core.document import document_text
from polyport_gateway.core.exchange import Answer, Context, Request
from polyport_gateway.generated import types


class Health:
    """The service `health`. `phase` says "starting", "ok" or "draining"."""

    def __init__(self, phase: Callable[[], str]) -> None:
        self._phase = phase

    async def retrieve(self, request: Request[None], context: Context) -> Answer:
        """That the gateway is there, and what it is doing."""
        return Answer(typed=types.Health(status=self._phase()))


class Version:
    """The service `version`."""

    async def retrieve(self, request: Request[None], context: Context) -> Answer:
        """The versions of the gateway and of the API document that it serves."""
        return Answer(typed=types.Version(version=__version__, api_version=_document_version()))


class _Info(msgspec.Struct):
    version: str


class _Document(msgspec.Struct):
    info: _Info


def _document_version() -> str:
    return msgspec.json.decode(document_text(), type=_Document).info.version
