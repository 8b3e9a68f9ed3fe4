"""Servers in generated Python: what the runtime is told of them, and what users read."""

from __future__ import annotations

from collections.abc import Iterable

from ...ir.access import Server, ServerVariable
from ...lower.layout import Group, Joined, Part, layout
from ...lower.servers import Servers, example, variable_env
from .writer import quoted, tuple_of, tuple_of_texts


def servers_argument(servers: Servers) -> str:
    """The line `servers=Servers(...),` of `INFO`; empty where there is nothing to choose."""
    items: list[Part] = []
    if servers.choices:
        items.append(_listed(servers.choices))
    if servers.own:
        own = [Joined((f"{quoted(key)}: ", _listed(listed))) for key, listed in servers.own.items()]
        items.append(Joined(("own=", Group("{", own, "}"))))
    if not items:
        return ""
    return "    " + layout(Joined(("servers=", Group("Servers(", items, ")"), ",")), column=4, level=1)


def _listed(servers: Iterable[Server]) -> Part:
    return tuple_of(_server(server) for server in servers)


def _server(server: Server) -> Part:
    items: list[Part] = [quoted(server.name), quoted(server.url)]
    if server.variables:
        variables = [Joined((f"{quoted(v.name)}: ", _variable(v))) for v in server.variables]
        items.append(Group("{", variables, "}"))
    return Group("Server(", items, ")")


def _variable(variable: ServerVariable) -> Part:
    items: list[Part] = [quoted(variable_env(variable))]
    if variable.default or variable.enum:
        items.append(quoted(variable.default))
    if variable.enum:
        items.append(tuple_of_texts(variable.enum))
    return Group("Variable(", items, ")")


def sample(servers: Servers, client: str) -> str:
    """A client that is told where to go: `Acme(server="sandbox", server_variables={"region": "us"})`."""
    name, variable = example(servers)
    items: list[Part] = [f"server={quoted(name)}"] if name else []
    if variable is not None:
        items.append(f"server_variables={{{quoted(variable[0])}: {quoted(variable[1])}}}")
    return layout(Group(f"{client}(", items, ")"))
