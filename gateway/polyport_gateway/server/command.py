"""`polyport serve`."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

import msgspec

from polyport_gateway.server.child import say
from polyport_gateway.server.config import from_environment, from_file, is_loopback
from polyport_gateway.server.listener import PortError, listen
from polyport_gateway.server.settings import Config
from polyport_gateway.server.supervisor import Supervisor
from polyport_gateway.server.tls import server_context
from polyport_gateway.server.yaml_file import ConfigError


def main(argv: list[str]) -> int:
    """Run the gateway until a signal ends it. Exit codes: 0 after a drain, 1 when it cannot serve, 2 for wrong
    arguments."""
    arguments = _parser().parse_args(argv)
    try:
        config = configuration(arguments)
        if config.server.tls is not None:
            server_context(config.server.tls)
        host = bind_host(config, arguments.host, no_auth=arguments.no_auth)
        sockets = listen(host, config.server.port, config.server.workers)
    except ConfigError as error:
        say(f"polyport serve: {error}")
        return 2
    except PortError as error:
        say(f"polyport serve: {error}")
        return 1
    port = sockets[0].getsockname()[1]
    shown = "127.0.0.1" if host in ("0.0.0.0", "localhost") else f"[{host}]" if ":" in host else host

    scheme = "https" if config.server.tls is not None else "http"

    async def run() -> int:
        return await Supervisor(config, sockets, f"{scheme}://{shown}:{port}").run()

    return asyncio.run(run())


def configuration(arguments: argparse.Namespace) -> Config:
    """The configuration with the command line's wishes in it. Raises ConfigError."""
    config = from_file(arguments.config) if arguments.config is not None else from_environment()
    if arguments.no_engine:
        config = config.without_engines()
    changes = {name: value for name in ("port", "workers") if (value := getattr(arguments, name)) is not None}
    server = msgspec.structs.replace(config.server, **changes)
    if not 0 <= server.port <= 65535:
        raise ConfigError(f"the port must be between 0 and 65535, not {server.port}")
    if not 1 <= server.workers <= 256:
        raise ConfigError(f"the number of workers must be between 1 and 256, not {server.workers}")
    keys = {} if arguments.no_auth else config.keys
    return msgspec.structs.replace(config, server=server, keys=keys)


def bind_host(config: Config, wanted: str | None, *, no_auth: bool) -> str:
    """The address to listen on. Without keys only this machine may connect. Raises ConfigError for anything else,
    unless `--no-auth` says that it is meant."""
    host = wanted or config.server.host
    if config.keys or no_auth:
        return host or "0.0.0.0"
    if host is not None and not is_loopback(host):
        raise ConfigError(
            f"no keys are configured, so anyone who reaches {host} could call every provider. Configure `keys`, "
            f"listen on 127.0.0.1, or say --no-auth if that is meant"
        )
    return host or "127.0.0.1"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="polyport serve", description="Serve REST and gRPC on one port.")
    parser.add_argument("--host", help="address to listen on (127.0.0.1; all addresses when keys are configured)")
    parser.add_argument("--port", type=int, help="port for REST and gRPC (8080); 0 picks a free one")
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="configuration (YAML); without one, the environment's"
    )
    parser.add_argument("--workers", type=int, metavar="N", help="worker processes (1)")
    parser.add_argument("--no-engine", action="store_true", help="do not run the local model")
    parser.add_argument("--no-auth", action="store_true", help="let anyone call, from anywhere")
    return parser
