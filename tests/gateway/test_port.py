"""The one port: the first bytes decide the door; gRPC goes through a splice that keeps back-pressure and the peer."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import grpc.aio  # type: ignore[import-untyped]
import pytest
from polyport_gateway.doors.exchange import Exchange
from polyport_gateway.doors.http1 import HttpDoor, Limits
from polyport_gateway.doors.port import PREFACE, Port

from tests.gateway.support import exchange


class OnePort:
    """A port with a small HTTP handler before a unix socket."""

    def __init__(self, directory: Path) -> None:
        self.socket = str(directory / "grpc.sock")
        self.grpc: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.http = HttpDoor(self._handle, Limits())
        self.port = Port(self.http, self.grpc)
        self.number = 0

    async def _handle(self, incoming: Exchange) -> None:
        incoming.respond(200, b"rest", b"text/plain")


@pytest.fixture
async def one(tmp_path: Path) -> AsyncIterator[OnePort]:
    made = OnePort(tmp_path)
    made.http.start()
    server = await asyncio.get_running_loop().create_server(made.port.protocol, "127.0.0.1", 0)
    made.number = server.sockets[0].getsockname()[1]
    yield made
    server.close()
    for splice in list(made.port.splices):
        splice.abort()
    made.http.stop()


async def test_rest_and_grpc_share_the_port_and_the_peer_is_known(one: OnePort) -> None:
    peers: list[str] = []

    async def echo(request: bytes, context: grpc.aio.ServicerContext[bytes, bytes]) -> bytes:
        peers.append(one.port.peers.lookup(context.peer()))
        return request

    handler = grpc.method_handlers_generic_handler("t.Echo", {"Echo": grpc.unary_unary_rpc_method_handler(echo)})
    server = grpc.aio.server()
    server.add_generic_rpc_handlers((handler,))
    server.add_insecure_port(f"unix:{one.socket}")
    await server.start()
    try:
        async with grpc.aio.insecure_channel(f"127.0.0.1:{one.number}") as channel:
            call = channel.unary_unary("/t.Echo/Echo")
            early = asyncio.ensure_future(call(b"early"))  # before the gRPC door is known to be open
            assert (await exchange(one.number, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")).body == b"rest"
            one.grpc.set_result(one.socket)
            assert await early == b"early"
            big = b"x" * 3_000_000
            assert await call(big) == big
        assert len(set(peers)) == 1
        assert peers[0].startswith("127.0.0.1:")
    finally:
        await server.stop(None)
    while one.port.splices:
        await asyncio.sleep(0.01)
    assert len(one.port.peers) == 0


async def test_a_preface_in_pieces_is_recognised(one: OnePort) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        data = await reader.readexactly(len(PREFACE) + 4)
        writer.write(b"spliced:" + data[-4:])
        writer.close()

    one.grpc.set_result(one.socket)
    async with await asyncio.start_unix_server(serve, one.socket):
        reader, writer = await asyncio.open_connection("127.0.0.1", one.number)
        for byte in PREFACE + b"more":
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0)
        assert await asyncio.wait_for(reader.read(), 10) == b"spliced:more"
        writer.close()


@pytest.mark.parametrize("data", [b"PRI * HTTP/2.0\r\n\r\nXX", b"P"])
async def test_what_only_begins_like_the_preface_is_not_spliced(one: OnePort, data: bytes) -> None:
    one.http.limits = Limits(first_byte=0.3)
    reader, writer = await asyncio.open_connection("127.0.0.1", one.number)
    writer.write(data)
    answer = await asyncio.wait_for(reader.read(), 10)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400")
    assert not one.port.splices
    writer.close()


async def test_a_grpc_server_that_is_gone_ends_the_connection(one: OnePort) -> None:
    one.grpc.set_result(one.socket)  # nothing listens there
    reader, writer = await asyncio.open_connection("127.0.0.1", one.number)
    writer.write(PREFACE)
    with contextlib.suppress(ConnectionResetError):
        assert await asyncio.wait_for(reader.read(), 10) == b""
    assert not one.port.splices
    writer.close()


async def test_a_slow_reader_holds_back_the_other_side(one: OnePort) -> None:
    total = 32 * 1024 * 1024
    blocked = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(len(PREFACE))
        for _ in range(total // 65536):
            writer.write(b"x" * 65536)
            drained = asyncio.ensure_future(writer.drain())
            if not (await asyncio.wait({drained}, timeout=0.2))[0]:
                blocked.set()
            await drained
        writer.close()

    one.grpc.set_result(one.socket)
    async with await asyncio.start_unix_server(serve, one.socket):
        reader, writer = await asyncio.open_connection("127.0.0.1", one.number, limit=1024)
        writer.write(PREFACE)
        await asyncio.wait_for(blocked.wait(), 20)
        received = 0
        while data := await reader.read(1 << 20):
            received += len(data)
        assert received == total
        writer.close()
