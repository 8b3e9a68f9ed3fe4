"""What a worker gives to its gRPC door.

The door is `doors.grpc_door.start(socket_path, services, config)`, a coroutine that returns once the server listens on
the unix socket. Its result has `async def stop(self, grace: float) -> None`: health turns NOT_SERVING, new calls are
refused, calls in flight finish within `grace` seconds and are then ended with UNAVAILABLE.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import msgspec

from polyport_gateway.core.snapshot import Snapshot


class GrpcConfig(msgspec.Struct, frozen=True, kw_only=True):
    """`snapshot` gives the configuration of a new call, `peer_of` the client's address for `context.peer()`,
    `not_ready` the reasons why the gateway cannot serve yet (empty: it can)."""

    snapshot: Callable[[], Snapshot]
    peer_of: Callable[[str], str]
    not_ready: Callable[[], list[str]]
    max_message_bytes: int


class GrpcHandle(Protocol):
    """A running gRPC door."""

    async def stop(self, grace: float) -> None:
        """Drain as the module says; returns when the server has ended."""
