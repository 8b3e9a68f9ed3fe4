"""Where raw bytes can be: `format: binary` is a file in a member of a multipart body, and text in JSON.

A declaration that is used both ways becomes two: the form's own stands below it (`Order.Form`) and has the files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from ...diagnostics import Diagnostics
from ..graph import reachable, refs, types_of, unalias
from ..model import Api, Body, Media, MediaKind, Operation, Response
from ..types import (
    AliasDecl,
    Decl,
    DeclId,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Ref,
    Type,
    UnionDecl,
)

_Change = Callable[[Type], Type]


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """The API with files in forms only. Bodies must be chosen before, results are not yet."""
    _report_maps(api, diagnostics)
    roots = {root for media in _forms(api) if (root := _object(media.type, api.decls)) is not None}
    carriers = {id for root in roots for id in (root, *_carriers(root, api.decls))}
    plain = reachable(api.decls, {*_told_as_json(api, carriers), *_inside(carriers, api.decls)})
    moved = {id: id.child("form") for id in carriers & plain}
    decls: dict[DeclId, Decl] = {}
    for id, decl in api.decls.items():
        if id in carriers:
            own = _mapped(decl, lambda type: _renamed(type, moved))
            decls[moved.get(id, id)] = own if id not in moved else _below(own, moved[id])
        if id in plain:
            decls[id] = _mapped(decl, _text)
        elif id not in carriers:  # nothing uses it
            decls[id] = decl
    operations = {id: _operation(o, moved) for id, o in api.operations.items()}
    return replace(api, decls=decls, operations=operations)


# -- what is where -----------------------------------------------------------------------------------------------------


def _forms(api: Api) -> Iterator[Media]:
    for operation in api.operations.values():
        if operation.body is not None:
            yield from (m for m in (operation.body.media, *operation.body.others) if m.kind is MediaKind.MULTIPART)


def _report_maps(api: Api, diagnostics: Diagnostics) -> None:
    """Tell of files under names that the document does not list: clients have no argument that would carry them."""
    for operation in api.operations.values():
        body = operation.body
        for media in (body.media, *body.others) if body is not None else ():
            if media.kind is MediaKind.MULTIPART and _maps_files(media.type, api.decls):
                diagnostics.warn(
                    "file-as-text",
                    f"{operation.id}: files under names that are not listed can only be given as texts",
                    operation.origin,
                    "List each as a property of the form, or the files as one that is an array.",
                )


def _maps_files(type: Type, decls: Mapping[DeclId, Decl]) -> bool:
    """Whether a form, or a member of it, is a map from names to files."""
    target = unalias(type, decls)
    decl = decls[target.id] if isinstance(target, Ref) else None
    types = [target]
    if isinstance(decl, ObjectDecl):
        types = [*(unalias(f.type, decls) for f in decl.fields), *([MapOf(decl.additional)] if decl.additional else [])]
    return any(isinstance(one, MapOf) and _is_bytes(unalias(one.value, decls)) for one in types)


def _object(type: Type, decls: Mapping[DeclId, Decl]) -> DeclId | None:
    target = unalias(type, decls)
    return target.id if isinstance(target, Ref) and isinstance(decls.get(target.id), ObjectDecl) else None


def _carriers(root: DeclId, decls: Mapping[DeclId, Decl]) -> Iterator[DeclId]:
    """The aliases and unions by which the members of a form hold files; an object in a form is JSON."""
    decl = decls[root]
    todo = [f.type for f in decl.fields] if isinstance(decl, ObjectDecl) else []
    seen: set[DeclId] = set()
    while todo:
        for id in refs(todo.pop()):
            if id not in seen and isinstance(inner := decls[id], AliasDecl | UnionDecl) and _holds(id, decls):
                seen.add(id)
                yield id
                todo += types_of(inner)


def _holds(id: DeclId, decls: Mapping[DeclId, Decl]) -> bool:
    """Whether a file can be met without entering an object."""
    todo, seen = [id], {id}
    while todo:
        for type in types_of(decls[todo.pop()]):
            if _is_bytes(type):
                return True
            fresh = [r for r in refs(type) if r not in seen and isinstance(decls[r], AliasDecl | UnionDecl)]
            seen.update(fresh)
            todo += fresh
    return False


def _is_bytes(type: Type) -> bool:
    while isinstance(type, ListOf | Nullable):
        type = type.item if isinstance(type, ListOf) else type.inner
    return isinstance(type, Primitive) and type.format == "binary"


def _told_as_json(api: Api, carriers: Iterable[DeclId]) -> Iterator[DeclId]:
    """The declarations that stand in anything but a form."""
    for operation in api.operations.values():
        for parameter in operation.parameters:
            yield from refs(parameter.type)
        medias = [m for r in operation.responses for m in r.media]
        if operation.hints.stream and operation.hints.stream.event is not None:
            yield from refs(operation.hints.stream.event)
        if operation.body is not None:
            bodies = (operation.body.media, *operation.body.others)
            medias += [m for m in bodies if m.kind is not MediaKind.MULTIPART]
        for media in medias:
            yield from refs(media.type)
        for _, type in operation.errors:
            yield from refs(type)
    for call in (*api.webhooks, *(c for o in api.operations.values() for c in o.callbacks)):
        bodies = (call.body.media, *call.body.others) if call.body is not None else ()
        for media in (*bodies, *(m for r in call.responses for m in r.media)):
            yield from refs(media.type)


def _inside(carriers: Iterable[DeclId], decls: Mapping[DeclId, Decl]) -> Iterator[DeclId]:
    """What forms refer to and is JSON in them."""
    known = set(carriers)
    for id in known:
        yield from (r for type in types_of(decls[id]) for r in refs(type) if r not in known)


# -- what becomes of it ------------------------------------------------------------------------------------------------


def _text(type: Type) -> Type:
    """The type with text in place of bytes."""
    match type:
        case Primitive(format="binary"):
            return replace(type, format="")
        case ListOf(item=item):
            return replace(type, item=_text(item))
        case MapOf(value=value):
            return replace(type, value=_text(value))
        case Nullable(inner=inner):
            return replace(type, inner=_text(inner))
        case _:
            return type


def _renamed(type: Type, moved: Mapping[DeclId, DeclId]) -> Type:
    match type:
        case Ref(id=id):
            return Ref(moved.get(id, id))
        case ListOf(item=item):
            return replace(type, item=_renamed(item, moved))
        case MapOf():
            return _text(type)
        case Nullable(inner=inner):
            return replace(type, inner=_renamed(inner, moved))
        case _:
            return type


def _mapped(decl: Decl, change: _Change) -> Decl:
    if isinstance(decl, ObjectDecl):
        fields = tuple(f if (new := change(f.type)) == f.type else replace(f, type=new) for f in decl.fields)
        additional = _text(decl.additional) if decl.additional is not None else None
        same = all(a is b for a, b in zip(fields, decl.fields, strict=True)) and additional == decl.additional
        return decl if same else replace(decl, fields=fields, additional=additional)
    if isinstance(decl, UnionDecl):
        variants = tuple(v if (new := change(v.type)) == v.type else replace(v, type=new) for v in decl.variants)
        same = all(a is b for a, b in zip(variants, decl.variants, strict=True))
        return decl if same else replace(decl, variants=variants)
    if isinstance(decl, AliasDecl):
        return decl if (new := change(decl.type)) == decl.type else replace(decl, type=new)
    return decl


def _below(decl: Decl, id: DeclId) -> Decl:
    """The form's own declaration, below the one that it is a form of."""
    words = (*decl.words, "form")
    return replace(decl, id=id, words=words, context=((*words, "body"),), inline=True)


def _operation(operation: Operation, moved: Mapping[DeclId, DeclId]) -> Operation:
    parameters = tuple(replace(p, type=_text(p.type)) if _is_bytes(p.type) else p for p in operation.parameters)
    responses = tuple(_response(r) for r in operation.responses)
    body = _body(operation.body, moved) if operation.body is not None else None
    return replace(operation, parameters=parameters, responses=responses, body=body)


def _response(response: Response) -> Response:
    return replace(response, media=tuple(_media(m) for m in response.media))


def _body(body: Body, moved: Mapping[DeclId, DeclId]) -> Body:
    def media(media: Media) -> Media:
        if media.kind is not MediaKind.MULTIPART:
            return _media(media)
        return replace(media, type=_renamed(media.type, moved))

    is_form = body.media.kind is MediaKind.MULTIPART and body.flatten is not None
    flatten = moved.get(body.flatten, body.flatten) if is_form and body.flatten is not None else body.flatten
    return replace(body, media=media(body.media), others=tuple(media(m) for m in body.others), flatten=flatten)


def _media(media: Media) -> Media:
    """A media type whose values are text unless it is bytes as a whole."""
    if media.kind is MediaKind.BINARY or (type := _text(media.type)) == media.type:
        return media
    return replace(media, type=type)
