"""Document to Api: the schemas, the operations, then every pass in its order."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ..diagnostics import Diagnostics
from ..load.document import Document
from .model import Api, MediaKind, Operation
from .operations import OperationBuilder, flatten_target, security_schemes
from .passes import directions, pages, resources, results, unions
from .schemas import SchemaBuilder
from .types import Decl, DeclId, Docs, Type, Words
from .views import text
from .words import words_of

#: Real documents nest schemas some hundred frames deep; Python's default is 1,000.
_RECURSION = 10_000


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the user may change about the model."""

    #: The client's name; empty: the document's title.
    name: str = ""
    #: Operation id -> dotted name in the resource tree.
    renames: Mapping[str, str] = field(default_factory=dict)


def build(document: Document, options: BuildOptions, diagnostics: Diagnostics) -> Api:
    """The whole model of a document. Raises InputError for what cannot be read at all."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), _RECURSION))
    schemas = SchemaBuilder(document, diagnostics)
    schemas.add_components()
    schemas.finish()
    raws = list(OperationBuilder(document, schemas, diagnostics).operations())
    schemas.finish()
    operations = [_flattened(results.decide(raw, schemas, diagnostics), schemas.decls) for raw in raws]
    schemas.finish()
    operations = [
        replace(
            o, pagination=pages.paginate(o, raw.extensions.get("x-polyport-pagination"), schemas.decls, diagnostics)
        )
        for o, raw in zip(operations, raws, strict=True)
    ]
    renames = {r.operation.id: name for r in raws if (name := text(r.extensions.get("x-polyport-name")))} | dict(
        options.renames
    )
    placed, root = resources.place(operations, renames, _tag_docs(document), diagnostics, document.origin)
    decls = unions.decide(schemas.decls, schemas.tagging, diagnostics)
    decls = directions.mark(decls, placed.values())
    info = document.tree.get("info")
    info = info if isinstance(info, dict) else {}
    return Api(
        title=text(info.get("title")),
        version=text(info.get("version")),
        words=_name(options.name or text(info.get("title"))),
        docs=Docs(text(info.get("summary")), text(info.get("description"))),
        servers=_servers(document),
        security_schemes=security_schemes(document),
        decls=_ordered(decls),
        operations=placed,
        root=root,
        error_type=_error_type(placed.values()),
    )


def _name(name: str) -> Words:
    words = words_of(name) if name else ("client",)
    return words[:-1] if len(words) > 1 and words[-1] in ("api", "client", "sdk") else words


def _ordered(decls: Mapping[DeclId, Decl]) -> dict[DeclId, Decl]:
    return {id: decls[id] for id in sorted(decls)}


def _flattened(operation: Operation, decls: Mapping[DeclId, Decl]) -> Operation:
    body = operation.body
    if body is None or body.media.kind not in (MediaKind.JSON, MediaKind.MULTIPART, MediaKind.FORM):
        return operation
    target = flatten_target(decls, body.media.type)
    return operation if target is None else replace(operation, body=replace(body, flatten=target))


def _servers(document: Document) -> tuple[str, ...]:
    found = []
    listed = document.tree.get("servers")
    for server in listed if isinstance(listed, list) else ():
        if isinstance(server, dict) and (url := text(server.get("url"))):
            variables = server.get("variables")
            for name, variable in variables.items() if isinstance(variables, dict) else ():
                if isinstance(variable, dict):
                    url = url.replace("{" + name + "}", text(variable.get("default")))
            found.append(url)
    return tuple(found)


def _tag_docs(document: Document) -> dict[str, Docs]:
    tags = document.tree.get("tags")
    return {
        text(tag.get("name")): Docs(description=text(tag.get("description")))
        for tag in (tags if isinstance(tags, list) else ())
        if isinstance(tag, dict)
    }


def _error_type(operations: Iterable[Operation]) -> Type | None:
    types: dict[Type, None] = {}
    for operation in operations:
        for response in operation.responses:
            if response.status == "default" or response.status[0] in "45":
                types.update((m.type, None) for m in response.media if m.kind is MediaKind.JSON)
    return next(iter(types)) if len(types) == 1 else None
