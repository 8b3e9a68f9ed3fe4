"""How the supervisor runs an engine: a process of its own for each provider of kind `local`.

The command is `python -m polyport_gateway.engine.process --socket PATH --status-fd N`, with the provider's settings (a
`ProviderSettings`) as JSON on standard input. The engine binds the unix socket at PATH (in a 0700 directory) and
reports on file descriptor N, one `EngineStatus` as a JSON object per line:

    {"state": "loading", "detail": "smollm2-135m: 40 %"}
    {"state": "ready", "models": ["smollm2-135m"]}
    {"state": "failed", "detail": "..."}              (before it exits with 1)

It ends on SIGTERM, and when N's other end closes: it never outlives its supervisor.
"""

from __future__ import annotations

import sys

import msgspec

from polyport_gateway.core.provider import ProviderSettings


class EngineStatus(msgspec.Struct, frozen=True):
    """One line of an engine's report. `state` is "loading", "ready" or "failed"."""

    state: str
    detail: str = ""
    models: tuple[str, ...] = ()


def command(socket_path: str, status_fd: int) -> list[str]:
    """The argument list that starts an engine."""
    module = "polyport_gateway.engine.process"
    return [sys.executable, "-m", module, "--socket", socket_path, "--status-fd", str(status_fd)]


def standard_input(settings: ProviderSettings) -> bytes:
    """What an engine reads on its standard input."""
    return msgspec.json.encode(settings)
