"""Streaming forms: how they are found, asked for, and what becomes of a flag that the document does not explain."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics, Severity
from polyport_codegen.ir.model import Api, MediaKind, Operation, Selector
from polyport_codegen.ir.types import AnyJson, Kind, Primitive, Ref, UnionDecl, component, schema_name

from tests.codegen.specs import api_of, codes, ref

SSE, LINES, JSON = "text/event-stream", "application/x-ndjson", "application/json"
SCHEMAS: dict[str, Any] = {
    "Chat": {
        "type": "object",
        "required": ["q"],
        "properties": {"q": {"type": "string"}, "stream": {"type": ["boolean", "null"]}},
    },
    "Chunk": {"type": "object", "properties": {"d": {"type": "string"}}},
}


def api_with(body: Any = None, *, diagnostics: Diagnostics | None = None, answers: Any, **call: Any) -> Api:
    """An API with one call `a` whose 200 has these media types."""
    content = {name: {"schema": schema} for name, schema in answers.items()}
    whole = {"operationId": "a", "responses": {"200": {"description": "", "content": content}}, **call}
    if body is not None:
        whole["requestBody"] = {"content": {JSON: {"schema": body}}}
    return api_of(SCHEMAS, {"/chat": {"post": whole}}, diagnostics)


def call(*args: Any, **more: Any) -> Operation:
    return api_with(*args, **more).operations["a"]


def flagged(description: str = "", **schema: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"stream": {"type": "boolean", "description": description, **schema}}}


def test_a_streaming_operation_has_two_forms() -> None:
    hint = {"selector": "stream", "terminator": "[DONE]"}
    api = api_with(ref("Chat"), answers={JSON: {"type": "string"}, SSE: ref("Chunk")}, **{"x-polyport-stream": hint})
    found = api.operations["a"]
    assert found.stream is not None
    assert (found.stream.selector, found.stream.terminator, found.stream.media.type) == (
        Selector("body", "stream"),
        "[DONE]",
        Ref(component("Chunk")),
    )
    assert found.result is not None
    assert found.result.type == Primitive(Kind.STRING)
    assert [f.wire_name for f in api.body_fields(found)] == ["q"]


@pytest.mark.parametrize("body", [None, ref("Chat")])
def test_an_operation_that_only_streams_has_no_plain_form(body: Any) -> None:
    found = call(body, answers={SSE: {"type": "object"}})
    assert found.result is None
    assert found.stream is not None
    assert found.stream.selector == (Selector("body", "stream") if body else None)
    assert found.stream.media.kind is MediaKind.SSE


def test_a_value_can_ask_for_events() -> None:
    body = {"type": "object", "properties": {"stream_format": {"type": "string", "enum": ["audio", "sse"]}}}
    found = call(body, answers={"application/octet-stream": {}, SSE: ref("Chunk")})
    assert found.stream is not None
    assert found.stream.selector == Selector("body", "stream_format", "sse")
    assert found.result is not None
    assert [m.kind for m in found.result.forms] == [MediaKind.BINARY]


def test_a_stream_that_only_accept_asks_for_is_a_call_of_its_own() -> None:
    api = api_with(answers={JSON: ref("Chunk"), LINES: ref("Chunk"), SSE: ref("Chunk")})
    assert api.operations["a"].stream is None
    (form,) = (o for o in api.operations.values() if o.form_of)
    assert (form.words, form.result) == (("create", "streaming"), None)
    assert form.stream is not None
    assert (form.stream.media.content_type, form.stream.selector) == (SSE, None)


def test_events_come_before_lines() -> None:
    found = call(ref("Chat"), answers={JSON: ref("Chunk"), LINES: ref("Chunk"), SSE: ref("Chunk")})
    assert found.stream is not None
    assert found.stream.media.content_type == SSE


@pytest.mark.parametrize(
    ("description", "terminator"),
    [("Sends server-sent events, then `[DONE]`.", "[DONE]"), ("Whether to stream.", None)],
)
def test_a_flag_without_documented_events_gives_raw_ones(description: str, terminator: str | None) -> None:
    found = Diagnostics()
    operation = call(flagged(description), answers={JSON: ref("Chunk")}, diagnostics=found)
    assert operation.stream is not None
    assert isinstance(operation.stream.media.type, AnyJson)
    assert (operation.stream.selector, operation.stream.terminator) == (Selector("body", "stream"), terminator)
    assert operation.result is not None
    assert [d.code for d in found.items] == ["stream-undocumented"]


def test_what_a_query_flag_means_is_left_to_its_description() -> None:
    def parameter(description: str) -> list[dict[str, Any]]:
        return [{"name": "stream", "in": "query", "schema": {"type": "boolean"}, "description": description}]

    answers = {JSON: ref("Chunk")}
    assert call(answers=answers, parameters=parameter("Only those of this stream.")).stream is None
    found = call(answers=answers, parameters=parameter("As server-sent events.")).stream
    assert found is not None
    assert found.selector == Selector("query", "stream")


def test_the_document_can_say_what_a_flag_means() -> None:
    answers = {JSON: ref("Chunk")}
    assert call(flagged(), answers=answers, **{"x-polyport-stream": False}).stream is None
    found = call(flagged(), answers=answers, **{"x-polyport-stream": {"event": ref("Chunk")}}).stream
    assert found is not None
    assert found.media.type == Ref(component("Chunk"))


def test_a_selector_that_is_not_there_is_reported() -> None:
    found = Diagnostics()
    call(answers={SSE: ref("Chunk")}, diagnostics=found, **{"x-polyport-stream": {"selector": "gone"}})
    assert [d.code for d in found.items] == ["stream-selector"]


@pytest.mark.parametrize(
    ("data", "type"),
    [
        ({"type": "string", "contentMediaType": JSON, "contentSchema": ref("Chunk")}, Ref(component("Chunk"))),
        ({"type": "string"}, Primitive(Kind.STRING)),
        (None, AnyJson()),
    ],
)
def test_a_schema_of_whole_events_is_read_for_their_data(data: Any, type: Any) -> None:
    event = {"type": "object", "properties": {"event": {"type": "string"}, **({"data": data} if data else {})}}
    content = {SSE: {"itemSchema": event}}
    paths = {"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "", "content": content}}}}}
    found = api_of(SCHEMAS, paths, openapi="3.2.0").operations["a"].stream
    assert found is not None
    assert found.media.type == type


def test_lines_can_be_described_one_by_one() -> None:
    content = {LINES: {"itemSchema": ref("Chunk")}}
    paths = {"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "", "content": content}}}}}
    found = api_of(SCHEMAS, paths, openapi="3.2.0").operations["a"].stream
    assert found is not None
    assert (found.media.kind, found.media.type) == (MediaKind.JSONL, Ref(component("Chunk")))


def test_web_sockets_are_reported() -> None:
    found = Diagnostics()
    api = api_of(
        paths={"/a": {"get": {"operationId": "a", "responses": {"101": {"description": ""}}}}},
        diagnostics=found,
        servers=[{"url": "wss://x.y"}, {"url": "https://x.y"}],
    )
    assert [s.url for s in api.servers] == ["https://x.y"]
    assert [d.code for d in found.items] == ["websocket", "websocket"]


def test_a_second_notation_of_a_stream_is_set_aside_with_a_note() -> None:
    found = Diagnostics()
    operation = call(answers={SSE: ref("Chunk"), LINES: ref("Chat")}, diagnostics=found)
    assert operation.result is None
    assert operation.stream is not None
    assert operation.stream.media.content_type == SSE
    assert [d.code for d in found.items] == ["media-set-aside"]


def told_by_choices(*choices: Any, diagnostics: Diagnostics | None = None) -> Api:
    """An API with one call of these bodies, whose answer is JSON or events."""
    events = {"application/json": {"schema": {"type": "string"}}, "text/event-stream": {"schema": {"type": "string"}}}
    body = {"required": True, "content": {"application/json": {"schema": {"oneOf": list(choices)}}}}
    call = {"operationId": "ask", "requestBody": body, "responses": {"200": {"description": "", "content": events}}}
    return api_of(FLAGGED, {"/ask": {"post": call}}, diagnostics)


def request_of(**members: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"q": {"type": "string"}, **members}, "required": sorted(members)}


FLAGGED = {
    "Events": request_of(stream={"const": True}),
    "Whole": request_of(stream={"const": False}),
    "Other": request_of(id={"type": "string"}),
    "Either": request_of(stream={"type": "boolean"}),
}


def test_choices_of_a_body_that_tell_the_form_are_parted() -> None:
    found = Diagnostics()
    api = told_by_choices(ref("Events"), ref("Whole"), diagnostics=found)
    plain, streaming = api.operations.values()
    assert plain.body
    assert streaming.body
    assert streaming.stream
    assert (plain.body.media.type, plain.body.flatten) == (Ref(component("Whole")), component("Whole"))
    assert (streaming.body.media.type, streaming.body.flatten) == (Ref(component("Events")), component("Events"))
    assert "stream-selector" not in codes(found)
    assert sorted(FLAGGED) == [schema_name(id) for id in api.decls]  # the choice itself is no type of any call's


def test_several_choices_of_one_form_stay_a_choice() -> None:
    api = told_by_choices(ref("Events"), ref("Whole"), ref("Other"))
    plain, streaming = api.operations.values()
    assert plain.body
    assert streaming.body
    assert streaming.body.media.type == Ref(component("Events"))
    assert isinstance(plain.body.media.type, Ref)
    union = api.decls[plain.body.media.type.id]
    assert isinstance(union, UnionDecl)
    assert {v.type for v in union.variants} == {Ref(component("Whole")), Ref(component("Other"))}
    assert union.tags or all(v.required_keys for v in union.variants)


def test_choices_that_may_ask_for_both_are_told() -> None:
    found = Diagnostics()
    told_by_choices(ref("Either"), ref("Other"), diagnostics=found)
    assert [(d.severity, d.origin.pointer) for d in found.items if d.code == "stream-selector"] == [
        (Severity.WARNING, "/paths/~1ask/post")
    ]
    found = Diagnostics()
    told_by_choices(ref("Whole"), ref("Other"), diagnostics=found)
    assert "stream-selector" not in codes(found)


def test_a_list_of_events_describes_each_of_them() -> None:
    found = Diagnostics()
    answers = {SSE: {"type": "array", "items": ref("Chunk")}}
    stream = api_with(answers=answers, diagnostics=found).operations["a"].stream
    assert stream is not None
    assert (stream.media.kind, stream.media.type) == (MediaKind.SSE, Ref(component("Chunk")))
    assert codes(found) == []


def test_json_in_the_data_of_an_event_is_any_json() -> None:
    data = {"type": "string", "contentMediaType": "application/json"}
    event = {"type": "object", "properties": {"data": data}}
    content = {SSE: {"itemSchema": event}}
    paths = {"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "", "content": content}}}}}
    found = api_of(SCHEMAS, paths, openapi="3.2.0").operations["a"].stream
    assert found is not None
    assert found.media.type == AnyJson()
