"""The HTTP/1.1 door alone, with a small handler: what is read, in which order it is answered, and what is refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from polyport_gateway.core.errors import ApiError
from polyport_gateway.doors.exchange import Exchange
from polyport_gateway.doors.http1 import HttpConnection, HttpDoor, Limits
from polyport_gateway.doors.rest import respond_error

from tests.gateway.support import Reply, exchange, read_reply

LIMITS = Limits(body_bytes=1000)
IMPATIENT = Limits(first_byte=0.3, head_seconds=0.3, body_bytes=1000, body_grace=0.3, body_rate=1_000_000)


class Served:
    """A running door; `seen` are its requests, `gone` counts clients that left early."""

    def __init__(self) -> None:
        self.door = HttpDoor(self._handle, LIMITS)
        self.seen: list[tuple[str, bytes, bytes]] = []
        self.left = asyncio.Event()
        self.port = 0

    async def _handle(self, incoming: Exchange) -> None:
        try:
            if incoming.path == b"/early":
                raise ApiError(401, "no")
            body = await incoming.body()
        except ApiError as error:
            respond_error(incoming, error, [])
            return
        self.seen.append((incoming.method, incoming.target, body))
        match incoming.path:
            case b"/wait":
                incoming.on_disconnect = self.left.set
                await asyncio.Event().wait()
            case b"/stream":
                incoming.start(200, b"text/plain")
                incoming.write(b"one ")
                await asyncio.sleep(0)
                incoming.finish(b"two")
            case b"/endless":
                incoming.on_disconnect = self.left.set
                incoming.start(200, b"text/plain")
                while True:
                    full = incoming.write(b"x" * 65536)
                    if full is not None:
                        self.left.clear()
                        await full
            case b"/broken":
                raise RuntimeError("broken on purpose")
            case _:
                incoming.respond(200, incoming.path + b":" + body, b"text/plain")


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    running = Served()
    running.door.start()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: HttpConnection(running.door), "127.0.0.1", 0)
    running.port = server.sockets[0].getsockname()[1]
    yield running
    server.close()
    running.door.stop()


def request(path: str = "/", body: bytes = b"", headers: str = "", method: str = "POST") -> bytes:
    length = f"Content-Length: {len(body)}\r\n" if method == "POST" else ""
    return f"{method} {path} HTTP/1.1\r\nHost: x\r\n{length}{headers}\r\n".encode() + body


async def bytewise(port: int, data: bytes) -> Reply:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for index in range(len(data)):
        writer.write(data[index : index + 1])
        await writer.drain()
        await asyncio.sleep(0)
    reply = await read_reply(reader)
    writer.close()
    return reply


async def test_a_request_may_come_byte_by_byte(served: Served) -> None:
    assert (await bytewise(served.port, request("/a", b"body"))).body == b"/a:body"


async def test_pipelined_requests_are_answered_in_order(served: Served) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(request("/1", b"a") + request("/stream") + request("/3", b"c") + request("/4", method="GET"))
    bodies = [(await read_reply(reader)).body for _ in range(4)]
    assert bodies == [b"/1:a", b"one two", b"/3:c", b"/4:"]
    writer.close()


async def test_a_hundred_pipelined_requests_are_all_answered(served: Served) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(b"".join(request(f"/{i}", b"x" * 900) for i in range(100)))
    for i in range(100):
        assert (await read_reply(reader)).body == b"/%d:" % i + b"x" * 900
    writer.close()


async def test_a_chunked_body_is_put_together(served: Served) -> None:
    data = b"POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    assert (await exchange(served.port, data)).body == b"/c:abcde"


async def test_expect_100_continue_is_answered_when_the_body_is_wanted(served: Served) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(b"POST /e HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
    assert (await read_reply(reader, head_only=True)).status == 100
    writer.write(b"body")
    assert (await read_reply(reader)).body == b"/e:body"
    writer.close()


async def test_expect_100_continue_is_not_answered_when_the_request_is_refused(served: Served) -> None:
    data = b"POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n"
    reply = await exchange(served.port, data)
    assert reply.status == 401
    assert reply.headers["connection"] == "close"


async def test_head_has_the_length_but_no_body(served: Served) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(request("/h", method="HEAD") + request("/next", method="GET"))
    reply = await read_reply(reader, head_only=True)
    assert reply.headers["content-length"] == "3"
    assert (await read_reply(reader)).body == b"/next:"
    writer.close()


async def test_http_1_0_gets_its_answer_until_the_end_of_the_connection(served: Served) -> None:
    reply = await exchange(served.port, b"GET /stream HTTP/1.0\r\n\r\n")
    assert reply.body == b"one two"
    assert "transfer-encoding" not in reply.headers


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)), 400),
        (b"SSH-2.0-OpenSSH_9.2p1\r\n", 400),
        (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n", 400),
        (b"CONNECT other:443 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 40_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 20_000, 431),
        (request("/", b"x" * 1001), 413),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" + b"x" * 2000, 413),
    ],
)
async def test_what_cannot_be_read_is_refused_in_the_error_shape(served: Served, data: bytes, status: int) -> None:
    reply = await exchange(served.port, data)
    assert reply.status == status
    assert set(reply.json["error"]) == {"type", "code", "message", "param"}
    assert served.seen == []


async def test_five_megabytes_of_headers_get_their_answer_and_the_next_client_its_own(served: Served) -> None:
    data = b"GET / HTTP/1.1\r\nHost: x\r\n" + b"Header: " + b"h" * 5_000_000
    assert (await exchange(served.port, data)).status == 431
    assert (await exchange(served.port, request("/after"))).body == b"/after:"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", None),
        (b"GET / HTTP/1.1\r\nHost:", 408),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc", 408),
    ],
)
async def test_a_client_that_is_too_slow_is_told_so(served: Served, data: bytes, status: int | None) -> None:
    served.door.limits = IMPATIENT
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(data)
    if status is None:
        assert await asyncio.wait_for(reader.read(), 10) == b""
    else:
        assert (await asyncio.wait_for(read_reply(reader), 10)).status == status
    writer.close()


@pytest.mark.parametrize("count", [1, 3])
async def test_a_client_that_leaves_cancels_its_handler(served: Served, count: int) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(request("/wait") * count)
    while not served.seen:
        await asyncio.sleep(0)
    writer.close()
    await asyncio.wait_for(served.left.wait(), 10)


async def test_a_client_that_does_not_read_holds_back_the_handler(served: Served) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port, limit=1024)
    writer.write(request("/endless"))
    await reader.readuntil(b"\r\n\r\n")
    connection = next(iter(served.door.connections))
    while connection.drained is None:
        await asyncio.sleep(0)
    assert connection.transport is not None
    assert connection.transport.get_write_buffer_size() < 1_000_000
    writer.close()
    await asyncio.wait_for(served.left.wait(), 10)


async def test_a_fault_of_the_handler_is_a_500_and_the_connection_lives_on(served: Served, caplog: Any) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(request("/broken") + request("/after"))
    assert (await read_reply(reader)).status == 500
    assert (await read_reply(reader)).body == b"/after:"
    assert "broken on purpose" in caplog.text
    writer.close()


async def test_drain_closes_idle_connections_and_lets_a_request_finish(served: Served) -> None:
    idle_reader, idle_writer = await asyncio.open_connection("127.0.0.1", served.port)
    idle_writer.write(request("/idle"))
    await read_reply(idle_reader)
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(b"POST /last HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbo")
    while len(served.door.connections) < 2 or not any(c._current for c in served.door.connections):
        await asyncio.sleep(0)
    draining = asyncio.create_task(served.door.drain(5))
    assert await idle_reader.read() == b""
    writer.write(b"dy")
    reply = await read_reply(reader)
    assert reply.body == b"/last:body"
    assert reply.headers["connection"] == "close"
    await asyncio.wait_for(draining, 10)
    idle_writer.close()
    writer.close()


async def test_a_connection_accepted_just_before_a_drain_is_still_served(served: Served) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    silent, other = await asyncio.open_connection("127.0.0.1", served.port)
    while len(served.door.connections) < 2:
        await asyncio.sleep(0)
    draining = asyncio.create_task(served.door.drain(5))
    await asyncio.sleep(0)
    writer.write(request("/late"))
    assert (await read_reply(reader)).body == b"/late:"
    assert await asyncio.wait_for(silent.read(), 10) == b""
    await asyncio.wait_for(draining, 10)
    writer.close()
    other.close()
