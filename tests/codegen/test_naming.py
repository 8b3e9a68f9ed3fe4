"""Names of declarations: short where it is free, under their owner, never too long."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.ir.graph import inside, owner
from polyport_codegen.ir.model import Api
from polyport_codegen.ir.types import DeclId, component

from tests.codegen.specs import api_of, get, ref

TEXT = {"type": "object", "properties": {"text": {"type": "string"}}}


def spelled(api: Api) -> dict[str, str]:
    """The last step of each id -> its words."""
    return {str(id).rpartition("/")[2]: "-".join(d.words) for id, d in api.decls.items()}


def nested(*steps: str) -> dict[str, Any]:
    """An object with an object in it, and so on."""
    schema: dict[str, Any] = {"type": "string", "enum": ["a", "b"]}
    for step in reversed(steps):
        schema = {"type": "object", "properties": {step: schema}}
    return schema


def test_an_inline_type_has_a_name_under_its_owner_and_one_alone() -> None:
    api = api_of({"Order": {"type": "object", "properties": {
        "lines": {"type": "array", "items": nested("kind")},
        "rates": {"type": "object", "additionalProperties": TEXT},
    }}})  # fmt: skip
    order = component("Order")
    line = order.child(".lines", "[]")
    found = {id: (d.words, d.own, owner(id, api.decls)) for id, d in api.decls.items() if d.inline}
    assert found == {
        line: (("order", "line"), ("line",), order),
        line.child(".kind"): (("order", "line", "kind"), ("kind",), line),
        order.child(".rates", "{}"): (("order", "rate"), ("rate",), order),
    }
    assert inside(api.decls[line.child(".kind")], order, api.decls) == ("line", "kind")
    assert owner(order, api.decls) is None


def test_no_inline_name_is_longer_than_60_letters() -> None:
    long = "AVeryLongNameForAnOrdinarySchemaOfAnApi"
    api = api_of({long: nested("a_member_called_so", "another_member_below", "and_one_more_of_them", "kind")})
    words = {id[1:]: d.words for id, d in api.decls.items() if d.inline}
    assert all(len("".join(w)) <= 52 for w in words.values())
    assert len(set(words.values())) == len(words) == 4
    deepest = words[".a_member_called_so", ".another_member_below", ".and_one_more_of_them", ".kind"]
    assert "".join(deepest) == "averylongnameforanordinaryschemaofanapikind"


def test_one_word_that_is_too_long_is_cut() -> None:
    api = api_of({"X": nested("y" * 80)})
    (inner,) = (d for d in api.decls.values() if d.inline)
    assert len("".join(inner.words)) <= 52
    assert inner.own == ("y" * 52,)


@pytest.mark.parametrize(
    ("schemas", "words"),
    [
        (["CreateOrderResponse"], {"CreateOrderResponse": "order"}),
        (["CreateOrderResponse", "Order"], {"CreateOrderResponse": "create-order-response", "Order": "order"}),
        (
            ["CreateOrderResponse", "GetOrderResponse"],
            {"CreateOrderResponse": "create-order-response", "GetOrderResponse": "get-order-response"},
        ),
        (["DeleteOrderResponse"], {"DeleteOrderResponse": "delete-order-response"}),
        (["OrderResponse200"], {"OrderResponse200": "order-response"}),
        (["CreateResponse"], {"CreateResponse": "create-response"}),
    ],
)
def test_a_schemas_name_loses_its_noise_where_the_short_name_is_free(schemas: list[str], words: dict[str, str]) -> None:
    assert spelled(api_of(dict.fromkeys(schemas, TEXT))) == words
    assert spelled(api_of(dict.fromkeys(reversed(schemas), TEXT))) == words


@pytest.mark.parametrize(
    ("schemas", "words"),
    [
        # a package: lower-case steps before a name in capitals
        (["com.acme.shop.Order", "com.acme.Money"], {"com.acme.shop.Order": "order", "com.acme.Money": "money"}),
        (["acme.v1.Order", "acme.v2.Order"], {"acme.v1.Order": "v1-order", "acme.v2.Order": "v2-order"}),
        (["acme.shop.Order", "Order"], {"acme.shop.Order": "shop-order", "Order": "order"}),
        # what most names begin with
        (
            ["acme.graph.user", "acme.graph.group", "acme.graph.file", "Error"],
            {"acme.graph.user": "user", "acme.graph.group": "group", "acme.graph.file": "file", "Error": "error"},
        ),
        # two steps of one name
        (["chat.completion", "Order"], {"chat.completion": "chat-completion", "Order": "order"}),
        (["Order.Line", "Order"], {"Order.Line": "order-line", "Order": "order"}),
        (["acme..Order", "1.2"], {"acme..Order": "acme-order", "1.2": "1-2"}),
    ],
)
def test_a_schemas_name_loses_its_package_as_far_as_that_tells_nothing(
    schemas: list[str], words: dict[str, str]
) -> None:
    assert spelled(api_of(dict.fromkeys(schemas, TEXT))) == words
    assert spelled(api_of(dict.fromkeys(reversed(schemas), TEXT))) == words


def test_what_holds_the_items_of_a_page_is_a_list() -> None:
    page = {
        "type": "object",
        "required": ["data"],
        "properties": {"data": {"type": "array", "items": ref("Order")}, "has_more": {"type": "boolean"}},
    }
    parameters = [{"name": "after", "in": "query", "schema": {"type": "string"}}]
    call = get(page, operationId="getOrders", parameters=parameters)
    order = {"type": "object", "properties": {"id": {"type": "string"}}}

    def words(api: Api) -> set[str]:
        return {"-".join(d.words) for d in api.decls.values()}

    assert words(api_of({"Order": order}, {"/orders": call})) == {"order", "order-list"}
    # two lists of the same are told apart by their calls, and a name that the document gives is its own
    twice = {"/orders": call, "/old": {**call, "get": {**call["get"], "operationId": "getOld"}}}
    assert "order-list" not in words(api_of({"Order": order}, twice))
    assert "get-orders-response" in words(api_of({"Order": order, "OrderList": TEXT}, {"/orders": call}))


def test_what_is_inside_follows_the_short_name() -> None:
    api = api_of({"CreateOrderResponse": nested("line", "kind")})
    assert [("-".join(d.words), "-".join(d.own)) for d in api.decls.values()] == [
        ("order", ""),
        ("order-line", "line"),
        ("order-line-kind", "kind"),
    ]
    assert api.decls[component("CreateOrderResponse")].context[0] == ("create", "order", "response")


def test_an_answers_status_is_no_part_of_its_types_name() -> None:
    created = {"description": "", "content": {"application/json": {"schema": TEXT}}}
    api = api_of(paths={"/orders": {"post": {"operationId": "addOrder", "responses": {"201": created}}}})
    assert ["-".join(d.words) for d in api.decls.values()] == ["add-order-response"]
    both = api_of(paths={"/orders": {"post": {"operationId": "addOrder", "responses": {
        "200": created, "201": {"description": "", "content": {"application/json": {"schema": nested("x")}}},
    }}}})  # fmt: skip
    assert "add-order-201-response" in ["-".join(d.words) for d in both.decls.values()]


def test_ids_do_not_depend_on_names() -> None:
    api = api_of({"CreateOrderResponse": nested("line")}, {"/x": get(ref("CreateOrderResponse"))})
    assert DeclId("#/components/schemas/CreateOrderResponse") in api.decls
