"""Servers by name and their variables, which vectors (a base URL for every run) do not show."""

from __future__ import annotations

from typing import Any, ClassVar

import httpx
import pytest
from runtime_under_test.operation import Operation
from runtime_under_test.servers import Server, Servers, Variable
from runtime_under_test.settings import ApiInfo
from runtime_under_test.verbs import AsyncClient, SyncClient

REGION = Variable("SERVER_REGION", "eu", ("eu", "us"))
SERVERS = Servers(
    (
        Server("production", "https://{region}.acme.test/v1", {"region": REGION}),
        Server("sandbox", "https://sandbox.acme.test"),
        Server("own", "https://{tenant}.own.test", {"tenant": Variable("SERVER_TENANT")}),
    ),
    {
        "https://eu.up.test": (
            Server(
                "production",
                "https://{region}.up.test",
                {"region": Variable("SERVER_REGION", "eu")},
            ),
            Server("sandbox", "https://sandbox.up.test"),
        ),
        "/edge": (Server("server-1", "/{edge}", {"edge": Variable("SERVER_EDGE", "edge")}),),
    },
)


class Client(SyncClient):
    _info: ClassVar[ApiInfo] = ApiInfo(
        "acme", "1.2.3", "ACME", "https://eu.acme.test/v1", servers=SERVERS
    )


class Twin(AsyncClient):
    _info: ClassVar[ApiInfo] = Client._info


class Plain(SyncClient):
    _info: ClassVar[ApiInfo] = ApiInfo("acme", "1.2.3", "ACME", "https://plain.test")


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BASE_URL", "SERVER", "SERVER_REGION", "SERVER_TENANT", "SERVER_EDGE"):
        monkeypatch.delenv(f"ACME_{name}", raising=False)


def url(server: str | None = None, own: str | None = None, **options: Any) -> str:
    """Where a call with that server of its own goes, by a client with these options."""
    seen: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(200, json={})

    http = httpx.Client(transport=httpx.MockTransport(handle))
    call: Operation[Any] = Operation("op", "GET", "/x", result=dict, server=own)
    with Client(http_client=http, server=server, **options) as client:
        client._request(call)
    return seen[0]


def test_the_first_server_counts_with_its_defaults() -> None:
    assert url() == "https://eu.acme.test/v1/x"


def test_a_server_is_chosen_by_its_name() -> None:
    assert url("sandbox") == "https://sandbox.acme.test/x"


def test_variables_are_filled_in() -> None:
    assert url(server_variables={"region": "us"}) == "https://us.acme.test/v1/x"
    assert url("own", server_variables={"tenant": "me"}) == "https://me.own.test/x"
    assert Twin(server_variables={"region": "us"}).base_url == "https://us.acme.test/v1"


def test_the_choice_reaches_the_servers_of_single_calls() -> None:
    assert url(own="https://eu.up.test") == "https://eu.up.test/x"
    assert (
        url(own="https://eu.up.test", server_variables={"region": "us"}) == "https://us.up.test/x"
    )
    assert url("sandbox", own="https://eu.up.test") == "https://sandbox.up.test/x"
    assert url(own="https://other.test") == "https://other.test/x"


def test_a_base_url_stands_in_for_all_servers_but_those_beside_it() -> None:
    mine: dict[str, Any] = {"base_url": "https://mine.test/api?key=1"}
    assert url(own="https://eu.up.test", **mine) == "https://mine.test/api/x?key=1"
    assert (
        url(own="/edge", server_variables={"edge": "e2"}, **mine) == "https://mine.test/e2/x?key=1"
    )
    with pytest.raises(ValueError, match="give either base_url or server_variables for 'region'"):
        Client(server_variables={"region": "us"}, **mine)
    with pytest.raises(ValueError, match="give either base_url or server, not both"):
        Client(server="sandbox", **mine)


def test_the_environment_fills_in_what_the_arguments_leave_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ACME_SERVER_REGION", "us")
    assert url() == "https://us.acme.test/v1/x"
    assert url(server_variables={"region": "eu"}) == "https://eu.acme.test/v1/x"
    monkeypatch.setenv("ACME_SERVER", "sandbox")
    assert url() == "https://sandbox.acme.test/x"
    monkeypatch.setenv("ACME_BASE_URL", "https://env.test")
    assert url() == "https://env.test/x"
    assert url("production") == "https://us.acme.test/v1/x"


def test_what_is_set_last_counts() -> None:
    us = Client(server_variables={"region": "us"})
    assert us.with_options(max_retries=0).base_url == "https://us.acme.test/v1"
    assert us.with_options(base_url="https://mine.test").base_url == "https://mine.test"
    assert us.with_options(server="sandbox").base_url == "https://sandbox.acme.test"
    mine = Client(base_url="https://mine.test")
    assert (
        mine.with_options(server_variables={"region": "us"}).base_url == "https://us.acme.test/v1"
    )
    assert Twin().with_options(server="sandbox").base_url == "https://sandbox.acme.test"


def test_what_cannot_be_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(
        ValueError, match="'moon' is no server of the API; it has 'production', 'sandbox', 'own'"
    ):
        Client(server="moon")
    with pytest.raises(
        ValueError,
        match=r"region must be one of eu, us in 'https://\{region\}.acme.test/v1', not 'moon'",
    ):
        Client(server_variables={"region": "moon"})
    with pytest.raises(
        ValueError,
        match=r"'zone' is no variable of 'https://\{region\}.acme.test/v1' \(it has region\)",
    ):
        Client(server_variables={"zone": "a"})
    with pytest.raises(
        ValueError, match=r"needs 'tenant': give it in server_variables or set ACME_SERVER_TENANT"
    ):
        Client(server="own")
    with pytest.raises(
        ValueError, match="'region' is no variable of the API's servers; they have none"
    ):
        Plain(server_variables={"region": "eu"})
    with pytest.raises(ValueError, match="'a' is no server of the API; it has none to choose"):
        Plain(server="a")
    monkeypatch.setenv("ACME_SERVER_REGION", "moon")
    with pytest.raises(ValueError, match="ACME_SERVER_REGION must be one of eu, us"):
        Client()
