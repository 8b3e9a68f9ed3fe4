"""Pages that answers link to, without a server."""

from __future__ import annotations

import pytest
from runtime_under_test.errors import APIDecodingError
from runtime_under_test.links import linked, next_link
from runtime_under_test.operation import BodyFormat, Call, Operation, Param

QUERY = Operation[object](
    "list",
    "POST",
    "/rows",
    parameters=(Param("query", "limit"), Param("header", "X-Tenant")),
    body=BodyFormat(),
)


def call(base_url: str = "https://user:word@acme.dev/v1") -> Call:
    return Call(
        QUERY,
        base_url,
        "/rows",
        arguments={"query": {"limit": 1}, "header": {"X-Tenant": "t"}},
        body={"a": 1},
        headers={"idempotency-key": "k", "X-Mine": "m"},
        extra_query={"v": 2},
    )


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", None),
        ("<a>; rel=prev", None),
        ("<a>;rel=next", "a"),
        ('<a>; title="<b>; rel=next, ", <c>; rel="last NEXT"', "c"),
        ('<a>; rel="prev"; rel=next', None),
        ('<a>; rel=next; anchor="#x", <b>; rel=next', "b"),
        ("<a; rel=next", None),
        ('<a>; title="open; rel=next', None),
    ],
)
def test_the_next_page_in_a_header(header: str, expected: str | None) -> None:
    assert next_link(header) == expected


def test_a_link_is_all_of_the_query() -> None:
    following = linked(call(), "https://ACME.dev:443/v1/rows?skip=1#there")
    assert following.links == ("https://user:word@acme.dev/v1/rows?skip=1",)
    assert (following.method, following.extra_query) == ("GET", {})
    assert following.arguments == {"header": {"X-Tenant": "t"}}
    assert following.headers == {"X-Mine": "m"}
    again = linked(following, "?skip=2")
    assert again.links[1] == "https://user:word@acme.dev/v1/rows?skip=2"


@pytest.mark.parametrize(
    "link",
    ["http://acme.dev/v1", "//other.dev/", "https://acme.dev:8443/", "file:///x", "http://["],
)
def test_no_link_leads_to_another_origin(link: str) -> None:
    with pytest.raises(APIDecodingError, match="next page") as caught:
        linked(call(), link)
    assert link in str(caught.value)
