"""Media types of bodies and answers: which form is sent, what comes back, what is offered beside it, what is reported."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics, Severity
from polyport_codegen.ir.model import Api, Body, MediaKind, Operation, Result, Style
from polyport_codegen.ir.types import AnyJson, DeclId, Kind, ListOf, MapOf, Nullable, Primitive, Ref, component
from polyport_codegen.pipeline import BuildOptions

from tests.codegen.specs import api_of, ref

TEXT = {"type": "string"}
FILE = {"type": "string", "format": "binary"}
BYTES = Primitive(Kind.STRING, "binary")
SCHEMAS: dict[str, Any] = {
    "A": {"type": "object", "properties": {"q": TEXT}},
    "B": {"type": "object", "properties": {"x": TEXT}, "required": ["x"]},
    "Upload": {"type": "object", "properties": {"file": FILE, "name": TEXT}},
    "Many": {"type": "object", "properties": {"files": {"oneOf": [FILE, {"type": "array", "items": FILE}]}}},
    "Also": ref("A"),
}
JSON, FORM, BIN, CSV = "application/json", "multipart/form-data", "application/octet-stream", "text/csv"


def content(**media: Any) -> dict[str, Any]:
    return {"content": {name: {} if schema is None else {"schema": schema} for name, schema in media.items()}}


def api_with(
    body: Any = None,
    *,
    path: str = "/a",
    method: str = "post",
    diagnostics: Diagnostics | None = None,
    options: Any = None,
    **responses: Any,
) -> Api:
    """An API with one call `a`; `_200={media type: schema}` are its answers, None is one without a body."""
    answers = {k[1:]: {"description": "", **(content(**v) if v is not None else {})} for k, v in responses.items()}
    call = {"operationId": "a", "responses": answers, **({"requestBody": content(**body)} if body else {})}
    return api_of(SCHEMAS, {path: {method: call}}, diagnostics, options)


def sent(media: Any, diagnostics: Diagnostics | None = None) -> Body:
    body = api_with(media, diagnostics=diagnostics).operations["a"].body
    assert body is not None
    return body


def result(**responses: Any) -> Result:
    found = api_with(**responses).operations["a"].result
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("media", "chosen"),
    [
        ({FORM: ref("A"), JSON: ref("A")}, JSON),
        ({JSON: ref("Upload"), FORM: ref("Upload")}, FORM),
        ({JSON: ref("Many"), FORM: ref("Many")}, FORM),
        ({JSON: None, "application/x-www-form-urlencoded": ref("A")}, "application/x-www-form-urlencoded"),
        ({"application/vnd.a+json": ref("A"), JSON: ref("A")}, JSON),
        ({BIN: None, "text/plain": TEXT, "application/xml": ref("A"), JSON: ref("A")}, JSON),
        ({"application/vnd.a": FILE, BIN: FILE}, "application/vnd.a"),
    ],
)
def test_the_body_is_sent_in_the_form_that_can_carry_it(media: Any, chosen: str) -> None:
    found = Diagnostics()
    body = sent(media, found)
    assert body.media.content_type == chosen
    assert {m.content_type for m in body.others} == set(media) - {chosen}
    assert "media-set-aside" in [d.code for d in found.items]


def test_bodies_are_flattened_when_they_are_one_object() -> None:
    assert sent({JSON: ref("Also")}).flatten == component("A")
    assert sent({JSON: {"oneOf": [ref("A"), TEXT]}}).flatten is None
    assert sent({BIN: FILE}).flatten is None


@pytest.mark.parametrize(
    ("media_type", "schema", "kind", "sent_as"),
    [
        (JSON, FILE, MediaKind.BINARY, JSON),
        ("text/plain", ref("A"), MediaKind.JSON, "text/plain"),
        ("text/plain", TEXT, MediaKind.TEXT, "text/plain"),
        ("application/xml", ref("A"), MediaKind.TEXT, "application/xml"),
        ("image/svg+xml", None, MediaKind.TEXT, "image/svg+xml"),
        ("image/*", FILE, MediaKind.BINARY, "application/octet-stream"),
        ("text/*", TEXT, MediaKind.TEXT, "text/plain"),
        ("*/*", ref("A"), MediaKind.JSON, "application/json"),
        ("*/*", TEXT, MediaKind.TEXT, "text/plain"),
        ("*/*", None, MediaKind.BINARY, "application/octet-stream"),
        ("application/x-ndjson", ref("A"), MediaKind.JSONL, "application/x-ndjson"),
        (
            "application/problem+json; charset=utf-8",
            ref("A"),
            MediaKind.JSON,
            "application/problem+json; charset=utf-8",
        ),
        ("result", ref("A"), MediaKind.JSON, "application/json"),
    ],
)
def test_what_a_media_type_means(media_type: str, schema: Any, kind: MediaKind, sent_as: str) -> None:
    media = sent({media_type: schema}).media
    assert (media.kind, media.sent_as) == (kind, sent_as)


def test_text_and_bytes_have_one_type_whatever_their_schema_says() -> None:
    found = Diagnostics()
    body = sent({"application/xml": ref("A"), "application/x-msgpack": ref("A"), CSV: TEXT}, found)
    medias = {m.content_type: m for m in (body.media, *body.others)}
    assert (medias[CSV].type, medias[CSV].structured) == (Primitive(Kind.STRING), False)
    assert (medias["application/xml"].type, medias["application/xml"].structured) == (Primitive(Kind.STRING), True)
    assert (medias["application/x-msgpack"].type, medias["application/x-msgpack"].structured) == (BYTES, True)
    assert [d.code for d in found.items].count("raw-media") == 2


def test_a_line_is_an_item_of_the_list_that_the_schema_describes() -> None:
    lines = "application/jsonl"
    assert sent({lines: {"type": "array", "items": ref("A")}}).media.type == Ref(component("A"))
    assert sent({lines: ref("A")}).media.type == Ref(component("A"))


def test_results() -> None:
    assert result(_204=None).media is None
    assert result(_200={BIN: FILE}).media == result(_200={BIN: None}).media
    assert result(_200={JSON: ref("A")}, _202={JSON: ref("B")}).type == Ref(DeclId("POST /a", "result"))
    assert result(_200={JSON: {"type": ["string", "null"]}}).type == Nullable(Primitive(Kind.STRING))


@pytest.mark.parametrize("empty", ["_204", "_202", "_2XX"])
def test_an_answer_may_also_come_without_a_body(empty: str) -> None:
    found = result(**{"_200": {JSON: ref("A")}, empty: None})
    assert found.optional
    assert found.type == Ref(component("A"))


@pytest.mark.parametrize(
    ("responses", "type"),
    [
        ({"_default": {JSON: ref("A")}}, Ref(component("A"))),
        ({"_default": {JSON: ref("A")}, "_404": None}, Ref(component("A"))),
        ({"_default": {JSON: ref("A")}, "_302": None}, None),
        ({"_default": {JSON: ref("A")}, "_204": None}, None),
        ({"_404": {JSON: ref("A")}}, None),
    ],
)
def test_the_default_answer_is_the_result_when_no_other_says_that_it_went_well(responses: Any, type: Any) -> None:
    assert result(**responses).type == type


@pytest.mark.parametrize(
    ("media", "kinds", "accept"),
    [
        ({JSON: ref("A"), "text/plain": TEXT}, "json text", "application/json, text/plain"),
        (
            {JSON: ref("A"), "image/png": FILE, "image/jpeg": FILE},
            "json binary",
            "application/json, image/png, image/jpeg",
        ),
        ({JSON: TEXT, "video/mp4": FILE}, "binary", "video/mp4"),
        ({JSON: None, "application/pdf": FILE}, "binary", "application/pdf"),
        ({JSON: TEXT, "text/plain": TEXT}, "json", JSON),
        ({JSON: ref("A"), "text/json": ref("A"), "text/plain": ref("A")}, "json", JSON),
        ({JSON: ref("A"), "application/xml": ref("A")}, "json", JSON),
        ({JSON: ref("A"), "application/x-msgpack": ref("A")}, "json", JSON),
        ({JSON: ref("A"), CSV: TEXT}, "json", JSON),
        ({"application/xml": ref("A"), "application/pdf": FILE}, "binary", "application/pdf"),
        ({CSV: TEXT, "text/html": TEXT}, "text", CSV),
        ({FORM: ref("Upload")}, "binary", FORM),
    ],
)
def test_forms_of_one_answer(media: Any, kinds: str, accept: str) -> None:
    found = result(_200=media)
    assert [m.kind.value for m in found.forms] == kinds.split()
    assert found.accept == accept


def test_answers_of_several_statuses_make_one_result() -> None:
    found = result(_200={BIN: FILE}, _202={JSON: ref("A")})
    assert [(m.kind, m.type) for m in found.forms] == [(MediaKind.JSON, Ref(component("A"))), (MediaKind.BINARY, BYTES)]


@pytest.mark.parametrize("last", ["content", "download", "Raw", "file"])
def test_a_file_is_no_json_string(last: str) -> None:
    found = Diagnostics()
    operation = api_with(path=f"/files/{{id}}/{last}", method="get", diagnostics=found, _200={JSON: TEXT}).operations[
        "a"
    ]
    assert operation.result is not None
    assert [(m.kind, m.type) for m in operation.result.forms] == [(MediaKind.BINARY, BYTES)]
    assert operation.result.accept == "*/*"
    assert "file-as-text" in [d.code for d in found.items]
    assert result(_200={JSON: TEXT}).type == Primitive(Kind.STRING)


def forms_of(api: Api) -> dict[str, Operation]:
    return {".".join("_".join(w) for w in (*o.resource, o.words)): o for o in api.operations.values() if o.form_of}


def test_what_only_those_get_who_ask_is_a_call_of_its_own() -> None:
    star = "application/vnd.acme.v3.star+json"
    found = Diagnostics()
    api = api_with(
        path="/rows",
        diagnostics=found,
        _200={JSON: ref("A"), CSV: TEXT, star: ref("B"), "text/html": TEXT, "text/json": ref("A")},
    )
    forms = forms_of(api)
    assert {
        name: (o.result.accept, o.result.media.type) for name, o in forms.items() if o.result and o.result.media
    } == {
        "rows.create_as_csv": (CSV, Primitive(Kind.STRING)),
        "rows.create_as_star": (star, Ref(component("B"))),
        "rows.create_as_html": ("text/html", Primitive(Kind.STRING)),
    }
    csv = forms["rows.create_as_csv"]
    assert (csv.form_of, csv.method, csv.path, csv.key) == ("a", "POST", "/rows", "POST /rows as text/csv")
    assert [r.operations for r in api.root.walk() if r.operations] == [("a", *(o.id for o in forms.values()))]
    assert set(api.documented().operations) == {"a"}
    aside = [d.message for d in found.items if d.code == "media-set-aside"]
    assert aside == [f"a: the answer is asked for as {JSON}, not as {CSV}, {star}, text/html, text/json"]


def test_the_same_in_another_notation_is_no_form() -> None:
    assert (
        forms_of(api_with(_200={JSON: ref("A"), "application/xml": ref("A"), "application/x-msgpack": ref("A")})) == {}
    )
    assert forms_of(api_with(_200={JSON: TEXT, "video/mp4": FILE})) == {}


def test_a_name_that_was_given_is_followed_by_the_form() -> None:
    options = BuildOptions(renames={"a": "tables.export"})
    assert list(forms_of(api_with(options=options, _200={JSON: ref("A"), CSV: TEXT}))) == ["tables.export_as_csv"]


def test_headers_of_answers_are_typed_and_declare_nothing() -> None:
    headers = {
        "x-left": {"schema": {"type": "integer"}, "description": "How many."},
        "X-Kind": {"schema": {"type": "string", "enum": ["a", "b"]}},
        "X-Tags": {"schema": {"type": "array", "items": {"enum": ["a"], "type": "string"}}},
        "X-Shape": {"schema": {"type": "object", "properties": {"a": {"enum": ["x", "y"]}}}},
        "Content-Type": {"schema": TEXT},
    }
    answers = {"200": {"description": "", "headers": headers}, "404": {"description": "", "headers": {"X-Why": {}}}}
    api = api_of(paths={"/a": {"get": {"operationId": "a", "responses": answers}}})
    found = api.operations["a"].result
    assert found is not None
    assert {h.wire_name: h.type for h in found.headers} == {
        "x-left": Primitive(Kind.INTEGER),
        "X-Kind": Primitive(Kind.STRING),
        "X-Tags": ListOf(Primitive(Kind.STRING)),
        "X-Shape": Primitive(Kind.STRING),
    }
    assert found.headers[0].docs.description == "How many."
    assert api.decls == {}


def test_errors_have_their_types_by_status() -> None:
    api = api_with(
        _200={JSON: ref("A")},
        _404={JSON: ref("B")},
        _default={JSON: ref("A")},
        _4XX={"text/plain": TEXT},
        _5XX={JSON: ref("B")},
    )
    assert api.operations["a"].errors == (
        ("404", Ref(component("B"))),
        ("5XX", Ref(component("B"))),
        ("default", Ref(component("A"))),
    )
    assert api.error_type is None
    assert api_with(_default={JSON: ref("A")}).operations["a"].errors == ()


def test_headers_of_parts_links_and_odd_statuses_are_reported() -> None:
    found = Diagnostics()
    part = {"schema": ref("Upload"), "encoding": {"file": {"headers": {"X-A": {"schema": TEXT}}}}}
    api = api_of(
        SCHEMAS,
        {
            "/a": {
                "post": {
                    "requestBody": {"content": {FORM: part}},
                    "responses": {
                        "200": {"description": "", "links": {"next": {}}},
                        "": {},
                        "ok": {},
                        "2xx": {},
                        "204": None,
                    },
                }
            }
        },
        found,
    )
    (operation,) = api.operations.values()
    assert [r.status for r in operation.responses] == ["200", "2XX", "204"]
    assert [d.code for d in found.items] == ["part-headers", "links", "malformed", "malformed"]


@pytest.mark.parametrize("style", ["bogus", [{}], None])
def test_a_style_that_no_part_has_is_reported(style: Any) -> None:
    found = Diagnostics()
    form = {"application/x-www-form-urlencoded": {"schema": ref("A"), "encoding": {"q": {"style": style}}}}
    api = api_of(SCHEMAS, {"/a": {"post": {"requestBody": {"content": form}, "responses": {}}}}, found)
    assert [d.code for d in found.items] == ["parameter-style"]
    assert next(iter(api.operations.values())).body.media.encodings[0].style is Style.FORM


@pytest.mark.parametrize(
    "form",
    [
        {"type": "object", "additionalProperties": FILE},
        {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": FILE},
        {"type": "object", "additionalProperties": {"type": "array", "items": FILE}},
        {"type": "object", "properties": {"all": {"type": "object", "additionalProperties": FILE}}},
    ],
)
def test_files_under_names_that_are_not_listed_are_told(form: dict[str, Any]) -> None:
    found = Diagnostics()
    body = {"content": {"multipart/form-data": {"schema": form}}}
    api_of(paths={"/a": {"post": {"requestBody": body, "responses": {}}}}, diagnostics=found)
    assert [(d.code, d.severity, d.origin.pointer) for d in found.items] == [
        ("file-as-text", Severity.WARNING, "/paths/~1a/post")
    ]


@pytest.mark.parametrize("method", ["get", "head", "trace"])
def test_a_body_that_has_no_meaning_is_left_out_and_reported(method: str) -> None:
    found = Diagnostics()
    call = {"operationId": "a", "responses": {}, "requestBody": content(**{JSON: ref("A")})}
    assert api_of(SCHEMAS, {"/a": {method: call}}, found).operations["a"].body is None
    assert [d.code for d in found.items] == ["body-without-meaning"]


def test_a_style_of_a_member_wins_over_its_type_in_forms_of_both_kinds() -> None:
    encoding = {
        "q": {"style": "form", "explode": False, "contentType": "text/csv"},
        "r": {"contentType": "text/csv"},
        "s": {"headers": {}},
    }
    form, found = "application/x-www-form-urlencoded", Diagnostics()
    calls = [
        {"operationId": id, "responses": {}, "requestBody": {"content": {media: {**ref_media, "encoding": encoding}}}}
        for id, media, ref_media in (("a", form, {"schema": ref("A")}), ("b", FORM, {"schema": ref("A")}))
    ]
    api = api_of(SCHEMAS, {f"/{call['operationId']}": {"post": call} for call in calls}, found)
    bodies = [operation.body for operation in api.operations.values()]
    assert [[(e.member, e.content_type, e.style, e.explode) for e in b.media.encodings] for b in bodies if b] == [
        [("q", "", Style.FORM, False), ("r", "text/csv", Style.FORM, True)],
        [("q", "", Style.FORM, False), ("r", "text/csv", Style.FORM, True)],
    ]
    assert found.items == []


def test_other_multipart_bodies_are_sent_as_forms_and_reported() -> None:
    found = Diagnostics()
    assert sent({"multipart/related": ref("A")}, found).media.kind is MediaKind.MULTIPART
    assert [d.code for d in found.items] == ["media-type"]


def test_a_json_string_that_is_posted_for_is_no_file() -> None:
    assert result(path="/texts/raw", _200={JSON: TEXT}).type == Primitive(Kind.STRING)


@pytest.mark.parametrize("status", ["204", "205"])
def test_an_answer_that_cannot_have_a_body_may_come_without_one(status: str) -> None:
    found = result(**{f"_{status}": {JSON: ref("A")}})
    assert (found.type, found.optional) == (Ref(component("A")), True)


@pytest.mark.parametrize("media", ["multipart/mixed", FORM, "application/x-www-form-urlencoded"])
def test_an_answer_that_is_a_form_is_its_bytes(media: str) -> None:
    told = Diagnostics()
    found = result(diagnostics=told, _200={media: ref("A")})
    assert [(m.kind, m.type) for m in found.forms] == [(MediaKind.BINARY, BYTES)]
    assert [(d.code, d.severity) for d in told.items] == [("raw-media", Severity.NOTE)]


def test_items_of_what_is_no_sequence_are_those_of_a_list() -> None:
    found = Diagnostics()
    answer = {"description": "", "content": {JSON: {"itemSchema": ref("A")}}}
    api = api_of(SCHEMAS, {"/a": {"get": {"operationId": "a", "responses": {"200": answer}}}}, found, openapi="3.2.0")
    read = api.operations["a"].result
    assert read is not None
    assert read.type == ListOf(Ref(component("A")))
    assert [d.code for d in found.items] == ["media-type"]


@pytest.mark.parametrize("schema", [FILE, {"type": "array", "items": TEXT}])
def test_a_form_whose_schema_is_no_object_has_members_that_callers_name(schema: dict[str, Any]) -> None:
    found = Diagnostics()
    body = sent({FORM: schema}, found)
    assert (body.media.kind, body.media.type) == (MediaKind.MULTIPART, MapOf(AnyJson("a form without members")))
    assert [(d.code, d.severity) for d in found.items] == [("malformed", Severity.WARNING)]


def test_a_body_without_media_types_is_told() -> None:
    found = Diagnostics()
    call = {"operationId": "a", "requestBody": {"required": True, "content": {}}, "responses": {}}
    assert api_of({}, {"/a": {"post": call}}, found).operations["a"].body is None
    assert [(d.code, d.origin.pointer) for d in found.items] == [("malformed", "/paths/~1a/post/requestBody")]


def test_base64_in_a_body_of_bytes_is_told() -> None:
    found = Diagnostics()
    result(diagnostics=found, _200={"image/png": {"type": "string", "contentEncoding": "base64"}})
    assert [d.code for d in found.items] == ["raw-media"]
