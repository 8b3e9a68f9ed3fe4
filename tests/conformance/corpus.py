"""Which documents there are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_HEAD = re.compile(rb"""["']?openapi["']?\s*:\s*["']?3\.""")


def documents(paths: Iterable[Path]) -> list[str]:
    """Every OpenAPI 3 document at or below the paths, sorted; other files are passed over."""
    found: list[str] = []
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        found += [str(f) for f in files if f.suffix in {".json", ".yaml", ".yml"} and f.is_file() and _is_openapi(f)]
    return found


def _is_openapi(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(1 << 16)
    return bool(_HEAD.search(head)) or (path.stat().st_size > 1 << 16 and bool(_HEAD.search(path.read_bytes())))
