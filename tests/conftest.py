"""Which languages there are to test, and what a test may rely on wherever it was started from."""

from __future__ import annotations

import os
import signal

import pytest
from polyport_codegen.registry import LANGUAGES

LANGS = [w for w in os.environ.get("LANGS", ",".join(LANGUAGES)).split(",") if w]


def pytest_configure() -> None:
    """Hear Ctrl-C: a shell without job control starts what runs in the background with it ignored, for all its children."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what needs a language that was not asked for (`make test` says which were not)."""
    items[:] = [i for i in items if all(m.args[0] in LANGS for m in i.iter_markers("language"))]
