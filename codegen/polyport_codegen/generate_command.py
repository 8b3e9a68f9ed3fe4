"""`polyport generate` and `polyport check`."""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from . import __version__
from .config import Config, resolve
from .diagnostics import Diagnostics, InputError
from .output import compare, digest, is_current, write

_DEFAULT_CONFIGS = ("codegen.yaml", "spec/codegen.yaml")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("spec", nargs="?", help="an OpenAPI 3.0 or 3.1 document (default: the configuration's)")
    parser.add_argument(
        "--lang", metavar="NAMES", help="targets, separated by commas: python,node,kotlin,swift,proto,server"
    )
    parser.add_argument("--out", metavar="DIR", help="write each target to DIR/<target>")
    parser.add_argument(
        "--config",
        metavar="FILE",
        help="the configuration (default: codegen.yaml or spec/codegen.yaml when no spec is given)",
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="show notes too")


def _config(args: argparse.Namespace, diagnostics: Diagnostics) -> Config:
    file: str | None = args.config
    if file is None and args.spec is None:
        file = next((f for f in _DEFAULT_CONFIGS if os.path.exists(f)), None)
    languages = [w.strip() for w in args.lang.split(",") if w.strip()] if args.lang else None
    return resolve(spec=args.spec, config_file=file, languages=languages, out=args.out, diagnostics=diagnostics)


@cache
def _generator_hash() -> str:
    """A hash over the generator's own files, so that a changed generator is a changed input."""
    total = hashlib.sha256(__version__.encode())
    root = Path(__file__).parent
    for path in sorted(p for p in root.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        total.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _key(config: Config, name: str) -> str:
    """Everything but the input files that decides a target's output."""
    return digest(
        repr(
            (
                _generator_hash(),
                name,
                config.targets[name],
                config.name,
                config.version,
                config.base_url,
                config.license,
                config.repository,
                config.author,
                config.tests,
                config.renames,
            )
        ).encode()
    )


def _inputs(out: str, files: tuple[str, ...], config: Config, lock: str | None) -> Mapping[str, str]:
    listed = [*files, *config.overlays, *([config.file] if config.file else [])]
    found = {os.path.relpath(f, out): digest(Path(f).read_bytes()) for f in listed}
    if lock is not None:
        found[os.path.relpath(config.lock, out)] = digest(lock.encode())
    return found


def _read_lock(config: Config) -> str | None:
    try:
        return Path(config.lock).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def generate(argv: list[str]) -> int:
    """Write every target. Exit status 0, or 1 when the input cannot be used (then nothing was written)."""
    parser = argparse.ArgumentParser(
        "polyport generate", description="Generate client SDKs, the proto and server glue from an OpenAPI document."
    )
    _arguments(parser)
    parser.add_argument("--force", action="store_true", help="overwrite files that were edited by hand or are not ours")
    args = parser.parse_args(argv)
    diagnostics = Diagnostics()
    document = None
    try:
        config = _config(args, diagnostics)
        if not args.force and all(is_current(t.out, _key(config, n)) for n, t in config.targets.items()):
            print(f"{', '.join(config.targets)}: nothing changed")
            return 0
        from .pipeline import run

        for target in config.targets.values():
            _check_folder(target.out)
        result = run(config, _read_lock(config), diagnostics)
        document = result.document
        if not diagnostics.has_errors:
            if result.lock is not None and result.lock != _read_lock(config):
                write_lock(config.lock, result.lock)
            lock = _read_lock(config) if result.lock is not None else None
            for name, generated in result.targets.items():
                out = config.targets[name].out
                inputs = _inputs(out, document.files, config, lock if generated.lock is not None else None)
                changed = write(out, generated.files, _key(config, name), inputs, force=args.force)
                print(f"{name}: {len(generated.files)} files in {out}, {len(changed)} changed")
    except InputError as error:
        diagnostics.items.append(error.diagnostic)
    from .report import print_diagnostics

    print_diagnostics(diagnostics.items, document, sys.stderr, verbose=args.verbose)
    if diagnostics.has_errors:
        print("nothing was written", file=sys.stderr)
    return 1 if diagnostics.has_errors else 0


def _check_folder(out: str) -> None:
    """Fail before any work when the output folder cannot be written."""
    from .output import refuse

    folder = Path(out)
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir():
        raise refuse(str(folder), "is a file, not a folder", "Choose another --out.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise refuse(str(folder), "may not be written", "Choose another --out, or change its permissions.")


def write_lock(path: str, text: str) -> None:
    """Replace the lock file in one step: half a lock would renumber fields."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    temporary = f"{path}.polyport-new"
    Path(temporary).write_text(text, encoding="utf-8")
    os.replace(temporary, path)


def check(argv: list[str]) -> int:
    """Generate in memory and compare. Exit status 1 when a file on disk differs; they are named."""
    parser = argparse.ArgumentParser(
        "polyport check", description="Check that the generated files are what the spec gives."
    )
    _arguments(parser)
    args = parser.parse_args(argv)
    diagnostics = Diagnostics()
    document = None
    changes = []
    try:
        config = _config(args, diagnostics)
        from .pipeline import run

        result = run(config, _read_lock(config), diagnostics)
        document = result.document
        for name, generated in result.targets.items():
            changes += compare(config.targets[name].out, generated.files)
        if result.lock is not None:
            changes += compare(".", (), (config.lock, result.lock))
    except InputError as error:
        diagnostics.items.append(error.diagnostic)
    from .report import print_diagnostics

    print_diagnostics(diagnostics.items, document, sys.stderr, verbose=args.verbose)
    for change in changes:
        print(f"{change.kind}: {change.path}")
    if changes:
        print(f"{len(changes)} files are not what the spec gives: run `polyport generate`", file=sys.stderr)
    return 1 if changes or diagnostics.has_errors else 0
