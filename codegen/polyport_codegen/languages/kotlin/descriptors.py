"""What the transport is told of an operation, as the Kotlin code that makes it."""

from __future__ import annotations

from dataclasses import dataclass

from ...ir.model import Location, MediaKind, Operation, Pagination, Parameter, Result, Stream, Style
from ...lower.layout import Group, Part, layout
from .naming import literal
from .source import WIDTH, Project, Source

_STYLES = {
    Style.SIMPLE: "SIMPLE",
    Style.LABEL: "LABEL",
    Style.MATRIX: "MATRIX",
    Style.FORM: "FORM",
    Style.SPACE_DELIMITED: "SPACE_DELIMITED",
    Style.PIPE_DELIMITED: "PIPE_DELIMITED",
    Style.DEEP_OBJECT: "DEEP_OBJECT",
    Style.JSON: "JSON",
}
_BODIES = {
    MediaKind.JSON: "JSON",
    MediaKind.FORM: "FORM",
    MediaKind.MULTIPART: "MULTIPART",
    MediaKind.BINARY: "BINARY",
    MediaKind.TEXT: "TEXT",
    MediaKind.SSE: "TEXT",
    MediaKind.JSONL: "TEXT",
}


@dataclass(frozen=True, slots=True)
class Descriptor:
    """The function that makes an operation's descriptor."""

    head: str
    body: str


def descriptor(project: Project, source: Source, operation: Operation) -> Descriptor:
    """The descriptor of an operation's plain form, or of its only one."""
    args: list[Part] = [
        f"id = {literal(operation.id)}",
        f"method = {literal(operation.method)}",
        f"path = {literal(operation.path)}",
    ]
    if operation.parameters:
        args.append(Group("parameters = listOf(", [_parameter(source, p) for p in operation.parameters], ")"))
    if operation.body is not None:
        args.append(_body_spec(project, source, operation))
    accept = _accept(operation.result)
    if accept != "application/json":
        args.append(f"accept = {literal(accept)}")
    if operation.schemes:
        args.append(f"security = {_list(operation.schemes)}")
    if operation.server is not None:
        args.append(f"server = {literal(operation.server)}")
    if operation.stream is not None and operation.result is None:
        args.append(f"accept = {literal(operation.stream.media.content_type)}")
        if operation.stream.terminator is not None:
            args.append(f"terminator = {literal(operation.stream.terminator)}")
    return Descriptor(
        head=f"private fun {_name(project, operation)}(): {source.core('Operation')} =",
        body=layout(Group(f"{source.core('Operation')}(", args, ")"), width=WIDTH - 8, column=8, level=2),
    )


def _name(project: Project, operation: Operation) -> str:
    return f"{project.names[f'method:{operation.id}']}Operation"


def form_of(project: Project, operation: Operation, streaming: bool) -> str:
    """The expression for the descriptor of one form."""
    name = f"{_name(project, operation)}()"
    if streaming and operation.result is not None:
        stream = must(operation.stream)
        terminator = literal(stream.terminator) if stream.terminator is not None else "null"
        return f"{name}.streaming({literal(stream.media.content_type)}, {terminator})"
    return name


def _body_spec(project: Project, source: Source, operation: Operation) -> Part:
    body = operation.body
    assert body is not None
    args: list[Part] = [
        f"{source.core('BodyKind')}.{_BODIES[body.media.kind]}",
        literal(body.media.content_type),
        literal(body.required),
    ]
    if body.media.encodings:
        pairs = [
            f"{literal(e.member)} to {source.core('MemberEncoding')}({literal(e.content_type) if e.content_type else 'null'}, "
            f"{source.core('Style')}.{_STYLES[e.style]}, {literal(e.explode)})"
            for e in body.media.encodings
        ]
        args.append(Group("encodings = mapOf(", pairs, ")"))
    if body.media.kind is MediaKind.MULTIPART:
        names = [literal(f.wire_name) for f in project.package.api.body_fields(operation)]
        args.append(Group("members = listOf(", names, ")"))
    return Group(f"body = {source.core('BodySpec')}(", args, ")")


def _accept(result: Result | None) -> str:
    if result is None or result.media is None or result.media.kind is MediaKind.JSON:
        return "application/json"
    return result.media.content_type


def _parameter(source: Source, parameter: Parameter) -> str:
    args = [
        location(source, parameter.location.value),
        literal(parameter.wire_name),
        f"{source.core('Style')}.{_STYLES[parameter.style]}",
        literal(parameter.explode),
    ]
    if parameter.allow_reserved and parameter.location in (Location.QUERY, Location.PATH):
        args.append("allowReserved = true")
    return f"{source.core('Parameter')}({', '.join(args)})"


def location(source: Source, place: str) -> str:
    """A parameter's location."""
    return f"{source.core('Location')}.{place.upper()}"


def page_plan(source: Source, pagination: Pagination) -> Part:
    """How the pages of a list are walked."""
    args = [f"{source.core('PageStyle')}.{pagination.style.name}", _list(pagination.items)]
    for name, value in (
        ("requestMember", pagination.request_member),
        ("cursorField", pagination.cursor_field),
        ("limitMember", pagination.limit_member),
    ):
        if value:
            args.append(f"{name} = {literal(value)}")
    for name, path in (
        ("nextCursor", pagination.next_cursor),
        ("hasMore", pagination.has_more),
        ("totalPages", pagination.total_pages),
    ):
        if path:
            args.append(f"{name} = {_list(path)}")
    if pagination.first != 1:
        args.append(f"first = {pagination.first}")
    return Group(f"{source.core('PagePlan')}(", args, ")")


def must(stream: Stream | None) -> Stream:
    """The stream of an operation that has one."""
    assert stream is not None
    return stream


def _list(values: tuple[str, ...]) -> str:
    return f"listOf({', '.join(literal(v) for v in values)})" if values else "emptyList()"
