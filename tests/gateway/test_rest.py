"""Chat completions over REST: what goes to the upstream, what comes back, and what is refused."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest

from tests.gateway.support import MESSAGES, Gateway, UpstreamThread, get, post, wait_until


def chat(model: str = "plain", **more: Any) -> dict[str, Any]:
    return {"model": model, "messages": MESSAGES, **more}


async def test_a_request_goes_on_as_it_came(gateway: Gateway, upstream: UpstreamThread) -> None:
    body = chat(temperature=0.25, made_up={"big": 12345678901234567890, "null": None}, seed=7)
    reply = await post(gateway.port, body)
    assert reply.status == 200
    assert reply.json["choices"][0]["message"]["content"] == "Paris is the capital of France."
    assert upstream.last_body == body
    assert reply.headers["x-polyport-provider"] == "fake"
    assert reply.headers["x-polyport-try"] == "1"
    assert reply.headers["x-request-id"].startswith("req_")


async def test_the_provider_gets_its_own_key_and_never_the_callers(gateway: Gateway, upstream: UpstreamThread) -> None:
    await post(gateway.port, chat(), authorization="Bearer the-callers")
    headers = next(h for path, h, _ in reversed(upstream.fake.requests) if path.endswith("completions"))
    assert headers["authorization"] == "Bearer sk-up"
    assert headers["accept-encoding"] == "identity"


async def test_a_stream_ends_with_one_done_and_no_usage_unless_asked(
    gateway: Gateway, upstream: UpstreamThread
) -> None:
    reply = await post(gateway.port, chat("stream:20", stream=True))
    assert reply.headers["content-type"].startswith("text/event-stream")
    assert reply.events[-1] == "[DONE]"
    assert reply.events.count("[DONE]") == 1
    chunks = [json.loads(event) for event in reply.events[:-1]]
    assert [c["choices"][0]["delta"].get("content") for c in chunks] == [*map(str, range(20)), None]
    assert upstream.last_body["stream_options"] == {"include_usage": True}


async def test_usage_comes_when_asked_for_and_other_stream_options_are_kept(
    gateway: Gateway, upstream: UpstreamThread
) -> None:
    options = {"include_usage": True, "made_up": 1}
    reply = await post(gateway.port, chat("stream:2", stream=True, stream_options=options))
    usage = json.loads(reply.events[-2])
    assert usage["choices"] == []
    assert usage["usage"]["total_tokens"] == 12
    assert upstream.last_body["stream_options"] == options


async def test_two_model_members_are_one_before_routing_and_before_the_upstream(
    gateway: Gateway, upstream: UpstreamThread
) -> None:
    body = b'{"model":"status:500","messages":[{"role":"user","content":"x"}],"mod\\u0065l":"plain"}'
    reply = await post(gateway.port, body)
    assert reply.status == 200
    assert upstream.last_body["model"] == "plain"


@pytest.mark.parametrize(
    ("body", "param", "words"),
    [
        (b'{"model": "plain", "messages": [', None, "not valid JSON"),
        (b"", None, "needs a JSON body"),
        (b"[]", None, "Expected `object`"),
        (b'{"messages": [{"role": "user", "content": "x"}]}', None, "`model`"),
        (b'{"model": 5, "messages": []}', "model", "Expected `str`, got `int`"),
        (b'{"model": "plain", "messages": [{"role": "user", "content": 1}]}', "messages[0].content", "Expected"),
        (b'{"model": "plain", "messages": [{"role": "user", "content": "\xff"}]}', None, "not valid JSON"),
        (b'{"model": "plain", "messages": [], "unknown": "\xff"}', None, "not valid JSON"),
        (b'{"model": "plain", "messages": ' + b"[" * 100000, None, ""),
    ],
)
async def test_a_wrong_body_is_refused_with_its_place(
    gateway: Gateway, body: bytes, param: str | None, words: str
) -> None:
    reply = await post(gateway.port, body)
    assert reply.status == 400
    error = reply.json["error"]
    assert set(error) == {"type", "code", "message", "param"}
    assert error["type"] == "invalid_request_error"
    assert words in error["message"]
    if param is not None:
        assert error["param"] == param


@pytest.mark.parametrize("header", [{"content-type": "text/xml"}, {"content-encoding": "gzip"}])
async def test_a_body_that_says_it_is_something_else_is_refused(gateway: Gateway, header: dict[str, str]) -> None:
    assert (await post(gateway.port, chat(), **header)).status == 415


async def test_a_wrong_method_names_the_right_ones(gateway: Gateway) -> None:
    reply = await get(gateway.port, "/v1/chat/completions")
    assert reply.status == 405
    assert reply.headers["allow"] == "POST"


async def test_an_unknown_path_points_to_the_docs(gateway: Gateway) -> None:
    reply = await get(gateway.port, "/v1/nothing")
    assert reply.status == 404
    assert "/docs" in reply.json["error"]["message"]


async def test_an_upstreams_error_keeps_its_words_and_its_retry_after(gateway: Gateway) -> None:
    reply = await post(gateway.port, chat("status:429"))
    assert reply.status == 429
    assert reply.headers["retry-after"] == "7"
    error = {"message": "the fake says no", "type": "fake_error", "code": "fake_code", "param": "fake_param"}
    assert reply.json == {"error": error}


@pytest.mark.parametrize(
    ("model", "status", "code"),
    [
        ("status:401", 502, "provider_refused_key"),
        ("status:404", 404, "fake_code"),
        ("status:500", 500, "fake_code"),
        ("status:503", 503, "fake_code"),
        ("kill", 502, "provider_unreachable"),
        ("html", 502, "bad_upstream_answer"),
        ("garbage", 502, "provider_failed"),
    ],
)
async def test_an_upstreams_failure_is_an_error_in_our_shape(
    gateway: Gateway, model: str, status: int, code: str
) -> None:
    reply = await post(gateway.port, chat(model))
    assert (reply.status, reply.json["error"]["code"]) == (status, code)


@pytest.mark.parametrize(
    ("model", "code"),
    [("cut:3", "provider_failed"), ("truncate:3", "stream_truncated"), ("errorevent:3", "oops")],
)
async def test_a_stream_that_breaks_ends_with_an_error_event(gateway: Gateway, model: str, code: str) -> None:
    reply = await post(gateway.port, chat(model, stream=True))
    assert reply.status == 200
    assert len(reply.events) == 4
    assert json.loads(reply.events[-1])["error"]["code"] == code


@pytest.mark.parametrize("model", ["cut:0", "truncate:0", "errorevent:0"])
async def test_a_stream_that_breaks_before_its_first_event_is_an_error_response(gateway: Gateway, model: str) -> None:
    reply = await post(gateway.port, chat(model, stream=True))
    assert reply.status == 502
    assert reply.json["error"]["message"]


@pytest.mark.parametrize("model", ["hang", "stream:100000:5"])
async def test_a_client_that_leaves_cancels_the_upstream(
    gateway: Gateway, upstream: UpstreamThread, model: str
) -> None:
    before = upstream.fake.left
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
    body = json.dumps(chat(model, stream=model != "hang")).encode()
    seen = upstream.calls
    writer.write(
        b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body) + body
    )
    if model == "hang":
        await asyncio.to_thread(wait_until, lambda: upstream.calls > seen)
    else:
        await reader.readuntil(b"data: ")
    writer.close()
    await asyncio.to_thread(wait_until, lambda: upstream.fake.left == before + 1)


async def test_probes_docs_and_status_page(gateway: Gateway) -> None:
    assert (await get(gateway.port, "/healthz")).json == {"status": "ok"}
    ready = await get(gateway.port, "/readyz")
    assert (ready.status, ready.json["status"]) == (200, "ready")
    page = await get(gateway.port, "/")
    assert b"fake" in page.body
    assert page.headers["content-type"].startswith("text/html")
    docs = await get(gateway.port, "/docs")
    assert docs.status == 200
    # The page works without a network: whatever it loads comes from here.
    loaded = re.findall(rb'(?:src|href)="([^"]+)"', docs.body)
    assert loaded
    for url in loaded:
        assert url.startswith(b"/docs/static/")
        assert (await get(gateway.port, url.decode())).status == 200


async def test_two_thousand_requests_on_few_connections(gateway: Gateway, upstream: UpstreamThread) -> None:
    body = json.dumps(chat()).encode()
    head = b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    request = head + b"Content-Length: %d\r\n\r\n" % len(body) + body

    async def many() -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        answered = 0
        writer.write(request * 50)  # pipelined
        for _ in range(50):
            line = await reader.readline()
            assert line.startswith(b"HTTP/1.1 200")
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            answered += 1
        writer.close()
        return answered

    assert sum(await asyncio.gather(*(many() for _ in range(40)))) == 2000
