"""What the package's README and its list of calls show of the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...ir.model import Api, MediaKind
from ...lower import outline
from ...lower.calls import FormKind
from ...lower.deltas import deltas
from ...lower.layout import Part, flat, layout
from ...values import Words
from .declarations import Method, ResourceType
from .lower import Package
from .samples import call_sample
from .types import Generic, Named
from .writer import Writer


def readme_samples(api: Api, package: Package) -> dict[str, object]:
    """The calls that the README shows; empty texts where the API has none of the kind."""
    shown = outline.readme(api, package.calls.known)

    def text(of: outline.Shown | None, *, waits: bool = False) -> str:
        if of is None:
            return ""
        method = package.methods(of.call.operation.id)[0]
        return ("await " if waits else "") + layout(call_sample(api, package, method, of.form), width=88)

    first = shown.plain
    texts = [text(of) for of in (first, shown.stream, shown.pages, shown.upload)]
    return {
        "sample": f"result = {text(first)}\nprint(result)" if first is not None else "",
        "async_sample": f"result = {text(first, waits=True)}\nprint(result)" if first is not None else "pass",
        "streaming": text(shown.stream),
        "adds_up": shown.stream is not None and deltas(shown.stream.call, api.decls) is not None,
        "paging": text(shown.pages),
        "upload": text(shown.upload),
        "download": text(shown.download),
        "uses_files": any("Path(" in found for found in texts),
    }


@dataclass(frozen=True, slots=True)
class Row:
    """A call in the list of all calls."""

    call: str
    route: str
    result: str
    is_deprecated: bool
    summary: str


@dataclass(frozen=True, slots=True)
class CallPage:
    """A page of the list of calls: its title and, by resource (`.chat.completions`), the rows."""

    file: str
    way: str
    sections: tuple[tuple[str, tuple[Row, ...]], ...]


def rows(package: Package, resource: ResourceType, samples: Mapping[str, Part]) -> tuple[Row, ...]:
    """The calls of a resource; `samples` has a call of each method."""
    writer = Writer(package.place, "")
    return tuple(
        Row(
            flat(samples[method.symbol]),
            outline.route(method.call),
            " | ".join(_results(writer, method)),
            method.call.operation.docs.deprecated,
            outline.first_paragraph(method.call.operation.docs),
        )
        for method in resource.methods
    )


def call_pages(package: Package, known: Mapping[tuple[Words, ...], tuple[Row, ...]]) -> list[CallPage]:
    """The list of all calls, of which `known` are the rows by resource; of a large API, one page for each resource of
    the client."""

    def way(path: tuple[Words, ...]) -> str:
        return "".join(f".{name}" for name in package.way(path))

    return [
        CallPage(
            page.file, way(page.path), tuple((way(section.path), known[section.path]) for section in page.sections)
        )
        for page in outline.pages(package.api, package.calls.known)
    ]


def _results(writer: Writer, method: Method) -> list[str]:
    wrappers = {FormKind.PAGES: "SyncPage", FormKind.EVENTS: "Stream", FormKind.LINES: "Stream"}
    found = []
    for description in method.descriptions:
        wrapper = wrappers.get(description.form.kind)
        if description.form.kind is FormKind.BINARY:
            found.append("BinaryResponse")
        elif MediaKind.BINARY in description.form.answers:
            found += [writer.text(description.result), "BinaryResponse"]
        elif wrapper is not None:
            found.append(writer.text(Generic(Named("", wrapper), (description.result,))))
        else:
            found.append(writer.text(description.result))
    return found
