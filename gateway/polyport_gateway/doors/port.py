"""The one port: the first bytes of a connection decide which door it goes through.

The HTTP/2 connection preface (RFC 9113, section 3.4) means gRPC: the connection is spliced to the gRPC server's unix
socket. Everything else is HTTP/1.1. TLS, when configured, has been taken off before.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import socket
import sys

from polyport_gateway.doors.http1 import HttpConnection, HttpDoor

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


class PeerTable:
    """Who is behind a spliced connection: the gRPC server sees only the name of a unix socket, this knows the
    client."""

    def __init__(self) -> None:
        self._peers: dict[str, str] = {}

    def add(self, name: str, peer: str) -> None:
        """Remember the client of a socket name."""
        self._peers[name] = peer

    def remove(self, name: str) -> None:
        """Forget a connection that has ended."""
        self._peers.pop(name, None)

    def lookup(self, grpc_peer: str) -> str:
        """The client's `host:port` for what `ServicerContext.peer()` returns; "" when unknown."""
        return self._peers.get(grpc_peer.rpartition(":")[2].replace("%00", "").lstrip("\0"), "")

    def __len__(self) -> int:
        return len(self._peers)


class Port:
    """Makes the protocol objects of accepted connections. `grpc` resolves to the gRPC server's socket once it listens;
    connections that come before wait for it. None: there is no gRPC door."""

    def __init__(self, http: HttpDoor, grpc: asyncio.Future[str] | None) -> None:
        self.http = http
        self.grpc = grpc
        self.peers = PeerTable()
        self.splices: set[Splice] = set()
        self._numbers = itertools.count()

    def protocol(self) -> asyncio.Protocol:
        """The protocol of a new connection."""
        return Sniffer(self)

    async def drain(self, seconds: float) -> None:
        """Let the splices end by themselves, now that the gRPC server has closed their other ends; then cut them."""
        end = asyncio.get_running_loop().time() + seconds
        while self.splices and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.01)
        for splice in list(self.splices):
            splice.abort()

    def next_name(self) -> str:
        """A name for the client end of a splice that no other has, in this process or another."""
        return f"polyport-{os.getpid()}-{next(self._numbers)}"


class Sniffer(HttpConnection):
    """An HTTP/1.1 connection until its first bytes say otherwise: those that differ from the preface cost nothing
    more."""

    def __init__(self, port: Port) -> None:
        super().__init__(port.http)
        self._port = port
        self._first: bytes | None = b""

    def data_received(self, data: bytes) -> None:
        first = self._first
        if first is None:
            super().data_received(data)
            return
        data = first + data
        start = data[: len(PREFACE)]
        if self._port.grpc is None or not PREFACE.startswith(start):
            self._first = None
            super().data_received(data)
        elif len(data) < len(PREFACE):
            self._first = data
        else:
            self._become_splice(self._port.grpc, data)

    def _become_splice(self, grpc: asyncio.Future[str], data: bytes) -> None:
        transport, self.transport = self.transport, None
        self._door.connections.discard(self)
        if transport is not None:
            splice = Splice(self._port, transport, self.peer, data)
            transport.set_protocol(splice)
            splice.connect(grpc)


class Splice(asyncio.Protocol):
    """The client's end of a pair: what it reads is written to the other end, as fast as that end takes it."""

    def __init__(self, port: Port, transport: asyncio.Transport, peer: str, first: bytes) -> None:
        self._port = port
        self._client = transport
        self._peer = peer
        self._first = first
        self._server: asyncio.Transport | None = None
        self._name = port.next_name()
        self._task: asyncio.Task[None] | None = None
        port.splices.add(self)

    def connect(self, grpc: asyncio.Future[str]) -> None:
        """Open the other end; the client is not read meanwhile."""
        self._client.pause_reading()
        self._task = asyncio.get_running_loop().create_task(self._connect(grpc))

    async def _connect(self, grpc: asyncio.Future[str]) -> None:
        loop = asyncio.get_running_loop()
        end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            end.setblocking(False)
            if sys.platform == "linux":  # abstract names leave no file behind
                end.bind("\0" + self._name)
            await loop.sock_connect(end, await asyncio.shield(grpc))
            self._port.peers.add(self._name, self._peer)
            transport, _ = await loop.create_unix_connection(lambda: _Other(self, self._client), sock=end)
        except BaseException as error:
            end.close()
            self._client.abort()
            if not isinstance(error, Exception):
                raise
            return
        self._server = transport
        transport.write(self._first)
        self._first = b""
        self._client.resume_reading()

    def data_received(self, data: bytes) -> None:
        if self._server is not None:
            self._server.write(data)
        else:
            self._first += data

    def eof_received(self) -> bool:
        if self._server is not None and self._server.can_write_eof():
            self._server.write_eof()
        return True

    def pause_writing(self) -> None:
        if self._server is not None:
            self._server.pause_reading()

    def resume_writing(self) -> None:
        if self._server is not None:
            self._server.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        self._port.splices.discard(self)
        self._port.peers.remove(self._name)
        if self._task is not None:
            self._task.cancel()
        if self._server is not None:
            self._server.close()

    def abort(self) -> None:
        """Close both ends at once."""
        self._client.abort()


class _Other(asyncio.Protocol):
    """The gRPC server's end of a splice."""

    def __init__(self, splice: Splice, client: asyncio.Transport) -> None:
        self._splice = splice
        self._client = client

    def data_received(self, data: bytes) -> None:
        self._client.write(data)

    def eof_received(self) -> bool:
        return False

    def pause_writing(self) -> None:
        self._client.pause_reading()

    def resume_writing(self) -> None:
        self._client.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        self._client.close()
