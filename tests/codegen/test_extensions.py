"""Vendors' own members of a document: names, pages, values, what is left out. Fixtures are cut from real documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api, PageStyle, Pagination
from polyport_codegen.ir.passes.meant import for_target
from polyport_codegen.ir.types import AliasDecl, Const, EnumDecl, Nullable, ObjectDecl, Ref, UnionDecl, component
from polyport_codegen.pipeline import BuildOptions, build
from polyport_codegen.registry import load_target

from tests.codegen.specs import api_of, document, get, ref
from tests.codegen.test_operations import names

FIXTURES = Path(__file__).parent / "extensions"


def real(name: str, found: Diagnostics | None = None) -> Api:
    """The model of a fixture."""
    found = found or Diagnostics()
    return build(document({"spec.json": (FIXTURES / name).read_text()}, found), BuildOptions(), found)


def enum(api: Api, *words: str) -> EnumDecl:
    (decl,) = (d for d in api.decls.values() if isinstance(d, EnumDecl) and d.words == words)
    return decl


def members(decl: EnumDecl) -> list[str]:
    return ["-".join(m.words) for m in decl.members]


def thing(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


# -- documents of the world --------------------------------------------------------------------------------------------


def test_azures_pages_without_a_link_are_walked() -> None:
    found = Diagnostics()
    api = real("azure-sql.json", found)
    pages = api.operations["ReplicationLinks_ListByDatabase"].pagination
    assert pages is not None
    assert (pages.style, pages.items) == (PageStyle.SINGLE, ("value",))
    assert [d.code for d in found.items if d.code == "long-running"] == ["long-running"]


def test_azures_calls_are_grouped_by_their_ids() -> None:
    assert list(names(real("azure-sql.json")).values()) == [
        "replication_links.list_by_database",
        "replication_links.failover",
    ]
    assert list(names(real("azure-batch.json")).values()) == ["application.list"]


def test_an_id_that_is_made_of_the_path_groups_nothing() -> None:
    call: dict[str, Any] = {"responses": {"204": {"description": ""}}}
    paths = {
        "/pools": {"get": {**call, "x-ms-long-running-operation": False}, "post": {"operationId": "Pool_Add", **call}}
    }
    assert names(api_of(paths=paths)) == {"GET /pools": "pools.list", "POST /pools": "pool.add"}


def test_azures_enums_have_the_names_that_they_are_given() -> None:
    api = real("azure-sql.json")
    role = enum(api, "replication", "role")
    aliases = {"-".join(d.own): d.type for d in api.decls.values() if isinstance(d, AliasDecl) and d.inline}
    assert aliases == {"role": Ref(role.id), "partner-role": Ref(role.id)}
    pool = enum(real("azure-batch.json"), "pool", "lifetime", "option")
    assert members(pool) == ["job-schedule", "job"]
    assert pool.members[1].docs.text.startswith("The Pool exists for the lifetime of the Job")


def test_azures_parameters_have_the_names_that_they_are_given() -> None:
    found = Diagnostics()
    listed = real("azure-batch.json", found).operations["Application_List"]
    assert {p.wire_name: p.words for p in listed.parameters}["maxresults"] == ("max", "results")
    assert listed.pagination is not None
    assert (listed.pagination.style, listed.pagination.items) == (PageStyle.LINK, ("value",))
    assert listed.pagination.next_link == ("odata.nextLink",)


def test_adyens_calls_have_their_own_names() -> None:
    api = real("adyen.json")
    assert api.operations["get-companies"].resource == (("companies",),)
    assert names(api)["POST /companies/{companyId}/webhooks/{webhookId}/test"] == "companies.webhooks.test"


def test_amazons_calls_are_told_apart_by_name_not_by_path() -> None:
    assert names(real("aws-sts.json")) == {
        "GET /": "get_get_caller_identity",
        "POST /": "post_get_caller_identity",
    }


def test_googles_deprecated_values() -> None:
    preference = enum(real("google-jobs.json"), "location", "filter", "telecommute", "preference")
    assert [m.docs.deprecated for m in preference.members] == [False, True, False, False]


def test_numbers_have_the_names_that_stand_beside_them() -> None:
    assert members(enum(real("slmonitor.json"), "audio", "container"))[:3] == ["aiff", "amr", "au"]
    days = enum(real("whatsapp.json"), "date", "time", "component", "day", "of", "week")
    assert members(days)[:2] == ["monday", "tuesday"]
    assert days.members[1].docs.text == "Tuesday"


# -- one rule each -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("extension", "words"),
    [
        ({"x-enumNames": ["Fast", "Slow"]}, ["fast", "slow"]),
        ({"x-speakeasy-enums": ["Fast", "Slow"]}, ["fast", "slow"]),
        ({"x-speakeasy-enums": {"b": "Slow", "a": "Fast"}}, ["fast", "slow"]),
        ({"x-fern-enum": {"b": {"name": "Slow"}}}, ["a", "slow"]),
        ({"x-stainless-renameMap": {"fast": "a", "slow": "b"}}, ["fast", "slow"]),
        ({"x-enum-elements": [{"name": "FAST"}, {"name": "SLOW"}]}, ["fast", "slow"]),
        ({"x-ms-enum": {"values": [{"value": "b", "name": "slow"}]}}, ["a", "slow"]),
        ({"x-enumNames": "no list"}, ["a", "b"]),
    ],
)
def test_names_of_values(extension: dict[str, Any], words: list[str]) -> None:
    decl = api_of({"Speed": {"type": "string", "enum": ["a", "b"], **extension}}).decls[component("Speed")]
    assert isinstance(decl, EnumDecl)
    assert members(decl) == words


@pytest.mark.parametrize(
    ("extension", "name"),
    [
        ({"x-fern-sdk-group-name": ["admin", "users"], "x-fern-sdk-method-name": "find"}, "admin.users.find"),
        ({"x-fern-sdk-group-name": "people"}, "people.create"),
        ({"x-fern-sdk-method-name": "find"}, "users.find"),
        ({"x-speakeasy-group": "admin.users", "x-speakeasy-name-override": "find"}, "admin.users.find"),
        ({"x-speakeasy-name-override": "find"}, "users.find"),
        ({"x-polyport-name": "a.b", "x-fern-sdk-method-name": "find"}, "a.b"),
        ({"x-speakeasy-group": 7}, "users.create"),
    ],
)
def test_names_in_the_tree(extension: dict[str, Any], name: str) -> None:
    api = api_of(paths={"/users": {"post": {"responses": {"204": {"description": ""}}, **extension}}})
    assert list(names(api).values()) == [name]


def test_a_group_stands_where_the_path_says_nothing() -> None:
    api = api_of(paths={"/{id}": get({"type": "string"}, operationId="find", **{"x-oaiMeta": {"group": "users"}})})
    assert list(names(api).values()) == ["users.find"]


def test_names_of_types_members_and_arguments() -> None:
    api = api_of(
        {"obj_1": {**thing(a={"type": "string", "x-fern-property-name": "first_letter"}), "x-fern-type-name": "Letters"}},
        {"/x": get(ref("obj_1"), parameters=[
            {"name": "q", "in": "query", "x-ms-client-name": "queryText", "schema": {"type": "string"}},
            {"name": "n", "in": "query", "schema": {"type": "string", "x-stainless-param": "number_of"}},
        ])},
    )  # fmt: skip
    decl = api.decls[component("obj_1")]
    assert isinstance(decl, ObjectDecl)
    assert (decl.words, [f.words for f in decl.fields]) == (("letters",), [("first", "letter")])
    (operation,) = api.operations.values()
    assert [p.words for p in operation.parameters] == [("query", "text"), ("number", "of")]


def test_what_is_meant_for_one_language() -> None:
    api = api_of(
        {"Thing": thing(
            a={"type": "string", "x-stainless-skip": ["go", "python"]},
            b={"type": "string", "x-stainless-naming": {"python": {"property_name": "bee"}, "go": {"property_name": "x"}}},
            d={"type": "string", "x-stainless-naming": {"java": {"property_name": "dee"}, "kotlin": {"property_name": "day"}}},
            e={"type": "string", "x-stainless-naming": {"java": {"property_name": "eve"}}},
            c={"type": "string", "x-stainless-skip": True},
        )},
        {"/x/{id}": get(ref("Thing"), parameters=[
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "x-stainless-skip": ["swift"]}},
            {"name": "q", "in": "query", "schema": {"type": "string", "x-stainless-skip": ["typescript"]}},
        ])},
    )  # fmt: skip

    def seen(target: str) -> tuple[list[str], list[str]]:
        found = for_target(api, load_target(target).languages)
        decl = found.decls[component("Thing")]
        assert isinstance(decl, ObjectDecl)
        (operation,) = found.operations.values()
        return ["_".join(f.words) for f in decl.fields], [p.wire_name for p in operation.parameters]

    assert seen("python") == (["bee", "d", "e"], ["id", "q"])
    assert seen("node") == (["a", "b", "d", "e"], ["id"])
    assert seen("swift") == (["a", "b", "d", "e"], ["id", "q"])
    assert seen("kotlin") == (["a", "b", "day", "eve"], ["id", "q"])
    assert seen("proto") == (["a", "b", "d", "e"], ["id", "q"])


def test_calls_that_are_to_be_left_out() -> None:
    found = Diagnostics()
    paths = {
        f"/{at}": get({"type": "string"}, operationId=f"get{at}", **{key: True})
        for at, key in enumerate(("x-speakeasy-ignore", "x-fern-ignore", "x-internal"))
    }
    assert list(api_of(paths=paths, diagnostics=found).operations) == ["get2"]
    assert sorted(d.code for d in found.items) == ["extension", "ignored", "ignored"]


def test_constants_nulls_and_deprecations() -> None:
    schemas = {
        "Kind": {"type": "string", "enum": ["x"], "x-stainless-const": True},
        "Thing": thing(
            kind=ref("Kind"),
            beta={"type": "string", "default": "b", "x-stainless-const": True},
            old={"type": "string", "x-stainless-deprecation-message": "Use beta."},
            older={"type": "string", "x-fern-availability": "deprecated"},
            nil={"type": "string", "x-nullable": True},
        ),
    }
    api = api_of(schemas, openapi="3.0.3")
    thing_ = api.decls[component("Thing")]
    kind = api.decls[component("Kind")]
    assert isinstance(thing_, ObjectDecl)
    assert isinstance(kind, AliasDecl)
    assert kind.type == Const("x")
    fields = {f.wire_name: f for f in thing_.fields}
    assert fields["beta"].type == Const("b")
    assert [(fields[n].docs.deprecated, fields[n].docs.deprecation) for n in ("old", "older")] == [
        (True, "Use beta."),
        (True, ""),
    ]
    assert isinstance(fields["nil"].type, Nullable)


def test_a_variants_tag_is_what_it_says() -> None:
    def animal(tag: str) -> dict[str, Any]:
        return {**thing(kind={"type": "string"}), "required": ["kind"], "x-ms-discriminator-value": tag}

    api = api_of({
        "Cat": animal("#acme.cat"), "Dog": animal("#acme.dog"),
        "Animal": {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind"}},
    })  # fmt: skip
    union = api.decls[component("Animal")]
    assert isinstance(union, UnionDecl)
    assert union.discriminator is not None
    assert dict(union.discriminator.mapping) == {"#acme.cat": component("Cat"), "#acme.dog": component("Dog")}


# -- pages -------------------------------------------------------------------------------------------------------------

ROWS = {"type": "array", "items": {"type": "string"}}
PAGE = thing(
    meta=thing(next={"type": "string"}, pages={"type": "integer"}, more={"type": "boolean"}), body=thing(rows=ROWS)
)


def pages(extension: dict[str, Any], answer: Any = None, params: Any = None, **root: Any) -> Pagination | None:
    parameters = params or [
        {"name": name, "in": "query", "schema": {"type": "integer" if name != "at" else "string"}}
        for name in ("at", "number", "skipped", "most")
    ]
    api = api_of(paths={"/x": get(answer or PAGE, parameters=parameters, **extension)}, **root)
    (operation,) = api.operations.values()
    return operation.pagination


def speakeasy(type: str, kind: str, name: str, **outputs: str) -> dict[str, Any]:
    inputs = [{"name": name, "in": "parameters", "type": kind}, {"name": "most", "in": "parameters", "type": "limit"}]
    return {"x-speakeasy-pagination": {"type": type, "inputs": inputs, "outputs": outputs}}


CURSOR = {"cursor": "$request.at", "next_cursor": "$response.meta.next", "results": "$response.body.rows"}


@pytest.mark.parametrize(
    ("extension", "expected"),
    [
        (speakeasy("cursor", "cursor", "at", results="$.body.rows", nextCursor="$.meta.next"), ("cursor", "at", ("meta", "next"), (), "most")),
        (speakeasy("offsetLimit", "page", "number", results="$.body.rows", numPages="$.meta.pages"), ("page", "number", (), ("meta", "pages"), "most")),
        (speakeasy("offsetLimit", "offset", "skipped", results="$.body.rows"), ("offset", "skipped", (), (), "most")),
        ({"x-fern-pagination": CURSOR}, ("cursor", "at", ("meta", "next"), (), "")),
        ({"x-fern-pagination": {"offset": "$request.number", "results": "$response.body.rows"}}, ("page", "number", (), (), "")),
        ({"x-fern-pagination": {"offset": "$request.skipped", "step": "$request.most", "results": "$response.body.rows"}}, ("offset", "skipped", (), (), "most")),
        ({"x-polyport-pagination": {"style": "cursor", "cursor": "at", "items": ["body", "rows"], "next": ["meta", "next"]}}, ("cursor", "at", ("meta", "next"), (), "")),
    ],
)  # fmt: skip
def test_pages_by_extensions(extension: dict[str, Any], expected: tuple[Any, ...]) -> None:
    found = pages(extension)
    assert found is not None
    assert found.items == ("body", "rows")
    assert (
        found.style.value,
        found.request_member,
        found.next_cursor,
        found.total_pages,
        found.limit_member,
    ) == expected


def test_pages_of_a_whole_document() -> None:
    found = pages({"x-fern-pagination": True}, **{"x-fern-pagination": CURSOR})
    assert found is not None
    assert found.request_member == "at"


def test_pages_that_a_body_leads_to_are_a_note() -> None:
    found = Diagnostics()
    inputs = [{"name": "at", "in": "requestBody", "type": "cursor"}]
    extension = {"x-speakeasy-pagination": {"type": "cursor", "inputs": inputs, "outputs": {"results": "$.body.rows"}}}
    api = api_of(paths={"/x": get(PAGE, **extension)}, diagnostics=found)
    (operation,) = api.operations.values()
    assert operation.pagination is None
    assert [d.code for d in found.items] == ["pagination"]


def test_pages_by_what_each_part_is_for() -> None:
    def purpose(said: str, **schema: Any) -> dict[str, Any]:
        return {**schema, "x-stainless-pagination-property": {"purpose": said}}

    answer = {"allOf": [thing(
        info=thing(after=purpose("next_cursor_field", type="string"), more=purpose("has_next_page", type="boolean")),
        rows=purpose("items", **ROWS),
    )]}  # fmt: skip
    found = pages({}, answer, [{"name": "at", "in": "query", "schema": purpose("next_cursor_param", type="string")}])
    assert found is not None
    assert (found.style, found.request_member, found.items) == (PageStyle.CURSOR, "at", ("rows",))
    assert (found.next_cursor, found.has_more) == (("info", "after"), ("info", "more"))


def test_every_other_extension_is_one_counted_note() -> None:
    found = Diagnostics()
    api_of(
        {
            "A": thing(**{"x-name": {"type": "string", "x-odd": 1}}),
            "B": {"type": "string", "x-odd": 2, "example": {"x-no": 1}},
        },
        {"/x": get({"type": "string"}, **{"x-oaiMeta": {"x-inner": 1}})},
        found,
        **{"x-root": {}},
    )
    assert [d.message for d in found.items] == [
        "x-odd stands 2 times and is not read",
        "x-root stands 1 times and is not read",
    ]
