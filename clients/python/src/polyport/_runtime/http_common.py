"""What both HTTP transports need of httpx: timeouts, limits, redirects."""

from __future__ import annotations

import httpx

from .encoding import same_origin
from .operation import Call


def default_limits() -> httpx.Limits:
    """Enough connections for hundreds of streams at once."""
    return httpx.Limits(max_connections=1000, max_keepalive_connections=100)


def timeouts(call: Call) -> httpx.Timeout:
    """The call's time limits as the transport library takes them."""
    limits = [limit for limit in (call.connect_timeout, call.timeout) if limit is not None]
    return httpx.Timeout(call.timeout, connect=min(limits) if limits else None)


def redirect(
    request: httpx.Request, response: httpx.Response, secrets: frozenset[str]
) -> tuple[str, list[tuple[str, str]]] | None:
    """Where to go next and with which headers; None when the response is to be taken as it is.

    Only GET and HEAD are sent on, and credentials never leave their origin.
    """
    location = response.headers.get("location")
    if (
        response.status_code not in (301, 302, 303, 307, 308)
        or request.method not in ("GET", "HEAD")
        or not location
    ):
        return None
    target = str(request.url.join(location))
    keep = same_origin(str(request.url), target)
    headers = [
        (name, value)
        for name, value in request.headers.multi_items()
        if name.lower() != "host" and (keep or name.lower() not in secrets)
    ]
    return target, headers
