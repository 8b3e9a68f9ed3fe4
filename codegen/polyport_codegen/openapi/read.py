"""Document to Api, as it stands there: what follows from it is left to the passes."""

from __future__ import annotations

import sys

from ..diagnostics import Diagnostics
from ..ir.model import Api, Resource
from ..ir.types import Docs
from ..load.document import Document
from .operations import OperationBuilder, security_schemes
from .schemas import SchemaBuilder
from .views import text

#: Real documents nest schemas some hundred frames deep; Python's default is 1,000.
_RECURSION = 10_000


def read(document: Document, diagnostics: Diagnostics) -> Api:
    """The document as a model that no pass has seen. Raises InputError for what cannot be read at all."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), _RECURSION))
    schemas = SchemaBuilder(document, diagnostics)
    schemas.add_components()
    schemas.finish()
    operations = {o.id: o for o in OperationBuilder(document, schemas, diagnostics).operations()}
    schemas.finish()
    info = document.tree.get("info")
    info = info if isinstance(info, dict) else {}
    return Api(
        title=text(info.get("title")),
        version=text(info.get("version")),
        words=(),
        docs=Docs(text(info.get("summary")), text(info.get("description"))),
        servers=_servers(document),
        security_schemes=security_schemes(document),
        decls=schemas.decls,
        operations=operations,
        root=Resource(()),
        tag_docs=_tag_docs(document),
        origin=document.origin,
    )


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
