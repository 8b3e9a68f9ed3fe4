"""The Python SDK over gRPC: the same client and the same calls as over HTTP, synchronous and asynchronous."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.languages.python import TARGET
from polyport_codegen.target import Settings

from tests.codegen.codec_package import api_of_file
from tests.gateway.support import MESSAGES, Gateway, UpstreamThread, wait_until

SPEC = Path(__file__).parents[2] / "spec" / "polyport.yaml"
PACKAGE = "polyport_over_grpc"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of the SDK with gRPC, under a name of its own."""
    api = api_of_file(SPEC)
    diagnostics = Diagnostics()
    settings = Settings(api.words, "1.0.0", PACKAGE, "http://127.0.0.1:1", options={"grpc": True})
    root = tmp_path_factory.mktemp("sdk")
    for file in TARGET.generate(api, settings, diagnostics).files:
        path = root / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    assert not diagnostics.has_errors
    return root / "src"


@pytest.fixture(scope="module")
def sdk(folder: Path) -> Iterator[Any]:
    """The package, imported."""
    sys.path.insert(0, str(folder))
    import_module(f"{PACKAGE}.grpc")
    yield import_module(PACKAGE)
    sys.path.remove(str(folder))


@pytest.fixture
def client(sdk: Any, gateway: Gateway) -> Iterator[Any]:
    """A client over gRPC that does not retry."""
    base = f"http://127.0.0.1:{gateway.port}"
    with sdk.Polyport(base_url=base, max_retries=0, transport=sdk.grpc.GrpcTransport()) as made:
        yield made


@pytest.fixture
async def async_client(sdk: Any, gateway: Gateway) -> AsyncIterator[Any]:
    """Its asynchronous twin."""
    base = f"http://127.0.0.1:{gateway.port}"
    transport = sdk.grpc.AsyncGrpcTransport()
    async with sdk.AsyncPolyport(base_url=base, max_retries=0, transport=transport) as made:
        yield made


def test_calls(client: Any) -> None:
    reply = client.chat.completions.create(model="plain", messages=MESSAGES)
    assert reply.choices[0].message.content == "Paris is the capital of France."
    assert client.models.retrieve("plain").id == "plain"
    assert "plain" in {model.id for model in client.models.list()}
    raw = client.with_raw_response.chat.completions.create(model="plain", messages=MESSAGES)
    assert raw.headers["x-polyport-provider"] == "fake"
    assert client.embeddings.create(model="plain", input="x").data[0].embedding == [0.5, -0.25, 0]


def test_streams(client: Any) -> None:
    with client.chat.completions.create(model="stream:5", messages=MESSAGES, stream=True) as stream:
        assert [chunk.choices[0].delta.content for chunk in stream] == ["0", "1", "2", "3", "4", None]


def test_leaving_a_stream_cancels_upstream(client: Any, upstream: UpstreamThread) -> None:
    left = upstream.fake.left
    with client.chat.completions.create(model="stream:1000:10", messages=MESSAGES, stream=True) as stream:
        next(iter(stream))
    wait_until(lambda: upstream.fake.left > left)


def test_errors_are_those_of_http(sdk: Any, client: Any) -> None:
    with pytest.raises(sdk.RateLimitError) as limited:
        client.chat.completions.create(model="status:429", messages=MESSAGES)
    assert limited.value.retry_after == 7
    assert limited.value.request_id.startswith("req_")
    assert limited.value.body["error"]["code"] == "fake_code"
    with pytest.raises(sdk.NotFoundError):
        client.providers.retrieve("nosuch")
    with pytest.raises(sdk.BadRequestError, match="temperature"):
        client.chat.completions.create(model="plain", messages=MESSAGES, temperature=9)


def test_a_cut_stream_is_an_error(sdk: Any, client: Any) -> None:
    stream = client.chat.completions.create(model="cut:2", messages=MESSAGES, stream=True)
    with stream, pytest.raises(sdk.APIStreamError, match="connection closed"):
        list(stream)


def test_limits_of_time(sdk: Any, client: Any) -> None:
    with pytest.raises(sdk.APITimeoutError):
        client.with_options(timeout=0.3).chat.completions.create(model="hang", messages=MESSAGES)
    with pytest.raises(sdk.APITimeoutError):
        client.with_options(timeout=0.3).chat.completions.create(model="hang", messages=MESSAGES, stream=True)


def test_a_silent_stream(sdk: Any, gateway: Gateway) -> None:
    transport = sdk.grpc.GrpcTransport()
    base = f"http://127.0.0.1:{gateway.port}"
    with sdk.Polyport(base_url=base, max_retries=0, idle_timeout=0.3, transport=transport) as client:
        stream = client.chat.completions.create(model="stream:3:3000", messages=MESSAGES, stream=True)
        with stream, pytest.raises(sdk.APITimeoutError, match="no data in the stream"):
            list(stream)


def test_what_only_http_has_fails_by_name(sdk: Any, client: Any) -> None:
    with pytest.raises(sdk.UnsupportedByTransportError, match="no rpc"):
        client.post("/x", cast_to=dict, body={})
    with pytest.raises(sdk.UnsupportedByTransportError, match="extra_query"):
        client.models.list(extra_query={"a": "b"})
    with pytest.raises(sdk.UnsupportedByTransportError, match="has a path"):
        sdk.Polyport(base_url="http://127.0.0.1:1/api", transport=sdk.grpc.GrpcTransport()).models.retrieve("x")


def test_no_link_to_a_next_page_is_followed(sdk: Any) -> None:
    def linked(call: Any) -> Any:
        return replace(call, links=("http://127.0.0.1:1/v1/models?after=a",))

    client = sdk.Polyport(base_url="http://127.0.0.1:1", transport=sdk.grpc.GrpcTransport(), on_request=linked)
    with pytest.raises(sdk.UnsupportedByTransportError, match="only HTTP"):
        client.models.list()


def test_nobody_there(sdk: Any) -> None:
    transport = sdk.grpc.GrpcTransport()
    with (
        sdk.Polyport(base_url="http://127.0.0.1:1", max_retries=0, transport=transport) as client,
        pytest.raises(sdk.APIConnectionError),
    ):
        client.health.retrieve()


async def test_the_asynchronous_twin(sdk: Any, async_client: Any) -> None:
    reply = await async_client.chat.completions.create(model="plain", messages=MESSAGES)
    assert reply.choices[0].message.content == "Paris is the capital of France."
    async with await async_client.chat.completions.create(model="stream:5", messages=MESSAGES, stream=True) as stream:
        assert [chunk.choices[0].delta.content async for chunk in stream] == ["0", "1", "2", "3", "4", None]
    with pytest.raises(sdk.RateLimitError):
        await async_client.chat.completions.create(model="status:429", messages=MESSAGES)
    with pytest.raises(sdk.APITimeoutError):
        await async_client.with_options(timeout=0.3).chat.completions.create(model="hang", messages=MESSAGES)
    cut = await async_client.chat.completions.create(model="cut:2", messages=MESSAGES, stream=True)
    with pytest.raises(sdk.APIStreamError):
        _ = [chunk async for chunk in cut]


def test_the_package_itself_needs_no_grpc(folder: Path) -> None:
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); import {PACKAGE} as s; s.Polyport; assert 'grpc' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
