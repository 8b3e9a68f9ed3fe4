"""The converters of the OpenAI-compatible provider, on bytes as servers send them."""

from __future__ import annotations

from email.utils import formatdate
from time import time
from typing import Any

import msgspec
import pytest
from polyport_gateway.core.exchange import Batch, Request
from polyport_gateway.core.usage import is_usage_event
from polyport_gateway.providers import openai_errors
from polyport_gateway.providers.openai_compatible import from_events, to_upstream
from polyport_gateway.providers.openai_errors import describe, from_response, parse_retry_after


@pytest.mark.parametrize(
    ("body", "found"),
    [
        # OpenAI
        (
            b'{"error":{"message":"Rate limit","type":"requests","param":null,"code":"rate_limit_exceeded"}}',
            ("Rate limit", "requests", "rate_limit_exceeded", None),
        ),
        # vLLM
        (
            b'{"object":"error","message":"too long","type":"BadRequestError","param":null,"code":400}',
            ("too long", "BadRequestError", "400", None),
        ),
        # FastAPI
        (b'{"detail":"Not Found"}', ("Not Found", None, None, None)),
        (b'{"detail":[{"loc":["body"],"msg":"missing"}]}', ('[{"loc":["body"],"msg":"missing"}]', None, None, None)),
        # llama.cpp, Ollama
        (b'{"error":"model not found"}', ("model not found", None, None, None)),
        # a proxy in between
        (b"<html>502 Bad Gateway</html>\n", ("<html>502 Bad Gateway</html>", None, None, None)),
        (b"\xff\xfe", ("��", None, None, None)),
        (b"", ("", None, None, None)),
        (b"[1]", ("", None, None, None)),
        (b'{"error":null}', ("", None, None, None)),
    ],
)
def test_an_error_body_is_understood_wherever_it_says_what(
    body: bytes, found: tuple[str, str | None, str | None, str | None]
) -> None:
    assert describe(body) == found


@pytest.mark.parametrize(
    ("status", "mapped"),
    [(400, 400), (402, 400), (408, 504), (409, 409), (422, 422), (429, 429), (500, 500), (529, 502), (302, 502)],
)
def test_statuses_are_mapped(status: int, mapped: int) -> None:
    error = from_response("p", status, {"retry-after": "3"}, b"")
    assert (error.status, error.retry_after) == (mapped, 3.0)
    assert str(status) in error.message


def test_a_refused_key_is_the_operators_problem() -> None:
    error = from_response("p", 401, {}, b'{"error":{"message":"Incorrect API key"}}')
    assert (error.status, error.code) == (502, "provider_refused_key")
    assert "Incorrect API key" in error.message


def test_retry_after_is_seconds_or_a_date() -> None:
    assert parse_retry_after("1.5") == 1.5
    assert parse_retry_after("-1") == 0.0
    assert parse_retry_after("soon") is None
    assert parse_retry_after(None) is None
    later = parse_retry_after(formatdate(time() + 30, usegmt=True))
    assert later is not None
    assert 25 < later <= 30


def test_events_before_an_error_are_kept() -> None:
    events = [(b'{"a":1}', ""), (b'{"error":{"message":"no","code":"c"}}', ""), (b'{"b":2}', "")]
    payloads, done, failure = from_events("p", events)
    assert payloads == [b'{"a":1}']
    assert not done
    assert failure is not None
    assert (failure.message, failure.code) == ("no", "c")


@pytest.mark.parametrize("data", [b"nonsense", b"[1,2]", b'"x"', b'{"a":'])
def test_an_event_that_is_no_object_is_an_error(data: bytes) -> None:
    _, _, failure = from_events("p", [(data, "")])
    assert failure is not None
    assert failure.code == "bad_upstream_answer"


def test_an_error_event_by_name_counts_whatever_its_data() -> None:
    _, _, failure = from_events("p", [(b'{"message":"fell over"}', "error")])
    assert failure is not None
    assert failure.message == "fell over"


def test_a_null_error_is_none_and_the_word_in_a_text_neither() -> None:
    events = [(b'{"error":null,"x":1}', ""), (b'{"text":"\\"error\\": {}"}', ""), (b"[DONE]", "")]
    payloads, done, failure = from_events("p", events)
    assert len(payloads) == 2
    assert done
    assert failure is None


def test_nothing_is_asked_of_a_fault_that_says_nothing() -> None:
    assert openai_errors.from_event("p", b"{}").message == "The provider 'p' ended the stream with an error."


def request(body: bytes) -> Request[Any]:
    return Request(msgspec.json.decode, body=body)


def test_what_goes_to_the_upstream() -> None:
    body = b'{"model":"a","x":1e2,"model":"b","stream":true,"stream_options":{"y":[1]},"big":123456789012345678901}'
    sent = to_upstream(request(body), "inner", True)
    assert sent == (
        b'{"model":"inner","x":1e2,"stream":true,"stream_options":{"y":[1],"include_usage":true},'
        b'"big":123456789012345678901}'
    )
    assert to_upstream(request(b'{"model":"a","stream_options":null}'), "i", False) == (
        b'{"model":"i","stream_options":null}'
    )


@pytest.mark.parametrize(
    ("data", "is_usage"),
    [
        (b'{"choices":[],"usage":{"total_tokens":1}}', True),
        (b'{"usage":{"total_tokens":1}, "choices": []}', True),
        (b'{"choices":[],"usage":null}', False),
        (b'{"choices":[{"delta":{}}],"usage":{"total_tokens":1}}', False),
        (b'{"choices": [ {"delta":{}} ],"usage":{"total_tokens":1}}', False),
        (b'{"choices":[],"prompt_filter_results":[]}', False),
        (b'"usage"', False),
    ],
)
def test_the_usage_event_is_known_by_its_empty_choices(data: bytes, is_usage: bool) -> None:
    assert is_usage_event(data) is is_usage


def test_a_batch_and_a_request_have_two_forms() -> None:
    assert Batch(typed=[{"a": 1}]).raw == [b'{"a":1}']
    assert Batch(raw=[b'{"a":1}']).typed(msgspec.json.decode) == [{"a": 1}]
    made = Request(msgspec.json.decode, typed={"model": "m", "n": 1})
    assert {name: bytes(raw) for name, raw in made.members.items()} == {"model": b'"m"', "n": b"1"}
    assert made.replaced(n=msgspec.UNSET, stream=True).typed == {"model": "m", "stream": True}
