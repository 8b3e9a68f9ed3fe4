"""What the package's README and its list of calls show of the API."""

from __future__ import annotations

from dataclasses import dataclass

from ...ir.model import Api, MediaKind
from ...lower import outline
from ...lower.calls import FormKind
from ...lower.deltas import deltas
from ...lower.layout import flat, layout
from .declarations import Method, Package
from .samples import call_sample
from .types import Generic, Named
from .writer import Writer


def readme_samples(api: Api, package: Package) -> dict[str, object]:
    """The calls that the README shows; empty texts where the API has none of the kind."""
    shown = outline.readme(api, {id: method.call for id, method in package.methods.items()})

    def text(of: outline.Shown | None, *, waits: bool = False) -> str:
        if of is None:
            return ""
        method = package.methods[of.call.operation.id]
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


def call_pages(api: Api, package: Package) -> list[CallPage]:
    """The list of all calls; of a large API, one page for each resource of the client."""
    writer = Writer(package.place, "")
    known = {id: method.call for id, method in package.methods.items()}
    return [
        CallPage(
            page.file,
            "".join(f".{name}" for name in package.way(page.path)),
            tuple(
                (
                    "".join(f".{name}" for name in package.way(section.path)),
                    tuple(
                        _row(api, package, writer, method)
                        for id in (call.operation.id for call in section.calls)
                        for method in (package.methods[id], *package.others[id])
                    ),
                )
                for section in page.sections
            ),
        )
        for page in outline.pages(api, known)
    ]


def _row(api: Api, package: Package, writer: Writer, method: Method) -> Row:
    docs = method.call.operation.docs
    return Row(
        flat(call_sample(api, package, method)),
        outline.route(method.call),
        " | ".join(_results(writer, method)),
        docs.deprecated,
        outline.first_paragraph(docs),
    )


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
