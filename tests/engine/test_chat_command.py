"""`polyport chat`, as a person and as a pipe would use it."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from polyport_gateway.engine.models.store import InstalledModel

CHAT = [
    sys.executable,
    "-c",
    "import sys; from polyport_gateway.engine.chat_command import main; sys.exit(main(sys.argv[1:]))",
]


def chat(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([*CHAT, *arguments], input=given, capture_output=True, text=True, timeout=180, check=False)


def test_the_default_model_knows_the_capital_of_france(smollm: InstalledModel) -> None:
    done = chat("What is the capital of France?")
    assert done.returncode == 0, done.stderr
    assert "Paris" in done.stdout
    assert done.stderr == ""


def test_a_pipe_gives_the_prompt(tiny_gguf: Path) -> None:
    done = chat("--model", str(tiny_gguf), "--max-tokens", "5", given="Hello")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("\n")


def test_a_model_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    done = chat("--model", str(tmp_path / "none.gguf"), "Hi")
    assert done.returncode == 1
    assert "none.gguf: there is no such file" in done.stderr


class Terminal:
    """The command in a terminal of its own; `sees` reads until a text appears."""

    def __init__(self, *arguments: str) -> None:
        self._master, slave = pty.openpty()
        # The terminal is made the child's own, so that Ctrl-C typed here is a signal there.
        code = f"import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); {CHAT[2]}"
        command = [sys.executable, "-c", code, *arguments]
        self.process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, start_new_session=True)
        os.close(slave)
        self._text = ""

    def sees(self, wanted: str, seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while wanted not in self._text:
            ready, _, _ = select.select([self._master], [], [], max(end - time.monotonic(), 0))
            assert ready, f"{wanted!r} did not appear in {self._text!r}"
            self._text += os.read(self._master, 4096).decode(errors="replace")
        self._text = self._text.partition(wanted)[2]

    def types(self, text: str) -> None:
        os.write(self._master, text.encode())

    def is_left_by(self, text: str) -> int:
        """The exit status once a key has ended the command.

        It is pressed again where it came to nothing: a signal between readline's prompt and its wait is noticed only
        with the next key (CPython's `readline_until_enter_or_signal`).
        """
        for _ in range(3):
            self.types(text)
            with contextlib.suppress(subprocess.TimeoutExpired):
                return self.process.wait(20)
        raise AssertionError(f"{text!r} does not end the command")

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._master)


def test_a_conversation_in_a_terminal(smollm: InstalledModel) -> None:
    terminal = Terminal("--max-tokens", "2000")
    try:
        terminal.sees("> ")
        terminal.types("My name is Ada. Say hello to me.\n")
        terminal.sees("Ada")  # the echo of what was typed
        terminal.sees("\n> ")
        terminal.types("Write a very long story about a lighthouse, with many chapters.\n")
        terminal.sees("chapters.")
        terminal.sees("the ")
        terminal.types("\x03")  # stops the answer
        terminal.sees("\n> ")
        assert terminal.is_left_by("\x03") == 0
    finally:
        terminal.close()


@pytest.fixture
def gateway() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server that streams what the model's name says, and the requests it got."""
    requests: list[dict[str, Any]] = []
    event = b'data: {"choices": [{"index": 0, "delta": {"content": "%s"}}]}\n\n'
    answers = {
        "plain": b": hello\n\n"
        + event % b"Bon"
        + event % b"jour"
        + b'data: {"choices": [], "usage": {}}\n\ndata: [DONE]\n\n',
        "cut": event % b"Bon",
        "error": event % b"Bon" + b'data: {"error": {"message": "it broke"}}\n\n',
    }

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            requests.append({"path": self.path, "key": self.headers["Authorization"], **body})
            answer = answers.get(body["model"])
            self.send_response(200 if answer else 404)
            self.end_headers()
            self.wfile.write(answer or b'{"error": {"message": "no such model"}}')

        def log_message(self, format: str, *args: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", requests
    server.shutdown()
    server.server_close()


def test_a_gateway_answers(gateway: tuple[str, list[dict[str, Any]]]) -> None:
    url, requests = gateway
    done = chat("--base-url", url, "--api-key", "k", "--system", "Be brief.", "--model", "plain", "Hello", "there")
    assert (done.returncode, done.stdout) == (0, "Bonjour\n")
    [request] = requests
    assert (request["path"], request["key"], request["stream"]) == ("/v1/chat/completions", "Bearer k", True)
    assert request["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Hello there"},
    ]


@pytest.mark.parametrize(
    ("model", "message"), [("cut", "cut short"), ("error", "it broke"), ("none", "404 no such model")]
)
def test_a_gateways_trouble_is_told(gateway: tuple[str, list[dict[str, Any]]], model: str, message: str) -> None:
    done = chat("--base-url", gateway[0], "--model", model, "Hello")
    assert done.returncode == 1
    assert message in done.stderr
