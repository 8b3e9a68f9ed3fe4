"""Servers in Kotlin: what the runtime is told of them."""

from __future__ import annotations

from collections.abc import Iterable

from ...ir.access import Server, ServerVariable
from ...lower.layout import Group, Joined, Part, layout
from ...lower.servers import Servers, example, variable_env
from .naming import literal
from .prose import WIDTH
from .source import Source


def servers_expression(source: Source, servers: Servers) -> str:
    """`Servers(...)`; empty where there is nothing to choose."""
    items: list[Part] = []
    if servers.choices:
        items.append(Joined(("choices = ", _listed(source, servers.choices))))
    if servers.own:
        own = [Joined((f"{literal(key)} to ", _listed(source, listed))) for key, listed in servers.own.items()]
        items.append(Joined(("own = ", Group("mapOf(", own, ")"))))
    if not items:
        return ""
    # ktlint wants an argument a line where one of them takes several
    return layout(Group(f"{source.core('Servers')}(", items, ")", broken=True), width=WIDTH, column=30, level=5)


def _listed(source: Source, servers: Iterable[Server]) -> Part:
    return Group("listOf(", [_server(source, server) for server in servers], ")")


def _server(source: Source, server: Server) -> Part:
    items: list[Part] = [literal(server.name), literal(server.url)]
    if server.variables:
        variables = [Joined((f"{literal(v.name)} to ", _variable(source, v))) for v in server.variables]
        items.append(Group("mapOf(", variables, ")"))
    return Group(f"{source.core('ServerInfo')}(", items, ")")


def _variable(source: Source, variable: ServerVariable) -> Part:
    items: list[Part] = [literal(variable_env(variable))]
    if variable.default or variable.enum:
        items.append(literal(variable.default))
    if variable.enum:
        items.append(Group("listOf(", [literal(value) for value in variable.enum], ")"))
    return Group(f"{source.core('ServerVariable')}(", items, ")")


def server_sample(servers: Servers, client: str) -> str:
    """A client that is told where to go."""
    name, variable = example(servers)
    lines = [f"    serverName = {literal(name)}"] if name else []
    if variable is not None:
        lines.append(f"    serverVariables = mapOf({literal(variable[0])} to {literal(variable[1])})")
    return "\n".join([f"{client} {{", *lines, "}"])
