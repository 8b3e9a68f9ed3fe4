"""One immutable picture of the configuration that a call uses from its first byte to its last."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from polyport_gateway.core.provider import Provider


class Principal(msgspec.Struct, frozen=True):
    """Who calls: the name of the configured key (never the key), and the models it may use (None: all)."""

    name: str
    models: frozenset[str] | None = None


#: The caller of a gateway that has no keys configured.
ANONYMOUS = Principal("anonymous")


class Target(msgspec.Struct, frozen=True):
    """One place where a model is served: a provider by name, and the provider's own name for the model."""

    provider: str
    model: str


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """`keys` maps the SHA-256 of a key (hex) to its principal; empty means that callers need none.

    `providers` are live objects in the order of the configuration, `kinds` their kinds. `routes` are the explicitly
    configured models: public name -> targets in the order in which they are tried. `catch_all` names providers that
    take any other model name. `tries` bounds how often one request is sent to a provider, `request_timeout` (seconds)
    all tries together.
    """

    keys: Mapping[str, Principal]
    providers: Mapping[str, Provider]
    kinds: Mapping[str, str]
    routes: Mapping[str, tuple[Target, ...]]
    catch_all: tuple[str, ...] = ()
    tries: int = 3
    request_timeout: float = 600.0
