"""What users may choose of where calls go: servers by name, and the variables in their URLs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..ir.access import Server, ServerVariable
from ..ir.model import Api
from .outline import first_paragraph


@dataclass(frozen=True, slots=True)
class Servers:
    """All that clients are told of an API's servers.

    Attributes:
        choices: The servers of the API, of which users choose one, the one without a choice first; none where there is
            nothing to choose.
        own: What calls have as servers of their own, by `Operation.server`; what is not in here is one URL, that text.
    """

    choices: tuple[Server, ...]
    own: Mapping[str, tuple[Server, ...]]

    @property
    def variables(self) -> tuple[ServerVariable, ...]:
        """All variables that users may choose, each once."""
        listed = [s for servers in (self.choices, *self.own.values()) for s in servers]
        names = dict.fromkeys(v.name for s in listed for v in s.variables)
        first = {v.name: v for s in reversed(listed) for v in reversed(s.variables)}
        return tuple(first[name] for name in names)


def choices(servers: tuple[Server, ...]) -> tuple[Server, ...]:
    """The servers that users may choose: those that mean something by themselves, if there is anything to choose."""
    first = {s.url: s for s in reversed(servers) if not s.is_relative}
    found = tuple(reversed(first.values()))
    return found if len(found) > 1 or any(s.variables for s in found) else ()


def servers_of(api: Api, base_url: str) -> Servers:
    """What clients are told whose default base URL is this one; of the API's own servers nothing, when it is none of them."""
    found = choices(api.servers)
    default = next((s for s in found if s.resolved == base_url), found[0] if found and not base_url else None)
    offered = (default, *(s for s in found if s is not default)) if default is not None else ()
    names = {s.name for s in offered}
    own = {
        o.server: o.servers
        for o in api.operations.values()
        if o.server is not None
        and (o.server not in (o.servers[0].resolved, o.servers[0].url) or _is_choice(o.servers, names))
    }
    return Servers(offered, own)


def _is_choice(servers: tuple[Server, ...], names: set[str]) -> bool:
    return any(s.variables for s in servers) or not names.isdisjoint(s.name for s in servers[1:])


def variable_env(variable: ServerVariable) -> str:
    """The end of the environment variable's name for a server variable: `SERVER_REGION`."""
    return "SERVER_" + (re.sub(r"[^A-Z0-9]+", "_", variable.name.upper()).strip("_") or "VARIABLE")


def example(servers: Servers) -> tuple[str, tuple[str, str] | None]:
    """What a sample may choose, other than what counts without a choice: a server's name, and a variable with a value.

    Either may be empty.
    """
    second = servers.choices[1].name if len(servers.choices) > 1 else ""
    first = servers.choices[0].name if servers.choices else ""
    name, found = second, _reached(servers, second or first)
    if not found:
        name, found = "", _reached(servers, first)
    if not found:
        return second, None
    variable = max(found, key=lambda v: len(v.enum) > 1)
    return name, (variable.name, next((v for v in variable.enum if v != variable.default), variable.default or "..."))


def _reached(servers: Servers, name: str) -> list[ServerVariable]:
    chosen = [s for s in servers.choices if s.name == name]
    own = (next((s for s in listed if s.name == name), listed[0]) for listed in servers.own.values())
    return [v for s in (*chosen, *own) for v in s.variables]


def told(servers: Servers, prefix: str, server: str, variables: str) -> str:
    """What users read of it, as paragraphs of Markdown; empty where there is nothing to choose.

    `server` and `variables` are what a client's settings are called.
    """
    parts = []
    if len(servers.choices) > 1:
        parts.append(
            f"`{server}` (or `{prefix}_SERVER`) chooses where calls go; without it that is the first of these:"
        )
        parts.append("\n".join(_line(choice) for choice in servers.choices))
    if servers.variables:
        parts.append(f"`{variables}` gives values to the variables in servers' URLs, as environment variables do:")
        parts.append("\n".join(_variable(variable, prefix) for variable in servers.variables))
    return "\n\n".join(parts)


def _line(server: Server) -> str:
    said = first_paragraph(server.docs).rstrip(".")
    said = "" if said.casefold() == server.name.casefold() else said
    return f"- `{server.name}`: `{server.url}`{f' ({said})' if said else ''}"


def _variable(variable: ServerVariable, prefix: str) -> str:
    default = f"`{variable.default}` without it" if variable.default else "required"
    enum = f", one of {', '.join(f'`{v}`' for v in variable.enum)}" if variable.enum else ""
    said = first_paragraph(variable.docs).rstrip(".")
    return f"- `{variable.name}` (`{prefix}_{variable_env(variable)}`; {default}{enum}){f': {said}' if said else ''}"
