"""Small documents for the generator's tests, and the way from a text to the model."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.ir.types import ObjectDecl, Type, UnionDecl, component
from polyport_codegen.load.document import Document, load
from polyport_codegen.pipeline import BuildOptions, build


def reader(files: Mapping[str, str]) -> Any:
    """A reader over texts in memory that fails as a disk does."""

    def read(path: str) -> str:
        try:
            return files[path]
        except KeyError:
            raise FileNotFoundError(2, "No such file or directory", path) from None

    return read


def document(files: Mapping[str, str] | str, diagnostics: Diagnostics | None = None) -> Document:
    """A document of texts; a single text is `spec.yaml`."""
    files = {"spec.yaml": files} if isinstance(files, str) else files
    return load(next(iter(files)), diagnostics or Diagnostics(), reader(files))


def api_of(
    schemas: Mapping[str, Any] | None = None,
    paths: Mapping[str, Any] | None = None,
    diagnostics: Diagnostics | None = None,
    options: BuildOptions | None = None,
    **root: Any,
) -> Api:
    """The model of a document with these schemas and paths."""
    tree = {
        "openapi": "3.1.0",
        "info": {"title": "Test", "version": "1.2.3"},
        "paths": paths or {},
        "components": {"schemas": schemas or {}},
        **root,
    }
    found = diagnostics if diagnostics is not None else Diagnostics()
    return build(document({"spec.json": json.dumps(tree)}, found), options or BuildOptions(), found)


def get(schema: Any, **more: Any) -> dict[str, Any]:
    """A GET with one JSON answer."""
    return {
        "get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}, **more}
    }


def ref(name: str) -> dict[str, str]:
    """A reference to a component schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def member(schema: Any, **others: Any) -> Type:
    """The type that a schema has as the member `v` of an object, `Box`, beside other schemas."""
    return obj(api_of({"Box": {"type": "object", "properties": {"v": schema}}, **others}), "Box").fields[0].type


def union(api: Api, name: str) -> UnionDecl:
    """The union that a named schema became."""
    decl = api.decls[component(name)]
    assert isinstance(decl, UnionDecl), decl
    return decl


def obj(api: Api, name: str) -> ObjectDecl:
    """The object that a named schema became."""
    decl = api.decls[component(name)]
    assert isinstance(decl, ObjectDecl), decl
    return decl


def codes(diagnostics: Diagnostics) -> list[str]:
    """The codes of what was reported, in order."""
    return [item.code for item in diagnostics.items]
