"""The server that plays vectors: what it writes, what it notices, and what it reports."""

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from mutants import is_quick, main, mutants
from player.match import differences, same_json
from player.multipart import multipart
from player.play import chunk_bytes, reply_bytes, step_bytes
from player.request import Request, read_request
from server import Server, load_vectors

HERE = Path(__file__).parent
PLAIN = Request("GET", "/", (), b"")


def request(target: str = "/", body: bytes = b"", method: str = "GET", **headers: str) -> Request:
    return Request(method, target, tuple((k.replace("_", "-"), v) for k, v in headers.items()), body)


async def parsed(data: bytes) -> Request | None:
    reader = asyncio.StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    return await read_request(reader)


# -- requests


async def test_reads_a_body_with_a_length() -> None:
    found = await parsed(b"POST /a%20b?x=1&x=+2 HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 2\r\n\r\nhi")
    assert found is not None
    assert (found.method, found.path, found.body, found.header("x-a")) == ("POST", "/a%20b", b"hi", "1, 2")
    assert found.query == {"x": ["1", " 2"]}


async def test_reads_a_body_in_chunks() -> None:
    found = await parsed(
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nhi\r\n1\r\n!\r\n0\r\nT: x\r\n\r\n"
    )
    assert found is not None
    assert found.body == b"hi!"


async def test_a_closed_connection_is_no_request() -> None:
    assert await parsed(b"") is None


@pytest.mark.parametrize("data", [b"GARBAGE\r\n\r\n", b"GET / HTTP/1.1\r\nno colon\r\n\r\n"])
async def test_refuses_what_is_not_http(data: bytes) -> None:
    with pytest.raises(ValueError):
        await parsed(data)


