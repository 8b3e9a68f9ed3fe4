"""gRPC instead of HTTP: the same client, the same calls. Needs the extra `grpc` (polyport[grpc])."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._runtime.grpc_async_transport import AsyncGrpcTransport as _AsyncGrpcTransport
from .._runtime.grpc_transport import GrpcTransport as _GrpcTransport
from ._wire import CALLS

__all__ = ["AsyncGrpcTransport", "GrpcTransport"]


class GrpcTransport(_GrpcTransport):
    """Carries calls over gRPC to the host of the client's base URL.

    Args:
        channel: a `grpc.Channel` of your own, used and not closed; by default one is made per host.
        channel_credentials: `grpc.ChannelCredentials` for `https` base URLs; by default TLS with
            the system's roots.
        channel_options: further channel options of gRPC.
    """

    def __init__(
        self,
        channel: Any = None,
        *,
        channel_credentials: Any = None,
        channel_options: Sequence[tuple[str, Any]] = (),
    ) -> None:
        super().__init__(
            CALLS, channel, channel_credentials=channel_credentials, channel_options=channel_options
        )


class AsyncGrpcTransport(_AsyncGrpcTransport):
    """The asynchronous twin of `GrpcTransport`; takes a `grpc.aio.Channel`."""

    def __init__(
        self,
        channel: Any = None,
        *,
        channel_credentials: Any = None,
        channel_options: Sequence[tuple[str, Any]] = (),
    ) -> None:
        super().__init__(
            CALLS, channel, channel_credentials=channel_credentials, channel_options=channel_options
        )
