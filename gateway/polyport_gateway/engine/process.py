"""The engine process: `python -m polyport_gateway.engine --socket PATH --model NAME...`.

It answers on its socket before torch is imported; models load in the background, one after another. Under the gateway's supervisor it is
started with `--status-fd N` instead: its settings come on standard input, and its states go to that descriptor (see `server/engines.py`).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import logging
import os
import signal
import socket
import stat
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from polyport_gateway.core.provider import ProviderSettings

from .errors import EngineError
from .host import Host, ModelService, Peer
from .messages import EngineOptions, Kind, ModelState, Phase
from .models.catalog import DEFAULT_CHAT, DEFAULT_EMBEDDING, catalog

if TYPE_CHECKING:
    from .loading import Options
    from .service import Workshop

log = logging.getLogger("polyport.engine")
DRAIN_SECONDS = 30.0


def main(argv: Sequence[str] | None = None) -> int:
    """Run until SIGTERM or SIGINT, or until the process that started this one is gone. 0 after a clean end."""
    arguments = _parser().parse_args(argv)
    supervised = arguments.status_fd is not None
    logging.basicConfig(
        level=logging.WARNING if supervised or arguments.quiet else logging.INFO,
        stream=sys.stderr,
        format="engine: %(message)s",
    )
    report = _Report(arguments.status_fd)
    try:
        if supervised:
            _take_settings(arguments, sys.stdin.buffer.read())
        _prepare_socket(Path(arguments.socket))
        return asyncio.run(_serve(arguments, report))
    except EngineError as error:
        report.write("failed", str(error))
        print(f"engine: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="polyport-engine", description="Run models behind a unix socket.")
    parser.add_argument(
        "--socket", required=True, metavar="PATH", help="where to listen; its folder must be private to the user"
    )
    parser.add_argument(
        "--model", action="append", metavar="NAME", help="a model's name, .gguf file or folder; may be repeated"
    )
    parser.add_argument(
        "--threads", type=int, default=os.cpu_count() or 1, metavar="N", help="threads for computing (all cores)"
    )
    parser.add_argument(
        "--context", type=int, metavar="TOKENS", help="most tokens of a prompt and its answer (the model's, up to 8192)"
    )
    parser.add_argument("--slots", type=int, default=32, metavar="N", help="sequences that run at once (32)")
    parser.add_argument("--cache-mib", type=int, default=2048, metavar="MIB", help="memory for keys and values (2048)")
    parser.add_argument(
        "--weights", choices=["float16", "float32"], help="weight format (float16 where the CPU is fast at it)"
    )
    parser.add_argument("--quiet", action="store_true", help="say nothing but warnings")
    parser.add_argument("--status-fd", type=int, help=argparse.SUPPRESS)
    return parser


def _take_settings(arguments: argparse.Namespace, text: bytes) -> None:
    """Models and options as the supervisor sends them. Raises EngineError for settings that do not fit."""
    try:
        settings = msgspec.json.decode(text, type=ProviderSettings)
        options = msgspec.convert(settings.options, EngineOptions)
    except msgspec.DecodeError as error:  # msgspec.ValidationError is one
        raise EngineError(f"the settings do not fit: {error}") from error
    arguments.model = list(settings.models or ()) or None
    for name, value in msgspec.structs.asdict(options).items():
        if value is not None:
            setattr(arguments, name, value)


class _Report:
    """Tells the supervisor what becomes of this engine, one JSON object per line; without a supervisor, nobody."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def write(self, state: Phase, detail: str = "", models: Sequence[str] = ()) -> None:
        if self._descriptor is not None:
            line = msgspec.json.encode({"state": state, "detail": detail, "models": list(models)}) + b"\n"
            with contextlib.suppress(BrokenPipeError):  # _watch_parent sees to the end of this process
                os.write(self._descriptor, line)


