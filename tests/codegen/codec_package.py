"""Generates the codec package of an API into a folder and imports it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.proto.python import codec_files
from polyport_codegen.proto.target import make, package_of


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
