"""Which addresses an upstream may resolve to, checked on the address that is then connected to.

A public name that suddenly resolves to a private address (DNS rebinding), or a base URL that points at the cloud's
metadata service, would let a caller of the gateway reach what only the gateway can. A private base URL that the
operator wrote himself (`localhost`, an address, a name without dots) is allowed.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket

from polyport_gateway.upstream.errors import Fault, UpstreamError

_INTERNAL_SUFFIXES = (".localhost", ".local", ".internal", ".lan", ".cluster.local", ".home.arpa")


def names_private_host(host: str) -> bool:
    """Whether the name itself says that a private address is meant."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.lower().endswith(_INTERNAL_SUFFIXES)


def is_allowed(address: str, allow_private: bool) -> bool:
    """Whether a connection to the (numeric) address may be made. Link-local never: that is where metadata services
    live."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified:
        return False
    return allow_private or ip.is_global


async def resolve(host: str, port: int, allow_private: bool) -> list[str]:
    """The allowed addresses of a host, in the resolver's order. Raises UpstreamError: unknown host, or none allowed."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise UpstreamError(Fault.UNREACHABLE, f"cannot resolve {host}: {error}") from error
    addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
    allowed = [address for address in addresses if is_allowed(address, allow_private)]
    if not allowed:
        message = (
            f"{host} resolves to {', '.join(addresses)}, which is not a public address; "
            "set `allow_private_addresses: true` on the provider if that is meant"
        )
        raise UpstreamError(Fault.FORBIDDEN, message)
    return allowed
