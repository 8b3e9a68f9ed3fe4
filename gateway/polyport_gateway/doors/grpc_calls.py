"""gRPC: from a message to a service call and back, driven by the generated tables of operations and calls.

The same services as REST serve the same requests: a message becomes the JSON that REST would have received, and answers
and events become messages.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import logging
import os
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any

import grpc  # type: ignore[import-untyped]
import msgspec

from polyport_gateway.core.errors import ApiError, invalid_parameter
from polyport_gateway.core.exchange import Answer, Context, Request, StreamAnswer
from polyport_gateway.core.keys import authenticate
from polyport_gateway.core.snapshot import ANONYMOUS
from polyport_gateway.doors.grpc_config import GrpcConfig
from polyport_gateway.doors.grpc_errors import Trailers, error_trailers, shortened
from polyport_gateway.doors.rest import internal_error, shutting_down
from polyport_gateway.generated._operations import Operation
from polyport_gateway.generated._parameters import ParameterError, check_parameters
from polyport_gateway.generated.operations import OPERATIONS
from polyport_gateway.generated.wire import CALLS, Call, CodecError

log = logging.getLogger("polyport.grpc")

Method = Callable[[Request[Any], Context], Awaitable[Answer | StreamAnswer]]

_NAME = re.compile(r"[0-9a-z_.-]+")
_SKIPPED = re.compile(r"grpc-|content-|connection$|transfer-encoding$")


class GrpcCalls:
    """All calls of a door: the handlers that grpc.aio runs, and those of them that run now."""

    def __init__(self, services: Mapping[str, object], config: GrpcConfig) -> None:
        self._operations = {operation.id: operation for operation in OPERATIONS}
        self._methods: dict[str, Method] = {o.id: getattr(services[o.service], o.method) for o in OPERATIONS}
        self._config = config
        self._loop = asyncio.get_running_loop()
        self._prefix = f"req_{os.urandom(6).hex()}"
        self._numbers = itertools.count(1)
        self._running: set[asyncio.Task[Any]] = set()
        self._ending = False

    def handlers(self) -> list[Any]:
        """One handler per service. Bytes go in and out: the codecs are ours."""
        by_service: dict[str, dict[str, Any]] = {}
        for call in CALLS:
            by_service.setdefault(call.service, {})[call.method] = self._handler(call)
        return [grpc.method_handlers_generic_handler(service, methods) for service, methods in by_service.items()]

    async def end(self, grace: float) -> None:
        """Let calls finish within `grace` seconds, then end the others with UNAVAILABLE."""
        if self._running:
            await asyncio.wait(list(self._running), timeout=grace)
        self._ending = True
        running = list(self._running)
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running, timeout=1.0)

    def _handler(self, call: Call) -> Any:
        operation = self._operations[call.operation]

        async def unary(data: bytes, context: Any) -> bytes:
            with self._counted():
                return await self._unary(call, operation, data, context)

        async def stream(data: bytes, context: Any) -> None:
            with self._counted():
                await self._stream(call, operation, data, context)

        return (
            grpc.unary_stream_rpc_method_handler(stream)
            if call.streaming
            else grpc.unary_unary_rpc_method_handler(unary)
        )

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            yield
        finally:
            self._running.discard(task)

    async def _unary(self, call: Call, operation: Operation, data: bytes, context: Any) -> bytes:
        request_id = self._request_id()
        try:
            answer = await self._answer(call, operation, data, context, request_id)
            if isinstance(answer, StreamAnswer):
                await answer.aclose()
                raise TypeError(f"{operation.id} answered a plain call with a stream")
            message = encode(call, answer.body) if call.response is not None else b""
            context.set_trailing_metadata(metadata(request_id, answer.headers))
            return message
        except (Exception, asyncio.CancelledError) as error:
            await self._fail(context, error, request_id, operation)
            raise

    async def _stream(self, call: Call, operation: Operation, data: bytes, context: Any) -> None:
        request_id = self._request_id()
        try:
            answer = await self._answer(call, operation, data, context, request_id)
            if not isinstance(answer, StreamAnswer):
                raise TypeError(f"{operation.id} answered a streaming call without a stream")
            head = metadata(request_id, answer.headers)
            try:
                await context.send_initial_metadata(tuple(head))
                async for batch in answer:
                    for event in batch.raw:
                        await context.write(encode(call, event))
            finally:
                await answer.aclose()
            context.set_trailing_metadata(head)
        except (Exception, asyncio.CancelledError) as error:
            await self._fail(context, error, request_id, operation)
            raise

    async def _answer(
        self, call: Call, operation: Operation, data: bytes, context: Any, request_id: str
    ) -> Answer | StreamAnswer:
        snapshot = self._config.snapshot()
        principal = ANONYMOUS
        if operation.security:
            principal = authenticate(snapshot, _header(context, "authorization"))
        try:
            arguments = call.decode_request(data)
        except (CodecError, RecursionError) as error:
            raise ApiError(
                400, f"The request message does not stand for JSON: {error}.", code="invalid_message"
            ) from None
        given = {
            name: value
            for part in ("path", "query", "header", "cookie")
            for name, value in arguments.get(part, {}).items()
        }
        try:
            parameters = check_parameters(operation, given)
        except ParameterError as error:
            raise invalid_parameter(error.name, str(error)) from None
        body = to_json(arguments["body"]) if "body" in arguments else None
        left = context.time_remaining()
        # gRPC itself ends a call at its deadline; ours comes after it, so that the two do not race for the status.
        seconds = snapshot.request_timeout if left is None else min(left + 0.5, snapshot.request_timeout)
        request: Request[Any] = Request(operation.body or _no_body, body=body, parameters=parameters)
        known = Context(
            snapshot,
            principal,
            request_id=request_id,
            peer=self._config.peer_of(context.peer()),
            deadline=self._loop.time() + seconds,
        )
        return await self._methods[operation.id](request, known)

    async def _fail(self, context: Any, error: BaseException, request_id: str, operation: Operation) -> None:
        """End the call with the error's status. A call that its client has left needs none."""
        if isinstance(error, asyncio.CancelledError):
            if not self._ending or context.cancelled():
                return
            error = shutting_down()
        elif not isinstance(error, ApiError):
            log.error("%s failed (%s)", operation.id, request_id, exc_info=error)
            error = internal_error(request_id)
        error = shortened(error)
        trailing = [*metadata(request_id, error.headers), *error_trailers(error)]
        await context.abort(grpc.StatusCode[error.grpc_code], error.message, tuple(trailing))

    def _request_id(self) -> str:
        return f"{self._prefix}{next(self._numbers):08x}"


