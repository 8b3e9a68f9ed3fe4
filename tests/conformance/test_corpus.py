"""A representative part of what `make conformance` judges: real documents, each in a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.corpus import CACHE
from tests.conformance.pool import Limits, judged_apart

SAMPLE = (Path(__file__).parent / "sample.txt").read_text().split()


@pytest.mark.slow
@pytest.mark.language("node")  # npm fetches the documents
@pytest.mark.parametrize("document", SAMPLE)
def test_a_public_document_is_understood(document: str) -> None:
    path = CACHE / document
    assert path.exists(), f"{path} is missing: scripts/setup-conformance fetches it"
    found = judged_apart(str(path), Limits(seconds=120, megabytes=3000), output=True)
    assert not found.fault, f"{found.fault}: {found.detail}"
    assert found.silent == {}, "neither typed nor reported"
