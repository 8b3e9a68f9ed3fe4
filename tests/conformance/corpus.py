"""Which documents there are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

#: Where `scripts/setup-conformance` puts what it fetches.
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "polyport" / "documents"
_HEAD = re.compile(rb"""["']?openapi["']?\s*:\s*["']?3\.""")


def documents(paths: Iterable[Path]) -> list[str]:
    """Every OpenAPI 3 document at or below the paths, sorted; other files are passed over, and twins without `$ref`s."""
    found: list[str] = []
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        found += [str(f) for f in files if _is_document(f) and _is_openapi(f)]
    return found


def _is_document(path: Path) -> bool:
    return path.suffix in {".json", ".yaml", ".yml"} and path.is_file() and ".deref." not in path.name


def _is_openapi(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(1 << 16)
    return bool(_HEAD.search(head)) or (path.stat().st_size > 1 << 16 and bool(_HEAD.search(path.read_bytes())))
