"""The upstream client: the pool over real sockets, the event parser, the address guard, proxies."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polyport_gateway.upstream.address import is_allowed, names_private_host, resolve
from polyport_gateway.upstream.dial import proxy_for
from polyport_gateway.upstream.errors import Fault, UpstreamError
from polyport_gateway.upstream.pool import Endpoint, Pool, Timeouts
from polyport_gateway.upstream.sse import EventParser

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Scripted:
    """A server whose every connection runs the next script; `connections` counts them."""

    def __init__(self, scripts: list[Script]) -> None:
        self._scripts = scripts
        self.connections = 0
        self.port = 0

    async def start(self) -> asyncio.Server:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        script = self._scripts[min(self.connections, len(self._scripts) - 1)]
        self.connections += 1
        try:
            await script(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def answers(*replies: bytes, linger: bool = True) -> Script:
    """A script that answers one request after another, then waits for the client to go (or goes itself)."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for reply in replies:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(reply)
            await writer.drain()
        if linger:
            await reader.read()

    return script


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    made = Pool()
    made.start()
    yield made
    await made.close()


async def get(pool: Pool, endpoint: Endpoint) -> bytes:
    response = await pool.send(endpoint, endpoint.head("GET", "/", {}))
    return await response.read(1000)


def at(pool: Pool, server: Scripted, **timeouts: float) -> Endpoint:
    return pool.endpoint(f"http://127.0.0.1:{server.port}/v1", timeouts=Timeouts(**timeouts), proxy="")


async def test_a_connection_is_used_again(pool: Pool) -> None:
    server = Scripted([answers(OK, OK, OK)])
    async with await server.start():
        endpoint = at(pool, server)
        assert [await get(pool, endpoint) for _ in range(3)] == [b"ok"] * 3
        assert server.connections == 1


async def test_a_connection_that_went_stale_is_replaced_unseen(pool: Pool) -> None:
    gone = asyncio.Event()

    async def closes_on_second(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)
        await reader.readuntil(b"\r\n\r\n")
        gone.set()

    server = Scripted([closes_on_second, answers(OK)])
    async with await server.start():
        endpoint = at(pool, server)
        assert await get(pool, endpoint) == b"ok"
        assert await get(pool, endpoint) == b"ok"
        assert gone.is_set()
        assert server.connections == 2


async def test_a_fresh_connection_that_closes_is_an_error_and_not_tried_again(pool: Pool) -> None:
    server = Scripted([answers(b"", linger=False)])
    async with await server.start():
        with pytest.raises(UpstreamError) as caught:
            await get(pool, at(pool, server))
        assert (caught.value.fault, caught.value.answered) == (Fault.CLOSED, False)
        assert server.connections == 1


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", Fault.CLOSED),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", Fault.CLOSED),
        (b"SSH-2.0\r\n\r\n", Fault.PROTOCOL),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000 + b"\r\n\r\n", Fault.PROTOCOL),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + b"x" * 5000, Fault.PROTOCOL),
    ],
)
async def test_an_answer_that_is_cut_or_odd_is_an_error(pool: Pool, reply: bytes, fault: Fault) -> None:
    server = Scripted([answers(reply, linger=False)])
    async with await server.start():
        with pytest.raises(UpstreamError) as caught:
            await get(pool, at(pool, server))
        assert caught.value.fault == fault


async def test_an_answer_may_end_with_its_connection_and_follow_a_100(pool: Pool) -> None:
    reply = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nuntil the end"
    server = Scripted([answers(reply, linger=False)])
    async with await server.start():
        assert await get(pool, at(pool, server)) == b"until the end"


