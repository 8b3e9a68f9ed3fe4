"""The client over HTTP, with the network replaced by a function."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import httpx
import pytest
from runtime_under_test.errors import (
    APIConnectionError,
    APIDecodingError,
    APIError,
    APIStatusError,
    APIStreamError,
    NotFoundError,
    UnprocessableEntityError,
)
from runtime_under_test.models import APIModel
from runtime_under_test.operation import BodyFormat, Call, Operation, Param, Part
from runtime_under_test.responses import BinaryResponse
from runtime_under_test.security import Scheme
from runtime_under_test.settings import ApiInfo, CallOptions
from runtime_under_test.verbs import AsyncClient, SyncClient

INFO = ApiInfo(
    "acme",
    "1.2.3",
    "ACME",
    "http://api.test/v1",
    {"key": Scheme("bearer")},
    frozenset({"authorization", "set-cookie", "x-api-key"}),
)
Handler = Callable[[httpx.Request], httpx.Response]


class Client(SyncClient):
    _info: ClassVar[ApiInfo] = INFO


class Twin(AsyncClient):
    _info: ClassVar[ApiInfo] = INFO


def client(handler: Handler, **options: Any) -> Client:
    options = {"initial_retry_delay": 0.0, "api_key": "secret", **options}
    return Client(http_client=httpx.Client(transport=httpx.MockTransport(handler)), **options)


def answer(*statuses: int, **more: Any) -> tuple[Handler, list[httpx.Request]]:
    """A handler that gives these statuses one after the other, and what it was asked."""
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        request.read()
        seen.append(request)
        return httpx.Response(statuses[len(seen) - 1], **(more or {"json": {"n": len(seen)}}))

    return handle, seen


def test_one_idempotency_key_over_all_tries() -> None:
    handler, seen = answer(500, 429, 200)
    assert client(handler).post("/x", cast_to=dict, body={"a": 1}) == {"n": 3}
    assert len({request.headers["idempotency-key"] for request in seen}) == 1
    assert seen[0].headers["authorization"] == "Bearer secret"
    assert seen[0].headers["user-agent"].startswith("acme/1.2.3 python/")
    assert seen[0].content == b'{"a":1}'


def test_reading_needs_no_idempotency_key() -> None:
    handler, seen = answer(200)
    client(handler).get("/x?a=1", cast_to=dict, extra_query={"b": [1, 2]})
    assert "idempotency-key" not in seen[0].headers
    assert str(seen[0].url) == "http://api.test/v1/x?a=1&b=1&b=2"


def test_errors_carry_all_that_the_server_said() -> None:
    handler, _ = answer(
        422, json={"error": {"message": "odd"}}, headers={"x-request-id": "r1", "retry-after": "2"}
    )
    with pytest.raises(UnprocessableEntityError) as caught:
        client(handler).post("/x", cast_to=dict, body={})
    assert str(caught.value) == "POST /x: 422 odd (request id r1)"
    assert caught.value.body == {"error": {"message": "odd"}}
    assert caught.value.retry_after == 2


def test_settings_of_one_call() -> None:
    handler, seen = answer(200, 200)
    made = client(handler, default_headers={"x-a": "1", "X-B": "2"})
    made.get("/x", cast_to=dict, extra_headers={"X-A": None, "x-b": "3"})
    made.with_options(api_key=None, default_headers={"x-c": "4"}).get("/x", cast_to=dict)
    assert "x-a" not in seen[0].headers
    assert seen[0].headers["x-b"] == "3"
    assert "authorization" not in seen[1].headers
    assert [seen[1].headers[name] for name in ("x-a", "x-b", "x-c")] == ["1", "2", "4"]


def test_hooks_see_every_try_and_may_change_it() -> None:
    handler, seen = answer(500, 200)
    statuses: list[int] = []

    def change(call: Call) -> Call:
        from dataclasses import replace

        return replace(call, headers={**call.headers, "x-try": str(call.attempt)})

    made = client(
        handler, on_request=change, on_response=lambda call, got: statuses.append(got.status)
    )
    made.get("/x", cast_to=dict)
    assert [request.headers["x-try"] for request in seen] == ["0", "1"]
    assert statuses == [500, 200]


def test_a_key_can_be_a_function() -> None:
    handler, seen = answer(500, 200)
    keys = iter(["one", "two"])
    client(handler, api_key=lambda: next(keys)).get("/x", cast_to=dict)
    assert [r.headers["authorization"] for r in seen] == ["Bearer one", "Bearer two"]


def test_credentials_stay_with_their_origin_on_a_redirect() -> None:
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.url.path == "/v1/x":
            return httpx.Response(302, headers={"location": "/v1/y"})
        if request.url.path == "/v1/y":
            return httpx.Response(307, headers={"location": "http://other.test/z"})
        return httpx.Response(200, json={})

    client(handle).get("/x", cast_to=dict)
    assert "authorization" in seen[1].headers
    assert "authorization" not in seen[2].headers
    assert seen[2].headers["host"] == "other.test"


BYTES: Operation[Any] = Operation(
    "bytes", "POST", "/x", result=Any, body=BodyFormat("binary", "application/octet-stream")
)


def test_a_redirect_does_not_send_twice_what_can_be_sent_once() -> None:
    class Pipe:
        def __init__(self) -> None:
            self.pieces = [b"abc"]

        def read(self, size: int) -> bytes:
            return self.pieces.pop() if self.pieces else b""

    handler, seen = answer(307, headers={"location": "/other?api_key=hush"})
    with pytest.raises(APIError, match="sent only once") as caught:
        client(handler)._request(BYTES, body=Pipe())
    assert len(seen) == 1
    assert "hush" not in str(caught.value)


def test_logs_have_no_secrets(caplog: pytest.LogCaptureFixture) -> None:
    handler, _ = answer(200, headers={"set-cookie": "s=secret"}, json={})
    with caplog.at_level(logging.DEBUG, "acme"):
        client(handler).get("/x", cast_to=dict, extra_headers={"X-Api-Key": "secret"})
    assert "GET /x" in caplog.text
    assert "***" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("cast_to", "result"), [(str, "[1]"), (bytes, b"[1]"), (list, [1]), (type(None), None)]
)
def test_how_an_undocumented_answer_is_read(cast_to: Any, result: Any) -> None:
    handler, _ = answer(200, content=b"[1]")
    assert client(handler).get("/x", cast_to=cast_to) == result


def test_what_is_not_json_has_its_bytes() -> None:
    handler, _ = answer(200, content=b"<html>", headers={"content-type": "text/html"})
    with pytest.raises(APIDecodingError, match="text/html") as caught:
        client(handler).get("/x", cast_to=dict)
    assert caught.value.raw == b"<html>"


UPLOAD: Operation[Any] = Operation(
    "upload",
    "POST",
    "/files/{id}",
    result=Any,
    parameters=(Param("path", "id"),),
    body=BodyFormat("multipart", "multipart/form-data", {"meta": Part("application/json")}),
)


def test_files_of_every_kind(tmp_path: Path) -> None:
    handler, seen = answer(500, 200)
    path = tmp_path / "a.txt"
    path.write_text("from a path")
    client(handler)._request(
        UPLOAD,
        arguments={"path": {"id": "a b"}},
        body={
            "path": path,
            "raw": b"raw",
            "named": ("n.json", b"{}", "application/x"),
            "open": io.BytesIO(b"opened"),
            "meta": {"a": 1},
            "tags": ["x", 2],
        },
    )
    assert seen[0].url.raw_path == b"/v1/files/a%20b"
    for request in seen:
        text = request.content.decode()
        assert (
            'name="path"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nfrom a path' in text
        )
        assert 'name="named"; filename="n.json"\r\nContent-Type: application/x\r\n\r\n{}' in text
        assert "opened" in text
        assert 'name="meta"\r\nContent-Type: application/json\r\n\r\n{"a":1}' in text
        assert text.count('name="tags"') == 2


def test_a_header_with_a_line_break_is_refused() -> None:
    handler, seen = answer(200)
    with pytest.raises(ValueError, match="line breaks"):
        client(handler).get("/x", cast_to=dict, extra_headers={"x": "a\r\nb: c"})
    assert seen == []


DOWNLOAD: Operation[Any] = Operation("get", "GET", "/file", kind="binary", accept="*/*")


def test_a_download_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    def pieces() -> Any:
        yield b"ab"
        raise httpx.ReadError("gone")

    target = tmp_path / "out"
    target.write_bytes(b"before")
    with pytest.raises(APIConnectionError, match="gone"):
        client(lambda _: httpx.Response(200, content=pieces()))._download(DOWNLOAD).write_to_file(
            target
        )
    assert target.read_bytes() == b"before"
    handler, _ = answer(200, content=b"abc", headers={"content-type": "image/png"})
    response = client(handler)._download(DOWNLOAD)
    assert response.content_type == "image/png"
    response.write_to_file(target)
    assert target.read_bytes() == b"abc"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_download_raises_before_it_begins() -> None:
    handler, _ = answer(404, json={"message": "no file"})
    with pytest.raises(NotFoundError, match="no file"):
        client(handler)._download(DOWNLOAD)


EVENTS: Operation[Any] = Operation(
    "events", "POST", "/e", result=Any, kind="sse", terminator="[DONE]", body=BodyFormat()
)


def test_a_stream_gives_events_then_its_error() -> None:
    handler, _ = answer(200, content=b'data: 1\n\ndata: {"error":{"message":"late"}}\n\n')
    stream = client(handler)._stream(EVENTS, body={})
    assert next(stream) == 1
    with pytest.raises(APIStreamError, match="late"):
        next(stream)


def test_a_stream_without_its_terminator_was_cut() -> None:
    handler, _ = answer(200, content=b"data: 1\n\n")
    with pytest.raises(APIStreamError, match=r"before \[DONE\]"):
        list(client(handler)._stream(EVENTS, body={}))


def test_one_value_where_events_were_promised_is_no_empty_stream() -> None:
    handler, _ = answer(200, json={"a": 1})
    with pytest.raises(APIDecodingError, match="not a stream") as caught:
        list(client(handler)._stream(EVENTS, body={}))
    assert caught.value.raw == b'{"a":1}'


class Sum:
    """Adds up numbers."""

    def __init__(self) -> None:
        self.total = 0

    def add(self, event: int, /) -> None:
        self.total += event

    def result(self) -> int:
        return self.total


def test_streams_add_up() -> None:
    handler, _ = answer(200, content=b"data: 1\n\ndata: 2\n\ndata: [DONE]\n\n")
    assert client(handler)._stream(EVENTS, body={}).accumulate(Sum()) == 3


def test_extra_body_is_put_into_the_body() -> None:
    handler, seen = answer(200)
    create: Operation[Any] = Operation("c", "POST", "/c", result=Any, body=BodyFormat())
    client(handler)._request(create, body={"a": 1}, options=CallOptions(extra_body={"b": 2}))
    assert seen[0].content == b'{"a":1,"b":2}'
    with pytest.raises(TypeError, match="needs a request body that is an object"):
        client(handler)._request(create, body=[1], options=CallOptions(extra_body={"b": 2}))


@pytest.mark.parametrize("url", ["", "localhost:80", "ftp://x", "https://"])
def test_a_base_url_must_be_one(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_BASE_URL", url or "nowhere")
    with pytest.raises(ValueError, match="base_url must be"):
        Client()


def test_arguments_beat_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_BASE_URL", "http://env.test/")
    monkeypatch.setenv("ACME_API_KEY", "from-env")
    assert Client().base_url == "http://env.test"
    assert Client(base_url="http://arg.test").base_url == "http://arg.test"
    assert Client()._settings.api_key == "from-env"
    assert Client(api_key="given")._settings.api_key == "given"


async def test_the_twin_awaits_hooks_and_keys() -> None:
    handler, seen = answer(500, 200)
    statuses: list[int] = []

    async def key() -> str:
        return "late"

    async def note(call: Call, got: Any) -> None:
        statuses.append(got.status)

    http = httpx.AsyncClient(transport=httpx.MockTransport(handler))
    async with Twin(
        http_client=http, api_key=key, on_response=note, initial_retry_delay=0.0
    ) as twin:
        assert await twin.post("/x", cast_to=dict, body={}) == {"n": 2}
    assert statuses == [500, 200]
    assert seen[0].headers["authorization"] == "Bearer late"
    await http.aclose()


class Problem(APIModel):
    title: str


class Refusal(APIModel):
    reason: str


@pytest.mark.parametrize(
    ("status", "kind"),
    [(404, Refusal), (422, Problem), (500, type(None))],
)
def test_the_body_of_an_error_is_what_the_document_says(status: int, kind: type) -> None:
    errors = {"404": Refusal, "4XX": Problem}
    operation: Operation[None] = Operation("x", "GET", "/x", kind="none", errors=errors)
    handler, _ = answer(status, json={"reason": "gone", "title": "odd"})
    with pytest.raises(APIStatusError) as caught:
        client(handler, max_retries=0)._request(operation)
    assert isinstance(caught.value.data, kind)
    assert caught.value.body == {"reason": "gone", "title": "odd"}
    handler, _ = answer(status, text="no JSON")
    with pytest.raises(APIStatusError) as caught:
        client(handler, max_retries=0)._request(operation)
    assert caught.value.data is None


@pytest.mark.parametrize(
    ("media", "result"),
    [
        ("application/json; charset=utf-8", Problem(title="odd")),
        ("application/problem+json", Problem(title="odd")),
        ("text/plain", '{"title": "odd"}'),
        ("image/png", b'{"title": "odd"}'),
        (None, b'{"title": "odd"}'),
    ],
)
def test_an_answer_of_several_kinds_is_what_its_media_type_says(
    media: str | None, result: Any
) -> None:
    operation: Operation[Problem | str] = Operation(
        "x", "GET", "/x", Problem, "mixed", answers=("json", "text", "binary")
    )
    headers = {"content-type": media} if media else {}
    handler, _ = answer(200, content=b'{"title": "odd"}', headers=headers)
    given = client(handler)._either(operation)
    assert (given.read() if isinstance(given, BinaryResponse) else given) == result


def test_lines_are_written_one_by_one() -> None:
    body = BodyFormat("lines", "application/jsonl")
    handler, seen = answer(204, content=b"")
    operation: Operation[None] = Operation("x", "POST", "/x", kind="none", body=body)
    client(handler)._request(operation, body=[{"a": 1}, "b"])
    assert seen[0].content == b'{"a":1}\n"b"\n'
    assert seen[0].headers["content-type"] == "application/jsonl"


def test_clients_of_a_derived_class_keep_what_is_theirs_when_options_change() -> None:
    class Mine(Client):
        def __init__(self, team: str, **options: Any) -> None:
            super().__init__(**options)
            self.team = team

        @cached_property
        def known(self) -> Mine:
            return self

    mine = Mine("red", base_url="http://api.test")
    changed = mine.known.with_options(base_url="http://other.test")
    assert (changed.team, changed.base_url, mine.base_url) == (
        "red",
        "http://other.test",
        "http://api.test",
    )
    assert changed.known is changed
    assert mine.known is mine
    assert changed._raw_client().team == "red"
