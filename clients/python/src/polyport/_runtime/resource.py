"""The base of resources: a node of the API's tree that knows its client."""

from __future__ import annotations

from .async_client import AsyncCore
from .client import SyncCore


class SyncResource:
    """A node of the resource tree of a synchronous client."""

    def __init__(self, client: SyncCore) -> None:
        self._client = client


class AsyncResource:
    """A node of the resource tree of an asynchronous client."""

    def __init__(self, client: AsyncCore) -> None:
        self._client = client
