"""What the transport is told of an operation, as the Kotlin code that makes it."""

from __future__ import annotations

from dataclasses import dataclass

from ...ir.model import EventForm, Location, Pagination, Parameter, Style
from ...lower.calls import BodyKind, BodyPlan, Form, Place
from ...lower.layout import Group, Part, layout
from .naming import literal
from .prose import WIDTH
from .source import Project, Source
from .types import Call

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


@dataclass(frozen=True, slots=True)
class Descriptor:
    """The function that makes an operation's descriptor."""

    head: str
    body: str


def descriptor(project: Project, source: Source, call: Call) -> Descriptor:
    """The descriptor of an operation in its first form."""
    operation, form = call.operation, call.of.forms[0]
    args: list[Part] = [
        f"id = {literal(operation.id)}",
        f"method = {literal(operation.method)}",
        f"path = {literal(operation.path)}",
    ]
    if operation.parameters:
        args.append(Group("parameters = listOf(", [_parameter(source, p) for p in operation.parameters], ")"))
    if call.of.body is not None:
        args.append(_body_spec(source, call.of.body))
    if form.accept != "application/json":
        args.append(f"accept = {literal(form.accept)}")
    if call.of.security:
        ways = [_list(tuple(scheme.id for scheme in together)) for together in call.of.security]
        args.append(f"security = listOf({', '.join(ways)})")
    if operation.server is not None:
        args.append(f"server = {literal(operation.server)}")
    if form.terminator is not None:
        args.append(f"terminator = {literal(form.terminator)}")
    args += _events(source, form)
    return Descriptor(
        head=f"private fun {_name(project, call)}(): {source.core('Operation')} =",
        body=layout(Group(f"{source.core('Operation')}(", args, ")"), width=WIDTH - 8, column=8, level=2),
    )


def _events(source: Source, form: Form) -> list[str]:
    """What is given of a stream's events, where that is not their JSON."""
    args = [f"event = {source.core('EventForm')}.{form.event.name}"] if form.event is not EventForm.JSON else []
    return [*args, f"texts = setOf({', '.join(map(literal, form.texts))})"] if form.texts else args


def form_of(project: Project, source: Source, call: Call, form: Form) -> str:
    """The expression for the descriptor of one form."""
    name = f"{_name(project, call)}()"
    if form is call.of.forms[0]:
        return name
    terminator = literal(form.terminator) if form.terminator is not None else "null"
    return f"{name}.streaming({', '.join([literal(form.accept), terminator, *_events(source, form)])})"


def _name(project: Project, call: Call) -> str:
    return f"{project.names[call.method]}Operation"


def _body_spec(source: Source, body: BodyPlan) -> Part:
    args: list[Part] = [
        f"{source.core('BodyKind')}.{body.kind.name}",
        literal(body.content_type),
        literal(body.required),
    ]
    if body.encodings:
        pairs = [
            f"{literal(e.member)} to {source.core('MemberEncoding')}({literal(e.content_type) if e.content_type else 'null'}, "
            f"{source.core('Style')}.{_STYLES[e.style]}, {literal(e.explode)})"
            for e in body.encodings.values()
        ]
        args.append(Group("encodings = mapOf(", pairs, ")"))
    if body.kind is BodyKind.MULTIPART:
        args.append(Group("members = listOf(", [literal(a.wire) for a in body.members], ")"))
    return Group(f"body = {source.core('BodySpec')}(", args, ")")


def _parameter(source: Source, parameter: Parameter) -> str:
    args = [
        location(source, parameter.location),
        literal(parameter.wire_name),
        f"{source.core('Style')}.{_STYLES[parameter.style]}",
        literal(parameter.explode),
    ]
    if parameter.allow_reserved and parameter.location in (Location.QUERY, Location.PATH):
        args.append("allowReserved = true")
    return f"{source.core('Parameter')}({', '.join(args)})"


def location(source: Source, place: Location | Place) -> str:
    """A parameter's location."""
    return f"{source.core('Location')}.{place.name}"


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
        ("nextLink", pagination.next_link),
        ("hasMore", pagination.has_more),
        ("totalPages", pagination.total_pages),
    ):
        if path:
            args.append(f"{name} = {_list(path)}")
    if pagination.first != 1:
        args.append(f"first = {pagination.first}")
    return Group(f"{source.core('PagePlan')}(", args, ")")


def _list(values: tuple[str, ...]) -> str:
    return f"listOf({', '.join(literal(v) for v in values)})" if values else "emptyList()"
