"""Servers in Node: what the runtime is told of them, and the options that choose."""

from __future__ import annotations

from collections.abc import Iterable

from ...ir.access import Server, ServerVariable
from ...ir.model import Api
from ...lower.calls import schemes
from ...lower.layout import layout
from ...lower.servers import Servers, example, variable_env
from .text import WIDTH, data_part, literal

Data = dict[str, object]


def servers_data(servers: Servers) -> Data:
    """The member `servers` of what the runtime is told; nothing where there is nothing to choose."""
    data: Data = {}
    if servers.choices:
        data["choices"] = _listed(servers.choices)
    if servers.own:
        data["own"] = {key: _listed(listed) for key, listed in servers.own.items()}
    return {"servers": data} if data else {}


def _listed(servers: Iterable[Server]) -> list[Data]:
    return [_server(server) for server in servers]


def _server(server: Server) -> Data:
    data: Data = {"name": server.name, "url": server.url}
    if server.variables:
        data["variables"] = {v.name: _variable(v) for v in server.variables}
    return data


def _variable(variable: ServerVariable) -> Data:
    data: Data = {"env": variable_env(variable)}
    if variable.default:
        data["default"] = variable.default
    if variable.enum:
        data["values"] = list(variable.enum)
    return data


def options_type(api: Api, servers: Servers) -> str:
    """`ClientOptions<'appId' | 'secret', 'sandbox', 'region'>`: what editors offer."""
    words = [
        [scheme.id for scheme in schemes(api)],
        [server.name for server in servers.choices],
        [variable.name for variable in servers.variables],
    ]
    while len(words) > 1 and not words[-1]:
        del words[-1]
    unions = [" | ".join(literal(word) for word in found) or "never" for found in words]
    return f"ClientOptions<{', '.join(unions)}>"


def server_sample(servers: Servers, client: str) -> str:
    """A client that is told where to go."""
    name, variable = example(servers)
    options: Data = {"server": name} if name else {}
    if variable is not None:
        options["serverVariables"] = {variable[0]: variable[1]}
    made = f"const client = new {client}("
    return f"{made}{layout(data_part(options), width=WIDTH - 2, column=len(made), indent='  ')});"
