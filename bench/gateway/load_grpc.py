"""The load generator's gRPC form: so many connections, one call at a time on each."""

from __future__ import annotations

import asyncio
import json
import time

import grpc.aio  # type: ignore[import-untyped]
from polyport_gateway.generated.wire import CALLS

from bench.gateway.load import PLAIN, Result


async def run(port: int, requests: int, connections: int, *, streaming: bool) -> Result:
    """Call `createChatCompletion` so often; messages are neither decoded nor kept."""
    call = next(c for c in CALLS if c.operation == "createChatCompletion" and c.streaming == streaming)
    message = call.encode_request({"body": json.loads(PLAIN)})
    result = Result()
    remaining = requests
    started = time.perf_counter()

    async def client() -> None:
        nonlocal remaining
        options = [("grpc.use_local_subchannel_pool", 1)]
        async with grpc.aio.insecure_channel(f"127.0.0.1:{port}", options=options) as channel:
            plain, stream = channel.unary_unary(call.path), channel.unary_stream(call.path)
            while remaining > 0:
                remaining -= 1
                sent = time.perf_counter()
                try:
                    if streaming:
                        async for event in stream(message):
                            result.body_bytes += len(event)
                    else:
                        result.body_bytes += len(await plain(message))
                except grpc.aio.AioRpcError:
                    result.failures += 1
                result.latencies.append(time.perf_counter() - sent)

    await asyncio.gather(*(client() for _ in range(connections)))
    result.seconds = time.perf_counter() - started
    return result
