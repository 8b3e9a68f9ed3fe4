"""Lists whose pages are linked: what an extension says, and what is recognised by its name and type."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import PageStyle, Pagination

from tests.codegen.specs import api_of, get

TEXT = {"type": "string"}
URI = {"type": ["string", "null"], "format": "uri"}
ROWS = {"type": "array", "items": TEXT}
LINK_HEADER = {"link": {"schema": TEXT}}


def thing(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def pages(
    answer: Any,
    *,
    found: Diagnostics | None = None,
    query: tuple[str, ...] = (),
    headers: Any = None,
    **extensions: Any,
) -> Pagination | None:
    parameters = [{"name": name, "in": "query", "schema": {"type": "integer"}} for name in query]
    operation = get(answer, parameters=parameters, **extensions)
    if headers:
        operation["get"]["responses"]["200"]["headers"] = headers
    (read,) = api_of(paths={"/rows": operation}, diagnostics=found or Diagnostics()).operations.values()
    return read.pagination


NESTED = thing(body=thing(rows=ROWS), **{"meta.data": thing(next=TEXT), "links": thing(next=TEXT)})
AT_ROWS = {"items": ["body", "rows"]}


@pytest.mark.parametrize(
    ("extension", "expected"),
    [
        ({"x-ms-pageable": {"nextLinkName": "nextLink"}}, ("nextLink",)),
        ({"x-ms-pageable": {"nextLinkName": "@odata.nextLink", "operationName": "listMore"}}, ("@odata.nextLink",)),
        ({"x-ms-pageable": {"nextLinkName": "links.next", "itemName": "body.rows"}}, ("links", "next")),
        ({"x-speakeasy-pagination": {"type": "url", "outputs": {"nextUrl": "$.links.next"}}}, ("links", "next")),
        (
            {"x-speakeasy-pagination": {"type": "url", "outputs": {"nextUrl": "$['meta.data'][\"next\"]"}}},
            ("meta.data", "next"),
        ),
        ({"x-fern-pagination": {"next_uri": "$response.links.next", "results": "$response.value"}}, ("links", "next")),
        ({"x-fern-pagination": {"next_path": "$response.body#/meta.data/next"}}, ("meta.data", "next")),
        ({"x-polyport-pagination": {"style": "link", "next": ["links", "next"]}}, ("links", "next")),
        ({"x-polyport-pagination": {"style": "link"}}, ()),
    ],
)
def test_pages_by_link_are_said(extension: dict[str, Any], expected: tuple[str, ...]) -> None:
    answer = thing(value=ROWS, **NESTED["properties"])
    found = pages(answer, **extension)
    assert found is not None
    assert (found.style, found.next_link, found.request_member) == (PageStyle.LINK, expected, "")
    assert found.items in (("value",), ("body", "rows"))


@pytest.mark.parametrize("link", [None, ""])
def test_a_pageable_list_without_a_link_is_one_page(link: str | None) -> None:
    found = pages(thing(value=ROWS), **{"x-ms-pageable": {"nextLinkName": link}})
    assert found is not None
    assert (found.style, found.items) == (PageStyle.SINGLE, ("value",))


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"@odata.nextLink": TEXT}, ("@odata.nextLink",)),
        ({"next_page_url": {"type": ["string", "null"]}}, ("next_page_url",)),
        ({"next": URI}, ("next",)),
        ({"links": thing(prev=TEXT, next=TEXT)}, ("links", "next")),
        ({"_links": thing(next=thing(href=TEXT))}, ("_links", "next", "href")),
    ],
)
def test_links_are_recognised(members: dict[str, Any], expected: tuple[str, ...]) -> None:
    found = pages(thing(data=ROWS, **members))
    assert found is not None
    assert (found.style, found.next_link, found.items) == (PageStyle.LINK, expected, ("data",))


def test_a_text_that_is_only_called_next_is_no_link() -> None:
    assert pages(thing(data=ROWS, next=TEXT)) is None
    assert pages(thing(data=ROWS, nextLink={"type": "integer"})) is None


def test_a_link_header_leads_on_where_nothing_else_does() -> None:
    found = pages(ROWS, headers=LINK_HEADER)
    assert found is not None
    assert (found.style, found.next_link, found.items) == (PageStyle.LINK, (), ())
    numbered = pages(ROWS, headers=LINK_HEADER, query=("page",))
    assert numbered is not None
    assert numbered.style is PageStyle.PAGE
    assert pages(thing(text=TEXT), headers=LINK_HEADER) is None


def test_a_link_that_is_no_text_is_told() -> None:
    found = Diagnostics()
    answer = thing(value=ROWS, nextLink=thing(href=TEXT))
    assert pages(answer, found=found, **{"x-ms-pageable": {"nextLinkName": "nextLink"}}) is None
    (told,) = found.items
    assert (told.code, "nextLink" in told.message) == ("pagination", True)


def asked(name: str, **schema: Any) -> dict[str, Any]:
    """A call whose answer is rows, and that takes one number."""
    number = {"name": name, "in": "query", "schema": {"type": "integer", **schema}}
    return get(thing(items=ROWS), parameters=[number])


@pytest.mark.parametrize(
    ("schema", "first"),
    [({}, 1), ({"minimum": 0}, 0), ({"minimum": 1}, 1), ({"default": 0}, 0), ({"default": 1, "minimum": 0}, 1)],
)
def test_pages_are_counted_from_what_the_document_says(schema: dict[str, Any], first: int) -> None:
    named = {"$ref": "#/components/schemas/Number"}
    plain = api_of(paths={"/rows": asked("page", **schema)})
    behind = asked("page", **schema)
    behind["get"]["parameters"][0]["schema"] = named
    (one,) = plain.operations.values()
    (other,) = api_of({"Number": {"type": "integer", **schema}}, {"/rows": behind}).operations.values()
    for found in (one.pagination, other.pagination):
        assert found is not None
        assert (found.style, found.first) == (PageStyle.PAGE, first)


@pytest.mark.parametrize(
    ("schema", "style"),
    [({}, PageStyle.OFFSET), ({"default": 0, "minimum": 0}, PageStyle.OFFSET), ({"minimum": 1}, None), ({"default": 1}, None)],
)  # fmt: skip
def test_a_place_that_begins_at_1_is_no_offset(schema: dict[str, Any], style: PageStyle | None) -> None:
    (call,) = api_of(paths={"/rows": asked("start_index", **schema)}).operations.values()
    assert (call.pagination.style if call.pagination is not None else None) == style


def test_the_number_of_the_next_page_tells_whether_there_is_one() -> None:
    found = pages(thing(items=ROWS, next_page={"type": ["integer", "null"]}), query=("page",))
    assert found is not None
    assert (found.style, found.has_more) == (PageStyle.PAGE, ("next_page",))


@pytest.mark.parametrize("by", ["page", "offset"])
def test_a_link_tells_whether_there_is_another_page(by: str) -> None:
    """As Django REST framework answers, which fails for a page beyond the last one."""
    found = pages(thing(count={"type": "integer"}, next=URI, results=ROWS), query=(by,))
    assert found is not None
    assert (found.style.value, found.has_more) == (by, ("next",))


@pytest.mark.parametrize(("members", "style"), [({"id": TEXT}, PageStyle.CURSOR), ({"key": TEXT}, None)])
def test_the_last_item_is_a_cursor_only_by_an_id_that_it_has(members: dict[str, Any], style: PageStyle | None) -> None:
    rows = {"type": "array", "items": thing(**members)}
    found = pages(thing(data=rows, has_more={"type": "boolean"}), query=("after",))
    assert (found.style if found is not None and found.style is not PageStyle.SINGLE else None) == style
