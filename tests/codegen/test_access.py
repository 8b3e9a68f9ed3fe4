"""Security and servers: what a document says of how a call gets in, as the model has it."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.access import OAuthFlow, SchemeKind, SecurityUse, Server, ServerVariable
from polyport_codegen.ir.model import Api

from tests.codegen.specs import api_of

KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}


def secured(schemes: Any, *, whole: Any = None, diagnostics: Diagnostics | None = None, **call: Any) -> Api:
    """An API with one call `a`; `whole` is the security of the document, `call` the operation's members."""
    root = {} if whole is None else {"security": whole}
    return api_of(
        paths={"/a": {"get": {"operationId": "a", "responses": {"204": {"description": ""}}, **call}}},
        diagnostics=diagnostics,
        components={"securitySchemes": schemes},
        **root,
    )


def test_requirements_are_alternatives_of_schemes_that_go_together() -> None:
    schemes = {"appId": KEY, "key": {**KEY, "in": "query"}, "oauth": {"type": "oauth2", "flows": {}}}
    api = secured(schemes, whole=[{"appId": [], "key": []}, {"oauth": ["read", "write"]}, {}])
    assert api.operations["a"].security == (
        (SecurityUse("appId"), SecurityUse("key")),
        (SecurityUse("oauth", ("read", "write")),),
        (),
    )


@pytest.mark.parametrize(
    ("own", "wanted"), [([], ()), (None, ((SecurityUse("key"),),)), ([{"other": []}], ((SecurityUse("other"),),))]
)
def test_an_operations_own_requirement_wins(own: Any, wanted: Any) -> None:
    call = {} if own is None else {"security": own}
    api = secured({"key": KEY, "other": KEY}, whole=[{"key": []}], **call)
    assert api.operations["a"].security == wanted


def test_every_kind_of_scheme_is_read_and_those_that_nobody_shows_are_reported() -> None:
    found = Diagnostics()
    api = secured(
        {
            "bearer": {"type": "http", "scheme": "Bearer"},
            "basic": {"type": "http", "scheme": "basic"},
            "key": {"type": "apiKey", "in": "cookie", "name": "sid"},
            "oauth": {
                "type": "oauth2",
                "flows": {"clientCredentials": {"tokenUrl": "https://t", "scopes": {"read": "Look."}}},
            },
            "oidc": {"type": "openIdConnect", "openIdConnectUrl": "https://o"},
            "digest": {"type": "http", "scheme": "digest"},
            "tls": {"type": "mutualTLS"},
            "odd": {"type": "apiKey", "in": "body", "name": "x"},
            "x-key": KEY,
        },
        whole=[{"gone": []}],
        diagnostics=found,
    )
    schemes = api.security_schemes
    assert {id: (s.kind, s.shown, s.env) for id, s in schemes.items()} == {
        "bearer": (SchemeKind.BEARER, "bearer", "BEARER"),
        "basic": (SchemeKind.BASIC, "basic", "BASIC"),
        "key": (SchemeKind.API_KEY, "cookie", "KEY"),
        "oauth": (SchemeKind.OAUTH2, "bearer", "OAUTH"),
        "oidc": (SchemeKind.OPEN_ID_CONNECT, "bearer", "OIDC"),
        "digest": (SchemeKind.DIGEST, "other", ""),
        "tls": (SchemeKind.MUTUAL_TLS, "other", ""),
        "odd": (SchemeKind.OTHER, "other", ""),
        "x-key": (SchemeKind.API_KEY, "header", "X_KEY"),
        "gone": (SchemeKind.OTHER, "other", ""),
    }
    assert schemes["oauth"].flows == (
        OAuthFlow("clientCredentials", token_url="https://t", scopes=(("read", "Look."),)),
    )
    assert schemes["oidc"].discovery_url == "https://o"
    assert (schemes["oauth"].about, schemes["oidc"].about) == ("Tokens: https://t.", "Tokens: https://o.")
    assert not schemes["gone"].declared
    codes = [(d.code, d.origin.pointer.rpartition("/")[2]) for d in found.items]
    assert sorted(codes) == [
        ("security-scheme", "digest"),
        ("security-scheme", "odd"),
        ("security-scheme", "tls"),
        ("undeclared-scheme", "get"),
    ]


def test_one_scheme_has_the_usual_variable_and_several_have_their_own() -> None:
    def variables(*ids: str) -> list[str]:
        return [s.env for s in secured(dict.fromkeys(ids, KEY)).security_schemes.values()]

    assert variables("petstore_auth") == ["API_KEY"]
    assert variables("appId", "app-id", "log") == ["APP_ID", "APP_ID_2", "LOG_2"]


def test_a_requirement_without_its_list_is_read_and_reported() -> None:
    found = Diagnostics()
    api = secured({"key": KEY}, diagnostics=found, security={"key": []})
    assert api.operations["a"].security == ((SecurityUse("key"),),)
    assert [d.code for d in found.items] == ["malformed"]


def test_servers_have_variables_and_the_nearest_ones_count() -> None:
    regional = {"url": "https://{r}.up.dev/v1", "variables": {"r": {"default": "eu", "enum": ["eu", "us"]}}}
    call = {"get": {"operationId": "a", "responses": {}}}
    api = api_of(
        servers=[{"url": "https://main.dev"}],
        paths={
            "/main": {"get": {"operationId": "main", "responses": {}}},
            "/path": {"servers": [{"url": "https://path.dev"}], **call},
            "/own": {
                "servers": [{"url": "https://path.dev"}],
                "get": {"operationId": "own", "responses": {}, "servers": [regional, {"url": "/v2"}]},
            },
        },
    )
    own = api.operations["own"].servers
    assert own[0] == Server("https://{r}.up.dev/v1", (ServerVariable("r", "eu", ("eu", "us")),), name="server-1")
    assert [(s.resolved, s.is_relative) for s in own] == [("https://eu.up.dev/v1", False), ("/v2", True)]
    assert [s.url for s in api.operations["a"].servers] == ["https://path.dev"]
    assert api.operations["main"].servers == ()


def test_servers_of_odd_shapes_are_reported() -> None:
    found = Diagnostics()
    servers: Any = [{"url": ""}, {}, {"url": 3}, None, "https://x.y", {"url": "https://x.y", "variables": []}]
    api = api_of(diagnostics=found, servers=servers)
    assert [s.url for s in api.servers] == ["/", "/", "https://x.y"]
    assert [d.code for d in found.items] == ["malformed"] * 6
    found = Diagnostics()
    assert api_of(diagnostics=found, servers={}).servers == ()
    assert [d.code for d in found.items] == ["malformed"]


def test_a_server_has_no_query() -> None:
    found = Diagnostics()
    api = api_of(diagnostics=found, servers=[{"url": "https://x.y/v1?key=1"}, {"url": "https://x.y/#top"}])
    assert [s.url for s in api.servers] == ["https://x.y/v1", "https://x.y/"]
    assert [d.code for d in found.items] == ["malformed"] * 2


def test_a_server_that_cannot_be_called_as_it_stands_is_reported() -> None:
    found = Diagnostics()
    api = api_of(
        diagnostics=found,
        servers=[
            {"url": "https://{host}/v1"},
            {"url": "/api"},
            {"url": "https://{p}", "variables": {"p": {"enum": [1]}}},
        ],
    )
    assert [s.resolved for s in api.servers] == ["", "/api", "https://1"]
    assert [d.code for d in found.items] == ["server-variable", "server-variable"]
    found = Diagnostics()
    api_of(diagnostics=found, servers=[{"url": "/api"}])
    assert [d.code for d in found.items] == ["server-relative"]
