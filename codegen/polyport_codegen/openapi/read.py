"""Document to Api, as it stands there: what follows from it is left to the passes."""

from __future__ import annotations

import sys

from ..diagnostics import Diagnostics
from ..ir.model import Api, Resource
from ..ir.types import Docs
from ..load.document import Document
from . import extensions, security
from .html import prose
from .members import check_members
from .objects import Objects
from .operations import OperationBuilder
from .schemas import SchemaBuilder
from .servers import report_relative, servers
from .views import label

#: Real documents nest schemas some hundred frames deep; Python's default is 1,000.
_RECURSION = 10_000


def read(document: Document, diagnostics: Diagnostics) -> Api:
    """The document as a model that no pass has seen. Raises InputError for what cannot be read at all."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), _RECURSION))
    schemas = SchemaBuilder(document, diagnostics)
    schemas.add_components()
    schemas.finish()
    objects = Objects(document, diagnostics)
    check_members(document.tree, document.origin, "a document", diagnostics)
    if isinstance(components := document.tree.get("components"), dict):
        check_members(components, document.origin.child("components"), "components", diagnostics)
    builder = OperationBuilder(document, schemas, diagnostics)
    operations = {o.id: o for o in builder.operations()}
    webhooks = tuple(builder.webhooks())
    schemas.finish()
    found = servers(objects, document.tree, document.origin)
    report_relative(objects, found, document.origin)
    told = (*webhooks, *(c for o in operations.values() for c in o.callbacks))
    uses = [(o.security, o.origin) for o in operations.values()] + [(w.security, w.origin) for w in told]
    info = document.tree.get("info")
    info = info if isinstance(info, dict) else {}
    api = Api(
        title=label(info.get("title")),
        version=label(info.get("version")),
        words=(),
        docs=Docs(prose(info.get("summary")), prose(info.get("description"))),
        servers=found,
        security_schemes=security.completed(objects, security.declared_schemes(objects), uses),
        decls=schemas.decls,
        operations=operations,
        root=Resource(()),
        tag_docs=_tag_docs(document),
        webhooks=webhooks,
        origin=document.origin,
    )
    api = extensions.apply(document, api, diagnostics)
    diagnostics.items[:] = dict.fromkeys(diagnostics.items)  # what is merged at several places is told once
    return api


def _tag_docs(document: Document) -> dict[str, Docs]:
    tags = document.tree.get("tags")
    return {
        label(tag.get("name")): Docs(description=prose(tag.get("description")))
        for tag in (tags if isinstance(tags, list) else ())
        if isinstance(tag, dict)
    }
