"""Where calls go: the server that was chosen, with its variables filled in. Pure but for the environment that it reads."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin


@dataclass(frozen=True)
class Variable:
    """A part of a server's URL that users may choose. `env` is the end of its environment variable's name."""

    env: str
    default: str = ""
    #: All values that are allowed; empty: any.
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Server:
    """A documented server: what it is chosen by, and its URL with `{variables}`."""

    name: str
    url: str
    variables: Mapping[str, Variable] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """What was chosen: the server's name (empty: a base URL was given), and values of variables."""

    name: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Servers:
    """What the API's document tells: the servers to choose from, the first one without a choice, and those of single
    calls, by what the calls name as theirs."""

    choices: tuple[Server, ...] = ()
    own: Mapping[str, tuple[Server, ...]] = field(default_factory=dict)


def choose(
    servers: Servers,
    env_prefix: str,
    *,
    base_url: str | None,
    server: str | None,
    variables: Mapping[str, str] | None,
) -> tuple[str | None, Choice]:
    """The URL that stands in for the API's own base URL, if any was given, and what was chosen of the servers.

    Arguments come before the environment, in which `<PREFIX>_BASE_URL` comes before the rest.

    Raises:
        ValueError: for a server or a variable that there is not, for a value that is not allowed, and for a base URL beside
            a choice that it makes void.
    """
    given = dict(variables or {})
    if base_url and server:
        raise ValueError("give either base_url or server, not both")
    if not base_url and not server and not given:
        base_url = os.environ.get(f"{env_prefix}_BASE_URL")
    if base_url:  # stands in for all servers but those that are relative to it
        chosen = None
        reached = [one for one in _own(servers, "") if "://" not in one.url]
    else:
        chosen = _named(servers.choices, server, env_prefix)
        reached = [*([chosen] if chosen else []), *_own(servers, chosen.name if chosen else "")]
    for name in given:
        if not any(name in one.variables for one in reached):
            everywhere = (*servers.choices, *_own(servers, ""))
            if base_url and any(name in one.variables for one in everywhere):
                raise ValueError(f"give either base_url or server_variables for {name!r}, not both")
            raise ValueError(f"server_variables: {name!r} is no variable of {_variables(reached)}")
    values: dict[str, str] = {}
    for name in dict.fromkeys(name for one in reached for name in one.variables):
        known = [(one, one.variables[name]) for one in reached if name in one.variables]
        source = f"{env_prefix}_{known[0][1].env}"
        value = given.get(name) or os.environ.get(source)
        if not value:
            continue
        strict = known[:1] if known[0][0] is chosen else known
        if not any(_allows(variable, value) for _, variable in strict):
            allowed = dict.fromkeys(v for _, variable in strict for v in variable.values)
            raise ValueError(
                f"{f'server_variables: {name}' if given.get(name) else source} must be one of {', '.join(allowed)}"
                f" in {strict[0][0].url!r}, not {value!r}"
            )
        values[name] = value
    return base_url, Choice(chosen.name if chosen else "", values)


def chosen_url(servers: Servers, choice: Choice, env_prefix: str) -> str | None:
    """The URL of the chosen server; None where there is nothing to choose.

    Raises:
        ValueError: for a variable without a value.
    """
    found = next((one for one in servers.choices if one.name == choice.name), None)
    return None if found is None else filled(found, choice.values, env_prefix)


def own_url(servers: Servers, choice: Choice, env_prefix: str, own: str) -> str:
    """The URL of a call's own server: of several the one with the chosen name, else the first."""
    listed = servers.own.get(own)
    if listed is None:
        return own
    return filled(_of(listed, choice.name), choice.values, env_prefix)


def filled(server: Server, values: Mapping[str, str], env_prefix: str) -> str:
    """The server's URL with these values in it, and defaults where there is none."""

    def value(slot: re.Match[str]) -> str:
        variable = server.variables.get(slot[1])
        if variable is None:
            return slot[0]
        found = values.get(slot[1]) or variable.default
        if not found or (slot[1] in values and not _allows(variable, found)):
            allowed = f" (one of {', '.join(variable.values)})" if variable.values else ""
            raise ValueError(
                f"the server {server.url!r} needs {slot[1]!r}{allowed}{f', not {found!r}' if found else ''}:"
                f" give it in server_variables or set {env_prefix}_{variable.env}"
            )
        return found

    return re.sub(r"\{([^{}]+)\}", value, server.url)


def resolved(base_url: str, server: str) -> str:
    """A server that is relative to the base URL, as a folder (RFC 3986, section 5.2); the query of that stays."""
    path, mark, query = base_url.partition("?")
    return urljoin(f"{path.rstrip('/')}/", server).rstrip("/") + mark + query


def joined(base_url: str, path: str) -> str:
    """A path behind the base URL, whose own query stays behind it."""
    base, mark, query = base_url.partition("?")
    return base.rstrip("/") + path + mark + query


def _named(choices: tuple[Server, ...], server: str | None, env_prefix: str) -> Server | None:
    wanted = server or (os.environ.get(f"{env_prefix}_SERVER") if choices else None)
    if not wanted:
        return choices[0] if choices else None
    found = next((one for one in choices if one.name == wanted), None)
    if found is None:
        known = ", ".join(repr(one.name) for one in choices) or "none to choose"
        source = "server" if server else f"{env_prefix}_SERVER"
        raise ValueError(f"{source}: {wanted!r} is no server of the API; it has {known}")
    return found


def _of(listed: tuple[Server, ...], name: str) -> Server:
    return next((one for one in listed if one.name == name), listed[0])


def _own(servers: Servers, name: str) -> list[Server]:
    """The servers of single calls that count beside the one with this name."""
    return [_of(listed, name) for listed in servers.own.values()]


def _allows(variable: Variable, value: str) -> bool:
    return not variable.values or value in variable.values


def _variables(reached: Iterable[Server]) -> str:
    told = [f"{one.url!r} (it has {', '.join(one.variables)})" for one in reached if one.variables]
    return ", or of ".join(dict.fromkeys(told)) or "the API's servers; they have none"
