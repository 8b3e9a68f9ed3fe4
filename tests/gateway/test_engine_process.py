"""The whole gateway with an engine of its own on a tiny random model: ready, killed, back again, and models it cannot load."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from pathlib import Path

import pytest

from tests.engine.tiny import write_gguf
from tests.gateway.support import Gateway, get, post, serving, wait_until

ENDLESS = {"temperature": 0, "stream": True, "logit_bias": {"0": -100, "2": -100}, "max_tokens": 100_000}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model of two layers."""
    return write_gguf(tmp_path_factory.mktemp("model") / "tiny.gguf")


def config(model: Path) -> str:
    return f'providers:\n  - {{name: local, kind: local, models: ["{model}"], threads: 1}}\n'


def engine_of(gateway: Gateway) -> int:
    """The engine's process id."""
    commands = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in gateway.workers()}
    return next(pid for pid, command in commands.items() if b"engine.process" in command)


async def test_an_engine_that_is_killed_is_told_to_its_clients_and_comes_back(model: Path, tmp_path: Path) -> None:
    with serving(tmp_path, config(model), "--workers", "2") as gateway:
        assert (await get(gateway.port, "/health")).json == {"status": "ok"}
        killed = engine_of(gateway)
        body = json.dumps({"model": "tiny", "prompt": "a", **ENDLESS}).encode()
        reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        writer.write(b"POST /v1/completions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        await asyncio.wait_for(reader.readuntil(b"data: "), 60)
        os.kill(killed, signal.SIGKILL)
        rest = await asyncio.wait_for(reader.readuntil(b"\r\n0\r\n\r\n"), 60)
        assert b'"code":"engine_lost"' in rest
        assert b"[DONE]" not in rest
        writer.close()
        await asyncio.to_thread(wait_until, lambda: "ended with SIGKILL" in gateway.text(), 30)
        async with asyncio.timeout(120):
            while (await get(gateway.port, "/readyz")).status != 200:
                await asyncio.sleep(0.1)
        reply = await post(gateway.port, {"model": "tiny", "prompt": "a", "max_tokens": 2}, "/v1/completions")
        assert reply.status == 200, reply.body
        assert engine_of(gateway) != killed
        assert gateway.terminate() == 0


@pytest.mark.parametrize("content", [None, b"GGUF nonsense"])
def test_a_model_that_cannot_be_loaded_ends_the_gateway_with_its_name(content: bytes | None, tmp_path: Path) -> None:
    model = tmp_path / "broken.gguf"
    if content is not None:
        model.write_bytes(content)
    path = tmp_path / "polyport.yaml"
    path.write_text(config(model), encoding="utf-8")
    gateway = Gateway(["--port", "0", "--config", str(path)])
    try:
        assert gateway.process.wait(60) == 1
    finally:
        gateway.close()
    assert str(model) in gateway.text()
    assert "Traceback" not in gateway.text()
    assert content is None or model.read_bytes() == content
