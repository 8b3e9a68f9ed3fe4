"""A target that is quick to read, and a folder in which the commands run with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from polyport_codegen import registry
from polyport_codegen.cli import main
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.ir.types import schema_name
from polyport_codegen.target import Generated, Option, OutFile, Refusal, Settings

SPEC = """openapi: 3.1.0
info: {title: Pets, version: '2'}
paths:
  /pets:
    get:
      operationId: listPets
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
"""


class Plain:
    """A target that writes one file for each declaration and one for the operations."""

    name = "plain"
    languages: tuple[str, ...] = ()
    options: Mapping[str, Option] = {"loud": Option(bool, "shout"), "header": Option(str, "the first line")}

    def default_package(self, words: tuple[str, ...]) -> str:
        return "_".join(words)

    def refused(self, settings: Settings) -> tuple[Refusal, ...]:
        return ()

    def generate(self, api: Api, settings: Settings, diagnostics: Diagnostics) -> Generated:
        files = [OutFile(f"types/{schema_name(id)}.txt", f"{d!r}\n") for id, d in api.decls.items()]
        return Generated((*files, OutFile("operations.txt", "\n".join(api.operations) + "\n")))


TARGET = Plain()


def prepare(folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """Make `folder` the working directory, with a spec, the plain targets registered, and a cache of its own."""
    work = folder / "work"
    work.mkdir()
    patch.chdir(work)
    patch.setenv("POLYPORT_HOME", str(folder / "home"))
    patch.setitem(registry.TARGETS, "plain", __name__)
    Path("spec.yaml").write_text(SPEC)
    return work


def generate(*more: str) -> int:
    """Run `polyport generate` for the plain target."""
    return main(["generate", "spec.yaml", "--lang", "plain", "--out", "out", *more])


def stamps(folder: Path) -> dict[str, int]:
    """The files of a folder and when they were written."""
    return {str(p.relative_to(folder)): p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}
