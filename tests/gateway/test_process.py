"""The processes: start, refusal, several workers, a worker that dies, drain and signals."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
from pathlib import Path

import pytest

from tests.gateway.support import MESSAGES, Gateway, Reply, UpstreamThread, get, one_provider, post, serving, wait_until


async def stream(port: int, model: str) -> Reply:
    return await post(port, {"model": model, "messages": MESSAGES, "stream": True})


def contents(reply: Reply) -> list[str | None]:
    return [json.loads(e)["choices"][0]["delta"].get("content") for e in reply.events if e.startswith('{"id"')]


async def test_two_hundred_streams_at_once_over_two_workers_lose_nothing(
    upstream: UpstreamThread, tmp_path: Path
) -> None:
    with serving(tmp_path, one_provider(upstream.url), "--no-engine", "--workers", "2") as gateway:
        replies = await asyncio.gather(*(stream(gateway.port, "stream:50:1") for _ in range(200)))
        assert len(gateway.workers()) == 2
        metrics = (await get(gateway.port, "/metrics")).body.decode()
        assert 'polyport_requests_total{key="anonymous",operation="chat.completions.create"} 200\n' in metrics
        assert 'polyport_attempts_total{provider="fake",status="200"} 200\n' in metrics
    for reply in replies:
        assert contents(reply) == [*map(str, range(50)), None]
        assert reply.events[-1] == "[DONE]"


async def test_sigterm_lets_streams_finish(upstream: UpstreamThread, tmp_path: Path) -> None:
    with serving(tmp_path, one_provider(upstream.url), "--no-engine") as gateway:
        tasks = [asyncio.create_task(stream(gateway.port, "stream:100:10")) for _ in range(20)]
        before = upstream.calls
        await asyncio.to_thread(wait_until, lambda: upstream.calls >= before + 20)
        exit_code = asyncio.create_task(asyncio.to_thread(gateway.terminate))
        for reply in await asyncio.gather(*tasks):
            assert contents(reply) == [*map(str, range(100)), None]
            assert reply.events[-1] == "[DONE]"
        assert await exit_code == 0
        with pytest.raises(ConnectionRefusedError):
            await get(gateway.port, "/health")


async def test_a_stream_longer_than_the_grace_ends_with_an_error_event(
    upstream: UpstreamThread, tmp_path: Path
) -> None:
    config = one_provider(upstream.url, "server: {drain: 0.3}\n")
    with serving(tmp_path, config, "--no-engine") as gateway:
        before = upstream.calls
        tasks = [asyncio.create_task(stream(gateway.port, "stream:100000:5")) for _ in range(10)]
        waiting = asyncio.create_task(post(gateway.port, {"model": "hang", "messages": MESSAGES}))
        await asyncio.to_thread(wait_until, lambda: upstream.calls >= before + 11)
        assert await asyncio.to_thread(gateway.terminate) == 0
        for reply in await asyncio.gather(*tasks):
            assert reply.status == 200 or reply.json["error"]["code"] == "shutting_down"
            last = reply.events[-1] if reply.status == 200 else reply.body
            assert json.loads(last)["error"]["code"] == "shutting_down"
        assert (await waiting).status == 503


async def test_ctrl_c_twice_ends_at_once(upstream: UpstreamThread, tmp_path: Path) -> None:
    with serving(tmp_path, one_provider(upstream.url), "--no-engine") as gateway:
        seen, before = upstream.calls, upstream.fake.left
        waiting = asyncio.create_task(post(gateway.port, {"model": "hang", "messages": MESSAGES}))
        await asyncio.to_thread(wait_until, lambda: upstream.calls > seen)
        gateway.process.send_signal(signal.SIGINT)
        await asyncio.to_thread(gateway.wait_for_line, "Draining")
        gateway.process.send_signal(signal.SIGINT)
        assert await asyncio.to_thread(gateway.process.wait, 10) == 130
        await asyncio.to_thread(wait_until, lambda: upstream.fake.left > before)
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await waiting


async def test_a_worker_that_dies_is_replaced_and_no_queued_connection_is_lost(
    upstream: UpstreamThread, tmp_path: Path
) -> None:
    with serving(tmp_path, one_provider(upstream.url), "--no-engine") as gateway:
        (worker,) = gateway.workers()
        os.kill(worker, signal.SIGSTOP)  # connections queue at the socket, which outlives the worker
        tasks = [asyncio.create_task(stream(gateway.port, "stream:3")) for _ in range(20)]
        for _ in range(20):
            await asyncio.sleep(0)
        os.kill(worker, signal.SIGKILL)
        for reply in await asyncio.gather(*tasks):
            assert reply.events[-1] == "[DONE]"
        assert "worker 0 ended with SIGKILL" in gateway.text()


async def test_workers_end_when_the_supervisor_is_killed(upstream: UpstreamThread, tmp_path: Path) -> None:
    config, sockets = one_provider(upstream.url), tmp_path / "sockets"
    sockets.mkdir()
    environment = {"TMPDIR": str(sockets)}
    with serving(tmp_path, config, "--no-engine", "--workers", "2", environment=environment) as gateway:
        workers = gateway.workers()
        assert list(sockets.iterdir())
        gateway.process.kill()
        await asyncio.to_thread(wait_until, lambda: not any(is_running(pid) for pid in workers))
    assert not list(sockets.iterdir())


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_port_in_use_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        gateway = Gateway(["--port", str(port), "--no-engine"])
        assert gateway.process.wait(20) == 1
    gateway.close()
    assert f"port {port} on 127.0.0.1 is already in use" in gateway.text()
    assert "--port" in gateway.text()
    assert "Traceback" not in gateway.text()


def test_two_gateways_do_not_share_a_port(upstream: UpstreamThread, tmp_path: Path) -> None:
    with serving(tmp_path, one_provider(upstream.url), "--no-engine") as first:
        second = Gateway(["--port", str(first.port), "--no-engine"])
        assert second.process.wait(20) == 1
        second.close()


def test_a_wrong_configuration_stops_before_anything_starts(tmp_path: Path) -> None:
    path = tmp_path / "polyport.yaml"
    path.write_text("providers:\n  - {name: a, kind: openai}\n", encoding="utf-8")
    gateway = Gateway(["--config", str(path)])
    assert gateway.process.wait(20) == 2
    gateway.close()
    assert f"{path}:2: " in gateway.text()


def test_serving_everyone_without_keys_must_be_said(tmp_path: Path) -> None:
    gateway = Gateway(["--host", "0.0.0.0", "--port", "0", "--no-engine"])
    assert gateway.process.wait(20) == 2
    gateway.close()
    assert "--no-auth" in gateway.text()


async def test_keys_are_asked_for_except_where_none_are_needed(upstream: UpstreamThread, tmp_path: Path) -> None:
    keys = "keys: [{name: alice, key: sk-alice, models: [allowed]}]\n"
    with serving(tmp_path, one_provider(upstream.url, keys), "--no-engine", "--host", "127.0.0.1") as gateway:
        body = {"model": "allowed", "messages": MESSAGES}
        missing = await post(gateway.port, body)
        assert (missing.status, missing.json["error"]["code"]) == (401, "missing_api_key")
        assert missing.headers["www-authenticate"] == "Bearer"
        wrong = await post(gateway.port, body, authorization="Bearer sk-bob")
        assert (wrong.status, wrong.json["error"]["type"]) == (401, "authentication_error")
        assert (await post(gateway.port, body, authorization="Bearer sk-alice")).status == 200
        twice = b'{"model":"allowed","messages":[{"role":"user","content":"x"}],"model":"other"}'
        assert (await post(gateway.port, twice, authorization="Bearer sk-alice")).status == 403
        assert (await get(gateway.port, "/health")).json == {"status": "ok"}
        assert (await get(gateway.port, "/v1/models")).status == 401


async def test_a_killed_upstream_is_a_502_and_mid_stream_an_error_event(tmp_path: Path) -> None:
    upstream = UpstreamThread()
    try:
        with serving(tmp_path, one_provider(upstream.url), "--no-engine") as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            body = json.dumps({"model": "stream:100000:5", "messages": MESSAGES, "stream": True}).encode()
            head = b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body)
            writer.write(head + body)
            await reader.readuntil(b"data: ")
            await asyncio.to_thread(upstream.kill)
            rest = await reader.readuntil(b"0\r\n\r\n")
            assert b'"code":"provider_failed"' in rest
            assert b"[DONE]" not in rest
            writer.close()
            reply = await post(gateway.port, {"model": "plain", "messages": MESSAGES})
            assert (reply.status, reply.json["error"]["code"]) == (502, "provider_unreachable")
            assert "fake" in reply.json["error"]["message"]
            providers = await get(gateway.port, "/v1/providers/fake")
            assert providers.json["status"] == "degraded"
    finally:
        upstream.close()
