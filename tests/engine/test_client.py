"""The client against engines that misbehave, and the frames between them."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from polyport_gateway.engine.client import EngineClient
from polyport_gateway.engine.errors import EngineError, EngineLost
from polyport_gateway.engine.messages import (
    MAX_FRAME,
    PROTOCOL_VERSION,
    Cancel,
    ClientMessage,
    Complete,
    Done,
    FrameSplitter,
    Piece,
    Started,
    State,
    Step,
    client_decoder,
    encode_frame,
)

from .conftest import within

READY = State(PROTOCOL_VERSION, "ready", "", [])


Heard = TypeVar("Heard", Complete, Cancel)


class FakeEngine:
    """Speaks the protocol and does what a test says; `heard` has every message of the last connection."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.heard: list[ClientMessage] = []
        self.news = asyncio.Event()
        self.writer: asyncio.StreamWriter | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writer, self.heard = writer, []
        splitter = FrameSplitter()
        writer.write(encode_frame(READY))
        while data := await reader.read(65536):
            self.heard += [client_decoder.decode(body) for body in splitter.feed(data)]
            self.news.set()

    async def hear(self, kind: type[Heard]) -> Heard:
        while True:
            for message in self.heard:
                if isinstance(message, kind):
                    return message
            self.news.clear()
            await within(10, self.news.wait())

    def say(self, *events: Started | Piece | Done) -> None:
        assert self.writer is not None
        self.writer.write(encode_frame(Step(list(events))))


@pytest.fixture
async def fake(tmp_path: Path) -> AsyncIterator[FakeEngine]:
    engine = FakeEngine(tmp_path / "fake.sock")
    server = await asyncio.start_unix_server(engine.serve, engine.path)
    yield engine
    server.close()


async def test_a_reader_that_falls_behind_is_cut_off_and_its_request_cancelled(fake: FakeEngine) -> None:
    client = await EngineClient.connect(fake.path)
    stream = client.complete(Complete(0, "m", "x"))
    first = asyncio.ensure_future(anext(stream))
    request = await fake.hear(Complete)
    fake.say(Started(request.id, 1))
    await within(10, first)
    for _ in range(12):
        fake.say(Piece(request.id, 0, "x" * 100_000))
    cancelled = await fake.hear(Cancel)
    assert cancelled.id == request.id
    assert len(await within(10, anext(stream))) > 5  # what had come is still given
    with pytest.raises(EngineError, match="1 MiB behind"):
        await within(10, anext(stream))
    await client.close()


async def test_streams_do_not_mix(fake: FakeEngine) -> None:
    client = await EngineClient.connect(fake.path)
    streams = [client.complete(Complete(0, "m", text)) for text in "ab"]
    firsts = [asyncio.ensure_future(anext(stream)) for stream in streams]
    await fake.hear(Complete)
    while len(ids := [m.id for m in fake.heard if isinstance(m, Complete)]) < 2:
        fake.news.clear()
        await within(10, fake.news.wait())
    assert len(set(ids)) == 2
    fake.say(Piece(ids[0], 0, "for a"), Piece(ids[1], 0, "for b"), Piece(77, 0, "for nobody"), Done(ids[1], 1, 1, 0))
    batches = await within(10, asyncio.gather(*firsts))
    assert [[e.text for e in batch if isinstance(e, Piece)] for batch in batches] == [["for a"], ["for b"]]
    await client.close()


async def test_an_engine_that_is_not_there_is_a_typed_error(tmp_path: Path) -> None:
    client = EngineClient(tmp_path / "none.sock")
    client.start()
    with pytest.raises(EngineLost):
        async for _ in client.complete(Complete(0, "m", "x")):
            pass
    await client.close()


async def test_closing_the_client_fails_its_streams(fake: FakeEngine) -> None:
    client = await EngineClient.connect(fake.path)
    waiting = asyncio.ensure_future(anext(client.complete(Complete(0, "m", "x"))))
    await fake.hear(Complete)
    await client.close()
    with pytest.raises(EngineLost):
        await within(10, waiting)


async def test_states_are_told_as_they_change(fake: FakeEngine) -> None:
    told: list[State | None] = []
    client = EngineClient(fake.path, told.append)
    client.start()
    await within(10, client.wait_for(lambda state: state is not None))
    assert fake.writer is not None
    fake.writer.close()
    await within(10, client.wait_for(lambda state: state is None))
    await within(10, client.wait_for(lambda state: state is not None))
    assert told[:3] == [READY, None, READY]
    await client.close()


@given(st.lists(st.binary(max_size=40), max_size=8), st.data())
def test_frames_survive_any_split(bodies: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(len(body).to_bytes(4, "big") + body for body in bodies)
    splitter, found, at = FrameSplitter(), [], 0
    while at < len(stream):
        size = data.draw(st.integers(1, len(stream) - at))
        found += splitter.feed(stream[at : at + size])
        at += size
    assert found == bodies


def test_frames_are_capped() -> None:
    with pytest.raises(ValueError, match="at most"):
        FrameSplitter().feed((MAX_FRAME + 1).to_bytes(4, "big"))
    with pytest.raises(ValueError, match="at most"):
        encode_frame(Complete(1, "m", "x" * (MAX_FRAME + 1)))


@pytest.mark.parametrize("module", ["engine.client", "engine.process", "engine.model_command", "providers.local"])
def test_workers_and_commands_import_no_torch(module: str) -> None:
    code = f"import sys, polyport_gateway.{module}; print([m for m in ('torch', 'numpy', 'gguf', 'tokenizers') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
