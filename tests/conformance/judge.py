"""One document judged: read, modelled, generated, imported. `pool` does it in a process of its own."""

from __future__ import annotations

import importlib
import sys
import traceback
from collections import Counter
from dataclasses import dataclass, field, replace

from polyport_codegen.config import Config, TargetConfig
from polyport_codegen.diagnostics import Diagnostics, InputError, Severity
from polyport_codegen.pipeline import Locks, Run, run
from polyport_codegen.target import Generated
from polyport_codegen.uncollected import uncollected

from tests.conformance.constructs import Case, Verdict, judged
from tests.conformance.in_memory import Package


@dataclass
class Judgement:
    """What became of one document. `fault` is empty when it is well."""

    document: str
    fault: str = ""
    detail: str = ""
    #: The code of the error for which the document is refused; empty: it is not.
    refused: str = ""
    operations: int = 0
    #: How many modules of the Python package were imported.
    modules: int = 0
    seconds: float = 0.0  # CPU
    peak: int = 0  # MB
    #: Construct -> verdict -> in how many places.
    constructs: dict[str, dict[str, int]] = field(default_factory=dict)
    #: Pointers of the places that are neither typed nor reported, some of them.
    silent: dict[str, list[str]] = field(default_factory=dict)
    diagnostics: dict[str, int] = field(default_factory=dict)


def judge(path: str, *, output: bool) -> Judgement:
    """Judge a document in this process; `output`: also generate the Python client and import every module of it."""
    found = Judgement(path)
    try:
        _judge(path, found, output)
    except MemoryError:
        found.fault, found.detail = "memory", "more than the limit"
    except BaseException:
        found.fault, found.detail = "crash", traceback.format_exc()[-3000:]
    return found


def _judge(path: str, found: Judgement, output: bool) -> None:
    diagnostics = Diagnostics()
    config = Config(spec=path, targets={"python": TargetConfig("python")} if output else {})
    try:
        with uncollected():
            result = run(config, Locks(), diagnostics)
    except InputError as error:
        _refused(config, error, found)
        return
    if unplaced := [d for d in diagnostics.items if not d.origin.file or not d.message]:
        found.fault, found.detail = "no place", repr(unplaced[0])
        return
    found.diagnostics = dict(Counter(f"{d.severity.value} {d.code}" for d in diagnostics.items))
    found.refused = next((d.code for d in diagnostics.items if d.severity is Severity.ERROR), "")
    api = result.api.documented()
    case = Case.of(result.document, api, diagnostics)
    found.operations = len(api.operations)
    documented = len(case.calls)  # without the generator's own walk
    in_tree = sum(len(node.operations) for node in api.root.walk())
    if not documented == len(api.operations) == in_tree:
        found.fault = "lost"
        found.detail = f"{documented} operations documented, {len(api.operations)} modelled, {in_tree} in the tree"
    _constructs(case, found)
    if output and not found.fault and not found.refused:
        _import(result, found)


def _refused(config: Config, error: InputError, found: Judgement) -> None:
    """A document may be refused when it is read; what was read and modelled may not be refused by a language."""
    said = error.diagnostic
    if not said.origin.file or not said.message:
        found.fault, found.detail = "no place", repr(said)
    elif config.targets:
        try:
            run(replace(config, targets={}), Locks(), Diagnostics())
        except InputError:
            found.refused = said.code
        else:
            found.fault, found.detail = "crash", f"refused by the language alone: {said.message}"
    else:
        found.refused = said.code


def _constructs(case: Case, found: Judgement) -> None:
    counts: dict[str, Counter[str]] = {}
    for name, origin, verdict in judged(case):
        counts.setdefault(name, Counter())[verdict.value] += 1
        if verdict is Verdict.NEITHER:
            places = found.silent.setdefault(name, [])
            if len(places) < 3:
                places.append(origin.pointer)
    found.constructs = {name: dict(counter) for name, counter in counts.items()}


def _import(result: Run[Generated], found: Judgement) -> None:
    files = {f.path: f.data for f in result.targets["python"].files}
    at = ""
    try:
        for at, data in files.items():
            if at.endswith(".py") and not at.startswith("src/"):  # the others are compiled when they are imported
                compile(data, at, "exec", dont_inherit=True)
        package = Package(files)
        with package.importable():
            for at in package.modules:
                importlib.import_module(at)
                found.modules += 1
            module = sys.modules[package.name]
            for name in getattr(module, "__all__", ()):
                getattr(module, name)
    except MemoryError:
        raise
    except Exception:
        found.fault, found.detail = "import", f"{at}: {traceback.format_exc()[-2000:]}"
