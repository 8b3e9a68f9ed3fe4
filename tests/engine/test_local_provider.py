"""The local provider's converters, by themselves."""

from __future__ import annotations

import base64
import struct
from typing import Any

import msgspec
import pytest
from polyport_gateway.core.errors import ApiError
from polyport_gateway.core.exchange import Members, Request
from polyport_gateway.engine.errors import EngineError, EngineLost, RequestError
from polyport_gateway.engine.messages import (
    Chat,
    Complete,
    Done,
    Embedded,
    Event,
    Piece,
    Sampling,
    Started,
    TokenLogprob,
)
from polyport_gateway.generated.types import ChatCompletionRequest, CompletionRequest, EmbeddingRequest
from polyport_gateway.providers import local_answers, local_requests
from polyport_gateway.providers.local import api_error
from polyport_gateway.providers.local_tools import parse_calls, settled

USER = [{"role": "user", "content": "Hi"}]
TOOL = {"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}


def parts(kind: type[Any], body: dict[str, Any]) -> tuple[Members, Any]:
    request: Request[Any] = Request(msgspec.json.Decoder(kind).decode, body=msgspec.json.encode(body))
    return request.members, request.typed


def chat(tools_known: bool = False, **members: Any) -> Chat:
    body = {"model": "public", "messages": USER, **members}
    return local_requests.chat_request(*parts(ChatCompletionRequest, body), "m", tools_known=tools_known)


def completion(**members: Any) -> list[Complete]:
    return local_requests.completion_requests(
        *parts(CompletionRequest, {"model": "public", "prompt": "x", **members}), "m"
    )


def test_a_chat_request_becomes_the_engines_message() -> None:
    assert chat() == Chat(0, "m", USER, None, Sampling())
    full = chat(
        temperature=0,
        top_p=0.5,
        n=2,
        stop="x",
        seed=-7,
        frequency_penalty=1,
        presence_penalty=-1,
        logit_bias={"5": 2},
        logprobs=True,
        top_logprobs=3,
        max_tokens=9,
        max_completion_tokens=4,
        stream=True,
        stream_options={"include_usage": True},
        user="u",
        metadata={"a": "b"},
        response_format={"type": "text"},
        tool_choice="none",
        tools=[TOOL],
        parallel_tool_calls=True,
        service_tier=None,
    )
    expected = Sampling(
        max_tokens=4,
        temperature=0,
        top_p=0.5,
        seed=-7,
        n=2,
        stop=("x",),
        frequency_penalty=1,
        presence_penalty=-1,
        logit_bias={5: 2},
        top_logprobs=3,
    )
    assert full == Chat(0, "m", USER, None, expected)
    assert chat(stop=["a", "b"], logprobs=True).sampling == Sampling(stop=("a", "b"), top_logprobs=0)
    assert chat(tools=[TOOL], tools_known=True).tools == [TOOL]


@pytest.mark.parametrize(
    ("members", "param", "code"),
    [
        ({"tools": [TOOL]}, "tools", "unsupported_parameter"),
        ({"tool_choice": "required"}, "tool_choice", "unsupported_value"),
        ({"response_format": {"type": "json_object"}}, "response_format", "unsupported_value"),
        ({"reasoning_effort": "low"}, "reasoning_effort", "unsupported_parameter"),
        ({"brand_new": False}, "brand_new", "unsupported_parameter"),
        ({"top_logprobs": 2}, "top_logprobs", "invalid_value"),
        ({"logit_bias": {"word": 1}}, "logit_bias", "invalid_value"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(members: dict[str, Any], param: str, code: str) -> None:
    with pytest.raises(ApiError) as caught:
        chat(**members)
    assert (caught.value.status, caught.value.param, caught.value.code) == (400, param, code)


def test_completions_take_every_kind_of_prompt() -> None:
    assert [m.prompt for m in completion(prompt=["a", "b"])] == ["a", "b"]
    assert [m.prompt for m in completion(prompt=[1, 2])] == [[1, 2]]
    assert [m.prompt for m in completion(prompt=[[1], [2, 3]])] == [[1], [2, 3]]
    assert completion()[0].sampling.max_tokens == 16
    assert completion(max_tokens=0, logprobs=2)[0].sampling == Sampling(max_tokens=0, top_logprobs=2)
    for name, value in {"echo": True, "suffix": "s", "best_of": 3, "prompt": [1, "a"]}.items():
        with pytest.raises(ApiError) as caught:
            completion(**{name: value})
        assert caught.value.param == name


def test_embedding_requests() -> None:
    def embed(**members: Any) -> Any:
        return local_requests.embedding_request(*parts(EmbeddingRequest, {"model": "public", **members}), "m")

    assert embed(input=["a", "b"]).inputs == ["a", "b"]
    for name, value in {"dimensions": 5, "encoding_format": "hex"}.items():
        with pytest.raises(ApiError) as caught:
            embed(input="a", **{name: value})
        assert caught.value.param == name


EVENTS: list[Event] = [
    Started(1, 7),
    Piece(
        1,
        0,
        "Hel",
        [
            TokenLogprob(
                "Hel", b"Hel", -0.5, [TokenLogprob("Hel", b"Hel", -0.5), TokenLogprob("X", b"X", float("-inf"))]
            )
        ],
    ),
    Piece(1, 1, "Other", [], "length"),
    Piece(1, 0, "lo", [], "stop"),
    Done(1, 7, 3, 4),
]
USAGE = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10, "prompt_tokens_details": {"cached_tokens": 4}}


def decoded(chunks: list[bytes]) -> list[Any]:
    return [msgspec.json.decode(chunk) for chunk in chunks]


def test_a_whole_chat_answer() -> None:
    writer = local_answers.ChatWriter("public", 2)
    writer.add(EVENTS)
    answer = msgspec.json.decode(writer.body())
    assert answer["object"] == "chat.completion"
    assert answer["model"] == "public"
    assert answer["usage"] == USAGE
    first, second = answer["choices"]
    assert first["message"] == {"role": "assistant", "content": "Hello", "refusal": None}
    assert (first["finish_reason"], second["finish_reason"], second["logprobs"]) == ("stop", "length", None)
    report = first["logprobs"]["content"][0]
    assert (report["token"], report["bytes"], report["logprob"]) == ("Hel", [72, 101, 108], -0.5)
    assert report["top_logprobs"][1]["logprob"] == -9999.0


def test_a_chat_answer_in_chunks() -> None:
    writer = local_answers.ChatWriter("public", 2)
    chunks = decoded([chunk for event in EVENTS for chunk in writer.chunks([event])])
    assert {chunk["id"] for chunk in chunks} == {chunks[0]["id"]}
    roles, last = chunks[:2], chunks[-1]
    assert [(c["choices"][0]["index"], c["choices"][0]["delta"]) for c in roles] == [
        (i, {"role": "assistant", "content": ""}) for i in (0, 1)
    ]
    assert last["choices"] == []
    assert last["usage"] == USAGE
    assert all("usage" not in chunk for chunk in chunks[:-1])
    told = [
        (c["index"], c["delta"].get("content"), c["finish_reason"]) for chunk in chunks[2:-1] for c in chunk["choices"]
    ]
    assert told == [(0, "Hel", None), (1, "Other", None), (1, None, "length"), (0, "lo", None), (0, None, "stop")]


CALL = '<tool_call>\n{"name": "weather", "arguments": {"city": "Paris"}}\n</tool_call>'


@pytest.mark.parametrize(
    ("pieces", "text", "calls"),
    [
        (["Sure. ", CALL[:5], CALL[5:40], CALL[40:]], "Sure.", 1),
        (['{"name": "wea', 'ther", "parameters": {"city": "Paris"}}'], "", 1),
        (['{"name": "other', '"}'], '{"name": "other"}', 0),
        (["a < b and ", "<tool", "box>"], "a < b and <toolbox>", 0),
    ],
)
def test_tool_calls_come_whole_and_never_as_text(pieces: list[str], text: str, calls: int) -> None:
    events: list[Event] = [Piece(1, 0, piece) for piece in pieces]
    events[-1] = Piece(1, 0, pieces[-1], [], "stop")
    writer = local_answers.ChatWriter("public", 1, ["weather"])
    choices = [c for event in events for chunk in decoded(writer.chunks([event])) for c in chunk["choices"]]
    assert "".join(c["delta"].get("content", "") for c in choices).strip() == text
    found = [call for c in choices for call in c["delta"].get("tool_calls", [])]
    assert [(call["index"], call["function"]) for call in found] == [
        (0, {"name": "weather", "arguments": '{"city":"Paris"}'})
    ] * calls
    assert choices[-1]["finish_reason"] == ("tool_calls" if calls else "stop")
    whole = local_answers.ChatWriter("public", 1, ["weather"])
    whole.add(events)
    message = msgspec.json.decode(whole.body())["choices"][0]["message"]
    assert len(message.get("tool_calls", [])) == calls
    assert (message["content"] or "").strip() == text


def test_plain_text_is_not_held_back_longer_than_needed() -> None:
    assert settled("Hello", False) == 5
    assert settled("Hello <to", True) == 6
    assert settled("  ", False) == 0
    assert parse_calls("no calls", {"weather"}) == ("no calls", [])


def test_completions_of_several_prompts() -> None:
    report = [TokenLogprob(" a", b" a", -1.0, [TokenLogprob(" a", b" a", -1.0)])]
    events: list[list[Event]] = [
        [Started(1, 2), Piece(1, 0, " a", report), Piece(1, 0, " b", report, "stop"), Done(1, 2, 2, 0)],
        [Started(2, 3), Piece(2, 0, "c", [], "length"), Done(2, 3, 1, 0)],
    ]
    whole, streamed = (local_answers.CompletionWriter("public", 2, 1) for _ in range(2))
    chunks = []
    for prompt, own in enumerate(events):
        whole.add(prompt, own)
        chunks += decoded(streamed.chunks(prompt, own))
    answer = msgspec.json.decode(whole.body())
    assert [(c["index"], c["text"], c["finish_reason"]) for c in answer["choices"]] == [
        (0, " a b", "stop"),
        (1, "c", "length"),
    ]
    assert answer["choices"][0]["logprobs"]["text_offset"] == [0, 2]
    assert answer["usage"]["total_tokens"] == 8
    assert [chunk["choices"][0]["text"] for chunk in chunks] == [" a", " b", "c"]
    assert chunks[1]["choices"][0]["logprobs"]["text_offset"] == [2]
    assert msgspec.json.decode(streamed.last_chunk())["usage"] == answer["usage"]


def test_vectors_as_numbers_and_base64() -> None:
    raw = struct.pack("<4f", 0.5, -0.25, 1.0, 0.0)
    embedded = Embedded(1, 2, raw, 5)
    numbers = msgspec.json.decode(local_answers.embedding_body("public", embedded, None))
    assert [item["embedding"] for item in numbers["data"]] == [[0.5, -0.25], [1.0, 0.0]]
    assert numbers["usage"] == {"prompt_tokens": 5, "total_tokens": 5}
    text = msgspec.json.decode(local_answers.embedding_body("public", embedded, "base64"))
    assert [base64.b64decode(item["embedding"]) for item in text["data"]] == [raw[:8], raw[8:]]


def test_the_engines_errors_become_the_wires() -> None:
    assert api_error(RequestError("too long", "context_length_exceeded", "messages")).status == 400
    assert api_error(RequestError("who?", "model_not_found", "model")).status == 404
    assert api_error(RequestError("later", "overloaded")).retry_after == 1.0
    lost = api_error(EngineLost("the engine went away"))
    assert (lost.status, lost.code, lost.message) == (503, "engine_lost", "The engine went away.")
    assert api_error(EngineError("odd")).status == 500
