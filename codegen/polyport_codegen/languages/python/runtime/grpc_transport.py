"""Calls over gRPC, synchronously, on grpcio."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import grpc  # type: ignore[import-not-found,import-untyped,unused-ignore]

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


class GrpcOutcome(GrpcAnswer):
    """An answer over gRPC, read synchronously."""

    stream: Any = None
    watchdog: Watchdog | None = None
    first: bytes | None = None

    def load(self) -> None:
        """A plain answer is loaded already."""

    def messages(self) -> Iterator[Any]:
        """The stream's events as JSON data; ends the rpc at the end, however it comes."""
        try:
            if self.first is not None:
                yield self.decode(self.first)
                for message in self._rest():
                    yield self.decode(message)
        finally:
            self.close()

    def events(self) -> Iterator[ServerSentEvent]:
        """The stream's messages as events without a name."""
        for message in self.messages():
            yield ServerSentEvent(json.dumps(message, ensure_ascii=False))

    def iter_bytes(self) -> Iterator[bytes]:
        """The body in one piece."""
        yield self.content

    def close(self) -> None:
        """End the rpc if it is not read to its end."""
        if self.stream is not None:
            self.stream.cancel()
        if self.watchdog is not None:
            self.watchdog.stop()

    def _rest(self) -> Iterator[bytes]:
        watchdog = self.watchdog
        while True:
            if watchdog is not None:
                watchdog.wait_for(self.call.idle_timeout)
            try:
                message = next(self.stream)
            except StopIteration:
                return
            except grpc.RpcError as error:
                late = watchdog is not None and watchdog.expired
                raise stream_failure(self.call, error, idle=late) from error
            finally:
                if watchdog is not None:
                    watchdog.wait_for(None)
            yield message


class Watchdog:
    """Cancels an rpc when a message takes too long: gRPC has deadlines for whole streams only."""

    def __init__(self, stream: Any) -> None:
        self.expired: bool = False
        self._stream = stream
        self._limit: float | None = None
        self._stopped = False
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def wait_for(self, seconds: float | None) -> None:
        """From now on the next message may take so long; None: as long as it likes."""
        with self._changed:
            self._limit = None if seconds is None else time.monotonic() + seconds
            if self._limit is not None and self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Watch no more."""
        with self._changed:
            self._stopped = True
            self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while not self._stopped:
                limit = self._limit
                left = 0.25 if limit is None else limit - time.monotonic()
                if left <= 0:
                    self.expired = True
                    self._stream.cancel()
                    return
                self._changed.wait(min(left, 0.25))


class GrpcTransport:
    """Carries calls over gRPC to the host of the client's base URL.

    Args:
        calls: the API's rpcs, from the generated codecs.
        channel: a `grpc.Channel` of your own, used and not closed; by default one is made per host.
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
        self._lock = threading.Lock()

    def send(self, call: Call, /) -> GrpcOutcome:
        """Send the call and wait for its answer, or for the first event of its stream.

        Raises:
            APIConnectionError: when there is none; `APITimeoutError` when it takes too long.
            UnsupportedByTransportError: for what only HTTP has.
        """
        rpc = self._rpcs.find(call)
        data = request_bytes(rpc, call)
        channel = self._open(call)
        return (
            self._stream(channel, rpc, call, data)
            if rpc.streaming
            else self._plain(channel, rpc, call, data)
        )

    def close(self) -> None:
        """Close the channels that this transport made."""
        with self._lock:
            for channel in self._channels.values():
                channel.close()
            self._channels.clear()

    def _plain(self, channel: Any, rpc: RemoteCall, call: Call, data: bytes) -> GrpcOutcome:
        try:
            message, running = channel.unary_unary(rpc.path).with_call(
                data, timeout=call.timeout, metadata=metadata(call)
            )
        except grpc.RpcError as error:
            return _outcome_of(failed_answer(call, rpc, error))
        outcome = GrpcOutcome(call, rpc, trailers=tuple(running.trailing_metadata() or ()))
        outcome.take(message)
        return outcome

    def _stream(self, channel: Any, rpc: RemoteCall, call: Call, data: bytes) -> GrpcOutcome:
        stream = channel.unary_stream(rpc.path)(data, metadata=metadata(call))
        watchdog = Watchdog(stream)
        watchdog.wait_for(call.timeout)
        first: bytes | None = None
        try:
            first = next(stream)
        except StopIteration:
            pass
        except grpc.RpcError as error:
            watchdog.stop()
            if watchdog.expired:
                raise first_message_late(call) from error
            return _outcome_of(failed_answer(call, rpc, error))
        watchdog.wait_for(None)
        outcome = GrpcOutcome(call, rpc, trailers=tuple(stream.initial_metadata() or ()))
        outcome.stream, outcome.watchdog, outcome.first = stream, watchdog, first
        return outcome

    def _open(self, call: Call) -> Any:
        if self._channel is not None:
            return self._channel
        key = target(call)
        with self._lock:
            if key not in self._channels:
                self._channels[key] = (
                    grpc.secure_channel(key[0], credentials(self._credentials), self._options)
                    if key[1]
                    else grpc.insecure_channel(key[0], self._options)
                )
            return self._channels[key]


def _outcome_of(answer: GrpcAnswer) -> GrpcOutcome:
    outcome = GrpcOutcome(answer.call, answer.rpc, answer.status, (), answer.content)
    outcome.headers, outcome.retry_after = answer.headers, answer.retry_after
    return outcome
