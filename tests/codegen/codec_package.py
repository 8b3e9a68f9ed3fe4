"""Reads documents into models, generates codec packages into folders, and imports them."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

from polyport_codegen.config import resolve
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.pipeline import BuildOptions, build, read_document
from polyport_codegen.proto.python import codec_files
from polyport_codegen.proto.target import make, package_of


@cache
def api_of_file(path: Path) -> Api:
    """The model of a document on disk."""
    diagnostics = Diagnostics()
    config = resolve(spec=str(path), config_file=None, languages=["proto"], out="unused", diagnostics=diagnostics)
    api = build(read_document(config, diagnostics), BuildOptions(), diagnostics)
    assert not diagnostics.has_errors, diagnostics.items
    return api


def import_package(folder: Path, name: str, files: dict[str, str]) -> ModuleType:
    """Write the files to `folder` and import them as the package `name`."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def codec_of(api: Api, folder: Path, name: str) -> ModuleType:
    """The codec package of an API without a lock file; the API must give no errors."""
    diagnostics = Diagnostics()
    proto = make(api, package_of(api.words), None, diagnostics)
    assert not diagnostics.has_errors, diagnostics.items
    return import_package(folder, name, codec_files(proto.api, proto.files))
