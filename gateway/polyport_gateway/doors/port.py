"""The one port: the first bytes of a connection decide which door it goes through.

The HTTP/2 connection preface (RFC 9113, section 3.4) means gRPC: the connection is spliced to the gRPC server's unix
socket. Everything else is HTTP/1.1. TLS, when configured, has been taken off before.
"""

from __future__ import annotations

import asyncio
import itertools
import os

from polyport_gateway.doors.http1 import HttpConnection, HttpDoor
from polyport_gateway.doors.splice import PeerTable, Splice

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


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
            splice = Splice(transport, self._port.next_name(), self._port.peers, self._port.splices.discard)
            self._port.splices.add(splice)
            transport.set_protocol(splice)
            splice.connect(grpc, self.peer, data)
