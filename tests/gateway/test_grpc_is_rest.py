"""The same request through both doors: the same request upstream, the same answer, the same events, the same error.

Requests are generated from the document's own types: valid ones, and some that break its limits (both doors must refuse
them for the same reason).
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import grpc.aio  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polyport_codegen.ir.model import Api
from polyport_gateway.generated.operations import OPERATIONS

from tests.codegen.codec_package import api_of_file
from tests.codegen.json_values import same, values
from tests.gateway.grpc_support import grpc_client, trailers_of
from tests.gateway.support import Gateway, Reply, UpstreamThread, get, post

SPEC = Path(__file__).parents[2] / "spec" / "polyport.yaml"

BODIES = {
    "createChatCompletion": "/v1/chat/completions",
    "createCompletion": "/v1/completions",
    "createEmbedding": "/v1/embeddings",
}
GETS: dict[str, tuple[str, dict[str, Any]]] = {
    "listModels": ("/v1/models", {}),
    "retrieveModel": ("/v1/models/plain", {"path": {"model": "plain"}}),
    "listProviders": ("/v1/providers", {}),
    "retrieveProvider": ("/v1/providers/fake", {"path": {"provider": "fake"}}),
    "retrieveHealth": ("/health", {}),
    "retrieveVersion": ("/version", {}),
}

COMMON = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(scope="module")
def api() -> Api:
    return api_of_file(SPEC)


def requests(api: Api, operation: str, *, wild: bool) -> st.SearchStrategy[Any]:
    """Bodies for the operation, of a model that the fake upstream answers for."""
    body = api.operations[operation].body
    assert body is not None
    objects = values(api, body.media.type, wild=wild).filter(lambda value: isinstance(value, dict))
    return objects.map(lambda value: {**{k: v for k, v in value.items() if k != "stream"}, "model": "plain"})


async def through_grpc(port: int, operation: str, body: Any, streaming: bool) -> tuple[Any, Any]:
    """What gRPC gives: the answer or events, and the error."""
    events: list[Any] = []
    async with grpc_client(port) as client:
        try:
            if not streaming:
                return await client.call(operation, {"body": body}), None
            async for event in client.start(operation, {"body": body}, streaming=True):
                events.append(event)
        except grpc.aio.AioRpcError as error:
            return events or None, (
                int(trailers_of(error)["x-http-status"]),
                json.loads(trailers_of(error)["x-error-bin"]),
            )
    return events, None


def outcome_of(reply: Reply, streaming: bool) -> tuple[Any, Any]:
    """What REST gives, in the same form."""
    if reply.status != 200:
        return None, (reply.status, reply.json)
    if not streaming:
        return reply.json, None
    assert reply.events[-1] == "[DONE]"
    return [json.loads(event) for event in reply.events[:-1]], None


async def both(gateway: Gateway, upstream: UpstreamThread, operation: str, body: Any, streaming: bool) -> int:
    """Send through both doors and compare everything. The HTTP status."""
    sent = {**body, "stream": True} if streaming else body
    calls = upstream.calls
    reply = await post(gateway.port, sent, BODIES[operation])
    rest = outcome_of(reply, streaming)
    at_upstream = upstream.last_body if upstream.calls > calls else None
    calls = upstream.calls
    over_grpc = await through_grpc(gateway.port, operation, body, streaming)
    if rest[1] is not None:
        assert over_grpc[1] is not None, (rest, over_grpc)
        assert (over_grpc[1][0], over_grpc[1][1]["error"]["code"]) == (rest[1][0], rest[1][1]["error"]["code"])
        return reply.status
    assert over_grpc[1] is None, over_grpc
    assert same(over_grpc[0], rest[0])
    assert (at_upstream is None) == (upstream.calls == calls)
    assert at_upstream is None or same(upstream.last_body, at_upstream)
    return reply.status


@COMMON
@given(data=st.data(), operation=st.sampled_from(list(BODIES)), streaming=st.booleans())
def test_valid_requests(
    gateway: Gateway, upstream: UpstreamThread, api: Api, data: st.DataObject, operation: str, streaming: bool
) -> None:
    streaming = streaming and operation != "createEmbedding"
    body = data.draw(requests(api, operation, wild=False))
    assert asyncio.run(both(gateway, upstream, operation, body, streaming)) == 200


@COMMON
@given(data=st.data(), operation=st.sampled_from(list(BODIES)))
def test_requests_that_may_be_wrong_or_newer(
    gateway: Gateway, upstream: UpstreamThread, api: Api, data: st.DataObject, operation: str
) -> None:
    body = data.draw(requests(api, operation, wild=True))
    assert asyncio.run(both(gateway, upstream, operation, body, streaming=False)) in (200, 400)


@pytest.mark.parametrize("operation", GETS)
async def test_operations_without_a_body(gateway: Gateway, operation: str) -> None:
    path, arguments = GETS[operation]
    rest = await get(gateway.port, path)
    async with grpc_client(gateway.port) as client:
        answer = await client.call(operation, arguments)
    assert rest.status == 200
    assert same(answer, rest.json)


def test_every_operation_is_compared() -> None:
    assert {operation.id for operation in OPERATIONS} == set(BODIES) | set(GETS)
