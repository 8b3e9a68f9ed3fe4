"""The models that a name alone can pull, from catalog.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..messages import Kind

DEFAULT_CHAT = "smollm2-135m"
DEFAULT_EMBEDDING = "all-minilm-l6-v2"


@dataclass(frozen=True)
class CatalogFile:
    """One file: its name in the store, its path inside the package, its size in bytes and SHA-256 in hex."""

    name: str
    member: str
    size: int
    sha256: str


@dataclass(frozen=True)
class CatalogModel:
    id: str
    kind: Kind
    title: str
    license: str
    created: int
    about: str
    package: str  # a pinned requirement
    files: tuple[CatalogFile, ...]


@cache
def catalog() -> dict[str, CatalogModel]:
    """All known models by id."""
    data = tomllib.loads(Path(__file__).with_name("catalog.toml").read_text("utf-8"))
    models = (
        CatalogModel(**{**entry, "files": tuple(CatalogFile(**f) for f in entry["files"])}) for entry in data["model"]
    )
    return {model.id: model for model in models}
