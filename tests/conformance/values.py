"""What the document says a value is, beside what the model made of it: members, parameters, bodies, answers, aliases.

The document's side is found without the generator's reader. A value that the document describes and the model takes for
something else, any JSON say, must have been reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from polyport_codegen.diagnostics import Origin
from polyport_codegen.ir.model import Api, Media
from polyport_codegen.ir.types import (
    AliasDecl,
    AnyJson,
    Const,
    EnumDecl,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Ref,
    Type,
    UnionDecl,
)
from polyport_codegen.load.document import Document
from polyport_codegen.load.positions import tokens

from tests.conformance.places import content

#: What the document says -> what the model may have there. A part of an `allOf` may narrow what another says.
_FITS = {
    "text": {"text", "enum", "constant", "choice"},
    "integer": {"integer", "enum", "constant"},
    "number": {"number", "integer", "enum", "constant"},
    "boolean": {"boolean", "enum", "constant"},
    "list": {"list"},
    "object": {"object", "choice"},
    "enum": {"enum", "constant", "boolean", "choice"},
    "constant": {"constant", "enum"},
    "choice or sum": {"text", "integer", "number", "boolean", "list", "object", "enum", "constant", "choice"},
}
_NAMES = {
    "string": "text",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "array": "list",
    "object": "object",
}

Pair = tuple[Type, Any, Origin]
Place = tuple[str, Origin, bool, tuple[Origin, ...]]


def values(document: Document, api: Api) -> Iterator[Place]:
    """For each value: what the document says it is, where, whether the model says so too, and the other places where
    what it is may stand: behind `$ref`s of the document, and behind names of the model."""
    for type, node, origin in _pairs(document, api):
        way, ends = _end(document, node, origin)
        said = _said(document, *ends)
        if said is not None:
            yield said, origin, _agrees(document, api, type, *ends), (*way, *_names(api, type))


def _pairs(document: Document, api: Api) -> Iterator[Pair]:
    for decl in api.decls.values():
        if isinstance(decl, ObjectDecl):
            for field in decl.fields:
                yield field.type, _at(document, field.origin), field.origin
        elif isinstance(decl, AliasDecl) and not decl.inline:
            yield decl.type, _at(document, decl.origin), decl.origin
    for operation in api.operations.values():
        for parameter in operation.parameters:
            node = _at(document, parameter.origin)
            if isinstance(node, dict) and "schema" in node:
                yield parameter.type, node["schema"], parameter.origin.child("schema")
        node, answers = _at(document, operation.origin), {r.status: r.media for r in operation.responses}
        places: list[tuple[Any, Origin, tuple[Media, ...]]] = []
        if operation.body:
            sent = (operation.body.media, *operation.body.others)
            places = [(node.get("requestBody"), operation.origin.child("requestBody"), sent)]
        for status, said in (node.get("responses") or {}).items():
            places.append((said, operation.origin.child("responses", status), answers.get(status, ())))
        for said, origin, listed in places:
            made = {m.content_type: m for m in listed}
            for name, media, where in content(document, said, origin):
                if "json" in name and "schema" in media and name in made:
                    yield made[name].type, media["schema"], where.child("schema")


def _at(document: Document, origin: Origin) -> Any:
    node: Any = document.tree if origin.file == document.root else document.follow(f"{origin.file}#", Origin(""))[0]
    for token in tokens(origin.pointer):
        node = node[int(token)] if isinstance(node, list) else node.get(token) if isinstance(node, dict) else None
    return node


def _end(document: Document, node: Any, origin: Origin) -> tuple[tuple[Origin, ...], tuple[Any, Origin]]:
    way = [origin]
    while isinstance(node, dict) and isinstance(ref := node.get("$ref"), str) and len(way) < 20:
        node, origin = document.follow(ref, origin)
        way.append(origin)
    return tuple(way), (node, origin)


def _said(document: Document, node: Any, origin: Origin, depth: int = 0) -> str | None:
    """What a schema says; None when nearly any value would do, or only null."""
    if not isinstance(node, dict) or depth > 8:
        return None
    if isinstance(node.get("$ref"), str):
        return _said(document, *_end(document, node, origin)[1], depth + 1)
    if node.get("const") is not None:
        return "constant"
    if listed := _listed(node, "enum"):
        return "enum" if any(v is not None for v in listed) else None
    for key in ("oneOf", "anyOf"):
        branches = [b for b in _listed(node, key) if not (isinstance(b, dict) and b.get("type") in ("null", ["null"]))]
        if branches and all(_said(document, b, origin, depth + 1) for b in branches):
            return "choice or sum"
    if any(_said(document, b, origin, depth + 1) for b in _listed(node, "allOf")):
        return "choice or sum"
    types = {t for t in _types(node) if t != "null"}
    if len(types) == 1:
        return _NAMES.get(types.pop())
    if types:
        return "choice or sum" if len(types) < 4 else None
    return "object" if node.get("properties") else "list" if isinstance(node.get("items"), dict) else None


def _listed(node: dict[str, Any], key: str) -> list[Any]:
    listed = node.get(key)
    return listed if isinstance(listed, list) else []


def _types(node: dict[str, Any]) -> list[str]:
    said = node.get("type")
    return [t for t in (said if isinstance(said, list) else [said]) if isinstance(t, str)]


def _agrees(document: Document, api: Api, type: Type, node: Any, origin: Origin, depth: int = 0) -> bool:
    said = _said(document, node, origin)
    if said is None:
        return True
    made, whole = _made(api, type)
    if made not in _FITS[said]:
        return False
    if said != "list" or depth > 8 or not isinstance(whole, ListOf) or not isinstance(node.get("items"), dict):
        return True
    _, ends = _end(document, node["items"], origin.child("items"))
    return _agrees(document, api, whole.item, *ends, depth + 1)


def _names(api: Api, type: Type) -> Iterator[Origin]:
    for _ in range(50):
        if isinstance(type, Nullable):
            type = type.inner
        elif isinstance(type, ListOf):
            type = type.item
        elif isinstance(type, Ref) and isinstance(alias := api.decls[type.id], AliasDecl):
            yield alias.origin
            type = alias.type
        else:
            return


def _made(api: Api, type: Type) -> tuple[str, Type]:
    """What the model says, and the expression once aliases are followed."""
    for _ in range(50):
        if isinstance(type, Nullable):
            type = type.inner
        elif isinstance(type, Ref) and isinstance(alias := api.decls[type.id], AliasDecl):
            type = alias.type
        else:
            break
    match type:
        case Primitive(kind=kind):
            return _NAMES[kind.value], type
        case ListOf():
            return "list", type
        case MapOf():
            return "object", type
        case Const():
            return "constant", type
        case AnyJson():
            return "any", type
        case Ref(id=id):
            match api.decls[id]:
                case ObjectDecl():
                    return "object", type
                case EnumDecl():
                    return "enum", type
                case UnionDecl():
                    return "choice", type
    return "unknown", type
