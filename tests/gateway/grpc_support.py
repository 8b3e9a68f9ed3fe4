"""A gRPC client for the gateway's tests, made of the generated codecs alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import grpc  # type: ignore[import-untyped]
import grpc.aio  # type: ignore[import-untyped]
from polyport_gateway.generated.wire import CALLS, Call


def call_of(operation: str, *, streaming: bool = False) -> Call:
    """One call of the generated table."""
    return next(c for c in CALLS if c.operation == operation and c.streaming == streaming)


class GrpcClient:
    """Calls by operation id, with JSON arguments and answers."""

    def __init__(self, channel: Any) -> None:
        self.channel = channel

    def start(self, operation: str, arguments: Any, *, streaming: bool = False, **options: Any) -> Any:
        """Begin a call; bytes in the request are sent as they are."""
        call = call_of(operation, streaming=streaming)
        data = arguments if isinstance(arguments, bytes) else call.encode_request(arguments)
        kind = self.channel.unary_stream if streaming else self.channel.unary_unary
        return kind(call.path, response_deserializer=call.decode_response)(data, **{"timeout": 30, **options})

    async def call(self, operation: str, arguments: Any, **options: Any) -> Any:
        """A plain call's answer."""
        return await self.start(operation, arguments, **options)

    async def events(self, operation: str, arguments: Any, **options: Any) -> list[Any]:
        """All events of a streaming call."""
        return [event async for event in self.start(operation, arguments, streaming=True, **options)]


@asynccontextmanager
async def grpc_client(port: int) -> AsyncIterator[GrpcClient]:
    """A client of the gateway at this port, on a connection of its own."""
    options = [("grpc.use_local_subchannel_pool", 1)]
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}", options=options) as channel:
        yield GrpcClient(channel)


def trailers_of(error: grpc.aio.AioRpcError) -> dict[str, Any]:
    """The trailing metadata of a failed call."""
    return dict(error.trailing_metadata())
