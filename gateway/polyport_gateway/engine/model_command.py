"""`polyport model list|pull|describe`. Imports no torch: files are read, not run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from .errors import EngineError
from .models.catalog import DEFAULT_CHAT, DEFAULT_EMBEDDING, catalog
from .models.progress import size_text
from .models.pull import pull
from .models.store import InstalledModel, Manifest, find, installed, model_folder, models_folder, read_manifest


def main(argv: Sequence[str]) -> int:
    """Run one subcommand; 0 if it worked, 1 with a message on standard error if not, 2 for wrong usage."""
    arguments = _parser().parse_args(argv)
    try:
        arguments.run(arguments)
    except EngineError as error:
        print(f"polyport model: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ninterrupted; pull again to go on", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="polyport model", description="The models that the local engine can run.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    listing = commands.add_parser("list", help="models known and models here")
    listing.set_defaults(run=_list)
    pulling = commands.add_parser(
        "pull", help="bring a model here and check it", description="Bring models here and check them."
    )
    pulling.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        default=[DEFAULT_CHAT, DEFAULT_EMBEDDING],
        help="a known name, a path to a .gguf file or model folder, or org/repository[@revision][:file.gguf] on the Hugging Face hub"
        f" (default: {DEFAULT_CHAT} and {DEFAULT_EMBEDDING})",
    )
    pulling.set_defaults(run=_pull)
    describing = commands.add_parser("describe", help="what a model is made of")
    describing.add_argument("name", metavar="NAME", help="as for pull")
    describing.set_defaults(run=_describe)
    return parser


def _list(arguments: argparse.Namespace) -> None:
    here = {manifest.id: manifest for manifest in installed()}
    rows = [("MODEL", "KIND", "SIZE", "HERE", "FROM")]
    for known in catalog().values():
        size = sum(file.size for file in known.files)
        rows.append((known.id, known.kind, size_text(size), "yes" if known.id in here else "no", known.package))
    rows += [(m.id, m.kind, size_text(_size(m)), "yes", m.source) for m in here.values() if m.id not in catalog()]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    for row in rows:
        print("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]]))
    print(f"\nModels lie in {models_folder()}.")


def _pull(arguments: argparse.Namespace) -> None:
    for name in arguments.names:
        pull(name, lambda text: print(text, file=sys.stderr, flush=True))


def _describe(arguments: argparse.Namespace) -> None:
    name = arguments.name
    facts: dict[str, Any] = {}
    if known := catalog().get(name):
        facts |= {"title": known.title, "license": known.license, "about": known.about, "package": known.package}
        if read_manifest(model_folder(name)) is None:
            facts["here"] = f"no; run: polyport model pull {name}"
            _print(name, facts)
            return
    model = find(name)
    manifest = read_manifest(model.folder)
    facts |= {"kind": model.kind, "folder": model.folder}
    facts |= {
        f"file {file.name}": f"{size_text(file.size)}, SHA-256 {file.sha256}"
        for file in (manifest.files if manifest else ())
    }
    _print(model.id, facts | _contents(model))


def _contents(model: InstalledModel) -> dict[str, Any]:
    """What the model's own file says about it."""
    if model.main_file.suffix != ".gguf":
        return {}
    from collections import Counter

    from .gguf_file import GGUFFile

    file = GGUFFile(model.main_file)
    prefix = f"{file.metadata.get('general.architecture')}."
    facts = {key.removeprefix(prefix): value for key, value in file.metadata.items() if key.startswith(prefix)}
    kinds = Counter(tensor.kind.name for tensor in file.tensors.values())
    return {
        "architecture": prefix.rstrip("."),
        **facts,
        "tokens": len(file.metadata.get("tokenizer.ggml.tokens", ())),
        "tensors": ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()),
        "chat template": "yes" if "tokenizer.chat_template" in file.metadata else "no",
    }


def _print(name: str, facts: dict[str, Any]) -> None:
    print(name)
    width = max(map(len, facts))
    for key, value in facts.items():
        print(f"  {key.ljust(width)}  {value}")


def _size(manifest: Manifest) -> int:
    return sum(file.size for file in manifest.files)
