"""The listening sockets: one per worker on the same port, made by the supervisor and inherited by file descriptor."""

from __future__ import annotations

import errno
import socket

_BACKLOG = 2048


class PortError(Exception):
    """The port cannot be had; the message says why and what to do."""


def listen(host: str, port: int, count: int) -> list[socket.socket]:
    """`count` listening sockets on one port (0 picks a free one), sharing it by SO_REUSEPORT. Raises PortError.

    The kernel would let two gateways of one user share a port that way, so whether it is free is asked without that
    first.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise PortError(f"cannot resolve the host '{host}': {error}") from None
    sockets: list[socket.socket] = []
    try:
        if port:
            with _make(family, reuse_port=False) as probe:
                probe.bind(address)
        for _ in range(count):
            made = _make(family, reuse_port=True)
            sockets.append(made)
            made.bind(address)
            address = (host, made.getsockname()[1], *address[2:]) if not port else address
            made.listen(_BACKLOG)
            made.setblocking(False)
    except OSError as error:
        for made in sockets:
            made.close()
        raise PortError(_explain(host, port, error)) from None
    return sockets


def _make(family: int, *, reuse_port: bool) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if reuse_port:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    return made


def _explain(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} on {host} is already in use. Stop what listens there "
            f"(`ss -ltnp 'sport = :{port}'` shows it), or choose another port with --port."
        )
    if error.errno == errno.EACCES:
        return f"port {port} on {host} needs more rights than this user has; choose one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"this machine has no address {host}; choose another with --host."
    return f"cannot listen on {host}:{port}: {error.strerror}"
