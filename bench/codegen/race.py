"""All four SDKs of a document in one command, beside other generators in the same run.

    python -m bench.codegen.race SPEC ... [--peers]

CPU seconds (user and system, all processes of the command) and peak memory (the largest process). The rows of Polyport:
from nothing, again without a change, and again after one description of one schema was edited.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.load.bundle import bundle
from polyport_codegen.load.document import load
from polyport_codegen.registry import LANGUAGES

from bench.codegen.cost import Cost, measure
from bench.codegen.peers import install, peers

_ROW = "| {:<24} | {:<30} | {:>7} | {:>8} | {:>7} | {} |"


def main(argv: Sequence[str] | None = None) -> int:
    """Print a row a run; 1 when ours fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("specs", nargs="+", type=Path)
    parser.add_argument("--peers", action="store_true", help="run other generators too")
    options = parser.parse_args(argv)
    if options.peers:
        install()
    print(_ROW.format("document", "generator", "CPU s", "peak MB", "files", "note"))
    print("|---|---|---|---|---|---|")
    good = True
    for spec in options.specs:
        with TemporaryDirectory() as scratch:
            good &= _race(spec.resolve(), Path(scratch), options.peers)
    return 0 if good else 1


def _race(spec: Path, scratch: Path, with_peers: bool) -> bool:
    whole = scratch / "openapi.json"
    tree: Any = bundle(load(str(spec), Diagnostics()))
    whole.write_text(json.dumps(tree), encoding="utf-8")
    good = True
    for name, cost, note in _ours(spec, whole, tree, scratch):
        good &= cost.status == 0
        _row(spec.stem, name, cost, scratch / "ours", note)
    if with_peers:
        whole.write_text(json.dumps(_unreserved(tree)), encoding="utf-8")
        for peer in peers(whole, scratch):
            cost = measure(list(peer.command), scratch)
            left_out = len(re.findall(r"Endpoint will not be generated", cost.output))
            note = f"{left_out} operations left out" if left_out else ""
            _row(spec.stem, f"{peer.name} ({peer.language})", cost, peer.folder, note)
    return good


def _unreserved(node: Any) -> Any:
    """Without members of the prefixes that OpenAPI reserves: openapi-generator refuses a document for them."""
    if isinstance(node, dict):
        return {k: _unreserved(v) for k, v in node.items() if not k.startswith(("x-oai-", "x-oas-"))}
    return [_unreserved(v) for v in node] if isinstance(node, list) else node


def _ours(spec: Path, whole: Path, tree: Any, scratch: Path) -> Iterator[tuple[str, Cost, str]]:
    def generate(source: Path) -> Cost:
        command = [sys.executable, "-m", "polyport_codegen", "generate", str(source), "--lang", ",".join(LANGUAGES)]
        return measure([*command, "--out", str(scratch / "ours")], scratch)

    yield "Polyport, as published", generate(spec), ""
    generate(whole)
    yield "Polyport, no change", generate(whole), ""
    schema = next(iter((tree.get("components") or {}).get("schemas", {}).values()), None)
    if isinstance(schema, dict):
        schema["description"] = "Another description."
        whole.write_text(json.dumps(tree), encoding="utf-8")
        edited = generate(whole)
        changed = sum(map(int, re.findall(r"(\d+) changed", edited.output)))
        yield "Polyport, one schema edited", edited, f"{changed} files written"


def _row(document: str, name: str, cost: Cost, folder: Path, note: str) -> None:
    files = sum(1 for f in folder.rglob("*") if f.is_file() and ".polyport" not in f.parts)
    failed = "" if cost.status == 0 else f"FAILED: {(cost.output.strip().splitlines() or [''])[-1][:120]}"
    print(_ROW.format(document, name, f"{cost.cpu:.2f}", f"{cost.peak:.0f}", files, failed or note), flush=True)


if __name__ == "__main__":
    sys.exit(main())
