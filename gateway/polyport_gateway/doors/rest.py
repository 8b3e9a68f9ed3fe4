"""REST: from an exchange to a service call and back, driven by the generated table of operations."""

from __future__ import annotations

import asyncio
import itertools
import logging
import math
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from polyport_gateway.core.errors import ApiError, invalid_parameter
from polyport_gateway.core.exchange import Answer, Context, Request, StreamAnswer
from polyport_gateway.core.keys import authenticate
from polyport_gateway.core.snapshot import ANONYMOUS, Snapshot
from polyport_gateway.doors.exchange import JSON, Exchange
from polyport_gateway.generated._operations import Missing, Operation
from polyport_gateway.generated._parameters import ParameterError, read_parameters
from polyport_gateway.generated.operations import OPERATIONS, ROUTER

log = logging.getLogger("polyport.rest")

EVENT_STREAM = b"text/event-stream; charset=utf-8"
Call = Callable[[Request[Any], Context], Awaitable[Answer | StreamAnswer]]
Other = Callable[[Exchange], Awaitable[None]]


class RestDoor:
    """The handler of the HTTP door. Paths that no operation has go to `other`."""

    def __init__(self, services: Mapping[str, object], snapshot: Callable[[], Snapshot], other: Other) -> None:
        self._calls: dict[str, Call] = {op.id: getattr(services[op.service], op.method) for op in OPERATIONS}
        self._snapshot = snapshot
        self._other = other
        self._prefix = f"req_{os.urandom(6).hex()}"
        self._numbers = itertools.count(1)
        self._loop = asyncio.get_running_loop()

    async def handle(self, exchange: Exchange) -> None:
        """Serve one exchange."""
        found = ROUTER.find("GET" if exchange.method == "HEAD" else exchange.method, exchange.path.decode("latin-1"))
        if isinstance(found, Missing):
            if found.allowed:
                respond_error(exchange, wrong_method(exchange.method, found.allowed), [])
            else:
                await self._other(exchange)
            return
        operation = found.operation
        request_id = f"{self._prefix}{next(self._numbers):08x}"
        headers = [(b"x-request-id", request_id.encode())]
        try:
            answer = await self._call(operation, found.variables, exchange, request_id)
        except ApiError as error:
            respond_error(exchange, error, headers)
            return
        except asyncio.CancelledError:
            if not exchange.disconnected:
                respond_error(exchange, shutting_down(), headers)
            raise
        except Exception:
            log.exception("%s failed (%s)", operation.id, request_id)
            respond_error(exchange, internal_error(request_id), headers)
            return
        headers += [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
        if isinstance(answer, StreamAnswer):
            await stream(exchange, operation, answer, headers, request_id)
        else:
            exchange.respond(answer.status, answer.body, JSON, headers)

    async def _call(
        self, operation: Operation, variables: Mapping[str, str], exchange: Exchange, request_id: str
    ) -> Answer | StreamAnswer:
        snapshot = self._snapshot()
        principal = ANONYMOUS
        if operation.security:
            authorization = exchange.headers.get(b"authorization")
            principal = authenticate(snapshot, authorization.decode("latin-1") if authorization else None)
        try:
            parameters = read_parameters(operation, variables, exchange.query.decode("latin-1"), exchange.text_headers)
        except ParameterError as error:
            raise invalid_parameter(error.name, str(error)) from None
        body: bytes | None = None
        if operation.body is not None:
            body = await exchange.body() or None
            if body is not None:
                check_content_type(exchange)
        context = Context(
            snapshot,
            principal,
            request_id=request_id,
            peer=exchange.peer,
            deadline=self._loop.time() + snapshot.request_timeout,
        )
        request: Request[Any] = Request(operation.body or _no_body, body=body, parameters=parameters)
        return await self._calls[operation.id](request, context)


async def stream(
    exchange: Exchange,
    operation: Operation,
    answer: StreamAnswer,
    headers: list[tuple[bytes, bytes]],
    request_id: str,
) -> None:
    """Write a stream as server-sent events, one write per batch. It ends with the operation's terminator, or with an
    error event; the two never occur together, and neither is left out while the client listens."""
    exchange.start(
        answer.status, EVENT_STREAM, [*headers, (b"cache-control", b"no-cache"), (b"x-accel-buffering", b"no")]
    )
    try:
        async for batch in answer:
            full = exchange.write(b"data: " + b"\n\ndata: ".join(batch.raw) + b"\n\n")
            if full is not None:
                await full
    except ApiError as error:
        exchange.finish(b"data: " + error.body() + b"\n\n")
    except asyncio.CancelledError:
        if not exchange.disconnected:
            exchange.finish(b"data: " + shutting_down().body() + b"\n\n")
        raise
    except Exception:
        log.exception("%s failed in its stream (%s)", operation.id, request_id)
        exchange.finish(b"data: " + internal_error(request_id).body() + b"\n\n")
    else:
        exchange.finish(b"data: " + operation.terminator.encode() + b"\n\n" if operation.terminator else b"")
    finally:
        await answer.aclose()


def respond_error(exchange: Exchange, error: ApiError, headers: list[tuple[bytes, bytes]]) -> None:
    """Write an error in the API's shape, unless the client is gone or has part of an answer already."""
    if exchange.started or exchange.disconnected:
        return
    extra = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in error.headers]
    if error.retry_after is not None:
        extra.append((b"retry-after", b"%d" % math.ceil(error.retry_after)))
    exchange.respond(error.status, error.body(), JSON, headers + extra)


def check_content_type(exchange: Exchange) -> None:
    """Raises ApiError 415 for a body that says it is compressed or not JSON; one that says nothing is taken for JSON."""
    coding = exchange.headers.get(b"content-encoding", b"identity")
    if coding != b"identity":
        text = coding.decode("latin-1")
        raise ApiError(415, f"Content-Encoding {text} is not understood.", code="unsupported_media_type")
    given = exchange.headers.get(b"content-type")
    if given is None or given == JSON:
        return
    kind = given.partition(b";")[0].strip().lower()
    if kind != JSON and not kind.endswith(b"+json"):
        text = kind.decode("latin-1")
        raise ApiError(415, f"The request body must be application/json, not {text}.", code="unsupported_media_type")


def wrong_method(method: str, allowed: tuple[str, ...]) -> ApiError:
    """405 for a path that other methods have."""
    names = ", ".join(allowed)
    message = f"{method} is not served at this path; it takes {names}."
    return ApiError(405, message, code="method_not_allowed", headers=(("allow", names),))


def shutting_down() -> ApiError:
    """For exchanges that the drain's grace did not suffice for."""
    return ApiError(503, "The gateway is shutting down; try again.", code="shutting_down", retry_after=1.0)


def internal_error(request_id: str) -> ApiError:
    """For a fault of the gateway itself: the log has the details under the request's id."""
    return ApiError(500, f"The gateway failed; its log tells why (request {request_id}).", code="internal_error")


def _no_body(_: bytes) -> None:
    return None
