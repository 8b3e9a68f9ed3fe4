"""The event parser, at every byte split."""

from __future__ import annotations

import pytest
from runtime_under_test.sse import LineSplitter, ServerSentEvent, SSEParser

TEXT = (
    "\ufeffdata: Grüß\r\ndata: dich 😀\r\n\r\n: comment\nevent: ping\nid: 7\nretry: 15\ndata:x\r\r"
    "id: a\0b\nretry: 1x\nunknown: y\ndata\n\nevent: lost\n\ndata: unfinished"
).encode()
EVENTS = [
    ServerSentEvent("Grüß\ndich 😀"),
    ServerSentEvent("x", "ping", "7", 15),
    ServerSentEvent("", None, "7"),
]


def parse(chunks: list[bytes]) -> list[ServerSentEvent]:
    parser = SSEParser()
    return [event for chunk in chunks for event in parser.feed(chunk)]


def test_whole() -> None:
    assert parse([TEXT]) == EVENTS


def test_byte_by_byte() -> None:
    assert parse([TEXT[i : i + 1] for i in range(len(TEXT))]) == EVENTS


@pytest.mark.parametrize("at", range(1, len(TEXT)))
def test_cut_in_two(at: int) -> None:
    assert parse([TEXT[:at], TEXT[at:]]) == EVENTS


def test_an_event_is_there_as_soon_as_its_last_byte() -> None:
    parser = SSEParser()
    assert list(parser.feed(b"data: 1\r\r")) == [ServerSentEvent("1")]
    assert list(parser.feed(b"\ndata: 2\r\n\r")) == [ServerSentEvent("2")]
    assert list(parser.feed(b"\n")) == []


def test_lines_keep_what_is_not_a_line_end() -> None:
    lines = LineSplitter()
    assert list(lines.feed("a\u2028b\x0bc\n".encode())) == ["a\u2028b\x0bc".encode()]
    assert list(lines.feed(b"rest")) == []
    assert list(lines.end()) == [b"rest"]
    assert list(lines.end()) == []


def test_bytes_that_are_not_utf8_are_replaced() -> None:
    assert parse([b"data: \xff\n\n"]) == [ServerSentEvent("\ufffd")]
