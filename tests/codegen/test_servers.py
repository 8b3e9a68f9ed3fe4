"""Servers that users choose: names, what is offered, and what clients of every language are told."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.lower.servers import example, servers_of, told
from polyport_codegen.pipeline import BuildOptions
from polyport_codegen.registry import LANGUAGES, load_target
from polyport_codegen.target import Settings

from tests.codegen.specs import api_of

REGION = {"region": {"default": "eu", "enum": ["eu", "us"], "description": "Where data is kept."}}
CALL = {"responses": {"204": {"description": ""}}}


def acme(*servers: Any, own: Any = (), options: BuildOptions | None = None) -> Api:
    up = {"servers": list(own), "post": {"operationId": "up", **CALL}} if own else {"post": CALL}
    paths = {"/up": up, "/x": {"get": {"operationId": "x", **CALL}}}
    return api_of(servers=list(servers), paths=paths, options=options)


def test_a_server_is_called_by_the_document_its_description_or_its_place() -> None:
    api = acme(
        {"url": "https://a.dev", "description": "Production server (live data)."},
        {"url": "https://b.dev", "description": "The sandbox environment"},
        {"url": "https://c.dev", "description": "A server that we keep for all who want to try new things first"},
        {"url": "https://d.dev", "name": "EU-2", "description": "Europe"},
        {"url": "https://e.dev", "x-speakeasy-server-id": "asia"},
        {"url": "https://f.dev", "x-fern-server-name": "Local"},
        {"url": "https://g.dev", "description": "Sandbox"},
        {"url": "https://h.dev"},
    )
    assert [s.name for s in api.servers] == [
        "production", "sandbox", "server-3", "EU-2", "asia", "Local", "sandbox-2", "server-8",
    ]  # fmt: skip


def test_a_published_name_stays_with_its_url() -> None:
    published = {"https://a.dev": "production", "https://gone.dev": "staging"}
    servers = [{"url": "https://b.dev", "description": "Production"}, {"url": "https://a.dev", "description": "Old"}]
    api = acme(*servers, {"url": "https://c.dev", "description": "Staging"}, options=BuildOptions(servers=published))
    assert [s.name for s in api.servers] == ["production-2", "production", "staging-2"]


def test_only_what_can_be_chosen_is_offered() -> None:
    one, regional = {"url": "https://a.dev"}, {"url": "https://{region}.a.dev", "variables": REGION}
    assert servers_of(acme(one), "https://a.dev").choices == ()
    assert [s.url for s in servers_of(acme(regional), "https://eu.a.dev").choices] == ["https://{region}.a.dev"]
    two = servers_of(acme({"url": "/v1"}, one, regional), "https://a.dev").choices
    assert [s.url for s in two] == ["https://a.dev", "https://{region}.a.dev"]
    # the configuration's own base URL is none of them
    assert servers_of(acme(one, regional), "https://mine.dev").choices == ()
    # the one that counts without a choice comes first, also where one before it cannot be called as it stands
    tenant = {"url": "https://{tenant}.dev", "variables": {"tenant": {}}}
    assert [s.url for s in servers_of(acme(tenant, one), "https://a.dev").choices] == [
        "https://a.dev",
        "https://{tenant}.dev",
    ]
    assert [s.url for s in servers_of(acme(tenant), "").choices] == ["https://{tenant}.dev"]


def test_servers_of_single_calls_are_told_where_something_of_them_can_be_chosen() -> None:
    main = [{"url": "https://a.dev", "description": "Live"}, {"url": "https://b.dev", "description": "Test"}]
    regional = {"url": "https://{region}.up.dev", "variables": REGION}
    api = acme(*main, own=[regional])
    assert api.operations["up"].server == "https://eu.up.dev"
    assert {k: [s.url for s in v] for k, v in servers_of(api, "https://a.dev").own.items()} == {
        "https://eu.up.dev": ["https://{region}.up.dev"]
    }
    plain = acme(*main, own=[{"url": "https://up.dev"}])
    assert plain.operations["up"].server == "https://up.dev"
    assert servers_of(plain, "https://a.dev").own == {}
    same = [{"url": "https://up.dev", "description": "Live"}, {"url": "https://test.up.dev", "description": "Test"}]
    assert [s.name for s in servers_of(acme(*main, own=same), "https://a.dev").own["https://up.dev"]] == [
        "live",
        "test",
    ]


def test_servers_that_differ_are_never_taken_for_each_other() -> None:
    def own(*regions: str) -> dict[str, Any]:
        variables = {"region": {"default": "eu", "enum": list(regions)}}
        return {"servers": [{"url": "https://{region}.up.dev", "variables": variables}]}

    paths = {"/a": {"get": {"operationId": "a", **CALL}, **own("eu")}, "/b": {"get": {"operationId": "b", **CALL}}}
    paths["/b"] |= own("eu", "us")
    api = api_of(servers=[{"url": "https://a.dev"}], paths=paths)
    assert [api.operations[id].server for id in "ab"] == ["https://eu.up.dev", "https://eu.up.dev#2"]
    told_of = servers_of(api, "https://a.dev").own
    assert [v.enum for s in told_of["https://eu.up.dev#2"] for v in s.variables] == [("eu", "us")]


def test_what_users_read() -> None:
    api = acme(
        {"url": "https://{region}.a.dev", "variables": REGION, "description": "Live"},
        {"url": "https://b.dev", "description": "Test server (no money moves)."},
        own=[{"url": "https://{tenant-id}.up.dev", "variables": {"tenant-id": {}}}],
    )
    servers = servers_of(api, "https://eu.a.dev")
    assert told(servers, "ACME", "server", "server_variables") == (
        "`server` (or `ACME_SERVER`) chooses where calls go; without it that is the first of these:\n\n"
        "- `live`: `https://{region}.a.dev`\n"
        "- `test`: `https://b.dev` (Test server (no money moves))\n\n"
        "`server_variables` gives values to the variables in servers' URLs, as environment variables do:\n\n"
        "- `region` (`ACME_SERVER_REGION`; `eu` without it, one of `eu`, `us`): Where data is kept\n"
        "- `tenant-id` (`ACME_SERVER_TENANT_ID`; required)"
    )
    assert example(servers) == ("test", ("tenant-id", "..."))
    assert told(servers_of(acme({"url": "https://a.dev"}), "https://a.dev"), "ACME", "server", "variables") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_client_is_told_of_servers_and_says_so(language: str) -> None:
    api = acme(
        {"url": "https://{region}.a.dev", "variables": REGION, "description": "Live"},
        {"url": "https://b.dev", "description": "Test"},
        own=[{"url": "https://{tenant}.up.dev", "variables": {"tenant": {"default": "t1"}}}],
    )
    target = load_target(language)
    settings = Settings(("acme",), "1.0.0", target.default_package(("acme",)), "https://eu.a.dev")
    files = {f.path: f.data.decode() for f in target.generate(api, settings, Diagnostics()).files}
    sources = "".join(text for path, text in files.items() if not path.endswith(".md"))
    for text in ("https://{region}.a.dev", "https://{tenant}.up.dev", "https://t1.up.dev", "SERVER_TENANT"):
        assert text in sources, text
    for text in ("`live`: `https://{region}.a.dev`", "`ACME_SERVER_REGION`", "`tenant`"):
        assert text in files["README.md"], text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_where_there_is_nothing_to_choose(language: str) -> None:
    target = load_target(language)
    settings = Settings(("acme",), "1.0.0", target.default_package(("acme",)), "https://a.dev")
    made = target.generate(acme({"url": "https://a.dev"}), settings, Diagnostics())
    readme = next(f.data.decode() for f in made.files if f.path == "README.md")
    assert "ACME_SERVER" not in readme


def test_a_server_without_a_scheme_is_absolute() -> None:
    found = Diagnostics()
    paths = {"/x": {"servers": [{"url": "//up.dev/v1"}], "get": {"operationId": "x", **CALL}}}
    api = api_of(servers=[{"url": "//a.dev"}], paths=paths, diagnostics=found)
    assert [(s.url, s.is_relative) for s in (*api.servers, *api.operations["x"].servers)] == [
        ("https://a.dev", False),
        ("https://up.dev/v1", False),
    ]
    assert [(d.code, d.origin.pointer) for d in found.items] == [
        ("server-relative", "/paths/~1x/servers/0/url"),
        ("server-relative", "/servers/0/url"),
    ]
