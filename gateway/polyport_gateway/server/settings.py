"""The configuration once it has been read and checked: what the supervisor and the workers share."""

from __future__ import annotations

import msgspec

from polyport_gateway.core.provider import ProviderSettings
from polyport_gateway.core.snapshot import Principal, Target


class TlsSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The `server.tls` section: PEM files with the certificate chain and its private key."""

    certificate: str
    key: str


class ServerSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The `server` section. `drain` is the grace for exchanges in flight, `request_timeout` bounds one call;
    seconds."""

    host: str | None = None
    port: int = 8080
    workers: int = 1
    drain: float = 30.0
    request_timeout: float = 600.0
    max_body_bytes: int = 64 * 1024 * 1024
    tries: int = 3
    tls: TlsSettings | None = None


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """A checked configuration, as the supervisor hands it to the workers. `keys` holds SHA-256 hashes, never keys."""

    server: ServerSettings
    keys: dict[str, Principal]
    providers: tuple[ProviderSettings, ...]
    routes: dict[str, tuple[Target, ...]]

    @property
    def engines(self) -> tuple[ProviderSettings, ...]:
        """The providers that need an engine process."""
        return tuple(p for p in self.providers if p.kind == "local")

    def without_engines(self) -> Config:
        """The same configuration with no local provider (`--no-engine`)."""
        providers = tuple(p for p in self.providers if p.kind != "local")
        names = {p.name for p in providers}
        kept = {name: tuple(t for t in targets if t.provider in names) for name, targets in self.routes.items()}
        return msgspec.structs.replace(self, providers=providers, routes={n: t for n, t in kept.items() if t})
