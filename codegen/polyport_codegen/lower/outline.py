"""What the documents of a package show of an API: which calls the README has, the list of all calls, and what to say
where the document says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ..ir.model import Api, Header, Operation, OperationId
from ..ir.types import Docs, Kind, ListOf, Nullable, Primitive, Type
from ..values import Words
from .calls import BodyKind, Call, Form, FormKind
from .symbols import dotted
from .telling import telling

#: More calls than this, and api.md is an index of pages.
_MOST_CALLS = 150


@dataclass(frozen=True, slots=True)
class Shown:
    """A call in one of its forms."""

    call: Call
    form: Form


@dataclass(frozen=True, slots=True)
class Readme:
    """The calls that a README shows; None where the API has none of the kind. `plain` is None only without calls."""

    plain: Shown | None
    stream: Shown | None
    pages: Shown | None
    upload: Shown | None
    download: Shown | None


def readme(api: Api, calls: Mapping[OperationId, Call]) -> Readme:
    """The most telling call of each kind (see `telling`), of equals the first documented.

    What is deprecated is shown only when there is nothing else.
    """
    signs = telling(calls.values(), api.decls)
    shown = [Shown(calls[id], form) for id in api.operations if id in calls for form in calls[id].forms]

    def best(wanted: Callable[[Shown], bool]) -> Shown | None:
        return max((s for s in shown if wanted(s)), key=lambda s: signs.weight(s.call, s.form), default=None)

    plain = (
        best(lambda s: s.form.kind is FormKind.JSON and not s.form.optional)
        or best(lambda s: not s.form.kind.streams)
        or best(lambda _: True)
    )
    upload = best(lambda s: _uploads(s.call) and s.form.kind is not FormKind.BINARY) or best(lambda s: _uploads(s.call))
    return Readme(
        plain=plain,
        stream=best(lambda s: s.form.kind.streams),
        pages=best(lambda s: s.form.kind is FormKind.PAGES),
        upload=upload,
        download=best(lambda s: s.form.kind is FormKind.BINARY and s != upload),
    )


def _uploads(call: Call) -> bool:
    return call.body is not None and call.body.kind is BodyKind.MULTIPART


# -- all calls ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Section:
    """A resource with its calls."""

    path: tuple[Words, ...]
    docs: Docs
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list of all calls.

    `file` is relative to the package: `api.md`, or of a large API `api/chat.md` and, of the client's own calls,
    `api-client.md` (`api/client.md` is the page of a resource of that name).
    """

    file: str
    #: The resource it is about; empty for the client itself and for the only page.
    path: tuple[Words, ...]
    sections: tuple[Section, ...]


def sections(api: Api, calls: Mapping[OperationId, Call]) -> tuple[Section, ...]:
    """The resources that have calls, the client first, each before those below it."""
    return tuple(
        Section(node.path, node.docs, tuple(calls[id] for id in node.operations))
        for node in api.root.walk()
        if node.operations
    )


def pages(api: Api, calls: Mapping[OperationId, Call]) -> tuple[Page, ...]:
    """The list of all calls: one page, or of a large API one for each resource of the client (api.md names them)."""
    found = sections(api, calls)
    if len(calls) <= _MOST_CALLS:
        return (Page("api.md", (), found),)
    groups: dict[tuple[Words, ...], list[Section]] = {}
    for section in found:
        groups.setdefault(section.path[:1], []).append(section)
    return tuple(
        Page(f"api/{dotted(path)}.md" if path else "api-client.md", path, tuple(members))
        for path, members in groups.items()
    )


def route(call: Call) -> str:
    """`POST /v1/chat/completions`."""
    return f"{call.operation.method} {call.operation.path}"


# -- what to say -------------------------------------------------------------------------------------------------------


def call_docs(call: Call) -> Docs:
    """What is said of a call: its documentation, or at least its method and path."""
    docs = call.operation.docs
    return docs if docs.text else replace(docs, summary=f"`{route(call)}`")


#: The statuses whose errors have names of their own in every runtime.
_ERRORS = {
    "400": "BadRequest",
    "401": "Authentication",
    "403": "PermissionDenied",
    "404": "NotFound",
    "409": "Conflict",
    "422": "UnprocessableEntity",
    "429": "RateLimit",
}


def error_name(status: str) -> str:
    """What every runtime calls the error of a status (as in `Response.status`), without a language's ending."""
    return _ERRORS.get(status, "InternalServer" if status.startswith("5") else "APIStatus")


def headers_told(operation: Operation) -> str:
    """A list of the headers of an answer in Markdown, for languages that have no form of their own for it."""
    lines = [f"- `{h.wire_name}`{_kind_of(h.type)}{_about(h.docs)}" for h in answer_headers(operation)]
    return "\n".join(lines)


def answer_headers(operation: Operation) -> tuple[Header, ...]:
    """The documented headers of an answer that is a success, in the streaming form too."""
    if operation.result is not None:
        return operation.result.headers
    found = {h.wire_name.lower(): h for r in operation.responses if r.status.startswith("2") for h in r.headers}
    return tuple(found.values())


def _kind_of(type: Type) -> str:
    """What a header's value is when it is no text."""
    type = type.inner if isinstance(type, Nullable) else type
    if isinstance(type, Primitive) and type.kind is not Kind.STRING:
        return f" ({type.kind.value})"
    return " (a list)" if isinstance(type, ListOf) else ""


def _about(docs: Docs) -> str:
    said = first_paragraph(docs)
    return f": {said}" if said else ""


#: A rule sets a banner above the text off from it.
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)]) ")


def first_paragraph(docs: Docs) -> str:
    """The first paragraph on one line, for tables and lists; empty without documentation."""
    return " ".join(_paragraphs(docs)[0].split())


def first_block(docs: Docs) -> str:
    """The first paragraph with its lines, and the list that its colon leads to; empty without documentation."""
    first, *more = _paragraphs(docs)
    led = more and first.rstrip().endswith(":") and _ITEM.match(more[0])
    return f"{first}\n{more[0]}" if led else first


def _paragraphs(docs: Docs) -> list[str]:
    """What stands between blank lines, without a title above a rule; at least one."""
    paragraphs = docs.text.split("\n\n")
    return paragraphs[2:] if len(paragraphs) > 2 and _RULE.fullmatch(paragraphs[1]) else paragraphs
