"""Events that add up to one whole."""

from __future__ import annotations

from typing import Any

import pytest
from runtime_under_test.accumulate import DeltaAccumulator
from runtime_under_test.models import APIModel, wire_name
from runtime_under_test.operation import Deltas


class Message(APIModel):
    content: str | None = None
    tool_calls: list[dict[str, Any]] | None = None


class Choice(APIModel):
    message: Message
    finish_reason: str | None = None


class Completion(APIModel):
    id: str
    object_: str = wire_name("object")
    choices: list[Choice]
    usage: dict[str, Any] | None = None


CHOICE = ("choices", "[]")
CALLS = (*CHOICE, "delta", "tool_calls")
DELTAS = Deltas(
    Completion,
    joined=((*CHOICE, "delta", "content"), (*CALLS, "[]", "function", "arguments")),
    merged=((("choices",), "index"), (CALLS, "index")),
    renamed=(((*CHOICE, "delta"), "message"),),
    dropped=((*CHOICE, "message", "tool_calls", "[]", "index"),),
    constants=((("object",), "chat.completion"),),
)


def test_deltas_add_up_to_whole_messages_and_tool_calls() -> None:
    total: DeltaAccumulator[Completion] = DeltaAccumulator(DELTAS)
    for delta in (
        {"role": "assistant", "content": ""},
        {"content": "Hel"},
        {"content": "lo"},
        {"tool_calls": [{"index": 0, "id": "c", "function": {"name": "f", "arguments": ""}}]},
        {"tool_calls": [{"index": 0, "function": {"arguments": '{"a"'}}]},
        {"tool_calls": [{"index": 0, "function": {"arguments": ":1}"}}]},
        {},
    ):
        total.add({"id": "x", "object": "chunk", "choices": [{"index": 0, "delta": delta}]})
    total.add({"id": "x", "choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]})
    whole = total.result()
    assert whole.object_ == "chat.completion"
    assert whole.choices[0].finish_reason == "tool_calls"
    assert whole.choices[0].message.content == "Hello"
    assert whole.choices[0].message.tool_calls == [
        {"id": "c", "function": {"name": "f", "arguments": '{"a":1}'}}
    ]


def test_the_latest_value_stands_and_null_takes_nothing_away() -> None:
    total: DeltaAccumulator[Completion] = DeltaAccumulator(DELTAS)
    total.add({"id": "x", "usage": {"n": 1}, "choices": [{"index": 1, "delta": {"content": "b"}}]})
    total.add({"id": "y", "usage": None, "choices": [{"index": 0, "delta": {"content": "a"}}]})
    total.add({"id": "z", "usage": {"m": [1]}, "choices": []})
    total.add({"id": "z", "usage": {"m": [2]}, "choices": [{"index": 1, "delta": None}]})
    whole = total.result()
    assert whole.id == "z"
    assert whole.usage == {"n": 1, "m": [1, 2]}
    assert [choice.message.content for choice in whole.choices] == ["b", "a"]


def test_there_is_no_whole_without_events() -> None:
    with pytest.raises(ValueError, match="no events"):
        DeltaAccumulator(DELTAS).result()
