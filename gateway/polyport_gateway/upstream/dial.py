"""Making a connection: address guard, TLS, and HTTP proxies (absolute form for http, CONNECT for https)."""

from __future__ import annotations

import asyncio
import base64
import os
import ssl
from collections.abc import Callable, Mapping
from urllib.parse import unquote, urlsplit

import msgspec

from polyport_gateway.upstream.address import resolve
from polyport_gateway.upstream.connection import Connection
from polyport_gateway.upstream.errors import Fault, UpstreamError


class Proxy(msgspec.Struct, frozen=True):
    """An HTTP proxy; `authorization` is the value of its Proxy-Authorization header."""

    host: str
    port: int
    authorization: str | None = None


class Route:
    """How an origin is reached."""

    def __init__(
        self, host: str, port: int, tls: ssl.SSLContext | None, proxy: Proxy | None, allow_private: bool
    ) -> None:
        self.host = host
        self.port = port
        self.tls = tls
        self.proxy = proxy
        self.allow_private = allow_private
        name = f"[{host}]" if ":" in host else host
        self.authority = name if port == (443 if tls else 80) else f"{name}:{port}"
        self.connect_authority = f"{name}:{port}"

    @property
    def absolute_prefix(self) -> str:
        """What stands before the path in the request line: only plain http through a proxy needs anything."""
        return f"http://{self.authority}" if self.proxy is not None and self.tls is None else ""

    @property
    def proxy_headers(self) -> Mapping[str, str]:
        """Headers that the proxy needs on each request; with CONNECT it gets them there instead."""
        if self.proxy is None or self.tls is not None or self.proxy.authorization is None:
            return {}
        return {"Proxy-Authorization": self.proxy.authorization}


def proxy_for(scheme: str, host: str, port: int, configured: str | None) -> Proxy | None:
    """The proxy for an origin: the configured URL ("" is none), or what HTTP(S)_PROXY and NO_PROXY say.

    Raises ValueError for a proxy URL that is not http.
    """
    url = configured
    if url is None:
        if not any(name.lower().endswith("_proxy") for name in os.environ):
            return None
        from urllib.request import getproxies, proxy_bypass  # 50 ms of imports that few need

        url = "" if proxy_bypass(f"{host}:{port}") or proxy_bypass(host) else getproxies().get(scheme, "")
    if not url:
        return None
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError(f"the proxy '{parts.scheme}://{parts.hostname}' is not an http:// URL")
    authorization = None
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        authorization = "Basic " + base64.b64encode(pair.encode()).decode()
    return Proxy(parts.hostname, parts.port or 80, authorization)


async def dial(route: Route, protocol: Callable[[], Connection], timeout: float) -> Connection:
    """A new connection along the route. Raises UpstreamError when there is none within `timeout` seconds."""
    where = f"{route.proxy.host}:{route.proxy.port} (proxy)" if route.proxy else route.connect_authority
    try:
        async with asyncio.timeout(timeout):
            if route.proxy is not None and route.tls is not None:
                return await _tunnel(route, route.proxy, route.tls, protocol)
            if route.proxy is not None:
                loop = asyncio.get_running_loop()
                _, connection = await loop.create_connection(protocol, route.proxy.host, route.proxy.port)
                return connection
            return await _direct(route, protocol)
    except TimeoutError:
        raise UpstreamError(Fault.TIMEOUT, f"no connection to {where} within {timeout:g} s") from None
    except (OSError, ssl.SSLError) as error:
        raise UpstreamError(Fault.UNREACHABLE, f"cannot connect to {where}: {error}") from error


async def _direct(route: Route, protocol: Callable[[], Connection]) -> Connection:
    """Try the allowed addresses in turn; the address that was checked is the one that is connected to."""
    loop = asyncio.get_running_loop()
    addresses = await resolve(route.host, route.port, route.allow_private)
    for address in addresses[:-1]:
        try:
            return await _connect(loop, route, address, protocol)
        except OSError:
            continue
    return await _connect(loop, route, addresses[-1], protocol)


async def _connect(
    loop: asyncio.AbstractEventLoop, route: Route, address: str, protocol: Callable[[], Connection]
) -> Connection:
    name = route.host if route.tls else None
    _, connection = await loop.create_connection(protocol, address, route.port, ssl=route.tls, server_hostname=name)
    return connection


async def _tunnel(route: Route, proxy: Proxy, tls: ssl.SSLContext, protocol: Callable[[], Connection]) -> Connection:
    """CONNECT through the proxy, then TLS with the origin inside."""
    loop = asyncio.get_running_loop()
    transport, opening = await loop.create_connection(lambda: _Tunnel(loop), proxy.host, proxy.port)
    lines = [f"CONNECT {route.connect_authority} HTTP/1.1", f"Host: {route.connect_authority}"]
    if proxy.authorization is not None:
        lines.append(f"Proxy-Authorization: {proxy.authorization}")
    transport.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
    try:
        status = await opening.status
        if status != 200:
            raise UpstreamError(Fault.UNREACHABLE, f"the proxy {proxy.host}:{proxy.port} answered {status} to CONNECT")
        connection = protocol()
        inner = await loop.start_tls(transport, connection, tls, server_hostname=route.host)
        assert inner is not None
        connection.connection_made(inner)
        return connection
    except BaseException:
        transport.abort()
        raise


class _Tunnel(asyncio.Protocol):
    """Reads the proxy's answer to CONNECT: a head without a body."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.status: asyncio.Future[int] = loop.create_future()
        self._head = b""

    def data_received(self, data: bytes) -> None:
        self._head += data
        if b"\r\n\r\n" in self._head and not self.status.done():
            words = self._head.split(b" ", 2)
            valid = len(words) == 3 and words[0].startswith(b"HTTP/1.") and words[1].isdigit()
            self.status.set_result(int(words[1]) if valid else 0)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.status.done():
            self.status.set_exception(exc or ConnectionError("the proxy closed the connection"))