async def test_a_cut_body_is_an_error() -> None:
    with pytest.raises(asyncio.IncompleteReadError):
        await parsed(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nhi")


# -- comparing


def test_json_is_compared_by_type() -> None:
    assert same_json({"a": [1, None]}, {"a": [1.0, None]})
    assert not same_json(1, True)
    assert not same_json(False, 0)
    assert not same_json({"a": 1}, {"a": 1, "b": 2})
    assert not same_json("1", 1)
    assert not same_json(None, False)


@pytest.mark.parametrize(
    ("expect", "sent"),
    [
        ({"method": "GET", "path": "/a%2Fb/c d"}, request("/a%2fb/c%20d?x")),
        ({"query": {"a": ["1", "2"]}}, request("/?a=1&a=2")),
        ({"target": "/a?b"}, request("/a?b")),
        ({"headers": {"x-a": "b"}, "absent_headers": ["x-c"]}, request(x_a="b")),
        ({"header_patterns": {"x-a": "^b+$"}}, request(x_a="bbb")),
        ({"cookies": {"a": "b c", "d": "e"}}, request(cookie="a=b%20c; d=e")),
        ({"body": {"a": 1}}, request(body=b'{"a": 1.0}')),
        ({"body_text": "hi"}, request(body=b"hi")),
        ({"body_base64": "/w=="}, request(body=b"\xff")),
        ({"form": {"a": ["b c"]}}, request(body=b"a=b+c")),
        ({"no_body": True}, request()),
    ],
)
def test_what_fits_has_no_differences(expect: dict[str, Any], sent: Request) -> None:
    assert differences(expect, sent, None) == []


@pytest.mark.parametrize(
    ("expect", "sent", "word"),
    [
        ({"method": "POST"}, request(), "method"),
        ({"path": "/a/b"}, request("/a%2Fb"), "path"),
        ({"query": {}}, request("/?a=1"), "query"),
        ({"target": "/a"}, request("/b"), "target"),
        ({"headers": {"x-a": "b"}}, request(), "x-a"),
        ({"header_patterns": {"x-a": "b"}}, request(x_a="c"), "x-a"),
        ({"absent_headers": ["x-a"]}, request(x_a=""), "is there"),
        ({"cookies": {}}, request(cookie="a=b"), "cookies"),
        ({"body": {}}, request(body=b"{"), "not JSON"),
        ({"body": {}}, request(body=b'{"a":1}'), "body"),
        ({"body_text": "a"}, request(body=b"b"), "body"),
        ({"body_base64": "/w=="}, request(), "body"),
        ({"form": {}}, request(body=b"a=1"), "form"),
        ({"no_body": True}, request(body=b"{}"), "there is a body"),
        ({"same_header_as_previous": ["x-a"]}, request(x_a="1"), "x-a"),
    ],
)
def test_what_does_not_fit_is_named(expect: dict[str, Any], sent: Request, word: str) -> None:
    (found,) = differences(expect, sent, request(x_a="2"))
    assert word in found


MULTIPART = (
    b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    b'--b\r\nContent-Disposition: form-data; filename="f.bin"; name="f"\r\nContent-Type: x/y\r\n\r\n'
    b"\r\n--\x00\xff\r\n\r\n--b--\r\n"
)


def test_multipart_is_taken_apart_byte_for_byte() -> None:
    parts = multipart(request(body=MULTIPART, content_type="multipart/form-data; boundary=b"))
    assert [(p.name, p.filename, p.content_type, p.content) for p in parts] == [
        ("a", None, "", b"1"),
        ("f", "f.bin", "x/y", b"\r\n--\x00\xff\r\n"),
    ]


def test_multipart_differences() -> None:
    sent = request(body=MULTIPART, content_type='multipart/form-data; boundary="b"')
    right = [{"name": "a", "text": "1", "json": 1}, {"name": "f", "filename": "f.bin", "content_type": "x/y"}]
    assert differences({"parts": right}, sent, None) == []
    wrong = [{"name": "a", "text": "2", "json": 2}, {"name": "f", "filename": "g", "content_type": "y/x", "base64": ""}]
    assert len(differences({"parts": wrong}, sent, None)) == 5
    assert len(differences({"parts": right[:1]}, sent, None)) == 1
    assert len(differences({"parts": right}, request(body=b"x"), None)) == 1


# -- playing


def test_a_reply_has_its_length() -> None:
    data = reply_bytes(
        {"status": 429, "headers": {"Location": "{base}/x"}, "json": {"a": "ü {base}"}},
        PLAIN,
        lambda t: t.replace("base", "BASE").replace("x", "X"),
    )
    head, body = data.split(b"\r\n\r\n")
    assert head.split(b"\r\n")[0] == b"HTTP/1.1 429 Too Many Requests"
    assert b"location: {BASE}/X" in head
    assert f"content-length: {len(body)}".encode() in head
    assert json.loads(body) == {"a": "ü {BASE}"}


def test_no_content_has_no_length() -> None:
    assert b"content-length" not in reply_bytes({"status": 204}, PLAIN, str)


def test_gzip_only_for_those_who_ask() -> None:
    reply = {"json": 1, "gzip": True}
    assert b"content-encoding" not in reply_bytes(reply, PLAIN, str)
    assert b"content-encoding: gzip" in reply_bytes(reply, request(accept_encoding="br, gzip"), str)


def test_chunks_are_cut_where_the_step_says() -> None:
    assert list(chunk_bytes({"chunk": "abcde", "at": [1, 3]})) == [b"1\r\na\r\n", b"2\r\nbc\r\n", b"2\r\nde\r\n"]
    assert list(chunk_bytes({"chunk": "abc", "size": 2})) == [b"2\r\nab\r\n", b"1\r\nc\r\n"]
    assert list(chunk_bytes({"chunk": "é"})) == [b"2\r\n\xc3\xa9\r\n"]
    assert list(chunk_bytes({"chunk": "<{fill}>", "fill": 3})) == [b"5\r\n<   >\r\n"]
    assert list(chunk_bytes({"chunk_base64": "/w=="})) == [b"1\r\n\xff\r\n"]


def test_bytes_are_split_where_the_step_says() -> None:
    assert step_bytes({"text": "abc", "split": 2}, PLAIN, str) == [b"ab", b"c"]
    assert step_bytes({"base64": base64.b64encode(b"ab").decode()}, PLAIN, str) == [b"ab"]
    assert step_bytes({"end": True}, PLAIN, str) == [b"0\r\n\r\n"]
    assert step_bytes({"pause_ms": 1}, PLAIN, str) is None


# -- serving


def vector(name: str, *exchanges: list[dict[str, Any]], **expect: Any) -> dict[str, Any]:
    return {"name": name, "exchanges": [{"expect": expect, "respond": steps} for steps in exchanges]}


OK: list[dict[str, Any]] = [{"reply": {"json": {"ok": True}}}]
VECTORS = [
    vector("twice", OK, OK, same_header_as_previous=["x-a"]),
    vector("closes", [{"stream": {}}, {"chunk": "a"}, {"await_close_ms": 5000}]),
    vector("stays", [{"stream": {}}, {"await_close_ms": 50}]),
    vector("resets", [{"text": "HTTP/1.1 200 OK\r\n"}, {"reset": True}]),
    vector("ends", [{"text": "HTTP/1.1 200 OK\r\n\r\nhi"}, {"close": True}]),
    vector("moved", [{"reply": {"status": 302, "headers": {"Location": "{base}/b {other}/b"}}}]),
    vector("late", OK, OK, after_ms=60_000),
]


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    served = Server({v["name"]: v for v in VECTORS})
    listening = await served.start(0)
    yield served
    for each in listening:
        each.close()


async def ask(server: Server, target: str, *, headers: str = "", port: int = 0) -> bytes:
    """What the server writes until it closes the connection or has written as much as it promised."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.ports[port])
    writer.write(f"GET {target} HTTP/1.1\r\nHost: x\r\n{headers}\r\n".encode())
    writer.write_eof()
    try:
        return await asyncio.wait_for(reader.read(), 10)
    finally:
        writer.close()


async def report(server: Server, name: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads((await ask(server, f"/_report/{name}/r")).split(b"\r\n\r\n")[1])
    return answer


async def test_exchanges_follow_each_other(server: Server) -> None:
    first = await ask(server, "/twice/r/a", headers="X-A: 1\r\n")
    second = await ask(server, "/twice/r/a", headers="X-A: 1\r\n", port=1)
    third = await ask(server, "/twice/r/a")
    assert first.startswith(b"HTTP/1.1 200 OK")
    assert second == first
    assert third.startswith(b"HTTP/1.1 599 ")
    found = await report(server, "twice")
    assert (found["requests"], found["client_closed"]) == (3, False)
    assert [p.partition(":")[0] for p in found["problems"]] == ["request 1", "request 3"]


async def test_runs_are_apart(server: Server) -> None:
    await ask(server, "/twice/other/a")
    assert await report(server, "twice") == {"requests": 0, "client_closed": False, "problems": []}


async def test_sees_a_client_leave(server: Server) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.ports[0])
    writer.write(b"GET /closes/r/a HTTP/1.1\r\n\r\n")
    assert b"text/event-stream" in await reader.readuntil(b"\r\n\r\n")
    waiting = asyncio.create_task(report(server, "closes"))
    assert await reader.readexactly(6) == b"1\r\na\r\n"
    writer.close()
    assert await waiting == {"requests": 1, "client_closed": True, "problems": []}


async def test_sees_a_client_stay(server: Server) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.ports[0])
    writer.write(b"GET /stays/r/a HTTP/1.1\r\n\r\n")
    assert (await asyncio.wait_for(reader.read(), 10)).startswith(b"HTTP/1.1 200 OK")
    writer.close()
    assert (await report(server, "stays"))["client_closed"] is False


async def test_resets(server: Server) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.ports[0])
    writer.write(b"GET /resets/r/a HTTP/1.1\r\n\r\n")
    with pytest.raises(ConnectionResetError):
        await asyncio.wait_for(reader.read(), 10)
    writer.close()


async def test_ends(server: Server) -> None:
    assert await ask(server, "/ends/r/a") == b"HTTP/1.1 200 OK\r\n\r\nhi"


async def test_redirects_know_both_origins(server: Server) -> None:
    base, other = (f"http://127.0.0.1:{port}/moved/r/b" for port in server.ports)
    assert base != other
    assert f"location: {base} {other}".encode() in await ask(server, "/moved/r/a")


async def test_notices_who_does_not_wait(server: Server) -> None:
    await ask(server, "/late/r/a")
    await ask(server, "/late/r/a")
    assert any("at least 60000" in problem for problem in (await report(server, "late"))["problems"])


async def test_lists_vectors_and_knows_no_others(server: Server) -> None:
    listed = json.loads((await ask(server, "/_vectors")).split(b"\r\n\r\n")[1])
    assert [v["name"] for v in listed] == [v["name"] for v in VECTORS]
    assert (await ask(server, "/nosuch/r/a")).startswith(b"HTTP/1.1 404")
    assert (await ask(server, "/_report/nosuch/r")).startswith(b"HTTP/1.1 404")


def test_refuses_two_vectors_of_one_name(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"name": "x"}]')
    (tmp_path / "b.json").write_text('[{"name": "x"}]')
    with pytest.raises(ValueError, match=r"b\.json.*'x'"):
        load_vectors(tmp_path)


def test_says_where_it_listens() -> None:
    process = subprocess.Popen([sys.executable, HERE / "server.py"], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("listening on http://127.0.0.1:")
    finally:
        process.terminate()
        process.communicate()


def test_says_why_it_cannot_serve(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{")
    done = subprocess.run(
        [sys.executable, HERE / "server.py", "--cases", tmp_path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("cannot serve: ")


# -- mutants


def test_every_mutant_differs_in_what_is_compared() -> None:
    vectors = [v for v in load_vectors(HERE / "cases").values() if is_quick(v)]
    assert len(vectors) > 150
    for each in vectors:
        made = list(mutants(each))
        assert len({m["name"] for m in made}) == len(made) >= 3
        for mutant in made:
            assert (mutant["observe"], mutant["exchanges"]) != (each["observe"], each["exchanges"]), mutant["name"]


def test_mutants_are_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["mutants.py", str(tmp_path / "out")])
    assert main() == 0
    assert len(load_vectors(tmp_path / "out")) > 500
