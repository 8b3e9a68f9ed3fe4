"""What users write, as type checkers must see it. Never run; checked by mypy --strict and pyright."""

from __future__ import annotations

from pathlib import Path
from typing import Any, assert_type

from vectors import AsyncPage, AsyncStream, AsyncVectors, RawResponse, Stream, SyncPage, Unknown, Vectors
from vectors.types import Group, ImagePart, Message, MessageChunk, Shape, TextPart, TextPartParam


def calls(client: Vectors, flag: bool) -> None:
    assert_type(client.messages.create(text="Hi"), Message)
    assert_type(client.messages.create(text="Hi", stream=False), Message)
    assert_type(client.messages.create(text="Hi", stream=True), Stream[MessageChunk, Message])
    assert_type(client.messages.create(text="Hi", stream=flag), Message | Stream[MessageChunk, Message])
    assert_type(client.messages.create(text="Hi", stream=True).accumulate(), Message)
    assert_type(client.messages.list(), SyncPage[Message])
    for message in client.messages.list(limit=2):
        assert_type(message, Message)
    assert_type(client.with_raw_response.messages.retrieve("m1"), RawResponse[Message])
    assert_type(client.with_raw_response.messages.retrieve("m1").parse(), Message)
    assert_type(client.post("/x", cast_to=Message), Message)
    assert_type(client.with_options(timeout=5), Vectors)
    client.files.create(purpose="p", file=Path("a"))
    client.files.create(purpose="p", file=("a.txt", b"a", "text/plain"))


def wrong_calls(client: Vectors) -> None:
    client.messages.create()  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    client.messages.retrieve(1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.messages.update("m1", nothing=1)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def sends_back_what_it_got(client: Vectors, part: TextPart, newer: Unknown, given: TextPartParam) -> None:
    client.messages.create(text=[part, newer, given, {"type": "text", "text": "a"}])


def matches(shape: Shape, part: TextPart | ImagePart | Unknown) -> Any:
    match part:
        case ImagePart(url=url):
            assert_type(url, str)
        case Unknown(raw=raw):
            return raw
        case TextPart():
            assert_type(part.text, str)
    if isinstance(shape, Group):
        assert_type(shape.shapes, list[Shape])
    return None


async def asynchronous_calls(client: AsyncVectors) -> None:
    assert_type(await client.messages.create(text="Hi"), Message)
    assert_type(await client.messages.create(text="Hi", stream=True), AsyncStream[MessageChunk, Message])
    async for message in client.messages.list():
        assert_type(message, Message)
    assert_type(await client.messages.list(), AsyncPage[Message])
    assert_type(await client.with_raw_response.messages.retrieve("m1"), RawResponse[Message])
    assert_type(await client.post("/x", cast_to=Message), Message)