def encode(call: Call, body: bytes) -> bytes:
    """The JSON text of an answer or event as a message. Raises ApiError 502 for what is no such JSON."""
    try:
        return call.encode_response(from_json(body))
    except (ValueError, RecursionError) as error:
        raise ApiError(502, f"The provider's answer could not be read: {error}.", code="bad_upstream_answer") from None


def from_json(text: bytes) -> Any:
    """JSON text -> values; the quick way first, then the one that allows lone surrogates."""
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return json.loads(text)


def to_json(value: Any) -> bytes:
    """Values -> JSON text; the quick way first, then the one that allows lone surrogates."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()


def metadata(request_id: str, headers: Sequence[tuple[str, str]]) -> Trailers:
    """The trailers of a call: its id, and the answer's headers (who served it) as far as HTTP/2 takes them."""
    out: Trailers = [("x-request-id", request_id)]
    for name, value in headers:
        if _NAME.fullmatch(name) and not _SKIPPED.match(name) and value.isascii() and value.isprintable():
            out.append((name, value))
    return out


def _header(context: Any, name: str) -> str | None:
    for key, value in context.invocation_metadata() or ():
        if key == name:
            return value if isinstance(value, str) else value.decode("latin-1")
    return None


def _no_body(_: bytes) -> None:
    return None
