"""The gRPC door in a running gateway: calls, streams, errors, keys, deadlines, cancelling, health, reflection, drain."""

from __future__ import annotations

import asyncio
import json
import signal
from pathlib import Path
from typing import Any

import grpc  # type: ignore[import-untyped]
import grpc.aio  # type: ignore[import-untyped]
import pytest
from google.protobuf import descriptor_pb2
from google.rpc import error_details_pb2, status_pb2  # type: ignore[import-untyped]
from grpc_health.v1 import health_pb2, health_pb2_grpc  # type: ignore[import-untyped]
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc  # type: ignore[import-untyped]
from polyport_gateway.generated.wire import CALLS, ERROR

from tests.gateway.grpc_support import GrpcClient, call_of, grpc_client, trailers_of
from tests.gateway.support import MESSAGES, Gateway, UpstreamThread, one_provider, post, serving, wait_until

CHAT = "createChatCompletion"


def chat(model: str = "plain", **more: Any) -> dict[str, Any]:
    return {"body": {"model": model, "messages": MESSAGES, **more}}


async def failure(client: GrpcClient, operation: str, arguments: Any, **options: Any) -> grpc.aio.AioRpcError:
    """The error that a plain call ends with."""
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await client.call(operation, arguments, **options)
    return caught.value


async def test_a_plain_call(gateway: Gateway, upstream: UpstreamThread) -> None:
    async with grpc_client(gateway.port) as client:
        running = client.start(CHAT, chat(temperature=0.25, made_up={"big": 12345678901234567890}))
        answer = await running
        trailers = dict(await running.trailing_metadata())
    assert answer["choices"][0]["message"]["content"] == "Paris is the capital of France."
    assert upstream.last_body == chat(temperature=0.25, made_up={"big": 12345678901234567890})["body"]
    assert trailers["x-polyport-provider"] == "fake"
    assert trailers["x-request-id"].startswith("req_")


async def test_a_stream_has_all_events_and_no_usage_unasked(gateway: Gateway) -> None:
    async with grpc_client(gateway.port) as client:
        events = await client.events(CHAT, chat("stream:5"))
        with_usage = await client.events(CHAT, chat("stream:5", stream_options={"include_usage": True}))
    assert [e["choices"][0]["delta"].get("content") for e in events] == ["0", "1", "2", "3", "4", None]
    assert with_usage[-1]["choices"] == []
    assert with_usage[-1]["usage"]["total_tokens"] == 12


async def test_errors_keep_everything_that_rest_says(gateway: Gateway) -> None:
    rest = await post(gateway.port, chat("status:429")["body"])
    async with grpc_client(gateway.port) as client:
        error = await failure(client, CHAT, chat("status:429"))
    trailers = trailers_of(error)
    assert error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert error.details() == rest.json["error"]["message"]
    assert trailers["x-http-status"] == str(rest.status) == "429"
    assert trailers["retry-after"] == rest.headers["retry-after"] == "7"
    assert json.loads(trailers["x-error-bin"]) == rest.json
    status = status_pb2.Status.FromString(trailers["grpc-status-details-bin"])
    details = {d.type_url.rpartition("/")[2]: d.value for d in status.details}
    info = error_details_pb2.ErrorInfo.FromString(details["google.rpc.ErrorInfo"])
    assert (info.domain, info.metadata["http_status"]) == ("polyport", "429")
    assert error_details_pb2.RetryInfo.FromString(details["google.rpc.RetryInfo"]).retry_delay.seconds == 7
    assert ERROR is not None
    assert ERROR.decode(details[ERROR.name]) == rest.json


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\xff\xff", "cannot be read"),
        (b"\x12\x00", "ChatMessage is empty"),
        (b"", "at `messages`"),
    ],
)
async def test_messages_that_stand_for_no_request(gateway: Gateway, data: bytes, problem: str) -> None:
    async with grpc_client(gateway.port) as client:
        error = await failure(client, CHAT, data)
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert problem in error.details()


async def test_a_wrong_value_names_its_place(gateway: Gateway) -> None:
    async with grpc_client(gateway.port) as client:
        error = await failure(client, CHAT, chat(temperature=7))
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert json.loads(trailers_of(error)["x-error-bin"])["error"]["param"] == "temperature"


async def test_garbage_after_the_preface_ends_the_connection(gateway: Gateway) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
    writer.write(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"garbage" * 10)
    await asyncio.wait_for(reader.read(), 10)
    writer.close()
    async with grpc_client(gateway.port) as client:
        assert (await client.call("retrieveHealth", {}))["status"] == "ok"


async def test_an_unknown_method(gateway: Gateway) -> None:
    async with grpc_client(gateway.port) as client:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await client.channel.unary_unary("/polyport.v1.ChatCompletions/NoSuch")(b"")
    assert caught.value.code() is grpc.StatusCode.UNIMPLEMENTED


async def test_a_cut_upstream_is_an_error_after_the_events(gateway: Gateway) -> None:
    async with grpc_client(gateway.port) as client:
        running = aiter(client.start(CHAT, chat("cut:3"), streaming=True))
        events = [await anext(running) for _ in range(3)]
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await anext(running)
    assert [e["choices"][0]["delta"]["content"] for e in events] == ["Paris", " is", " the"]
    assert caught.value.code() is grpc.StatusCode.UNAVAILABLE
    assert trailers_of(caught.value)["x-http-status"] == "502"


async def test_cancelling_cancels_upstream(gateway: Gateway, upstream: UpstreamThread) -> None:
    left = upstream.fake.left
    async with grpc_client(gateway.port) as client:
        running = client.start(CHAT, chat("stream:1000:10"), streaming=True)
        await running.read()
        running.cancel()
        await asyncio.to_thread(wait_until, lambda: upstream.fake.left > left)


