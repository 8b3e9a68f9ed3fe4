"""The engine against llama.cpp's server: tokens per second and CPU time per token, same file, same threads, same run.

    pip install xllamacpp        (only this benchmark needs it)
    python bench/engine/compare.py [--threads 2] [--tokens 128] [--rounds 5] [--weights float16]

Each round measures both, one after the other, so that a busy machine disturbs both; the table shows medians over the rounds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from polyport_gateway.engine.client import EngineClient
from polyport_gateway.engine.messages import Chat, Done, Sampling
from polyport_gateway.engine.models.pull import pull
from polyport_gateway.engine.models.store import find

MODEL = "smollm2-135m"
MESSAGES = [{"role": "user", "content": "Write a long story about a fox and a lighthouse."}]
STREAMS = (1, 8)
ENDS = (0, 2)  # SmolLM2's end tokens: never taken here, so that every stream has the same length

LLAMA_SERVER = """
import sys, xllamacpp
threads, slots, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
p = xllamacpp.CommonParams()
p.model.path = path
p.n_parallel = slots
p.n_ctx = slots * 1024
p.cpuparams.n_threads = p.cpuparams_batch.n_threads = threads
p.n_gpu_layers = 0
p.verbosity = -1
server = xllamacpp.Server(p)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True)
class Measure:
    """Tokens per second of wall time, and CPU milliseconds per token."""

    rate: float
    cpu: float


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--tokens", type=int, default=128)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--weights", choices=["float16", "float32"])
    arguments = parser.parse_args()
    pull(MODEL, lambda text: print(text, file=sys.stderr))
    path = find(MODEL).main_file
    with tempfile.TemporaryDirectory() as place:
        socket = Path(place) / "engine.sock"
        engine_command = [
            sys.executable,
            "-m",
            "polyport_gateway.engine",
            "--socket",
            str(socket),
            "--model",
            MODEL,
            "--quiet",
        ]
        engine_command += [
            "--threads",
            str(arguments.threads),
            *(["--weights", arguments.weights] if arguments.weights else []),
        ]
        llama_command = [sys.executable, "-c", LLAMA_SERVER, str(arguments.threads), str(max(STREAMS)), str(path)]
        engine = subprocess.Popen(engine_command)
        llama = subprocess.Popen(
            llama_command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            assert llama.stdout is not None
            url = (await asyncio.to_thread(llama.stdout.readline)).strip()
            client = await EngineClient.connect(socket)
            await client.ready()
            await compare(arguments, engine.pid, client, llama.pid, url)
            await client.close()
        finally:
            engine.terminate()
            llama.kill()
            engine.wait()
            llama.wait()


async def compare(arguments: argparse.Namespace, engine: int, client: EngineClient, llama: int, url: str) -> None:
    async def of_engine() -> int:
        sampling = Sampling(temperature=0, max_tokens=arguments.tokens, logit_bias=dict.fromkeys(ENDS, -100.0))
        async for events in client.chat(Chat(0, MODEL, MESSAGES, sampling=sampling)):
            if isinstance(events[-1], Done):
                return events[-1].completion_tokens
        raise RuntimeError("the engine ended without a count")

    threads = ThreadPoolExecutor(max(STREAMS))

    async def of_llama() -> int:
        return await asyncio.get_running_loop().run_in_executor(threads, llama_answer, url, arguments.tokens)

    found: dict[tuple[str, int], list[Measure]] = {}
    for number in range(arguments.rounds + 1):  # the first one warms both up
        for streams in STREAMS:
            for name, pid, work in (("llama.cpp", llama, of_llama), ("polyport", engine, of_engine)):
                measured = await measure(pid, work, streams)
                print(
                    f"round {number}: {streams} streams, {name}: {measured.rate:.1f} tokens/s",
                    file=sys.stderr,
                    flush=True,
                )
                if number:
                    found.setdefault((name, streams), []).append(measured)
    print(f"{'streams':>7}  {'server':<10} {'tokens/s':>9} {'CPU ms/token':>13}")
    for streams in STREAMS:
        rates = {}
        for name in ("llama.cpp", "polyport"):
            runs = found[name, streams]
            rates[name] = statistics.median(run.rate for run in runs)
            print(f"{streams:>7}  {name:<10} {rates[name]:9.1f} {statistics.median(run.cpu for run in runs):13.2f}")
        ratios = [p.rate / q.rate for p, q in zip(found["polyport", streams], found["llama.cpp", streams], strict=True)]
        print(
            f"{streams:>7}  {'ratio':<10} {statistics.median(ratios):9.2f}   (rounds: {', '.join(f'{r:.2f}' for r in ratios)})"
        )


async def measure(pid: int, work: Callable[[], Awaitable[int]], streams: int) -> Measure:
    begin, cpu = time.perf_counter(), cpu_seconds(pid)
    tokens = sum(await asyncio.gather(*(work() for _ in range(streams))))
    return Measure(tokens / (time.perf_counter() - begin), 1000 * (cpu_seconds(pid) - cpu) / tokens)


def llama_answer(url: str, tokens: int) -> int:
    """One streamed answer, as the engine's are."""
    body = {"messages": MESSAGES, "max_tokens": tokens, "temperature": 0, "ignore_eos": True, "stream": True}
    request = urllib.request.Request(
        f"{url}/v1/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as response:
        timings = [json.loads(line[6:])["timings"] for line in response if b'"timings"' in line]
    return int(timings[-1]["predicted_n"])


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    asyncio.run(main())
