"""The gRPC door: grpc.aio on the worker's unix socket, with the API's calls, health and reflection."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import grpc  # type: ignore[import-untyped]
from google.protobuf.descriptor_pool import DescriptorPool
from grpc_health.v1 import health, health_pb2, health_pb2_grpc  # type: ignore[import-untyped]
from grpc_reflection.v1alpha import reflection, reflection_pb2  # type: ignore[import-untyped]

from polyport_gateway.doors.grpc_calls import GrpcCalls
from polyport_gateway.doors.grpc_config import GrpcConfig
from polyport_gateway.generated.wire import CALLS
from polyport_gateway.generated.wire._descriptors import FILES
from polyport_gateway.generated.wire._messages import load_pool

_SERVING = health_pb2.HealthCheckResponse.SERVING
_NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING

_HEALTH_POLL_SECONDS = 0.25

#: grpc-core's defaults suit a server behind a proxy, not an edge.
_OPTIONS: Final = (
    ("grpc.server_handshake_timeout_ms", 5_000),
    ("grpc.max_concurrent_streams", 1_000),
    ("grpc.max_metadata_size", 32 * 1024),
    ("grpc.absolute_max_metadata_size", 32 * 1024),
    # Clients may ping every 10 s, also while a stream is silent (a model that thinks) or none is open.
    ("grpc.http2.min_ping_interval_without_data_ms", 10_000),
    ("grpc.keepalive_permit_without_calls", 1),
    # A client that vanished is noticed; its calls are cancelled.
    ("grpc.keepalive_time_ms", 60_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    # Long connections come back now and then, so that they spread over workers; grpc-core adds 10 % of jitter.
    ("grpc.max_connection_age_ms", 3_600_000),
    ("grpc.max_connection_age_grace_ms", 600_000),
    ("grpc.so_reuseport", 0),
)


class GrpcDoor:
    """A running door."""

    def __init__(self, server: Any, calls: GrpcCalls, doctor: Health) -> None:
        self._server = server
        self._calls = calls
        self._health = doctor

    async def stop(self, grace: float) -> None:
        """Drain: health says NOT_SERVING, new calls are refused, calls in flight finish within `grace` seconds and are
        then ended with UNAVAILABLE."""
        await self._health.end()
        stopping = asyncio.ensure_future(self._server.stop(grace + 2.0))
        await self._calls.end(grace)
        await stopping  # not cut short: what the last calls wrote is still on its way


class Health(health.aio.HealthServicer):  # type: ignore[misc]
    """grpc.health.v1 for the whole server ("") and each service, from what keeps the gateway from being ready."""

    def __init__(self, config: GrpcConfig, services: list[str]) -> None:
        super().__init__()
        self._config = config
        self._services = ["", *services]
        self._watcher: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Follow the gateway's state."""
        await self._refresh()
        self._watcher = asyncio.get_running_loop().create_task(self._watch())

    async def end(self) -> None:
        """NOT_SERVING from now on; those who watch are told."""
        if self._watcher is not None:
            self._watcher.cancel()
        await self.enter_graceful_shutdown()

    async def Check(self, request: Any, context: Any) -> Any:
        """The state as it is now."""
        await self._refresh()
        return await super().Check(request, context)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_HEALTH_POLL_SECONDS)
            await self._refresh()

    async def _refresh(self) -> None:
        status = _NOT_SERVING if self._config.not_ready() else _SERVING
        for service in self._services:
            await self.set(service, status)


async def start(socket_path: str, services: Mapping[str, object], config: GrpcConfig) -> GrpcDoor:
    """Listen on the unix socket. Raises RuntimeError when that is not possible."""
    options = [
        *_OPTIONS,
        ("grpc.max_receive_message_length", config.max_message_bytes),
        ("grpc.max_send_message_length", -1),
    ]
    server = grpc.aio.server(options=options)
    calls = GrpcCalls(services, config)
    server.add_generic_rpc_handlers(calls.handlers())
    names = list(dict.fromkeys(call.service for call in CALLS))
    doctor = Health(config, names)
    health_pb2_grpc.add_HealthServicer_to_server(doctor, server)
    reflection.enable_server_reflection(
        [*names, health.SERVICE_NAME, reflection.SERVICE_NAME], server, pool=_reflected()
    )
    if not server.add_insecure_port(f"unix:{socket_path}"):
        raise RuntimeError(f"cannot listen on {socket_path}")
    await server.start()
    await doctor.begin()
    return GrpcDoor(server, calls, doctor)


def _reflected() -> DescriptorPool:
    """Everything that reflection shows: the API, health, and reflection itself."""
    pool = load_pool(FILES)
    for module in (health_pb2, reflection_pb2):
        pool.AddSerializedFile(module.DESCRIPTOR.serialized_pb)
    return pool
