"""Calls that the API makes to its user: webhooks of the document, callbacks of an operation."""

from __future__ import annotations

from typing import Any

from polyport_codegen.ir.access import SecurityUse
from polyport_codegen.ir.types import Direction, Ref, component

from tests.codegen.specs import api_of, ref

EVENT: dict[str, Any] = {
    "requestBody": {"content": {"application/json": {"schema": ref("Event")}}},
    "parameters": [{"name": "X-Signature", "in": "header", "schema": {"type": "string"}}],
    "responses": {"200": {"description": "", "content": {"application/json": {"schema": ref("Answer")}}}},
}
SCHEMAS = {
    "Event": {"type": "object", "properties": {"id": {"type": "string"}}},
    "Answer": {"type": "object", "properties": {"ok": {"type": "boolean"}}},
}


def test_webhooks_are_calls_whose_body_the_user_reads() -> None:
    api = api_of(SCHEMAS, webhooks={"orderPaid": {"post": {"summary": "Paid.", "security": [{"signed": []}], **EVENT}}})
    (hook,) = api.webhooks
    assert (hook.id, hook.key, hook.method, hook.words) == (
        "orderPaid",
        "webhook orderPaid POST",
        "POST",
        ("order", "paid"),
    )
    assert hook.body is not None
    assert hook.body.media.type == Ref(component("Event"))
    assert [p.wire_name for p in hook.parameters] == ["X-Signature"]
    assert hook.docs.summary == "Paid."
    assert hook.security == ((SecurityUse("signed"),),)
    assert not api.security_schemes["signed"].declared
    assert api.decls[component("Event")].direction is Direction.OUTPUT
    assert api.decls[component("Answer")].direction is Direction.INPUT


def test_callbacks_belong_to_their_operation() -> None:
    call = {
        "operationId": "subscribe",
        "responses": {"201": {"description": ""}},
        "callbacks": {
            "onEvent": {"{$request.body#/url}": {"post": EVENT}},
            "shared": {"$ref": "#/components/callbacks/Done"},
        },
    }
    api = api_of(
        paths={"/subscriptions": {"post": call}},
        components={"schemas": SCHEMAS, "callbacks": {"Done": {"{$url}/done": {"put": EVENT}}}},
    )
    found = api.operations["subscribe"].callbacks
    assert [(c.id, c.expression, c.method) for c in found] == [
        ("onEvent {$request.body#/url}", "{$request.body#/url}", "POST"),
        ("shared {$url}/done", "{$url}/done", "PUT"),
    ]
    assert [c.body and c.body.media.type for c in found] == [Ref(component("Event"))] * 2
    assert api.decls[component("Event")].direction is Direction.OUTPUT