def _prepare_socket(path: Path) -> None:
    """Make the private folder and remove a socket that nobody listens on. Raises EngineError if the place cannot be used."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = path.parent.stat()
    except OSError as error:
        raise EngineError(f"{path.parent}: cannot be made ({error})") from error
    if status.st_uid != os.getuid() or stat.S_IMODE(status.st_mode) & 0o077:
        raise EngineError(
            f"{path.parent}: must belong to this user and be private (chmod 700), or anybody could use the engine"
        )
    if path.exists():
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(path))
            except OSError:
                path.unlink()
            else:
                raise EngineError(f"{path}: another engine listens there")


async def _serve(arguments: argparse.Namespace, report: _Report) -> int:
    names = list(dict.fromkeys(arguments.model or [DEFAULT_CHAT, DEFAULT_EMBEDDING]))
    host = Host(ModelState(_model_id(name), _model_kind(name), "loading") for name in names)
    server = await host.loop.create_unix_server(lambda: Peer(host), arguments.socket)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        host.loop.add_signal_handler(number, stopped.set)
    orphaned = asyncio.create_task(_watch_parent(stopped))
    loader = threading.Thread(target=_load, args=(host, names, arguments, report), name="engine-load", daemon=True)
    loader.start()
    await stopped.wait()
    server.close()
    for number in (signal.SIGTERM, signal.SIGINT):  # a second signal ends at once
        host.loop.add_signal_handler(number, os._exit, 1)
    log.info("stopping")
    drained = await host.drain(DRAIN_SECONDS)
    orphaned.cancel()
    Path(arguments.socket).unlink(missing_ok=True)
    if not drained or loader.is_alive():  # threads inside torch cannot be told to stop
        log.warning("ending with work undone")
        logging.shutdown()
        os._exit(0 if drained else 1)
    host.close()
    return 0


async def _watch_parent(stopped: asyncio.Event) -> None:
    """An engine must not outlive its supervisor, however that ended."""
    parent = os.getppid()
    while os.getppid() == parent:
        await asyncio.sleep(1)
    log.warning("the process that started this engine is gone")
    stopped.set()


def _load(host: Host, names: list[str], arguments: argparse.Namespace, report: _Report) -> None:
    """The loading thread: torch first, then each model; a model that fails does not keep the others from serving."""
    report.write("loading", f"loading {', '.join(map(_model_id, names))}")
    failures = []
    try:
        import torch

        from .loading import Options
        from .service import Workshop

        torch.set_num_threads(arguments.threads)
        options = Options(arguments.context, arguments.slots, arguments.cache_mib, arguments.weights)
        workshop = Workshop(host.deliver, arguments.threads)
        host.on_close(workshop.close)
    except Exception as error:
        log.exception("the engine cannot start")
        failures.append(f"the engine cannot start: {error}")
        for name in names:
            _tell(host, ModelState(_model_id(name), _model_kind(name), "failed", failures[0]))
    else:
        for name in names:
            begin = time.monotonic()
            state, service = _load_one(name, options, workshop)
            log.info("%s: %s", state.id, state.reason or f"ready after {time.monotonic() - begin:.1f} s")
            if state.phase == "failed":
                failures.append(state.reason)
            _tell(host, state, service)
    gc.freeze()  # what is loaded stays: no collection need look at it
    if failures:
        report.write("failed", "; ".join(failures))
    else:
        report.write("ready", models=[_model_id(name) for name in names])


def _load_one(name: str, options: Options, workshop: Workshop) -> tuple[ModelState, ModelService | None]:
    from .loading import load_chat, load_embedder
    from .models.store import find
    from .service import ChatService, EmbeddingService

    model_id, kind = _model_id(name), _model_kind(name)
    try:
        model = find(name)
        kind = model.kind
        if kind == "embedding":
            embedder = load_embedder(model)
            return ModelState(model_id, kind, "ready", context=embedder.context), EmbeddingService(embedder, workshop)
        chat = load_chat(model, options)
    except EngineError as error:
        return ModelState(model_id, kind, "failed", str(error)), None
    except Exception as error:
        log.exception("loading %s failed", name)
        return ModelState(model_id, kind, "failed", f"loading failed: {error}"), None
    tools = chat.template is not None and chat.template.knows_tools
    return ModelState(model_id, kind, "ready", context=chat.context, tools=tools), ChatService(chat, workshop)


def _tell(host: Host, state: ModelState, service: ModelService | None = None) -> None:
    host.loop.call_soon_threadsafe(host.set_state, state, service)


def _model_id(name: str) -> str:
    """The id under which a model is served: its name, or its file's or folder's."""
    path = Path(name)
    if path.suffix == ".gguf":
        return path.stem
    return path.resolve().name if path.exists() else name


def _model_kind(name: str) -> Kind:
    """A first guess, until the files tell."""
    known = catalog().get(name)
    return known.kind if known else "chat"


if __name__ == "__main__":
    sys.exit(main())
