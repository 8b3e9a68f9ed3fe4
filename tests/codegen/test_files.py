"""Where `format: binary` is a file, and where it is text."""

from __future__ import annotations

from typing import Any

from polyport_codegen.ir.model import Api, MediaKind
from polyport_codegen.ir.types import AliasDecl, DeclId, ListOf, Nullable, ObjectDecl, Primitive, Type, component

from .specs import api_of, get, ref

BYTES = {"type": "string", "format": "binary"}


def form(schema: dict[str, Any], kind: str = "multipart/form-data", **more: Any) -> dict[str, Any]:
    """A POST with this body."""
    content = {kind: {"schema": schema}}
    return {"post": {"requestBody": {"required": True, "content": content}, "responses": {"204": {"description": ""}}}}


def thing(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def formats(api: Api, id: DeclId) -> dict[str, str]:
    """The formats of an object's members."""
    decl = api.decls[id]
    assert isinstance(decl, ObjectDecl)
    return {f.wire_name: _format(f.type) for f in decl.fields}


def _format(type: Type) -> str:
    while isinstance(type, ListOf | Nullable):
        type = type.item if isinstance(type, ListOf) else type.inner
    return type.format if isinstance(type, Primitive) else "no scalar"


def flat(api: Api) -> DeclId:
    """The object that the only body's members are of."""
    (operation,) = [o for o in api.operations.values() if o.body is not None]
    assert operation.body is not None
    assert operation.body.flatten is not None
    return operation.body.flatten


def test_members_of_a_form_are_files() -> None:
    files = {"type": "array", "items": BYTES}
    api = api_of({"Upload": thing(file=BYTES, files=files, name={"type": "string"})}, {"/a": form(ref("Upload"))})
    assert formats(api, component("Upload")) == {"file": "binary", "files": "binary", "name": ""}
    assert flat(api) == component("Upload")


def test_bytes_in_json_are_text() -> None:
    nested = thing(inner=thing(file=BYTES), files={"type": "array", "items": BYTES})
    api = api_of({"A": nested}, {"/a": form(ref("A"), "application/json")})
    assert formats(api, component("A")) == {"inner": "no scalar", "files": ""}
    assert formats(api, component("A").child(".inner")) == {"file": ""}


def test_an_object_in_a_form_is_json() -> None:
    api = api_of(
        {"Upload": thing(file=BYTES, meta=ref("Meta")), "Meta": thing(icon=BYTES)}, {"/a": form(ref("Upload"))}
    )
    assert formats(api, component("Upload")) == {"file": "binary", "meta": "no scalar"}
    assert formats(api, component("Meta")) == {"icon": ""}


def test_what_is_a_form_and_json_becomes_two_types() -> None:
    api = api_of({"A": thing(file=BYTES, id={"type": "integer"})}, {"/a": form(ref("A")), "/b": get(ref("A"))})
    own = component("A").child("form")
    assert flat(api) == own
    assert formats(api, own) == {"file": "binary", "id": ""}
    assert formats(api, component("A")) == {"file": "", "id": ""}
    assert api.decls[own].inline
    (operation,) = [o for o in api.operations.values() if o.body is not None]
    assert operation.body is not None
    assert operation.body.media.kind is MediaKind.MULTIPART


def test_names_for_files_are_files_in_forms_and_text_elsewhere() -> None:
    schemas = {"Picture": BYTES, "Upload": thing(picture=ref("Picture")), "Shown": thing(picture=ref("Picture"))}
    api = api_of(schemas, {"/a": form(ref("Upload")), "/b": get(ref("Shown"))})
    text, file = api.decls[component("Picture")], api.decls[component("Picture").child("form")]
    assert isinstance(text, AliasDecl)
    assert isinstance(file, AliasDecl)
    assert (_format(text.type), _format(file.type)) == ("", "binary")


def test_a_body_that_is_bytes_as_a_whole_stays_so() -> None:
    api = api_of({}, {"/a": form(BYTES, "application/octet-stream")})
    (operation,) = api.operations.values()
    assert operation.body is not None
    assert operation.body.media.type == Primitive(operation.body.media.type.kind, "binary")  # type: ignore[union-attr]
