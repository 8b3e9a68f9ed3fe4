"""Pages that answers link to: where the link is, and the call that follows it. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

from .encoding import same_origin
from .errors import APIDecodingError
from .headers import merged
from .logs import shown_url
from .operation import Call
from .sentinels import NOT_GIVEN
from .servers import joined


def next_link(header: str) -> str | None:
    """The target of `rel="next"` in a `Link` header (RFC 8288, section 3); None without one."""
    for target, params in _links(header):
        if "next" in params.get("rel", "").lower().split() and "anchor" not in params:
            return target
    return None


def linked(call: Call, link: Any) -> Call:
    """The call for the page that the answer to `call` links to.

    The link is resolved against the URL of the call (RFC 3986, section 5) and fetched as it is: GET,
    with the headers of the call, and with its credentials, since no other origin is ever asked.

    Raises:
        APIDecodingError: for a link that is no URL, that leads to another origin, or that was
            followed before.
    """
    if not isinstance(link, str):
        raise _no_page(call, json.dumps(link), "is no text")
    here = call.links[-1] if call.links else joined(call.base_url, call.path)
    try:
        target = urljoin(here, link)
        same = same_origin(here, target)
    except ValueError as error:
        raise _no_page(call, link, "is no URL") from error
    if not same:
        origin = urlunsplit((*urlsplit(here)[:2], "", "", ""))
        raise _no_page(call, link, f"leads away from {origin}; it is not followed")
    parts = urlsplit(target)
    path = parts.path or "/"
    target = urlunsplit((*urlsplit(here)[:2], path, parts.query, ""))
    if target in call.links:
        raise _no_page(call, link, "was followed before: the pages go round in a circle")
    return replace(
        call,
        operation=replace(call.operation, method="GET", body=None),
        path=path,
        arguments={
            place: members
            for place, members in call.arguments.items()
            if place in ("header", "cookie")
        },
        body=NOT_GIVEN,
        headers=merged(call.headers, {"Idempotency-Key": None}),
        extra_query={},
        attempt=0,
        links=(*call.links, target),
    )


def linked_query(call: Call) -> frozenset[str]:
    """The names of the query members that the link has which the call follows."""
    query = urlsplit(call.links[-1]).query if call.links else ""
    return frozenset(name for name, _ in parse_qsl(query, keep_blank_values=True))


def _no_page(call: Call, link: str, what: str) -> APIDecodingError:
    return APIDecodingError(
        f"the link to the next page {what}: {shown_url(link)}",
        raw=link.encode(),
        method=call.method,
        path=call.path,
    )


def _links(header: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The links of a header, each with its parameters by their names in lower case."""
    at = 0
    while (start := header.find("<", at)) >= 0 and (end := header.find(">", start)) >= 0:
        pieces, quoted, at = [""], False, end + 1
        while at < len(header) and (quoted or header[at] != ","):
            char = header[at]
            if quoted and char == "\\":
                at += 1
                pieces[-1] += header[at : at + 1]
            elif char == '"':
                quoted = not quoted
            elif char == ";" and not quoted:
                pieces.append("")
            else:
                pieces[-1] += char
            at += 1
        params: dict[str, str] = {}
        for piece in pieces:
            name, _, value = piece.partition("=")
            params.setdefault(name.strip().lower(), value.strip())
        yield header[start + 1 : end], params
