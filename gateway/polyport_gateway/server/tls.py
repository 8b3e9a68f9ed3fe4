"""TLS for the port: one context, whose ALPN order decides what a client that could do both gets."""

from __future__ import annotations

import ssl

from polyport_gateway.server.settings import TlsSettings
from polyport_gateway.server.yaml_file import ConfigError


def server_context(settings: TlsSettings) -> ssl.SSLContext:
    """The context for the listening sockets. Raises ConfigError when the files cannot be used.

    Clients that offer both protocols get HTTP/1.1, so REST; gRPC clients offer only h2.
    """
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1", "h2"])
    try:
        context.load_cert_chain(settings.certificate, settings.key)
    except (OSError, ssl.SSLError) as error:
        raise ConfigError(f"server.tls: cannot use {settings.certificate} with {settings.key}: {error}") from None
    return context
