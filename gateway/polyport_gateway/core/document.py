"""The API's own document: the committed OpenAPI text that was emitted with the rest of `generated/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FILE = Path(__file__).parents[1] / "generated" / "openapi.json"


@cache
def document_text() -> bytes:
    """The document as one JSON text."""
    return _FILE.read_bytes()
