"""`polyport chat`: talk to a model in the terminal, through a gateway or with an engine of its own."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

from .chat_sources import Source, engine_source, gateway_source
from .errors import EngineError
from .messages import Sampling
from .models.catalog import DEFAULT_CHAT, catalog
from .models.pull import pull
from .models.store import model_folder, read_manifest

Turn = dict[str, str]


def main(argv: Sequence[str]) -> int:
    """0 when all went well, 1 with a message on standard error, 2 for wrong usage, 130 when interrupted."""
    arguments = _parser().parse_args(argv)
    sampling = Sampling(max_tokens=arguments.max_tokens, temperature=arguments.temperature, seed=arguments.seed)
    opening: list[Turn] = [{"role": "system", "content": arguments.system}] if arguments.system else []
    try:
        with _source(arguments, sampling) as source:
            if arguments.prompt or not sys.stdin.isatty():
                prompt = " ".join(arguments.prompt) or sys.stdin.read()
                _say(source([*opening, {"role": "user", "content": prompt}]))
            else:
                _converse(source, opening)
    except EngineError as error:
        print(f"polyport chat: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="polyport chat",
        description="Talk to a model. Without a prompt: a conversation, or the prompt from standard input.",
    )
    parser.add_argument("prompt", nargs="*", help="what to ask; the answer is printed, and that is all")
    parser.add_argument("--model", default=DEFAULT_CHAT, metavar="NAME", help=f"the model ({DEFAULT_CHAT})")
    parser.add_argument(
        "--base-url", metavar="URL", help="a gateway, e.g. http://127.0.0.1:8080; else an engine is started"
    )
    parser.add_argument(
        "--api-key", default=os.environ.get("POLYPORT_API_KEY"), metavar="KEY", help="the gateway's key"
    )
    parser.add_argument("--system", metavar="TEXT", help="instructions for the whole conversation")
    parser.add_argument("--max-tokens", type=int, metavar="N", help="most tokens of an answer")
    parser.add_argument(
        "--temperature", type=float, default=0.0, metavar="T", help="0 always takes the likeliest token (0)"
    )
    parser.add_argument("--seed", type=int, metavar="N", help="makes answers repeatable at a temperature above 0")
    return parser


@contextlib.contextmanager
def _source(arguments: argparse.Namespace, sampling: Sampling) -> Iterator[Source]:
    if arguments.base_url:
        yield gateway_source(arguments.base_url, arguments.api_key, arguments.model, sampling)
        return
    if arguments.model in catalog() and read_manifest(model_folder(arguments.model)) is None:
        pull(arguments.model, lambda text: print(text, file=sys.stderr, flush=True))
    with tempfile.TemporaryDirectory(prefix="polyport-") as place:  # made with mode 0700
        socket = Path(place) / "engine.sock"
        command = [sys.executable, "-m", "polyport_gateway.engine", "--socket", str(socket), "--model", arguments.model]
        # A session of its own, so that Ctrl-C stops an answer and not the engine.
        engine = subprocess.Popen([*command, "--quiet"], stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            with asyncio.Runner() as runner, engine_source(runner, socket, arguments.model, sampling) as source:
                yield source
        finally:
            engine.terminate()
            try:
                engine.wait(5)
            except subprocess.TimeoutExpired:
                engine.kill()
                engine.wait()


def _converse(source: Source, opening: list[Turn]) -> None:
    """Question and answer until the end of input or Ctrl-C at the prompt."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 (input() edits lines with it)
    print("Ctrl-C stops an answer, a second one ends the conversation.", file=sys.stderr)
    history = list(opening)
    while True:
        try:
            question = input("> ")
        except (EOFError, KeyboardInterrupt):
            print(file=sys.stderr)
            return
        if not question.strip():
            continue
        history.append({"role": "user", "content": question})
        answer = _say(source(history))
        history.append({"role": "assistant", "content": answer})


def _say(pieces: Generator[str, None, None]) -> str:
    """Print an answer as it comes; Ctrl-C ends it. Returns what was said."""
    said = ""
    try:
        for piece in pieces:
            said += piece
            sys.stdout.write(piece)
            sys.stdout.flush()
    except KeyboardInterrupt:
        if not sys.stdin.isatty():
            raise
    finally:
        pieces.close()
    print()
    return said
