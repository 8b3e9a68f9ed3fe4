"""Spoilt documents: never a traceback, never a hang; what is said names a place; what is written is Python."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from polyport_codegen.config import Config, TargetConfig
from polyport_codegen.diagnostics import Diagnostics, InputError
from polyport_codegen.load.text import read_file
from polyport_codegen.pipeline import Locks, run
from polyport_codegen.registry import TARGETS

from tests.conformance.mutate import mutant

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ("tests/specs/petstore.yaml", "tests/vectors/api.yaml", "tests/codegen/node/awkward.yaml")
#: More of them by hand: `MUTANTS=2000 pytest tests/conformance/test_mutations.py`.
COUNT = int(os.environ.get("MUTANTS", "40"))


@cache
def tree(path: str) -> Any:
    return yaml.load((ROOT / path).read_text(), Loader=yaml.CSafeLoader)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(COUNT))
@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_spoilt_document_is_used_or_refused(path: str, seed: int) -> None:
    spoilt = json.dumps(mutant(tree(path), seed), default=str)
    diagnostics = Diagnostics()
    targets = {name: TargetConfig(name) for name in TARGETS}
    try:
        result = run(
            Config("spec.json", targets), Locks(), diagnostics, lambda p: spoilt if p == "spec.json" else read_file(p)
        )
    except InputError as error:
        diagnostics.items.append(error.diagnostic)
    else:
        for file in result.targets["python"].files:
            if file.path.endswith(".py") and not diagnostics.has_errors:
                compile(file.content, file.path, "exec", dont_inherit=True)
    for item in diagnostics.items:
        assert item.origin.file, item
        assert item.message, item
