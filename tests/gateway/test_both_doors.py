"""Both doors at once: 200 REST and 200 gRPC streams through two workers, and a SIGTERM in the middle."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from tests.gateway.grpc_support import grpc_client
from tests.gateway.support import MESSAGES, UpstreamThread, one_provider, post, serving, wait_until

STREAMS = 200
BODY = {"model": "stream:40:25", "messages": MESSAGES}
WHOLE = [*map(str, range(40)), None]


async def over_rest(port: int) -> list[str | None]:
    reply = await post(port, {**BODY, "stream": True})
    assert reply.events[-1] == "[DONE]"
    return [json.loads(event)["choices"][0]["delta"].get("content") for event in reply.events[:-1]]


async def over_grpc(port: int) -> list[str | None]:
    async with grpc_client(port) as client:
        events = await client.events("createChatCompletion", {"body": BODY}, timeout=120)
    return [event["choices"][0]["delta"].get("content") for event in events]


async def test_four_hundred_streams_survive_a_sigterm(upstream: UpstreamThread, tmp_path: Path) -> None:
    config = one_provider(upstream.url, "server: {drain: 100}\n")
    with serving(tmp_path, config, "--no-engine", "--workers", "2") as gateway:
        before = upstream.calls
        tasks = [asyncio.create_task(over_rest(gateway.port)) for _ in range(STREAMS)]
        tasks += [asyncio.create_task(over_grpc(gateway.port)) for _ in range(STREAMS)]
        await asyncio.to_thread(wait_until, lambda: upstream.calls == before + 2 * STREAMS, 60)
        ended = asyncio.create_task(asyncio.to_thread(gateway.terminate, 120))
        assert await asyncio.gather(*tasks) == [WHOLE] * (2 * STREAMS)
        assert await ended == 0
