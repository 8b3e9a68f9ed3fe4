"""`polyport generate` and `polyport check`."""

from __future__ import annotations

import argparse
import os
import sys

from .config import Config, resolve
from .diagnostics import Diagnostics, InputError
from .load.text import Reader, read_file
from .registry import TARGETS
from .rerun import Recorder, nothing_changed, remember
from .uncollected import uncollected
from .usage import Parser

_DEFAULT_CONFIGS = ("codegen.yaml", "spec/codegen.yaml")


_EPILOG = """\
targets: {targets}

examples:
  polyport {command} api.yaml --lang python,swift --out sdk
  polyport {command}                        what codegen.yaml or spec/codegen.yaml says
  polyport {command} --config sdk.yaml --lang node

exit status: 0; 1 when {fails}; 2 for wrong arguments.
"""


def _parser(command: str, description: str, fails: str) -> Parser:
    epilog = _EPILOG.format(command=command, fails=fails, targets=", ".join(TARGETS))
    parser = Parser(command, description, epilog)
    parser.add_argument(
        "spec", nargs="?", help="an OpenAPI 3.0, 3.1 or 3.2 document, YAML or JSON (default: the configuration's)"
    )
    parser.add_argument("--lang", metavar="NAMES", help="targets, separated by commas (default: the configuration's)")
    parser.add_argument("--out", metavar="DIR", help="each target goes to DIR/<target>, the lock files to DIR")
    parser.add_argument(
        "--config", metavar="FILE", help=f"the configuration (default, without a spec: {' or '.join(_DEFAULT_CONFIGS)})"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="show notes too")
    return parser


def _config(args: argparse.Namespace, diagnostics: Diagnostics, read: Reader) -> Config:
    file: str | None = args.config
    if file is None and args.spec is None:
        file = next((f for f in _DEFAULT_CONFIGS if os.path.exists(f)), None)
    languages = [w.strip() for w in args.lang.split(",") if w.strip()] if args.lang else None
    return resolve(
        spec=args.spec, config_file=file, languages=languages, out=args.out, diagnostics=diagnostics, read=read
    )


@uncollected()
def generate(argv: list[str]) -> int:
    """Write every target. Exit status 0, or 1 when the input cannot be used (then nothing was written)."""
    parser = _parser(
        "generate",
        "Generate client SDKs, the proto and server glue from an OpenAPI document.\n"
        "All of it is written, or nothing; only files that changed are touched.",
        "the input cannot be used or something is in the way (then nothing was written)",
    )
    parser.add_argument("--force", action="store_true", help="overwrite files that were edited by hand or are not ours")
    args = parser.parse_args(argv)
    diagnostics = Diagnostics()
    read = Recorder()
    outcome = None
    written = False
    try:
        config = _config(args, diagnostics, read)
        outs = [target.out for target in config.targets.values()]
        if not args.force and not args.verbose and nothing_changed(config, outs):
            print(f"{', '.join(config.targets)}: nothing changed")
            return 0
        from .exclusive import alone
        from .outcome import generated
        from .output import check_folder, clear, write
        from .transaction import Transaction, Write

        for out in outs:
            check_folder(out)
        with alone([*outs, config.lock, *filter(None, [config.names_lock])]), Transaction() as transaction:
            outcome = generated(config, diagnostics, read, transaction)
            if not diagnostics.has_errors:
                plans = list(outcome.plans.values())
                locks = [Write(lock.path, lock.data) for lock in outcome.locks if lock.differs]
                write(plans, locks, transaction, args.force)
                written = True
                hashes = outcome.hashes()
                clear(hashes, outs)
                remember(config, outs, {**read.files, **hashes})
                for name, done in outcome.plans.items():
                    print(f"{name}: {_files(done.files)} in {done.out}, {done.count} changed")
    except InputError as error:
        diagnostics.items.append(error.diagnostic)
        written = error.half_written
    from .report import print_diagnostics

    print_diagnostics(diagnostics.items, outcome.document if outcome else None, sys.stderr, verbose=args.verbose)
    if not written:
        print("nothing was written", file=sys.stderr)
    return 1 if diagnostics.has_errors else 0


@uncollected()
def check(argv: list[str]) -> int:
    """Generate in memory and compare. Exit status 1 when a file on disk differs; they are named."""
    parser = _parser(
        "check",
        "Check that the generated files and the lock files are what the spec gives. Nothing is written.",
        "something differs (it is named)",
    )
    args = parser.parse_args(argv)
    from .outcome import generated
    from .output import Change
    from .report import print_diagnostics

    diagnostics = Diagnostics()
    outcome = None
    changes: list[Change] = []
    try:
        outcome = generated(_config(args, diagnostics, read_file), diagnostics, read_file)
        for plan in outcome.plans.values():
            changes += plan.changes()
        changes += [lock.change() for lock in outcome.locks if lock.differs]
    except InputError as error:
        diagnostics.items.append(error.diagnostic)
    print_diagnostics(diagnostics.items, outcome.document if outcome else None, sys.stderr, verbose=args.verbose)
    for change in changes:
        print(f"{change.kind}: {change.path}")
    if changes:
        verb = "is" if len(changes) == 1 else "are"
        print(f"{_files(len(changes))} {verb} not what the spec gives: run `polyport generate`", file=sys.stderr)
    return 1 if changes or diagnostics.has_errors else 0


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"
