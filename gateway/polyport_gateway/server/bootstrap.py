"""What the supervisor tells a worker at its start, and what the worker reports back."""

from __future__ import annotations

import msgspec

from polyport_gateway.server.settings import Config


class Bootstrap(msgspec.Struct, frozen=True, kw_only=True):
    """One JSON line on the worker's standard input, which then stays open: its end means that the supervisor is gone.

    `listen_fd` and `status_fd` are inherited file descriptors, `grpc_socket` a path that this worker binds, and
    `engine_sockets` the engines' paths by provider name; `counters` is the directory of the workers' counters.
    """

    number: int
    config: Config
    listen_fd: int
    status_fd: int
    grpc_socket: str
    engine_sockets: dict[str, str]
    counters: str


class WorkerStatus(msgspec.Struct, frozen=True):
    """One JSON line on the status file descriptor. `state` is "listening", "ready" or "failed"."""

    state: str
    detail: str = ""
