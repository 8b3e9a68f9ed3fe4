#!/usr/bin/env python3
"""Plays the vectors: `python3 tests/vectors/server.py --port 0` prints `listening on http://127.0.0.1:PORT`.

A vector NAME is played for one run RUN (any unique word of the caller's) under `http://127.0.0.1:PORT/NAME/RUN`. Every
request there takes the next exchange of the vector. `GET /_vectors` lists all vectors; `GET /_report/NAME/RUN` says
what the server saw. README.md describes the vectors. Needs only the standard library.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from player.match import differences
from player.play import ConnectionOver, play, reply_bytes
from player.request import MAX_HEAD, Request, read_request

CASES = Path(os.environ.get("VECTORS_CASES") or Path(__file__).parent / "cases")
#: How long a report waits for exchanges that are still being played, in seconds.
REPORT_PATIENCE = 2.0
#: How much earlier than `after_ms` a request may come: timers of clients are not exact.
TIMER_SLACK = 0.01

#: The answer to a request for which a vector has no exchange left.
TOO_MANY = {"status": 599, "json": {"error": {"type": "vector", "message": "one request too many"}}}

Json = dict[str, Any]


def load_vectors(folder: Path) -> dict[str, Json]:
    """All vectors of a folder's files by name, in the order of the file names. Raises ValueError for a double name."""
    vectors: dict[str, Json] = {}
    for file in sorted(folder.glob("*.json")):
        for vector in json.loads(file.read_text(encoding="utf-8")):
            if vector["name"] in vectors:
                raise ValueError(f"{file.name}: there are two vectors named {vector['name']!r}")
            vectors[vector["name"]] = vector
    return vectors


@dataclass
class Run:
    """What the server saw of one run of one vector."""

    vector: Json
    requests: int = 0
    client_closed: bool = False
    problems: list[str] = field(default_factory=list)
    previous: Request | None = None
    answered_at: float = 0.0
    playing: int = 0
    idle: asyncio.Condition = field(default_factory=asyncio.Condition)

    def take(self, request: Request) -> list[Json]:
        """Counts and judges a request; the steps of its answer."""
        number = self.requests
        self.requests += 1
        exchanges: list[Json] = self.vector["exchanges"]
        if number >= len(exchanges):
            self.problems.append(f"request {number + 1}: only {len(exchanges)} expected")
            return [{"reply": TOO_MANY}]
        expect = exchanges[number].get("expect", {})
        found = differences(expect, request, self.previous)
        waited = time.monotonic() - self.answered_at
        if waited < expect.get("after_ms", 0) / 1000 - TIMER_SLACK:
            found.append(f"came {waited * 1000:.0f} ms after the answer before, expected at least {expect['after_ms']}")
        self.problems += [f"request {number + 1}: {problem}" for problem in found]
        self.previous = request
        steps: list[Json] = exchanges[number]["respond"]
        return steps


class Server:
    """The vectors, their runs, and the two ports (two origins) at which they are played."""

    def __init__(self, vectors: dict[str, Json]) -> None:
        self.vectors = vectors
        self.runs: dict[tuple[str, str], Run] = {}
        self.ports: tuple[int, int] = (0, 0)

    async def start(self, port: int) -> list[asyncio.Server]:
        """Listens at `port` (0: any) and at any second port of the loopback address."""
        servers = [await asyncio.start_server(self.connection, "127.0.0.1", at, limit=MAX_HEAD) for at in (port, 0)]
        first, second = (server.sockets[0].getsockname()[1] for server in servers)
        self.ports = (first, second)
        return servers

    async def connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves the requests of one connection one after the other."""
        try:
            while request := await read_request(reader):
                await self.answer(request, reader, writer)
        except (ConnectionOver, ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        except ValueError as problem:
            print(f"not HTTP/1.1: {problem}", file=sys.stderr)
        finally:
            writer.close()

    async def answer(self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answers one request: a question about vectors and runs, or the next exchange of a run."""
        first, _, rest = request.path[1:].partition("/")
        name, _, run_id = rest.partition("/")
        if first == "_vectors":
            await self.say(writer, request, 200, list(self.vectors.values()))
        elif first == "_report" and (name, run_id) in self.runs:
            await self.say(writer, request, 200, await self.report(self.runs[name, run_id]))
        elif first == "_report" and name in self.vectors:
            await self.say(writer, request, 200, {"requests": 0, "client_closed": False, "problems": []})
        elif first in self.vectors:
            run_id = rest.partition("/")[0]
            run = self.runs.setdefault((first, run_id), Run(self.vectors[first]))
            prefix = f"/{first}/{run_id}"
            await self.exchange(run, prefix, request.stripped(prefix), reader, writer)
        else:
            await self.say(writer, request, 404, {"error": {"type": "vector", "message": f"no vector {first!r}"}})

    async def exchange(
        self, run: Run, prefix: str, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Plays the next exchange of a run."""

        def expand(text: str) -> str:
            base, other = (f"http://127.0.0.1:{port}{prefix}" for port in self.ports)
            return text.replace("{base}", base).replace("{other}", other).replace("{path}", prefix)

        run.playing += 1
        try:
            await play(run.take(request), request, reader, writer, expand)
        except ConnectionOver as over:
            run.client_closed |= over.by_client
            raise
        finally:
            run.answered_at = time.monotonic()
            run.playing -= 1
            async with run.idle:
                run.idle.notify_all()

    async def report(self, run: Run) -> Json:
        """What was seen, as soon as nothing is being played any more."""
        async with run.idle:
            try:
                await asyncio.wait_for(run.idle.wait_for(lambda: run.playing == 0), REPORT_PATIENCE)
            except TimeoutError:
                run.problems.append(f"{run.playing} exchanges still being played after {REPORT_PATIENCE} s")
        return {"requests": run.requests, "client_closed": run.client_closed, "problems": run.problems}

    async def say(self, writer: asyncio.StreamWriter, request: Request, status: int, value: Any) -> None:
        """Answers with JSON."""
        writer.write(reply_bytes({"status": status, "json": value}, request, str))
        await writer.drain()


async def serve(port: int, folder: Path) -> None:
    """Serves until cancelled, and says where."""
    server = Server(load_vectors(folder))
    listening = await server.start(port)
    print(f"listening on http://127.0.0.1:{server.ports[0]}", flush=True)
    await asyncio.gather(*(each.serve_forever() for each in listening))


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--cases", type=Path, default=CASES, help="the folder with the vectors (or VECTORS_CASES)")
    options = parser.parse_args()
    try:
        asyncio.run(serve(options.port, options.cases))
    except KeyboardInterrupt:
        return 0
    except (OSError, ValueError, KeyError) as problem:
        print(f"cannot serve: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
