"""Servers in Swift: what the runtime is told of them."""

from __future__ import annotations

from collections.abc import Iterable

from ...ir.access import Server, ServerVariable
from ...lower.layout import Group, Joined, Part, layout
from ...lower.servers import Servers, example, variable_env
from .naming import literal
from .prose import WIDTH


def servers_expression(servers: Servers, prefix: str) -> str:
    """`APIServers([...], own: [...])`; empty where there is nothing to choose."""
    items: list[Part] = []
    if servers.choices:
        items.append(_listed(servers.choices, prefix))
    if servers.own:
        own = [Joined((f"{literal(key)}: ", _listed(listed, prefix))) for key, listed in servers.own.items()]
        items.append(Joined(("own: ", Group("[", own, "]", trailing=False))))
    if not items:
        return ""
    return layout(Group("APIServers(", items, ")", trailing=False), width=WIDTH - 1, column=17, level=2)


def _listed(servers: Iterable[Server], prefix: str) -> Part:
    return Group("[", [_server(server, prefix) for server in servers], "]", trailing=False)


def _server(server: Server, prefix: str) -> Part:
    items: list[Part] = [literal(server.name), literal(server.url)]
    if server.variables:
        variables = [Joined((f"{literal(v.name)}: ", _variable(v, prefix))) for v in server.variables]
        items.append(Joined(("variables: ", Group("[", variables, "]", trailing=False))))
    return Group("APIServer(", items, ")", trailing=False)


def _variable(variable: ServerVariable, prefix: str) -> Part:
    items: list[Part] = [literal(f"{prefix}_{variable_env(variable)}")]
    if variable.default:
        items.append(f"default: {literal(variable.default)}")
    if variable.enum:
        values = Group("[", [literal(value) for value in variable.enum], "]", trailing=False)
        items.append(Joined(("values: ", values)))
    return Group("APIServerVariable(", items, ")", trailing=False)


def server_sample(servers: Servers, client: str) -> str:
    """A client that is told where to go."""
    name, variable = example(servers)
    items: list[Part] = [f"server: {literal(name)}"] if name else []
    if variable is not None:
        items.append(f"serverVariables: [{literal(variable[0])}: {literal(variable[1])}]")
    return layout(Group(f"{client}(", items, ")", trailing=False), width=WIDTH - 12)
