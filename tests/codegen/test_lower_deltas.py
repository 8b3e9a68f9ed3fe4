"""How streams add up: text in pieces is joined, names stand, items with an index belong together."""

from __future__ import annotations

from typing import Any

from polyport_codegen.ir.types import component
from polyport_codegen.lower.calls import calls
from polyport_codegen.lower.deltas import Deltas, deltas

from .specs import api_of, ref

TEXT, COUNT = {"type": "string"}, {"type": "integer"}


def order(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties}


def rule(schemas: dict[str, Any], *, plain: bool = True) -> Deltas | None:
    """The rule of an operation that gives `Answer`, or `Event`s when asked for a stream."""
    content: dict[str, Any] = {"text/event-stream": {"schema": ref("Event")}}
    if plain:
        content["application/json"] = {"schema": ref("Answer")}
    body = {"content": {"application/json": {"schema": order(stream={"type": "boolean"}, text=TEXT)}}}
    operation = {"requestBody": body, "responses": {"200": {"description": "", "content": content}}}
    api = api_of(schemas, {"/x": {"post": operation}})
    return deltas(next(iter(calls(api).values())), api.decls)


CALL = order(index=COUNT, id=TEXT, function=order(name=TEXT, arguments=TEXT))
CHAT = {
    "Event": order(
        id=TEXT,
        model=TEXT,
        system_fingerprint=TEXT,
        object={"const": "chunk"},
        choices={
            "type": "array",
            "items": order(
                index=COUNT,
                finish_reason={"enum": ["stop", "length"]},
                delta=order(
                    role=TEXT,
                    tone={"enum": ["calm"]},
                    content={"type": ["string", "null"]},
                    calls={"type": "array", "items": CALL},
                ),
            ),
        },
    ),
    "Answer": order(
        ("object",),
        id=TEXT,
        object={"const": "answer"},
        choices={
            "type": "array",
            "items": order(
                index=COUNT,
                message=order(
                    role=TEXT,
                    content=TEXT,
                    calls={"type": "array", "items": order(id=TEXT, function=order(name=TEXT, arguments=TEXT))},
                ),
            ),
        },
    ),
}


def test_a_chat_adds_up_to_its_answer() -> None:
    found = rule(CHAT)
    assert found is not None
    assert found.joined == (
        ("choices", "[]", "delta", "content"),
        ("choices", "[]", "delta", "calls", "[]", "function", "arguments"),
    )
    assert found.pieces == (("choices", "[]"),)
    assert found.kept == (("choices", "[]", "delta", "tone"),)
    assert found.merged == ((("choices",), "index"), (("choices", "[]", "delta", "calls"), "index"))
    assert found.whole is not None
    assert found.whole.type == component("Answer")
    assert found.whole.renamed == ((("choices", "[]", "delta"), "message"),)
    assert found.whole.dropped == (("choices", "[]", "message", "calls", "[]", "index"),)
    assert found.whole.constants == ((("object",), "answer"),)


def test_text_of_completions_is_joined_where_its_choice_has_an_index() -> None:
    event = order(id=TEXT, system_fingerprint=TEXT, choices={"type": "array", "items": order(index=COUNT, text=TEXT)})
    found = rule({"Event": event, "Answer": event})
    assert found is not None
    assert found.joined == (("choices", "[]", "text"),)
    assert (found.pieces, found.kept) == ((("choices", "[]"),), ())


def test_a_delta_is_not_taken_for_an_object_that_has_nothing_in_common() -> None:
    author = order(name=TEXT)
    found = rule(
        {"Event": order(id=TEXT, delta=order(text=TEXT)), "Answer": order(id=TEXT, author=author, body=author)}
    )
    assert found is not None
    assert found.whole is not None
    assert found.whole.renamed == ()
    answer = order(id=TEXT, author=author, body=order(text=TEXT))
    found = rule({"Event": order(id=TEXT, delta=order(text=TEXT)), "Answer": answer})
    assert found is not None
    assert found.whole is not None
    assert found.whole.renamed == ((("delta",), "body"),)


def test_an_event_of_the_answers_own_type_needs_no_change() -> None:
    event = order(choices={"type": "array", "items": order(index=COUNT, text=TEXT)})
    found = rule({"Event": event, "Answer": ref("Event")})
    assert found is not None
    assert found.whole is None


def test_what_does_not_come_in_pieces_has_no_rule() -> None:
    assert rule({"Event": order(id=TEXT, progress=COUNT), "Answer": order(id=TEXT)}) is None
    either = {"oneOf": [order(a=TEXT), order(b=TEXT)]}
    assert rule({"Event": either, "Answer": order(id=TEXT)}) is None


def test_a_recursive_event_ends() -> None:
    event = order(delta=order(text=TEXT, more=ref("Event")))
    found = rule({"Event": event, "Answer": order(id=TEXT)})
    assert found is not None
    assert found.pieces == (("delta",),)


def test_a_delta_that_is_a_text_is_a_piece_itself() -> None:
    found = rule({"Event": order(item_id=TEXT, delta=TEXT), "Answer": order(id=TEXT)})
    assert found is not None
    assert (found.pieces, found.kept, found.merged) == ((("delta",),), (), ())
