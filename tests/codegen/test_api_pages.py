"""The list of all calls tells what is published: its names are those of the surface, every call is in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.ir.passes.resources import unnamed
from polyport_codegen.lower.published import Entry
from polyport_codegen.registry import LANGUAGES, load_target
from polyport_codegen.target import Generated, Settings

from .specs import api_of, get, ref

#: Reserved words stand between backticks of their own.
_CALL = re.compile(r"`client\.([\w.`]+)\(")
_ROUTE = re.compile(r"`([A-Z]+ /[^`]*)`")


def shop(calls: int) -> Api:
    """Names that languages must change, names that meet, a stream, pages; `calls` more of them make it a large API."""
    order = {"type": "object", "properties": {"id": {"type": "string"}, "class": {"type": "string"}}}
    chat = {
        "type": "object",
        "required": ["text"],
        "properties": {"text": {"type": "string"}, "stream": {"type": "boolean"}},
    }
    both = {m: {"schema": ref("Order")} for m in ("application/json", "text/event-stream")}
    id = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
    paths = {
        "/class/import": get(ref("Order"), operationId="import"),
        "/get": get(ref("Order"), operationId="get"),
        "/with-raw-response/{id}/to_string": get(ref("Order"), operationId="toString", parameters=id),
        "/chat/answers": {
            "post": {
                "requestBody": {"required": True, "content": {"application/json": {"schema": chat}}},
                "responses": {"200": {"description": "", "content": both}},
            }
        },
        "/orders": get({"type": "array", "items": ref("Order")})
        | {"delete": {"responses": {"204": {"description": ""}}}},
        "/orders/{id}": {"delete": {"parameters": id, "responses": {"204": {"description": ""}}}},
        "/types": get(ref("Order")),
        "/client": get(ref("Order")),
        "/": get(ref("Order"), operationId="root"),
    }
    more = {f"/things/sort{n}/list": get(ref("Order"), operationId=f"list{n}") for n in range(calls)}
    return api_of({"Order": order}, paths | more)


def published(api: Api, surface: tuple[Entry, ...]) -> Mapping[str, set[str]]:
    """Route -> the ways to it from the client, in the names of the surface."""
    by_kind = {
        (e.published.kind, e.published.id): e.name
        for e in surface
        if e.published.kind in ("accessor", "method", "streaming")
    }
    found: dict[str, set[str]] = {}
    for operation in api.operations.values():
        steps = ["_".join(step) for step in operation.resource]
        way = [by_kind["accessor", ".".join(steps[: n + 1])] for n in range(len(steps))]
        names = [by_kind[kind, operation.key] for kind in ("method", "streaming") if (kind, operation.key) in by_kind]
        found[operation.key] = {".".join((*way, name)) for name in names}
    return found


def listed(generated: Generated) -> Mapping[str, set[str]]:
    """Route -> the ways to it, as api.md and its pages list them."""
    found: dict[str, set[str]] = {}
    for file in generated.files:
        if file.path.startswith("api") and file.path.endswith(".md"):
            for line in str(file.content).splitlines():
                call, route = _CALL.search(line), _ROUTE.search(line)
                if call and route:
                    found.setdefault(unnamed(route[1]), set()).add(call[1].replace("`", ""))
    return found


@pytest.mark.parametrize("calls", [0, 160])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_call_is_listed_under_its_published_name(language: str, calls: int) -> None:
    api = shop(calls)
    settings = Settings(("acme",), "1.0.0", "acme", base_url="https://acme.dev")
    generated = load_target(language).generate(api, settings, Diagnostics())
    assert listed(generated) == published(api, generated.surface)
    files = [file.path for file in generated.files]
    assert len(files) == len(set(files))
