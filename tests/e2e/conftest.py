"""A gateway with the real local models, run as its user would run it, and which languages there are to call it from."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
POLYPORT = ROOT / ".venv/bin/polyport"


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(base_url: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 120) -> None:
    """Wait for /readyz; fail with the gateway's own words when it ends or takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"the gateway ended with {process.returncode}:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(f"{base_url}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.1)
    pytest.fail(f"not ready after {seconds} s:\n{log.read_text()}")


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL of a running gateway with the local chat and embedding models."""
    pulled = subprocess.run(
        [POLYPORT, "model", "pull", "smollm2-135m", "all-minilm-l6-v2"], check=False, capture_output=True, text=True
    )
    assert pulled.returncode == 0, pulled.stderr
    port = free_port()
    log = tmp_path_factory.mktemp("gateway") / "log.txt"
    with log.open("wb") as out:
        process = subprocess.Popen([POLYPORT, "serve", "--port", str(port)], stdout=out, stderr=out, cwd=ROOT)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(url, process, log)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            pytest.fail(f"the gateway did not drain:\n{log.read_text()}")
    assert code == 0, log.read_text()


@pytest.fixture
def environment(base_url: str) -> dict[str, str]:
    """The environment of a user's program: where the gateway is, and this checkout's Python first on the path."""
    path = f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "POLYPORT_BASE_URL": base_url, "PATH": path, "PYTHONDONTWRITEBYTECODE": "1"}


def run(*command: str | Path, cwd: Path, env: dict[str, str], timeout: float = 300) -> str:
    """Run a program and give its output; a failure shows everything it printed."""
    done = subprocess.run(
        [str(c) for c in command], cwd=cwd, env=env, capture_output=True, text=True, timeout=timeout, check=False
    )
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def tool(name: str) -> str:
    """A program that must be there: a missing toolchain is a failure, not a skip."""
    found = shutil.which(name)
    assert found is not None, f"{name} is not installed"
    return found
