"""What the package's README and its list of calls show of the API."""

from __future__ import annotations

from collections.abc import Callable

from ...ir.model import Api, Operation
from ...ir.types import ObjectDecl, Ref
from .declarations import Form, Method, Package, ResourceType, type_symbol
from .prose import one_line
from .samples import call_sample
from .types import Generic, Named
from .writer import Writer, quoted


def readme_samples(api: Api, package: Package) -> dict[str, object]:
    """The calls that the README shows; empty texts where the API has none of the kind."""
    first = _shown(api, lambda o: o.result is not None and o.pagination is None) or _shown(api, lambda _: True)
    streams = _shown(api, lambda o: o.stream is not None)
    pages = _shown(api, lambda o: o.pagination is not None)
    return {
        "sample": f"result = {call_sample(api, package, first)}\nprint(result)" if first else "",
        "async_sample": (
            f"result = {call_sample(api, package, first, asynchronous=True)}\nprint(result)" if first else "pass"
        ),
        "streaming": call_sample(api, package, streams, streams=True, width=1000) if streams else "",
        "whole": _whole_type(api, package, streams) if streams else None,
        "paging": call_sample(api, package, pages) if pages else "",
    }


def _shown(api: Api, wanted: Callable[[Operation], bool]) -> Operation | None:
    """The first of the operations with a body, which show more, else the first at all."""
    found = [o for o in api.operations.values() if wanted(o) and not o.docs.deprecated]
    return min(found, key=lambda o: o.body is None or o.body.flatten is None, default=None)


def _whole_type(api: Api, package: Package, operation: Operation) -> tuple[str, str] | None:
    """The plain form's type, and its constants as arguments, for the sample that adds up a stream of deltas."""
    type = operation.result.type if operation.result is not None else None
    decl = api.decls[type.id] if isinstance(type, Ref) else None
    if operation.stream is None or not isinstance(decl, ObjectDecl):
        return None
    pairs = [f", {f.wire_name}={quoted(f.const.value)}" for f in decl.fields if f.const and f.wire_name.isidentifier()]
    return package.names[type_symbol(decl.id)], "".join(pairs)


def call_list(api: Api, package: Package) -> list[tuple[str, list[dict[str, object]]]]:
    """All calls by resource: its way from the client, and a row for each of its calls."""
    writer = Writer(package.place, "")
    return [
        (_heading(package, node), [_row(api, package, writer, method) for method in node.methods])
        for node in package.root.walk()
        if node.methods
    ]


def _heading(package: Package, node: ResourceType) -> str:
    return "".join(f".{name}" for name in package.way(node.key))


def _row(api: Api, package: Package, writer: Writer, method: Method) -> dict[str, object]:
    wrappers = {Form.PAGE: "SyncPage", Form.STREAM: "Stream"}
    results = [
        Generic(Named("", wrappers[d.form]), (d.result,)) if d.form in wrappers else d.result
        for d in method.descriptions
    ]
    docs = method.operation.docs
    return {
        "call": call_sample(api, package, method.operation, width=10_000),
        "result": " | ".join(map(writer.text, results)),
        "deprecated": docs.deprecated,
        "summary": one_line(docs.summary),
    }
