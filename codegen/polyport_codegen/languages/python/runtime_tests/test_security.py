"""Credentials and servers of single calls, as far as vectors (one client, no environment) do not show them."""

from __future__ import annotations

from typing import Any, ClassVar

import httpx
import pytest
from runtime_under_test.errors import MissingCredentialError
from runtime_under_test.operation import Operation
from runtime_under_test.security import Scheme
from runtime_under_test.settings import ApiInfo
from runtime_under_test.verbs import AsyncClient, SyncClient

SCHEMES = {
    "appId": Scheme("header", "X-App-Id", "APP_ID"),
    "secret": Scheme("query", "secret", "SECRET"),
    "one": Scheme("cookie", "one", "ONE"),
    "two": Scheme("cookie", "two", "TWO"),
    "token": Scheme("bearer", env="TOKEN"),
}
BOTH = (("appId", "secret"),)


class Client(SyncClient):
    _info: ClassVar[ApiInfo] = ApiInfo("acme", "1.2.3", "ACME", "http://api.test/v1", SCHEMES)


class Twin(AsyncClient):
    _info: ClassVar[ApiInfo] = Client._info


def sent(
    security: Any, *, server: str | None = None, headers: Any = None, **options: Any
) -> httpx.Request:
    """The request of one call with these alternatives, by a client with these options."""
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={})

    http = httpx.Client(transport=httpx.MockTransport(handle))
    call: Operation[Any] = Operation(
        "op", "GET", "/x", result=dict, security=security, server=server
    )
    with Client(http_client=http, default_headers=headers, **options) as client:
        client._request(call)
    return seen[0]


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for scheme in SCHEMES.values():
        monkeypatch.delenv(f"ACME_{scheme.env}", raising=False)
    monkeypatch.delenv("ACME_API_KEY", raising=False)


def test_the_environment_fills_in_what_the_arguments_leave_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ACME_APP_ID", "from-env")
    monkeypatch.setenv("ACME_SECRET", "unused")
    request = sent(BOTH, credentials={"secret": "given"})
    assert (request.headers["x-app-id"], request.url.params["secret"]) == ("from-env", "given")


def test_a_key_that_is_given_beats_every_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_TOKEN", "from-env")
    assert sent((("token",),), api_key="given").headers["authorization"] == "Bearer given"


def test_a_credential_for_no_scheme_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'gone' is no security scheme.*'appId'"):
        Client(credentials={"gone": "x"})


def test_what_the_caller_puts_in_counts_and_wins() -> None:
    request = sent(
        BOTH, headers={"x-app-id": "mine"}, credentials={"appId": "other", "secret": "s"}
    )
    assert request.headers["x-app-id"] == "mine"
    request = sent(BOTH, headers={"X-App-Id": "mine"}, default_query={"secret": "q"})
    assert (request.headers["x-app-id"], request.url.params["secret"]) == ("mine", "q")
    request = sent((("one", "two"),), headers={"Cookie": "two=2"}, credentials={"one": "1"})
    assert request.headers["cookie"] == "one=1; two=2"


def test_credentials_can_be_functions_that_are_called_when_they_are_needed() -> None:
    calls: list[str] = []

    def token() -> str:
        calls.append("token")
        return "late"

    credentials = {"token": token, "appId": lambda: "a", "secret": "s"}
    assert sent((("token",),), credentials=credentials).headers["authorization"] == "Bearer late"
    sent(BOTH, credentials=credentials)
    assert calls == ["token"]


async def test_the_twin_awaits_them() -> None:
    async def token() -> str:
        return "late"

    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={})

    http = httpx.AsyncClient(transport=httpx.MockTransport(handle))
    call: Operation[Any] = Operation("op", "GET", "/x", result=dict, security=(("token",),))
    async with Twin(http_client=http, credentials={"token": token}) as twin:
        await twin._request(call)
        changed = twin.with_options(api_key="other")
        await changed._request(call)
    assert [r.headers["authorization"] for r in seen] == ["Bearer late", "Bearer other"]
    await http.aclose()


def test_a_missing_credential_is_no_secret_and_sends_nothing() -> None:
    with pytest.raises(MissingCredentialError) as caught:
        sent((*BOTH, ("token",)), credentials={"appId": "hidden"})
    text = str(caught.value)
    assert text.startswith(
        "GET /x: no credential: the call needs 'secret' (ACME_SECRET), or 'token' (ACME_TOKEN or ACME_API_KEY);"
    )
    assert "hidden" not in text


@pytest.mark.parametrize(
    ("server", "options", "url"),
    [
        ("https://files.test/v9", {}, "https://files.test/v9/x"),
        ("https://files.test/v9", {"base_url": "http://mock.test"}, "http://mock.test/x"),
        ("v2", {"base_url": "http://mock.test/a"}, "http://mock.test/a/v2/x"),
        ("/v2", {"base_url": "http://mock.test/a"}, "http://mock.test/v2/x"),
        ("../v2/", {}, "http://api.test/v2/x"),
    ],
)
def test_a_call_goes_to_its_own_server(server: str, options: Any, url: str) -> None:
    assert str(sent((), server=server, **options).url) == url


def test_no_base_url_is_an_error_that_names_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nowhere(SyncClient):
        _info: ClassVar[ApiInfo] = ApiInfo("acme", "1.2.3", "ACME", "")

    monkeypatch.delenv("ACME_BASE_URL", raising=False)
    with pytest.raises(ValueError, match=r"base_url.*ACME_BASE_URL"):
        Nowhere()
