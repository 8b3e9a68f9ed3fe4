"""Calls over gRPC, asynchronously, on grpcio: the twin of `grpc_transport`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

import grpc  # type: ignore[import-not-found,import-untyped,unused-ignore]
import grpc.aio  # type: ignore[import-not-found,import-untyped,unused-ignore]

from .grpc_common import (
    GrpcAnswer,
    RemoteCall,
    Rpcs,
    credentials,
    failed_answer,
    first_message_late,
    metadata,
    options,
    request_bytes,
    stream_failure,
    target,
)
from .operation import Call
from .sse import ServerSentEvent


class AsyncGrpcOutcome(GrpcAnswer):
    """An answer over gRPC, read asynchronously."""

    stream: Any = None
    first: Any = None

    async def load(self) -> None:
        """A plain answer is loaded already."""

    async def messages(self) -> AsyncIterator[Any]:
        """The stream's events as JSON data; ends the rpc at the end, however it comes."""
        try:
            message = self.first
            while message is not grpc.aio.EOF:  # pyright: ignore[reportAttributeAccessIssue]
                yield self.decode(message)
                message = await self._next()
        finally:
            await self.close()

    async def events(self) -> AsyncIterator[ServerSentEvent]:
        """The stream's messages as events without a name."""
        async for message in self.messages():
            yield ServerSentEvent(json.dumps(message, ensure_ascii=False))

    async def iter_bytes(self) -> AsyncIterator[bytes]:
        """The body in one piece."""
        yield self.content

    async def close(self) -> None:
        """End the rpc if it is not read to its end."""
        if self.stream is not None:
            self.stream.cancel()

    async def _next(self) -> Any:
        try:
            return await asyncio.wait_for(self.stream.read(), self.call.idle_timeout)
        except asyncio.TimeoutError:
            error = grpc.aio.AioRpcError(
                grpc.StatusCode.CANCELLED, grpc.aio.Metadata(), grpc.aio.Metadata()
            )
            raise stream_failure(self.call, error, idle=True) from None
        except grpc.aio.AioRpcError as error:
            raise stream_failure(self.call, error, idle=False) from error


class AsyncGrpcTransport:
    """Carries calls over gRPC to the host of the client's base URL.

    Args:
        calls: the API's rpcs, from the generated codecs.
        channel: a `grpc.aio.Channel` of your own, used and not closed; by default one is made per
            host.
        channel_credentials: `grpc.ChannelCredentials` for `https` base URLs; by default TLS with
            the system's roots.
        channel_options: further channel options of gRPC.
    """

    def __init__(
        self,
        calls: Iterable[RemoteCall],
        channel: Any = None,
        *,
        channel_credentials: Any = None,
        channel_options: Sequence[tuple[str, Any]] = (),
    ) -> None:
        self._rpcs = Rpcs(calls)
        self._channel = channel
        self._credentials = channel_credentials
        self._options = options(channel_options)
        self._channels: dict[tuple[str, bool], Any] = {}

    async def send(self, call: Call, /) -> AsyncGrpcOutcome:
        """Send the call and wait for its answer, or for the first event of its stream.

        Raises:
            APIConnectionError: when there is none; `APITimeoutError` when it takes too long.
            UnsupportedByTransportError: for what only HTTP has.
        """
        rpc = self._rpcs.find(call)
        data = request_bytes(rpc, call)
        channel = self._open(call)
        if rpc.streaming:
            return await self._stream(channel, rpc, call, data)
        running = channel.unary_unary(rpc.path)(data, timeout=call.timeout, metadata=metadata(call))
        try:
            message = await running
        except grpc.aio.AioRpcError as error:
            return _outcome_of(failed_answer(call, rpc, error))
        outcome = AsyncGrpcOutcome(call, rpc, trailers=tuple(await running.trailing_metadata()))
        outcome.take(message)
        return outcome

    async def close(self) -> None:
        """Close the channels that this transport made."""
        channels, self._channels = self._channels, {}
        for channel in channels.values():
            await channel.close()

    async def _stream(
        self, channel: Any, rpc: RemoteCall, call: Call, data: bytes
    ) -> AsyncGrpcOutcome:
        stream = channel.unary_stream(rpc.path)(data, metadata=metadata(call))
        try:
            first = await asyncio.wait_for(stream.read(), call.timeout)
        except asyncio.TimeoutError:
            raise first_message_late(call) from None
        except grpc.aio.AioRpcError as error:
            return _outcome_of(failed_answer(call, rpc, error))
        outcome = AsyncGrpcOutcome(call, rpc, trailers=tuple(await stream.initial_metadata()))
        outcome.stream, outcome.first = stream, first
        return outcome

    def _open(self, call: Call) -> Any:
        if self._channel is not None:
            return self._channel
        key = target(call)
        if key not in self._channels:
            self._channels[key] = (
                grpc.aio.secure_channel(key[0], credentials(self._credentials), self._options)
                if key[1]
                else grpc.aio.insecure_channel(key[0], self._options)
            )
        return self._channels[key]


def _outcome_of(answer: GrpcAnswer) -> AsyncGrpcOutcome:
    outcome = AsyncGrpcOutcome(answer.call, answer.rpc, answer.status, (), answer.content)
    outcome.headers, outcome.retry_after = answer.headers, answer.retry_after
    return outcome
