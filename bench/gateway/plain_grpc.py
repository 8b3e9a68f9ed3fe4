"""The peer of the gateway's gRPC door: a plain `grpc.aio` server whose answers are made once. It has no upstream at all."""

from __future__ import annotations

import argparse
import asyncio
import json
from typing import Any

import grpc.aio  # type: ignore[import-untyped]
import uvloop
from polyport_gateway.generated.wire import CALLS

from bench.gateway.upstream import ANSWER, CHUNK, CHUNKS

CHAT = "createChatCompletion"


async def _main(port: int) -> None:
    plain, streaming = (next(c for c in CALLS if c.operation == CHAT and c.streaming == s) for s in (False, True))
    answer = plain.encode_response(json.loads(json.dumps(ANSWER)))
    event = streaming.encode_response(json.loads(json.dumps(CHUNK)))

    async def unary(request: bytes, context: Any) -> bytes:
        return answer

    async def stream(request: bytes, context: Any) -> None:
        for _ in range(CHUNKS):
            await context.write(event)

    server = grpc.aio.server()
    methods = {
        plain.method: grpc.unary_unary_rpc_method_handler(unary),
        streaming.method: grpc.unary_stream_rpc_method_handler(stream),
    }
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(plain.service, methods),))
    bound = server.add_insecure_port(f"127.0.0.1:{port}")
    await server.start()
    print(bound, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Run the plain grpc.aio server of the gateway's benchmark.")
    parser.add_argument("--port", type=int, default=0)
    uvloop.run(_main(parser.parse_args().port))
