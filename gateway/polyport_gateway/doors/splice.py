"""A client's connection joined to the gRPC server's unix socket, byte by byte, with back-pressure both ways.

Both ends are closed with care, since a server that shuts down must get its last words through. A socket that cannot be
written any more may still hold unread bytes, which a transport would drop; so the way to the server is a plain socket and only
the way back is a transport. And closing a TCP connection over unread bytes resets it; so the client is read until it goes.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable
from typing import cast

#: How long the client has to close its end after the server's, in seconds.
_LINGER_SECONDS = 2.0


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


class Splice(asyncio.Protocol):
    """The client's end; `ended` is called when the client's connection is gone."""

    def __init__(self, client: asyncio.Transport, name: str, peers: PeerTable, ended: Callable[[Splice], None]) -> None:
        """`name` is the client end's name on the unix socket, under which `peers` keeps the client's address."""
        self._client = client
        self._name = name
        self._peers = peers
        self._ended = ended
        self._task: asyncio.Task[None] | None = None
        self._to_server: _Sender | None = None
        self._from_server: asyncio.Transport | None = None

    def connect(self, grpc: asyncio.Future[str], peer: str, first: bytes) -> None:
        """Open the other end and send what the client has sent `first`; the client is not read meanwhile."""
        self._client.pause_reading()
        self._task = asyncio.get_running_loop().create_task(self._connect(grpc, peer, first))

    async def _connect(self, grpc: asyncio.Future[str], peer: str, first: bytes) -> None:
        loop = asyncio.get_running_loop()
        end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            end.setblocking(False)
            if sys.platform == "linux":  # abstract names leave no file behind
                end.bind("\0" + self._name)
            await loop.sock_connect(end, await asyncio.shield(grpc))
            self._peers.add(self._name, peer)
            self._to_server = _Sender(end.dup(), self._client)
            await loop.create_unix_connection(lambda: _FromServer(self, self._client), sock=end)
        except BaseException as error:
            end.close()
            self._client.abort()
            if not isinstance(error, Exception):
                raise
            return
        self._client.resume_reading()
        self._to_server.send(first)

    def joined(self, transport: asyncio.Transport) -> None:
        """The way back is open."""
        self._from_server = transport

    def server_ended(self) -> None:
        """The server has sent its last byte: pass on the end, then wait for the client to go."""
        if not self._client.can_write_eof() or self._client.is_closing():
            self._client.close()
            return
        try:
            self._client.write_eof()
        except OSError:  # the client has gone first
            self._client.close()
        else:
            asyncio.get_running_loop().call_later(_LINGER_SECONDS, self._client.close)

    def abort(self) -> None:
        """Close both ends at once."""
        self._client.abort()

    # asyncio.Protocol, for the client's connection

    def data_received(self, data: bytes) -> None:
        if self._to_server is not None:
            self._to_server.send(data)

    def eof_received(self) -> bool:
        if self._to_server is None or self._from_server is None or self._from_server.is_closing():
            return False
        self._to_server.end()
        return True

    def pause_writing(self) -> None:
        if self._from_server is not None:
            self._from_server.pause_reading()

    def resume_writing(self) -> None:
        if self._from_server is not None:
            self._from_server.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        self._peers.remove(self._name)
        if self._task is not None:
            self._task.cancel()
        if self._to_server is not None:
            self._to_server.close()
        if self._from_server is not None:
            self._from_server.abort()
        self._ended(self)


class _FromServer(asyncio.Protocol):
    """What the server sends goes to the client."""

    def __init__(self, splice: Splice, client: asyncio.Transport) -> None:
        self._splice = splice
        self._client = client

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._splice.joined(cast(asyncio.Transport, transport))

    def data_received(self, data: bytes) -> None:
        self._client.write(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._splice.server_ended()


class _Sender:
    """What the client sends goes to the server; while the server does not take it, the client is not read."""

    def __init__(self, end: socket.socket, client: asyncio.Transport) -> None:
        self._socket = end
        self._client = client
        self._loop = asyncio.get_running_loop()
        self._waiting = b""
        self._ending = False
        self._broken = False

    def send(self, data: bytes) -> None:
        """Send, now or when there is room. A server that takes no more is left to end by itself."""
        if self._broken:
            return
        if self._waiting:
            self._waiting += data
            return
        try:
            sent = self._socket.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            self._broken = True
            return
        if sent < len(data):
            self._waiting = data[sent:]
            self._client.pause_reading()
            self._loop.add_writer(self._socket.fileno(), self._flush)

    def end(self) -> None:
        """The client will send no more."""
        self._ending = True
        if not self._waiting and not self._broken:
            self._shut()

    def close(self) -> None:
        """Give up what waits."""
        if self._waiting:
            self._loop.remove_writer(self._socket.fileno())
            self._waiting = b""
        self._broken = True
        self._socket.close()

    def _flush(self) -> None:
        self._loop.remove_writer(self._socket.fileno())
        data, self._waiting = self._waiting, b""
        self.send(data)
        if not self._waiting:
            if self._ending and not self._broken:
                self._shut()
            elif not self._client.is_closing():
                self._client.resume_reading()

    def _shut(self) -> None:
        try:
            self._socket.shutdown(socket.SHUT_WR)
        except OSError:
            self._broken = True
