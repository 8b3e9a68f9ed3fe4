"""Servers: where the calls of a document, a path or an operation go."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Origin
from ..ir.access import Server, ServerVariable
from ..ir.types import Docs
from ..values import Json
from .html import prose
from .members import check_members
from .objects import Objects
from .views import items_of, text

#: What a document calls a server: OpenAPI 3.2, Speakeasy, Fern.
NAMES = ("name", "x-speakeasy-server-id", "x-fern-server-name")


def servers(objects: Objects, node: dict[str, Json], origin: Origin) -> tuple[Server, ...]:
    """The servers that an object lists, in its order, with what is odd about them reported."""
    return tuple(_servers(objects, node, origin))


def _servers(objects: Objects, node: dict[str, Json], origin: Origin) -> Iterator[Server]:
    for said, place in objects.listed(node, origin, "servers"):
        found = objects.at(said, place, "server")
        if found is None:
            continue
        value, where = found
        check_members(value, where, "a server", objects.diagnostics)
        url = text(value.get("url")).strip()
        if not isinstance(value.get("url", ""), str):
            objects.malformed("the url of a server", value["url"], where.child("url"), "a text")
            continue
        if not url:
            objects.diagnostics.warn("malformed", "a server has no url: it is read as '/'", where, "Give it `url:`.")
            url = "/"
        if url.lower().startswith(("ws:", "wss:")):
            objects.diagnostics.warn(
                "websocket",
                f"the server {url!r} speaks WebSocket, which clients do not: it is left out",
                where,
                "Give an https: URL.",
            )
            continue
        bare = re.split(r"[?#]", url)[0]
        if bare != url:
            objects.diagnostics.warn(
                "malformed",
                f"the server {url!r} has a query or a fragment: it is read as {bare or '/'!r}",
                where.child("url"),
                "Describe what it asks for as parameters; paths are put behind a server's URL.",
            )
            url = bare or "/"
        if url.startswith("//"):
            objects.diagnostics.note(
                "server-relative",
                f"the server {url!r} has the scheme of the address that the document came from: https is taken",
                where.child("url"),
                "Write it out: https://...",
            )
            url = f"https:{url}"
        variables = tuple(_variables(objects, url, value, where))
        name = next((said for key in NAMES if (said := text(value.get(key)).strip())), "")
        yield Server(url, variables, Docs(description=prose(value.get("description"))), name)


def _variables(objects: Objects, url: str, node: dict[str, Json], origin: Origin) -> Iterator[ServerVariable]:
    said = {name: (entry, place) for name, entry, place in objects.mapping(node, origin, "variables")}
    for name in dict.fromkeys(re.findall(r"\{([^{}]+)\}", url)):
        entry, place = said.get(name, (None, origin))
        value = entry if isinstance(entry, dict) else {}
        enum = tuple(str(v) for v in items_of(value.get("enum")) if isinstance(v, str | int | float))
        default = value.get("default")
        first = str(default) if isinstance(default, str | int | float) else enum[0] if enum else ""
        if not isinstance(default, str):
            objects.diagnostics.warn(
                "server-variable",
                f"the variable {name!r} of the server {url!r} has no default that is a text",
                place,
                f"{first!r} is used." if first else "Clients must be told it, or a base URL.",
            )
        yield ServerVariable(name, first, enum, Docs(description=prose(value.get("description"))))


def report_relative(objects: Objects, found: tuple[Server, ...], origin: Origin) -> None:
    """Say it when a document names no server that a client could call by itself."""
    if found and not any(s.resolved and not s.is_relative for s in found):
        objects.diagnostics.note(
            "server-relative",
            f"the server {found[0].url!r} says nothing without the address that the document came from",
            origin.child("servers", 0),
            "Set base_url in the configuration, or let every client be given a base URL.",
        )