async def test_a_deadline_ends_the_call_here_and_upstream(gateway: Gateway, upstream: UpstreamThread) -> None:
    left = upstream.fake.left
    async with grpc_client(gateway.port) as client:
        error = await failure(client, CHAT, chat("hang"), timeout=0.3)
    assert error.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    await asyncio.to_thread(wait_until, lambda: upstream.fake.left > left)


async def test_200_streams_at_once_lose_nothing(gateway: Gateway) -> None:
    async with grpc_client(gateway.port) as client:
        streams = [client.events(CHAT, chat("stream:20:5"), timeout=60) for _ in range(200)]
        results = await asyncio.gather(*streams)
    expected = [str(n) for n in range(20)]
    assert all([e["choices"][0]["delta"].get("content") for e in events[:-1]] == expected for events in results)
    assert all(events[-1]["choices"][0]["finish_reason"] == "stop" for events in results)


async def test_health(gateway: Gateway) -> None:
    async with grpc_client(gateway.port) as client:
        stub = health_pb2_grpc.HealthStub(client.channel)
        for service in ("", "polyport.v1.ChatCompletions"):
            reply = await stub.Check(health_pb2.HealthCheckRequest(service=service))
            assert reply.status == health_pb2.HealthCheckResponse.SERVING
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await stub.Check(health_pb2.HealthCheckRequest(service="no.such.Service"))
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND


async def test_reflection_shows_every_service_and_how_to_call_it(gateway: Gateway) -> None:
    async with grpc_client(gateway.port) as client:
        stub = reflection_pb2_grpc.ServerReflectionStub(client.channel)
        requests = [
            reflection_pb2.ServerReflectionRequest(list_services=""),
            reflection_pb2.ServerReflectionRequest(file_containing_symbol="polyport.v1.ChatCompletions"),
            reflection_pb2.ServerReflectionRequest(file_containing_symbol="grpc.health.v1.Health"),
        ]
        listing, chat_file, health_file = [reply async for reply in stub.ServerReflectionInfo(iter(requests))]
    names = {service.name for service in listing.list_services_response.service}
    assert {call.service for call in CALLS} | {"grpc.health.v1.Health"} <= names
    files = [
        descriptor_pb2.FileDescriptorProto.FromString(data)
        for reply in (chat_file, health_file)
        for data in reply.file_descriptor_response.file_descriptor_proto
    ]
    methods = {m.name for f in files for s in f.service if s.name == "ChatCompletions" for m in s.method}
    assert methods == {"Create", "CreateStreaming"}


async def test_models_and_parameters(gateway: Gateway) -> None:
    async with grpc_client(gateway.port) as client:
        models = await client.call("listModels", {})
        one = await client.call("retrieveModel", {"path": {"model": "plain"}})
        missing = await failure(client, "retrieveProvider", {"path": {"provider": "nosuch"}})
        unsaid = await failure(client, "retrieveModel", {})
    assert "plain" in {model["id"] for model in models["data"]}
    assert one["id"] == "plain"
    assert missing.code() is grpc.StatusCode.NOT_FOUND
    assert unsaid.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert "'model' is missing" in unsaid.details()


async def test_keys_and_limits(upstream: UpstreamThread, tmp_path: Path) -> None:
    more = "server: {max_body_bytes: 20000}\nkeys: [{name: me, key: sekret}]\n"
    with serving(tmp_path, one_provider(upstream.url, more), "--no-engine") as gateway:
        async with grpc_client(gateway.port) as client:
            without = await failure(client, CHAT, chat())
            wrong = await failure(client, CHAT, chat(), metadata=(("authorization", "Bearer nope"),))
            right = await client.call(CHAT, chat(), metadata=(("authorization", "Bearer sekret"),))
            health = await client.call("retrieveHealth", {})
            large = await failure(client, CHAT, chat(user="x" * 30000), metadata=(("authorization", "Bearer sekret"),))
    assert without.code() is wrong.code() is grpc.StatusCode.UNAUTHENTICATED
    assert right["choices"]
    assert health["status"] == "ok"
    assert large.code() is grpc.StatusCode.RESOURCE_EXHAUSTED


async def test_a_drain_lets_streams_finish(upstream: UpstreamThread, tmp_path: Path) -> None:
    with serving(tmp_path, one_provider(upstream.url), "--no-engine") as gateway:
        async with grpc_client(gateway.port) as client:
            running = [aiter(client.start(CHAT, chat("stream:30:20"), streaming=True)) for _ in range(20)]
            for call in running:
                await anext(call)
            gateway.process.send_signal(signal.SIGTERM)
            rest = [[event async for event in call] for call in running]
        assert all(len(events) == 30 for events in rest)
        assert await asyncio.to_thread(gateway.process.wait, 20) == 0


async def test_a_drain_without_patience_says_unavailable(upstream: UpstreamThread, tmp_path: Path) -> None:
    with serving(tmp_path, one_provider(upstream.url, "server: {drain: 0.2}\n"), "--no-engine") as gateway:
        async with grpc_client(gateway.port) as client:
            running = aiter(client.start(CHAT, chat("stream:1000:20"), streaming=True))
            await anext(running)
            gateway.process.send_signal(signal.SIGTERM)
            with pytest.raises(grpc.aio.AioRpcError) as caught:
                async for _ in running:
                    pass
    assert caught.value.code() is grpc.StatusCode.UNAVAILABLE
    assert trailers_of(caught.value)["x-http-status"] == "503"


def test_every_operation_has_a_call() -> None:
    assert call_of(CHAT, streaming=True).path == "/polyport.v1.ChatCompletions/CreateStreaming"
    assert len({call.path for call in CALLS}) == len(CALLS)
