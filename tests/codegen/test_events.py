"""What a stream's events give: JSON, text, or all that they have."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api, EventForm, Media
from polyport_codegen.ir.types import ObjectDecl, Ref, UnionDecl, component

from tests.codegen.specs import api_of, ref


def named(name: Any, data: Any = None) -> dict[str, Any]:
    """The schema of events with this name, or one of these."""
    event = {"enum": name} if isinstance(name, list) else {"const": name}
    return {"properties": {"event": event, **({"data": data} if data else {})}, "required": ["event"]}


SSE, JSON = "text/event-stream", "application/json"
TEXT = {"type": "string"}
HELD = {"type": "string", "contentMediaType": JSON, "contentSchema": ref("Chunk")}
SCHEMAS: dict[str, Any] = {
    "Chunk": {"type": "object", "properties": {"d": {"type": "string"}}},
    "Tick": named("tick", TEXT),
    "Loop": {"oneOf": [ref("Loop"), {"$ref": "#/components/schemas/Tick"}]},
}


def whole(*branches: Any, beside: Any = None, diagnostics: Diagnostics | None = None) -> tuple[Media, Api]:
    """The media type of a stream whose events have these forms, beside what all of them have."""
    event = {"oneOf": list(branches), **(beside or {})}
    answers = {"200": {"description": "", "content": {SSE: {"itemSchema": event}}}}
    paths = {"/a": {"get": {"operationId": "a", "responses": answers}}}
    api = api_of(SCHEMAS, paths, diagnostics, openapi="3.2.0")
    stream = api.operations["a"].stream
    assert stream is not None
    return stream.media, api


def test_events_that_names_tell_apart_are_given_whole() -> None:
    media, api = whole(ref("Tick"), named(["made", "gone"], HELD))
    assert (media.event, media.texts) == (EventForm.WHOLE, ("tick",))
    assert isinstance(media.type, Ref)
    union = api.decls[media.type.id]
    assert isinstance(union, UnionDecl)
    assert union.tags == ("event",)
    assert [v.names for v in union.variants] == [("tick",), ("made", "gone")]
    assert union.variants[0].type == Ref(component("Tick"))
    made = union.variants[1].type
    assert isinstance(made, Ref)
    decl = api.decls[made.id]
    assert isinstance(decl, ObjectDecl)
    assert {f.wire_name: f.type for f in decl.fields}["data"] == Ref(component("Chunk"))


def test_data_of_all_events_gives_way_to_that_of_one() -> None:
    media, _ = whole(named("tick"), named("made", HELD), beside={"properties": {"data": TEXT}})
    assert (media.event, media.texts) == (EventForm.WHOLE, ("tick",))


def test_one_name_tells_nothing_apart() -> None:
    media, _ = whole(named("tick", HELD), beside={"properties": {"data": HELD}})
    assert media.event is EventForm.JSON
    assert media.texts == ()


@pytest.mark.parametrize(
    ("media_type", "form"),
    [
        ({"schema": TEXT}, EventForm.TEXT),
        ({"schema": ref("Chunk")}, EventForm.JSON),
        ({"schema": {"type": ["string", "null"]}}, EventForm.JSON),
        ({"schema": {"type": "string", "contentMediaType": JSON}}, EventForm.JSON),
        ({"schema": {"oneOf": [TEXT, ref("Chunk")]}}, EventForm.JSON),
        ({"itemSchema": {"properties": {"data": TEXT}}}, EventForm.TEXT),
        ({"itemSchema": {"properties": {"data": HELD}}}, EventForm.JSON),
        ({}, EventForm.JSON),
    ],
)
def test_data_is_text_where_the_document_says_so(media_type: Any, form: EventForm) -> None:
    answers = {"200": {"description": "", "content": {SSE: media_type}}}
    paths = {"/a": {"get": {"operationId": "a", "responses": answers}}}
    found = api_of(SCHEMAS, paths, openapi="3.2.0").operations["a"].stream
    assert found is not None
    assert found.media.event is form


def test_an_endless_schema_of_events_is_no_end_of_the_run() -> None:
    media, _ = whole(named("a", TEXT), {"anyOf": [ref("Loop"), named("b", TEXT)]})
    assert media.event is EventForm.WHOLE
