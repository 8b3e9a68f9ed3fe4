"""One document judged in a process of its own: a crash, a hang or a hunger for memory ends that process and no other."""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import pkgutil
import resource
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from polyport_codegen.config import Config, TargetConfig
from polyport_codegen.diagnostics import Diagnostics, InputError
from polyport_codegen.ir.model import Api
from polyport_codegen.load.document import Document
from polyport_codegen.pipeline import BuildOptions, Locks, build, read_document, run

from tests.conformance.constructs import CONSTRUCTS, Case, Verdict
from tests.conformance.places import calls


@dataclass
class Judgement:
    """What became of one document. `fault` is empty when it is well."""

    document: str
    fault: str = ""
    detail: str = ""
    operations: int = 0
    seconds: float = 0.0
    peak: int = 0  # MB
    #: Construct -> verdict -> in how many places.
    constructs: dict[str, dict[str, int]] = field(default_factory=dict)
    #: Pointers of the places that are neither typed nor reported, some of them.
    silent: dict[str, list[str]] = field(default_factory=dict)
    diagnostics: dict[str, int] = field(default_factory=dict)


def judge(path: str, *, seconds: float, megabytes: int, output: bool) -> Judgement:
    """Judge a document; `output`: also generate the Python client and import every module of it."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(theirs, path, megabytes, output))
    began = time.monotonic()
    process.start()
    theirs.close()
    found = Judgement(path)
    try:
        if not ours.poll(seconds):
            found.fault = "hang"
            found.detail = f"no end after {seconds:.0f} s"
            process.kill()
        else:
            found = ours.recv()
    except EOFError:
        process.join()
        found.fault, found.detail = "killed", f"the process ended with {process.exitcode}"
    process.join()
    found.seconds = time.monotonic() - began
    return found


def _child(connection: Connection, path: str, megabytes: int, output: bool) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    gc.disable()
    found = Judgement(path)
    try:
        _judge(path, found, output)
    except MemoryError:
        found.fault, found.detail = "memory", f"more than {megabytes} MB"
    except BaseException:
        found.fault, found.detail = "crash", traceback.format_exc()[-3000:]
    found.peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    connection.send(found)
    connection.close()
    os._exit(0)


def _judge(path: str, found: Judgement, output: bool) -> None:
    diagnostics = Diagnostics()
    config = Config(spec=path, targets={"python": TargetConfig("python")})
    try:
        document = read_document(config, diagnostics)
        api = build(document, BuildOptions(), diagnostics)
    except InputError as error:
        if not error.diagnostic.origin.file or not error.diagnostic.message:
            found.fault, found.detail = "no place", repr(error.diagnostic)
        found.diagnostics = {f"refused: {error.diagnostic.code}": 1}
        return
    placeless = [d for d in diagnostics.items if not d.origin.file or not d.message]
    if placeless:
        found.fault, found.detail = "no place", repr(placeless[0])
    found.diagnostics = dict(Counter(f"{d.severity.value} {d.code}" for d in diagnostics.items))
    api = api.documented()
    found.operations = len(api.operations)
    documented = sum(1 for _ in calls(document))  # without the generator's own walk
    in_tree = sum(len(node.operations) for node in api.root.walk())
    if not documented == len(api.operations) == in_tree:
        found.fault = "lost"
        found.detail = f"{documented} operations documented, {len(api.operations)} modelled, {in_tree} in the tree"
    _constructs(document, api, diagnostics, found)
    if output and not found.fault and not diagnostics.has_errors:
        _import(config, found)


def _constructs(document: Document, api: Api, diagnostics: Diagnostics, found: Judgement) -> None:
    case = Case.of(document, api, diagnostics)
    for construct in CONSTRUCTS:
        counts: Counter[str] = Counter()
        for pointer, verdict in construct.judge(case):
            counts[verdict.value] += 1
            if verdict is Verdict.NEITHER:
                found.silent.setdefault(construct.name, [])
                if len(found.silent[construct.name]) < 3:
                    found.silent[construct.name].append(pointer)
        if counts:
            found.constructs[construct.name] = dict(counts)


def _import(config: Config, found: Judgement) -> None:
    result = run(config, Locks(), Diagnostics())
    folder = Path(tempfile.mkdtemp(prefix="conformance-"))
    try:
        for file in result.targets["python"].files:
            target = folder / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.data)
        package = next(p.parent for p in sorted(folder.glob("src/*/py.typed")))
        sys.path.insert(0, str(package.parent))
        # An installed package of that name may have been imported before this process was forked.
        for name in [m for m in sys.modules if m.partition(".")[0] == package.name]:
            del sys.modules[name]
        sys.dont_write_bytecode = True
        module = importlib.import_module(package.name)
        for name in _modules(module):
            try:
                importlib.import_module(name)
            except Exception:
                found.fault, found.detail = "import", f"{name}: {traceback.format_exc()[-1500:]}"
                return
        for name in getattr(module, "__all__", ()):
            getattr(module, name)
    except Exception:
        found.fault, found.detail = "import", traceback.format_exc()[-3000:]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _modules(package: Any) -> Iterator[str]:
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if "grpc" not in info.name.split("."):
            yield info.name
