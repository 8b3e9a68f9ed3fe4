"""Operations as calls: the arguments in one order, what is sent by itself, and the forms of answers."""

from __future__ import annotations

from typing import Any

from polyport_codegen.ir.model import Api, MediaKind
from polyport_codegen.ir.types import ListOf, Primitive
from polyport_codegen.lower.calls import BodyKind, Call, FormKind, Place, call_of, calls, symbols
from polyport_codegen.lower.walk import Files

from .specs import api_of

OK = {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object"}}}}}


def one(operation: dict[str, Any], path: str = "/orders", method: str = "post") -> Call:
    """The call of a document with one operation."""
    api = api_of(paths={path: {method: {"operationId": "call", "responses": OK, **operation}}})
    return call_of(api, next(iter(api.operations.values())))


def body(schema: dict[str, Any], media: str = "application/json", *, required: bool = True) -> dict[str, Any]:
    return {"required": required, "content": {media: {"schema": schema}}}


def parameter(name: str, place: str, schema: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "schema": schema or {"type": "string"}, **more}


def order(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


TEXT = {"type": "string"}


def places(call: Call) -> list[tuple[str, str, bool]]:
    return [(a.place.value, a.wire, a.required) for a in call.arguments]


def test_required_arguments_come_first_and_then_place_by_place() -> None:
    call = one(
        {
            "parameters": [
                parameter("q", "query"),
                parameter("h", "header", required=True),
                parameter("must", "query", required=True),
                parameter("id", "path", required=True),
            ],
            "requestBody": body({**order(note=TEXT, text=TEXT), "required": ["text"]}),
        },
        "/orders/{id}",
    )
    assert places(call) == [
        ("path", "id", True),
        ("member", "text", True),
        ("query", "must", True),
        ("header", "h", True),
        ("member", "note", False),
        ("query", "q", False),
    ]
    assert call.body is not None
    assert [m.wire for m in call.body.members] == ["note", "text"]


def test_constants_are_sent_by_themselves_only_where_they_are_required() -> None:
    call = one(
        {
            "parameters": [
                parameter("Version", "header", {"const": "v1"}, required=True),
                parameter("dry_run", "query", {"const": "all"}),
            ],
            "requestBody": body({**order(kind={"const": "a"}, odd={"const": "b"}), "required": ["kind"]}),
        }
    )
    assert [(a.wire, a.const.value) for a in call.constants if a.const] == [("Version", "v1"), ("kind", "a")]
    assert places(call) == [("member", "odd", False), ("query", "dry_run", False)]


def test_members_of_a_body_that_may_be_left_out_are_optional() -> None:
    call = one({"requestBody": body({**order(text=TEXT), "required": ["text"]}, required=False)})
    assert places(call) == [("member", "text", False)]
    assert call.arguments[0].field is not None
    assert call.arguments[0].field.required


def stream(*, required: bool, **flag: Any) -> Call:
    schema = {**order(stream={"type": "boolean", **flag}, text=TEXT), "required": ["stream"] if required else []}
    answers = {
        "200": {
            "description": "Ends with [DONE].",
            "content": {
                "application/json": {"schema": order(text=TEXT)},
                "text/event-stream": {"schema": order(delta=TEXT)},
            },
        }
    }
    return one({"requestBody": body(schema), "responses": answers})


def test_the_selector_is_no_argument_and_each_form_sets_it() -> None:
    call = stream(required=False)
    assert [a.wire for a in call.arguments] == ["text"]
    assert call.selector is not None
    assert call.selector.wire == "stream"
    assert call.plain is not None
    assert call.streaming is not None
    assert (call.plain.kind, call.plain.selects) == (FormKind.JSON, None)
    assert (call.streaming.kind, call.streaming.selects) == (FormKind.EVENTS, True)
    assert (call.streaming.accept, call.streaming.terminator) == ("text/event-stream", "[DONE]")
    for insists in (stream(required=True), stream(required=False, default=True)):
        assert insists.plain is not None
        assert insists.plain.selects is False


def test_a_selector_that_must_have_a_value_has_another_one_in_the_plain_form() -> None:
    schema = {**order(stream_format={"enum": ["sse", "audio"]}), "required": ["stream_format"]}
    content = {
        "audio/mpeg": {"schema": {"type": "string", "format": "binary"}},
        "text/event-stream": {"schema": order(a=TEXT)},
    }
    call = one({
        "requestBody": body(schema),
        "responses": {"200": {"description": "", "content": content}},
        "x-polyport-stream": {"selector": "stream_format"},
    })  # fmt: skip
    assert call.streaming is not None
    assert call.plain is not None
    assert (call.streaming.selects, call.plain.selects) == ("sse", "audio")


def test_a_selector_is_named_only_where_the_forms_share_a_method() -> None:
    call = stream(required=False)
    roles = [(s.role, s.words) for s in symbols(call, twins=True)]
    assert roles == [("method", ("create",)), ("method", ("create", "streaming")), ("argument", ("text",))]
    roles = [(s.role, s.words) for s in symbols(call, twins=False)]
    assert roles == [("method", ("create",)), ("argument", ("text",)), ("argument", ("stream",))]


def test_an_answer_that_may_be_empty_says_so() -> None:
    call = one({"responses": {**OK, "202": {"description": ""}, "204": {"description": ""}}})
    assert call.plain is not None
    assert (call.plain.kind, call.plain.optional) == (FormKind.JSON, True)


def test_answers_by_what_their_media_type_carries() -> None:
    def form(media: str, schema: dict[str, Any]) -> tuple[FormKind, str]:
        found = one({"responses": {"200": {"description": "", "content": {media: {"schema": schema}}}}}).forms
        assert len(found) == 1
        return found[0].kind, found[0].accept

    assert form("text/plain", TEXT) == (FormKind.TEXT, "text/plain")
    assert form("audio/mpeg", {"type": "string", "format": "binary"}) == (FormKind.BINARY, "audio/mpeg")
    assert form("text/event-stream", order(a=TEXT)) == (FormKind.EVENTS, "text/event-stream")
    assert form("application/jsonl", order(a=TEXT)) == (FormKind.LINES, "application/jsonl")
    nothing = one({"responses": {"204": {"description": ""}}}).plain
    assert nothing is not None
    assert nothing.kind is FormKind.NONE


def test_an_answer_in_several_forms_is_any_of_them() -> None:
    content = {
        "application/json": {"schema": order(a=TEXT)},
        "application/zip": {"schema": {"type": "string", "format": "binary"}},
    }
    call = one({"responses": {"200": {"description": "", "content": content}}})
    assert call.plain is not None
    assert (call.plain.kind, call.plain.answers) == (FormKind.MIXED, (MediaKind.JSON, MediaKind.BINARY))
    assert call.plain.type is not None
    assert "application/zip" in call.plain.accept


def test_credentials_are_those_that_can_be_shown() -> None:
    schemes = {
        "id": {"type": "apiKey", "in": "header", "name": "X-App"},
        "key": {"type": "http", "scheme": "bearer"},
        "odd": {"type": "http", "scheme": "digest"},
    }
    paths = {"/x": {"get": {"security": [{"id": [], "key": []}, {"odd": []}], "responses": OK}}}
    api = api_of(paths=paths, components={"schemas": {}, "securitySchemes": schemes})
    call = next(iter(calls(api).values()))
    assert [[scheme.id for scheme in all_of] for all_of in call.security] == [["id", "key"], []]


def test_bodies_by_what_they_carry() -> None:
    upload = {"type": "string", "format": "binary"}
    form = one({"requestBody": body({**order(file=upload, name=TEXT), "required": ["file"]}, "multipart/form-data")})
    assert form.body is not None
    assert form.body.kind is BodyKind.MULTIPART
    assert [(a.wire, a.files) for a in form.arguments] == [("file", Files.ONE), ("name", Files.NONE)]
    raw = one({"requestBody": body(upload, "application/octet-stream")})
    assert raw.body is not None
    assert raw.body.kind is BodyKind.BINARY
    assert [(a.place, a.files) for a in raw.arguments] == [(Place.BODY, Files.ONE)]
    lines = one({"requestBody": body({"type": "integer"}, "application/jsonl")})
    assert lines.body is not None
    assert lines.body.kind is BodyKind.LINES
    assert isinstance(lines.arguments[0].type, ListOf)
    assert isinstance(lines.arguments[0].type.item, Primitive)


def test_other_forms_of_a_body_are_named_by_kind_or_by_media_type() -> None:
    upload = {"type": "string", "format": "binary"}
    schemas = {
        "application/json": order(a=TEXT), "application/merge-patch+json": order(b=TEXT), "text/plain": TEXT,
        "image/png": upload, "image/jpeg": upload,
    }  # fmt: skip
    content = {media: {"schema": schema} for media, schema in schemas.items()}
    plan = one({"requestBody": {"required": True, "content": content}}).body
    assert plan is not None
    assert [(o.whole.words, o.kind) for o in plan.others if o.whole] == [
        (("merge", "patch", "json"), BodyKind.JSON),
        (("text",), BodyKind.TEXT),
        (("bytes",), BodyKind.BINARY),
    ]
    assert plan.others[-1].content_types == ("image/png", "image/jpeg")


def test_keys_made_of_wire_names_never_meet() -> None:
    call = one(
        {
            "parameters": [parameter("id", "query"), parameter("id", "path", required=True)],
            "requestBody": body(order(id=TEXT, id_in_query=TEXT)),
        },
        "/orders/{id}",
    )
    assert {(a.place.value, a.wire): a.key for a in call.arguments} == {
        ("path", "id"): "id_in_path",
        ("member", "id"): "id",
        ("member", "id_in_query"): "id_in_query",
        ("query", "id"): "id_in_query_",
    }
    assert len({a.symbol for a in call.arguments}) == len(call.arguments)


def test_a_pages_arguments_are_found_by_their_rule() -> None:
    page = {**order(data={"type": "array", "items": TEXT}, has_more={"type": "boolean"}), "required": ["data"]}
    answer = {"200": {"description": "", "content": {"application/json": {"schema": page}}}}
    call = one({"parameters": [parameter("page", "query", {"type": "integer"})], "responses": answer}, method="get")
    assert call.paging is not None
    assert call.paging.request is call.arguments[0]
    assert call.plain is not None
    assert call.plain.kind is FormKind.PAGES
    assert isinstance(call.plain.item, Primitive)


def test_every_operation_is_a_call() -> None:
    api: Api = api_of(paths={"/a": {"get": {"responses": OK}}, "/b": {"post": {"responses": OK}}})
    assert list(calls(api)) == list(api.operations)
