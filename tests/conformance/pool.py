"""Documents judged side by side, each in a process of its own: a crash, a hang or a hunger for memory ends that process
and no other. The processes are forked from this one, which has everything imported and no threads."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from signal import SIGXCPU

from tests.conformance.judge import Judgement, judge

_SMALL = Path(__file__).resolve().parents[1] / "specs/petstore.yaml"


@dataclass(frozen=True)
class Limits:
    """Of one document. A process that waits instead of working ends after `patience` times the seconds: on a busy
    machine one that works gets little of them."""

    seconds: float = 300  # CPU
    megabytes: int = 6000
    patience: float = 20


@dataclass
class _Running:
    process: ForkProcess
    document: str
    began: float = field(default_factory=time.monotonic)


def judged(
    documents: Iterable[str],
    limits: Limits,
    *,
    output: Callable[[str], bool],
    jobs: int = 1,
    tell: Callable[[list[str]], None] = print,
) -> Iterator[Judgement]:
    """The judgements in the order in which they are reached. `output` tells for which documents the Python client is
    generated and imported; `tell` hears now and then what is being judged."""
    waiting = iter(documents)
    running: dict[Connection, _Running] = {}
    judge(str(_SMALL), output=True)  # what it imports, compiles and reads is there in every process that is forked
    gc.freeze()  # or the collector of every child would copy what they share
    try:
        while True:
            while len(running) < jobs and (document := next(waiting, None)) is not None:
                connection, process = _start(document, limits, output(document))
                running[connection] = _Running(process, document)
            if not running:
                return
            tell([one.document for one in running.values()])
            ready = wait(list(running), timeout=1)
            late = time.monotonic() - limits.seconds * limits.patience
            for connection in list(running):
                if connection in ready:
                    yield _result(connection, running.pop(connection), limits)
                elif running[connection].began < late:
                    one = running.pop(connection)
                    one.process.kill()
                    one.process.join()
                    yield Judgement(one.document, "hang", f"no end after {limits.seconds * limits.patience:.0f} s")
    finally:
        for one in running.values():
            one.process.kill()


def judged_apart(document: str, limits: Limits, *, output: bool) -> Judgement:
    """One document, in a process of its own."""
    return next(judged([document], limits, output=lambda _: output, tell=lambda _: None))


def _start(document: str, limits: Limits, output: bool) -> tuple[Connection, ForkProcess]:
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(theirs, document, limits, output), daemon=True)
    process.start()
    theirs.close()  # or the end of the process would not be seen
    return ours, process


def _result(connection: Connection, one: _Running, limits: Limits) -> Judgement:
    try:
        found: Judgement = connection.recv()
    except (EOFError, OSError):
        one.process.join()
        if one.process.exitcode == -SIGXCPU:
            return Judgement(one.document, "hang", f"no end after {limits.seconds:.0f} s of CPU")
        return Judgement(one.document, "killed", f"the process ended with {one.process.exitcode}")
    finally:
        connection.close()
    one.process.join()
    return found


def _child(connection: Connection, document: str, limits: Limits, output: bool) -> None:
    most = limits.megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (int(limits.seconds), int(limits.seconds) + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # a process that judges one document and ends
    found = judge(document, output=output)
    used = resource.getrusage(resource.RUSAGE_SELF)
    found.seconds, found.peak = used.ru_utime + used.ru_stime, used.ru_maxrss >> 10
    connection.send(found)
    connection.close()
    os._exit(0)
