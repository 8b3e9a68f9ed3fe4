"""What users choose servers by, and what stands for those of single calls."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from ...diagnostics import Diagnostics
from ..access import Server
from ..model import Api
from ..words import words_of

#: What says nothing of a server that others do not have.
_NOISE = frozenset({"a", "an", "api", "at", "base", "endpoint", "environment", "our", "server", "the", "url"})
#: A description of more words is no name.
_WORDS = 3
_NOTHING: Mapping[str, str] = MappingProxyType({})


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """Give every call with servers of its own the text that stands for them in its descriptor."""
    known: dict[str, tuple[Server, ...]] = {}
    operations = {}
    for id, operation in api.operations.items():
        if operation.servers:
            wish = operation.servers[0].resolved or operation.servers[0].url
            key, number = wish, 2
            while known.setdefault(key, operation.servers) != operation.servers:
                key, number = f"{wish}#{number}", number + 1
            operation = replace(operation, server=key)
        operations[id] = operation
    return replace(api, operations=operations)


def named(servers: tuple[Server, ...], known: Mapping[str, str] = _NOTHING) -> tuple[Server, ...]:
    """The servers, each with a name that no other has: the `known` one of its URL, else its own, else the few words of its
    description (`Production server (live data)` is `production`), else `server-2` for the second."""
    taken = set(known.values())
    out = []
    for at, server in enumerate(servers):
        name = known.get(server.url, "")
        if not name:
            wish = server.name or _described(server) or f"server-{at + 1}"
            name, number = wish, 2
            while name in taken:
                name, number = f"{wish}-{number}", number + 1
        taken.add(name)
        out.append(replace(server, name=name))
    return tuple(out)


def _described(server: Server) -> str:
    said = re.split(r"[.,:;(\n]", server.docs.text)[0].strip()
    words = [word for word in words_of(said) if word not in _NOISE] if said else []
    return "-".join(words).lower() if len(words) <= _WORDS else ""
