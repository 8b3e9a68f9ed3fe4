"""The engine as a process: its socket, its states, its ends."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from polyport_gateway.engine.client import EngineClient, text_of
from polyport_gateway.engine.errors import EngineError, EngineLost, RequestError
from polyport_gateway.engine.messages import (
    MAX_FRAME,
    Cancel,
    Chat,
    Complete,
    Done,
    Embed,
    Event,
    FrameSplitter,
    Hello,
    Piece,
    Sampling,
    Started,
    Step,
    encode_frame,
    engine_decoder,
)

from .conftest import StartEngine, stop, within

USER = [{"role": "user", "content": "Hi"}]
GREEDY = Sampling(temperature=0, max_tokens=12)


async def collect(client: EngineClient, request: Chat | Complete) -> list[Event]:
    events: list[Event] = []
    async for batch in client.chat(request) if isinstance(request, Chat) else client.complete(request):
        events += batch
    return events


async def read_to_the_end(stream: AsyncIterator[list[Event]]) -> None:
    async for _ in stream:
        pass


async def ask_until_refused(client: EngineClient) -> None:
    while True:
        await collect(client, Complete(0, "tiny", "b", Sampling(max_tokens=1)))


async def test_it_answers_every_kind_of_request(start_engine: StartEngine, tiny_gguf: Path) -> None:
    client = await start_engine("--model", str(tiny_gguf)).ready()
    assert client.state is not None
    [model] = client.state.models
    assert (model.id, model.kind, model.phase, model.context, model.tools) == ("tiny", "chat", "ready", 512, False)

    events = await within(60, collect(client, Chat(0, "tiny", USER, sampling=GREEDY)))
    started, done = events[0], events[-1]
    assert isinstance(started, Started)
    assert isinstance(done, Done)
    assert done.prompt_tokens == started.prompt_tokens > 10
    pieces = [event for event in events if isinstance(event, Piece)]
    assert pieces[-1].finish_reason in ("stop", "length")

    text = "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"
    same = await within(60, collect(client, Complete(0, "tiny", text, GREEDY)))
    assert text_of(same) == text_of(events)

    wide = Sampling(temperature=0.9, seed=4, n=3, max_tokens=6, top_logprobs=2)
    several = await within(60, collect(client, Complete(0, "tiny", [5, 6, 7], wide)))
    for index in range(3):
        told = [r for e in several if isinstance(e, Piece) and e.index == index for r in e.logprobs]
        assert 0 < len(told) <= 6
        assert all(len(report.top) == 2 and report.logprob <= 0 for report in told)
    assert several[-1] == Done(several[-1].id, 3, sum(len(e.logprobs) for e in several if isinstance(e, Piece)), 0)

    none = await within(60, collect(client, Complete(0, "tiny", "Hi", Sampling(max_tokens=0))))
    assert [type(event) for event in none] == [Started, Piece, Done]


async def test_it_refuses_what_it_cannot_do_by_name(start_engine: StartEngine, tiny_gguf: Path) -> None:
    client = await start_engine("--model", str(tiny_gguf), "--context", "64").ready()
    tool = {"type": "function", "function": {"name": "f"}}
    cases: list[tuple[Chat | Complete, str, str | None]] = [
        (Chat(0, "nope", USER), "model_not_found", "model"),
        (Chat(0, "tiny", USER, [tool]), "unsupported_parameter", "tools"),
        (Chat(0, "tiny", [{"role": "user", "content": "x" * 64}]), "context_length_exceeded", "messages"),
        (Complete(0, "tiny", [1, 99999]), "invalid_value", "prompt"),
    ]
    for request, code, param in cases:
        with pytest.raises(RequestError) as caught:
            await within(60, collect(client, request))
        assert (caught.value.code, caught.value.param) == (code, param)
    with pytest.raises(RequestError, match="not for embedding"):
        await within(60, client.embed(Embed(0, "tiny", ["x"])))


async def test_early_requests_wait_for_the_model(start_engine: StartEngine, tiny_gguf: Path) -> None:
    client = await start_engine("--model", str(tiny_gguf)).client()
    assert client.state is not None
    assert client.state.phase == "loading"
    events = await within(120, collect(client, Chat(0, "tiny", USER, sampling=GREEDY)))
    assert isinstance(events[-1], Done)


async def test_many_streams_at_once_equal_single_ones(start_engine: StartEngine, tiny_gguf: Path) -> None:
    engine = start_engine("--model", str(tiny_gguf), "--weights", "float32")
    one, other = await engine.ready(), await engine.ready()
    prompts = [f"Number {i}: {'x' * i}" for i in range(10)]
    requests = [Complete(0, "tiny", prompt, GREEDY) for prompt in prompts]
    alone = [text_of(await within(60, collect(one, request))) for request in requests]
    jobs = [collect(client, request) for client in (one, other) for request in requests]
    together = [text_of(events) for events in await within(120, asyncio.gather(*jobs))]
    assert together == alone * 2


async def test_leaving_a_stream_cancels_its_request(start_engine: StartEngine, tiny_gguf: Path) -> None:
    engine = start_engine("--model", str(tiny_gguf))
    client = await engine.ready()
    endless = Sampling(temperature=0, logit_bias={0: -100, 2: -100})
    stream = client.complete(Complete(0, "tiny", "a", endless))
    assert isinstance((await within(60, anext(stream)))[0], Started)
    await within(60, anext(stream))
    await stream.aclose()
    stop(engine)  # a drain waits for open requests: there must be none
    code, errors = await within(20, engine.wait())
    assert code == 0, errors


async def test_losing_the_connection_cancels_its_requests(start_engine: StartEngine, tiny_gguf: Path) -> None:
    engine = start_engine("--model", str(tiny_gguf))
    leaver, stayer = await engine.ready(), await engine.ready()
    stream = leaver.complete(Complete(0, "tiny", "a", Sampling(temperature=0, logit_bias={0: -100, 2: -100})))
    await within(60, anext(stream))
    await leaver.close()
    with pytest.raises(EngineLost):
        await within(60, read_to_the_end(stream))
    assert text_of(await within(60, collect(stayer, Complete(0, "tiny", "b", GREEDY))))
    stop(engine)
    assert (await within(20, engine.wait()))[0] == 0


async def test_sigterm_lets_open_requests_end_and_refuses_new_ones(start_engine: StartEngine, tiny_gguf: Path) -> None:
    engine = start_engine("--model", str(tiny_gguf))
    client = await engine.ready()
    long = Sampling(temperature=0, max_tokens=300, logit_bias={0: -100, 2: -100})
    stream = client.complete(Complete(0, "tiny", "a", long))
    events = await within(60, anext(stream))
    stop(engine)
    with pytest.raises((RequestError, EngineLost)):
        await within(60, ask_until_refused(client))  # the signal may take a moment to arrive
    async for batch in stream:
        events += batch
    assert isinstance(events[-1], Done)
    assert events[-1].completion_tokens == 300
    assert (await within(30, engine.wait()))[0] == 0
    assert not engine.socket.exists()


async def test_a_killed_engine_fails_open_requests_and_the_client_finds_the_next_one(
    start_engine: StartEngine, tiny_gguf: Path
) -> None:
    engine = start_engine("--model", str(tiny_gguf))
    client = await engine.ready()
    endless = Sampling(temperature=0, logit_bias={0: -100, 2: -100})
    streams = [client.complete(Complete(0, "tiny", text, endless)) for text in "ab"]
    for stream in streams:
        await within(60, anext(stream))
    os.kill(engine.process.pid, signal.SIGKILL)
    for stream in streams:
        with pytest.raises(EngineLost, match="went away"):
            await within(60, read_to_the_end(stream))
    await within(30, client.wait_for(lambda state: state is None))
    with pytest.raises(EngineLost):
        await collect(client, Complete(0, "tiny", "c", GREEDY))
    start_engine("--model", str(tiny_gguf), socket=engine.socket)
    await within(120, client.ready())
    assert text_of(await within(60, collect(client, Complete(0, "tiny", "c", GREEDY))))


async def test_a_model_that_cannot_be_loaded_is_named_and_the_others_serve(
    start_engine: StartEngine, tiny_gguf: Path, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(tiny_gguf.read_bytes()[:-1000])
    client = await start_engine("--model", str(cut), "--model", str(tiny_gguf)).client()
    with pytest.raises(EngineError, match=r"cut\.gguf: it is not a whole GGUF file"):
        await within(120, client.ready())
    with pytest.raises(RequestError) as caught:
        await within(60, collect(client, Complete(0, "cut", "x", GREEDY)))
    assert caught.value.code == "model_unavailable"
    assert text_of(await within(60, collect(client, Complete(0, "tiny", "x", GREEDY))))


async def test_a_model_that_was_not_pulled_names_the_command(start_engine: StartEngine, polyport_home: Path) -> None:
    client = await start_engine("--model", "smollm2-135m").client()
    with pytest.raises(EngineError, match="run: polyport model pull smollm2-135m"):
        await within(120, client.ready())


async def test_the_supervisor_hears_every_state(tmp_path: Path, tiny_gguf: Path) -> None:
    reading, writing = os.pipe()
    place = tmp_path / "private"
    place.mkdir(mode=0o700)
    command = [
        sys.executable,
        "-m",
        "polyport_gateway.engine.process",
        "--socket",
        str(place / "s"),
        "--status-fd",
        str(writing),
    ]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=(writing,))
    os.close(writing)
    try:
        assert process.stdin is not None
        settings = {"name": "local", "kind": "local", "models": [str(tiny_gguf)], "options": {"threads": 1}}
        process.stdin.write(json.dumps(settings).encode())
        process.stdin.close()
        with os.fdopen(reading) as lines:
            states = [json.loads(await asyncio.wait_for(asyncio.to_thread(lines.readline), 60)) for _ in range(2)]
        assert [state["state"] for state in states] == ["loading", "ready"]
        assert states[1]["models"] == ["tiny"]
        process.terminate()
        assert await asyncio.to_thread(process.wait, 30) == 0
    finally:
        process.kill()
        process.wait()


def test_a_socket_that_others_could_use_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "open"
    place.mkdir(mode=0o755)
    command = [sys.executable, "-m", "polyport_gateway.engine", "--socket", str(place / "s")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "private" in done.stderr
    assert str(place) in done.stderr


@pytest.mark.parametrize(
    "garbage",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x00\x00\x00\x02\xc1\xc1",
        encode_frame(Cancel(1)),
        (MAX_FRAME + 1).to_bytes(4, "big"),
    ],
    ids=["http", "not msgpack", "no hello", "too large"],
)
async def test_garbage_on_the_socket_closes_that_connection_only(
    start_engine: StartEngine, tiny_gguf: Path, garbage: bytes
) -> None:
    engine = start_engine("--model", str(tiny_gguf))
    client = await engine.client()
    reader, writer = await asyncio.open_unix_connection(engine.socket)
    writer.write(garbage)
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await within(20, reader.readexactly(1))
    writer.close()
    assert client.state is not None
    assert isinstance((await within(120, collect(client, Complete(0, "tiny", "x", GREEDY))))[-1], Done)


async def test_all_streams_of_a_connection_share_one_frame_a_step(start_engine: StartEngine, tiny_gguf: Path) -> None:
    engine = start_engine("--model", str(tiny_gguf))
    await engine.ready()
    reader, writer = await asyncio.open_unix_connection(engine.socket)
    long = Sampling(temperature=0, max_tokens=60, logit_bias={0: -100, 2: -100})
    writer.write(encode_frame(Hello()))
    for number in range(1, 5):
        writer.write(encode_frame(Complete(number, "tiny", "abc", long)))
    splitter, shared, done = FrameSplitter(), 0, 0
    while done < 4:
        for body in splitter.feed(await within(60, reader.read(65536))):
            message = engine_decoder.decode(body)
            if isinstance(message, Step):
                ids = [event.id for event in message.events if isinstance(event, Piece)]
                shared += len(set(ids)) == 4
                assert len(ids) <= 4
                done += sum(isinstance(event, Done) for event in message.events)
    writer.close()
    assert shared >= 10
