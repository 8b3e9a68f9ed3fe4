"""CPU time per request and per streamed chunk of one gateway worker, beside nginx as a plain proxy and the bare hop; and
of its gRPC door, beside a plain `grpc.aio` server that only sends the same bytes.

    python -m bench.gateway.run [--requests 20000] [--streams 60]

The process under test is pinned to one core; the load generator and the fake upstream share the other. CPU time is the
process's own, user and system, from /proc/PID/stat; the bare hop has no process between, so only its rate and latency.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench.gateway import load, load_grpc
from bench.gateway.upstream import CHUNKS

_TICKS = os.sysconf("SC_CLK_TCK")
_ROOT = Path(__file__).parents[2]


@dataclass
class Row:
    """One line of the table; `cpu` in seconds, None when there is no process to measure."""

    way: str
    what: str
    result: load.Result
    units: int
    cpu: float | None


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=20000)
    parser.add_argument("--streams", type=int, default=60)
    parser.add_argument("--connections", type=int, default=16)
    arguments = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0))
    proxy_core, other_core = cores[0], cores[-1]
    os.sched_setaffinity(0, {other_core})
    rows: list[Row] = []
    with ExitStack() as stack:
        upstream, _ = stack.enter_context(_script("upstream", other_core))
        ways: list[tuple[str, int, int | None]] = [("bare hop", upstream, None)]
        if shutil.which("nginx"):
            ways.append(("nginx", *stack.enter_context(_nginx(upstream, proxy_core))))
        else:
            print("nginx is not here; `apt-get install nginx-light` adds it to the table")
        gateway = stack.enter_context(_gateway(upstream, proxy_core))
        for way, port, pid in [*ways, ("polyport", *gateway)]:
            rows += _measure(way, port, pid, arguments)
        plain = stack.enter_context(_script("plain_grpc", proxy_core))
        for way, (port, process) in (("grpc.aio", plain), ("polyport gRPC", gateway)):
            rows += _measure_grpc(way, port, process, arguments)
    _print(rows)


def _measure(way: str, port: int, pid: int | None, arguments: argparse.Namespace) -> Iterator[Row]:
    connections = arguments.connections
    uvloop.run(load.run(port, load.PLAIN, arguments.requests // 10, connections))
    for what, body, count, units in (
        ("request", load.PLAIN, arguments.requests, 1),
        ("chunk", load.STREAM, arguments.streams, CHUNKS),
    ):
        before = _cpu(pid) if pid is not None else 0.0
        result = uvloop.run(load.run(port, body, count, min(connections, count)))
        cpu = _cpu(pid) - before if pid is not None else None
        yield Row(way, what, result, count * units, cpu)


def _measure_grpc(way: str, port: int, pid: int, arguments: argparse.Namespace) -> Iterator[Row]:
    connections = arguments.connections
    uvloop.run(load_grpc.run(port, arguments.requests // 10, connections, streaming=False))
    for what, count, units in (("request", arguments.requests // 4, 1), ("chunk", arguments.streams // 4, CHUNKS)):
        before = _cpu(pid)
        result = uvloop.run(load_grpc.run(port, count, min(connections, count), streaming=what == "chunk"))
        yield Row(way, what, result, count * units, _cpu(pid) - before)


def _cpu(pid: int) -> float:
    """User and system time of a process in seconds. The kernel counts it in ticks of 10 ms, so runs must be long."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _print(rows: list[Row]) -> None:
    print(f"{'way':14} {'unit':8} {'CPU us/unit':>12} {'units/s':>10} {'p50 ms':>8} {'p99 ms':>8} {'failed':>7}")
    for row in rows:
        cpu = "-" if row.cpu is None else f"{row.cpu / row.units * 1e6:.1f}"
        rate = row.units / row.result.seconds
        p50, p99 = row.result.percentile(0.5) * 1e3, row.result.percentile(0.99) * 1e3
        print(f"{row.way:14} {row.what:8} {cpu:>12} {rate:>10.0f} {p50:>8.2f} {p99:>8.2f} {row.result.failures:>7}")


@contextmanager
def _script(name: str, core: int) -> Iterator[tuple[int, int]]:
    """One of the benchmark's own servers: its port and process id."""
    command = [sys.executable, "-m", f"bench.gateway.{name}"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT)
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline())
        _pin(process.pid, core)
        yield port, process.pid
    finally:
        process.kill()
        process.wait()


@contextmanager
def _nginx(upstream: int, core: int) -> Iterator[tuple[int, int]]:
    port = _free_port()
    with tempfile.TemporaryDirectory() as directory:
        config = Path(directory) / "nginx.conf"
        config.write_text(
            f"""
            daemon off; worker_processes 1; pid {directory}/pid; error_log {directory}/error.log;
            events {{ worker_connections 1024; }}
            http {{
                access_log off; client_body_temp_path {directory}/body; proxy_temp_path {directory}/proxy;
                fastcgi_temp_path {directory}/f; uwsgi_temp_path {directory}/u; scgi_temp_path {directory}/s;
                keepalive_requests 1000000;
                upstream fake {{ server 127.0.0.1:{upstream}; keepalive 64; keepalive_requests 1000000; }}
                server {{
                    listen 127.0.0.1:{port};
                    location / {{
                        proxy_pass http://fake; proxy_http_version 1.1;
                        proxy_set_header Connection ""; proxy_buffering off;
                    }}
                }}
            }}
            """
        )
        process = subprocess.Popen(["nginx", "-p", directory, "-c", str(config)], stderr=subprocess.DEVNULL)
        try:
            _wait_for(port)
            worker = _children(process.pid)[0]
            os.sched_setaffinity(worker, {core})
            yield port, worker
        finally:
            process.terminate()
            process.wait()


@contextmanager
def _gateway(upstream: int, core: int) -> Iterator[tuple[int, int]]:
    port = _free_port()
    with tempfile.TemporaryDirectory() as directory:
        config = Path(directory) / "polyport.yaml"
        url = f"http://127.0.0.1:{upstream}/v1"
        config.write_text(
            f"providers:\n  - {{name: fake, kind: openai, base_url: '{url}', models: [m], proxy: ''}}\n",
            encoding="utf-8",
        )
        code = "import sys; from polyport_gateway.server.command import main; sys.exit(main(sys.argv[1:]))"
        arguments = ["--port", str(port), "--config", str(config)]
        process = subprocess.Popen([sys.executable, "-c", code, *arguments], stderr=subprocess.PIPE, text=True)
        try:
            assert process.stderr is not None
            for line in process.stderr:
                if line.startswith("Ready"):
                    break
            worker = _children(process.pid)[0]
            _pin(worker, core)
            yield port, worker
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def _pin(pid: int, core: int) -> None:
    for thread in os.listdir(f"/proc/{pid}/task"):
        os.sched_setaffinity(int(thread), {core})


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError(f"nothing listens on port {port}")


if __name__ == "__main__":
    main()