async def test_silence_is_a_timeout_before_and_within_an_answer(pool: Pool) -> None:
    server = Scripted([answers(b""), answers(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab")])
    async with await server.start():
        endpoint = at(pool, server, head=0.2, idle=0.2)
        for _ in range(2):
            with pytest.raises(UpstreamError) as caught:
                await get(pool, endpoint)
            assert caught.value.fault == Fault.TIMEOUT


async def test_being_cancelled_closes_the_connection(pool: Pool) -> None:
    closed = asyncio.Event()

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        started.set()
        await reader.read()
        closed.set()

    started = asyncio.Event()
    server = Scripted([script])
    async with await server.start():
        task = asyncio.create_task(get(pool, at(pool, server)))
        await started.wait()
        task.cancel()
        await asyncio.wait_for(closed.wait(), 10)
        assert pool.open_connections == 0


async def test_a_reader_that_stops_holds_back_the_upstream(pool: Pool) -> None:
    total = 64 * 1024 * 1024
    blocked = asyncio.Event()

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % total)
        for _ in range(total // 65536):
            writer.write(b"x" * 65536)
            drained = asyncio.ensure_future(writer.drain())
            done, _ = await asyncio.wait({drained}, timeout=0.2)
            if not done:
                blocked.set()
            await drained

    server = Scripted([script])
    async with await server.start():
        endpoint = at(pool, server)
        response = await pool.send(endpoint, endpoint.head("GET", "/", {}))
        await asyncio.wait_for(blocked.wait(), 20)
        assert sum([len(data) async for data in response.reads()]) == total


async def test_a_closed_port_is_named(pool: Pool) -> None:
    server = Scripted([])
    async with await server.start():
        endpoint = at(pool, server)
    with pytest.raises(UpstreamError) as caught:
        await get(pool, endpoint)
    assert caught.value.fault == Fault.UNREACHABLE
    assert f"127.0.0.1:{server.port}" in caught.value.message


async def test_plain_http_goes_through_a_proxy_in_absolute_form(pool: Pool) -> None:
    seen: list[bytes] = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(OK)
        await reader.read()

    server = Scripted([script])
    async with await server.start():
        endpoint = pool.endpoint("http://upstream.example/v1", proxy=f"http://me:pw@127.0.0.1:{server.port}")
        assert await get(pool, endpoint) == b"ok"
    assert seen[0].startswith(b"GET http://upstream.example/v1/ HTTP/1.1\r\nHost: upstream.example\r\n")
    assert b"Proxy-Authorization: Basic bWU6cHc=" in seen[0]


async def test_https_asks_the_proxy_for_a_tunnel_and_says_when_it_gets_none(pool: Pool) -> None:
    server = Scripted([answers(b"HTTP/1.1 403 Forbidden\r\n\r\n")])
    async with await server.start():
        endpoint = pool.endpoint("https://upstream.example/v1", proxy=f"http://127.0.0.1:{server.port}")
        with pytest.raises(UpstreamError, match="answered 403 to CONNECT"):
            await get(pool, endpoint)


def test_no_proxy_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "internal.example")
    found = proxy_for("https", "api.example", 443, None)
    assert found is not None
    assert (found.host, found.port) == ("proxy.example", 3128)
    assert proxy_for("https", "internal.example", 443, None) is None
    assert proxy_for("https", "api.example", 443, "") is None


@pytest.mark.parametrize(
    ("address", "private", "allowed"),
    [
        ("8.8.8.8", False, True),
        ("10.0.0.1", False, False),
        ("10.0.0.1", True, True),
        ("127.0.0.1", False, False),
        ("169.254.169.254", True, False),
        ("::ffff:169.254.169.254", True, False),
        ("fe80::1%eth0", True, False),
        ("0.0.0.0", True, False),
        ("2606:4700::1111", False, True),
    ],
)
def test_the_address_guard(address: str, private: bool, allowed: bool) -> None:
    assert is_allowed(address, private) is allowed


async def test_a_public_name_must_not_lead_to_a_private_address(monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolver(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", ("10.1.2.3", 443))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolver, raising=False)
    assert not names_private_host("api.example.com")
    with pytest.raises(UpstreamError, match="allow_private_addresses"):
        await resolve("api.example.com", 443, allow_private=False)
    assert await resolve("api.example.com", 443, allow_private=True) == ["10.1.2.3"]


def test_header_values_cannot_smuggle_lines() -> None:
    endpoint = Pool().endpoint("http://127.0.0.1/v1", proxy="")
    with pytest.raises(ValueError, match="line break"):
        endpoint.head("GET", "/", {"X": "a\r\nB: c"})


STREAM = (
    "\ufeffdata: one\n\n: comment\n\nevent: error\r\ndata: two\r\n\r\ndata:three\ndata: more\n\n"
    "id: 7\nretry: 10\n\ndata: ümläut \U0001f600\r\rdata\n\n"
).encode()
EVENTS = [
    (b"one", ""),
    (b"two", "error"),
    (b"three\nmore", ""),
    ("ümläut \U0001f600".encode(), ""),
    (b"", ""),
]


@settings(deadline=None)
@given(st.lists(st.integers(0, len(STREAM)), max_size=12))
def test_events_are_the_same_however_the_bytes_are_split(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(STREAM)]
    parser = EventParser()
    found = [event for a, b in itertools.pairwise(places) for event in parser.feed(STREAM[a:b])]
    assert found + parser.finish() == EVENTS


def test_an_event_without_end_is_refused_at_the_limit() -> None:
    parser = EventParser(limit=1000)
    parser.feed(b"data: " + b"x" * 900)
    with pytest.raises(UpstreamError, match="1000 bytes"):
        parser.feed(b"x" * 100)
