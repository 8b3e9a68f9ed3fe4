"""`polyport lint`: what the generator thinks of a document, and what a second, independent reader thinks of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from .diagnostics import Diagnostics, InputError, Severity
from .usage import Parser


def main(argv: list[str]) -> int:
    """Exit status 1 when there are errors, or warnings with --strict."""
    parser = Parser(
        "lint",
        "Say what the generator cannot express of an OpenAPI document, and what a second, independent reader thinks of it.",
        "example:\n  polyport lint api.yaml --overlay ours.overlay.yaml --strict\n\n"
        "exit status: 0; 1 when there are errors (or warnings, with --strict); 2 for wrong arguments.\n",
    )
    parser.add_argument("spec", help="an OpenAPI 3.0, 3.1 or 3.2 document, YAML or JSON")
    parser.add_argument(
        "--overlay", action="append", default=[], metavar="FILE", help="apply an OpenAPI Overlay first (repeatable)"
    )
    parser.add_argument("--strict", action="store_true", help="warnings count as errors")
    parser.add_argument("-v", "--verbose", action="store_true", help="show notes too")
    args = parser.parse_args(argv)
    from .load.bundle import bundle
    from .load.document import load
    from .pipeline import BuildOptions, build
    from .report import print_diagnostics

    diagnostics = Diagnostics()
    document = None
    try:
        document = load(args.spec, diagnostics, overlays=args.overlay)
        api = build(document, BuildOptions(), diagnostics)
        _second_reader(bundle(document), args.spec, diagnostics)
        print(f"{args.spec}: {len(api.operations)} operations, {len(api.decls)} types")
    except InputError as error:
        diagnostics.items.append(error.diagnostic)
    print_diagnostics(diagnostics.items, document, sys.stderr, verbose=args.verbose)
    warned = args.strict and any(i.severity is Severity.WARNING for i in diagnostics.items)
    return 1 if diagnostics.has_errors or warned else 0


def _second_reader(bundled: object, spec: str, diagnostics: Diagnostics) -> None:
    """openapi-python-client's own document model, when it is installed."""
    from .diagnostics import Origin

    try:
        from openapi_python_client.schema import OpenAPI
        from pydantic import ValidationError
    except ImportError:
        diagnostics.note(
            "no-second-reader",
            "openapi-python-client is not installed: only one reader was asked",
            Origin(spec),
            "pip install 'polyport-tools[lint]'",
        )
        return
    try:
        OpenAPI.model_validate(bundled)
    except ValidationError as error:
        # Every reading of a value that the model tries and that fails has a message of its own.
        said: dict[Origin, list[str]] = {}
        for item in error.errors():
            said.setdefault(Origin(spec).child(*_way(bundled, item["loc"])), []).append(item["msg"])
        for place, messages in said.items():
            text = ", or: ".join(dict.fromkeys(messages))
            diagnostics.warn("second-reader", text, place, "The generator reads it; other tools may not.")


def _way(value: Any, steps: Iterable[str | int]) -> Iterator[str | int]:
    """The steps that are the document's: between them stand names of the model's classes."""
    for step in steps:
        known = step in value if isinstance(value, dict) else isinstance(value, list) and isinstance(step, int)
        if known:
            value = value[step]
            yield step
