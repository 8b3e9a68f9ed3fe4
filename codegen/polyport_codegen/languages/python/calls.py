"""Operations as data: the constants that the runtime is given, and the arguments of a call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...ir.model import Api, Body, Location, MediaKind, Operation, Pagination, Parameter, Style
from ...ir.types import Const
from ...lower.layout import Group, Joined, Part
from .docs import described
from .exprs import ANY, NONE, NOT_GIVEN, STR, Expr, Literals, Named, Writer, any_of, quoted
from .plan import Plan
from .values import Values

_DEFAULT_STYLES = {
    Location.PATH: Style.SIMPLE,
    Location.HEADER: Style.SIMPLE,
    Location.QUERY: Style.FORM,
    Location.COOKIE: Style.FORM,
}


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a method. `where` is a location or `body`; `default` is empty when it must be given."""

    name: str
    where: str
    wire_name: str
    type: Expr
    default: str
    text: str


def arguments(api: Api, plan: Plan, operation: Operation) -> list[Argument]:
    """All arguments of an operation but the selector and the options: required ones first."""
    found = [*_parameters(api, plan, operation), *_body(api, plan, operation)]
    return sorted(found, key=lambda a: (a.where != "path", a.default != ""))


def _parameters(api: Api, plan: Plan, operation: Operation) -> Iterator[Argument]:
    values = Values(api)
    for parameter in operation.parameters:
        if parameter.const is not None or is_selector(operation, parameter.location.value, parameter.wire_name):
            continue
        where = parameter.location.value
        name = plan.names[f"arguments:{operation.id}:{where}:{parameter.wire_name}"]
        type = values.send(parameter.type)
        yield _argument(
            name, where, parameter.wire_name, type, parameter.required, described(parameter.docs, parameter.default)
        )


def _body(api: Api, plan: Plan, operation: Operation) -> Iterator[Argument]:
    values = Values(api)
    body = operation.body
    if body is None:
        return
    if body.flatten is None:
        name = plan.names[f"arguments:{operation.id}:body:"]
        yield _argument(name, "body", "", body_type(values, body), body.required, body.docs.text)
        return
    for field in api.body_fields(operation):
        name = plan.names[f"arguments:{operation.id}:body:{field.wire_name}"]
        type = values.send(field.type)
        text = described(field.docs, field.default)
        if field.required and isinstance(field.type, Const):
            yield Argument(name, "body", field.wire_name, type, quoted(field.type.value), text)
        else:
            required = field.required and body.required
            yield _argument(name, "body", field.wire_name, type, required, text)


def _argument(name: str, where: str, wire_name: str, type: Expr, required: bool, text: str) -> Argument:
    if required:
        return Argument(name, where, wire_name, type, "", text)
    return Argument(name, where, wire_name, any_of(type, NOT_GIVEN), "NOT_GIVEN", text)


def body_type(values: Values, body: Body) -> Expr:
    """The type of a body that is one argument."""
    if body.media.kind is MediaKind.TEXT:
        return STR
    if body.media.kind is MediaKind.BINARY:
        return Named("._runtime.uploads", "Upload")
    return values.send(body.media.type)


def is_selector(operation: Operation, location: str, wire_name: str) -> bool:
    """Whether a member is the one that asks for the streaming form."""
    selector = operation.stream.selector if operation.stream is not None else None
    return selector is not None and (selector.location, selector.wire_name) == (location, wire_name)


def result_expr(values: Values, operation: Operation) -> Expr:
    """What a plain call gives (of a list: its items' type)."""
    if operation.pagination is not None:
        return values.read(operation.pagination.item_type)
    media = operation.result.media if operation.result is not None else None
    if media is None:
        return NONE
    if media.kind is MediaKind.JSON:
        result = values.read(media.type)
        return any_of(result, NONE) if empty_statuses(operation) else result
    return STR if media.kind is MediaKind.TEXT else ANY


def empty_statuses(operation: Operation) -> tuple[int, ...]:
    """Documented successes without a body of an operation that has a result otherwise."""
    found = [int(r.status) for r in operation.responses if r.status.isdigit() and not r.media]
    return tuple(status for status in found if 200 <= status < 300)


def plain_constant(writer: Writer, values: Values, name: str, operation: Operation) -> Part:
    """`_CREATE: Operation[Message] = Operation(...)` for the plain form."""
    media = operation.result.media if operation.result is not None else None
    kind = media.kind.value if media is not None else "none"
    items = _head(operation)
    if kind in ("json", "text"):
        items.append(Joined(("result=", writer.part(result_expr(values, operation)))))
    if kind != "json":
        items.append(f'kind="{kind}"')
    items += _request(writer, operation)
    if media is not None and media.content_type != "application/json":
        items.append(f"accept={quoted(media.content_type)}")
    if kind == "json" and (empty := [str(s) for s in empty_statuses(operation) if s != 204]):
        items.append(Joined(("empty=", tuple_of(list(empty)))))
    if operation.pagination is not None:
        items.append(Joined(("paging=", _paging(writer, operation.pagination))))
    return _constant(writer, name, result_expr(values, operation), items, operation)


def stream_constant(writer: Writer, values: Values, name: str, operation: Operation) -> Part:
    """The constant for the streaming form."""
    stream = operation.stream
    assert stream is not None
    event = values.read(stream.media.type)
    items = [*_head(operation), Joined(("result=", writer.part(event))), f'kind="{stream.media.kind.value}"']
    items += _request(writer, operation)
    items.append(f"accept={quoted(stream.media.content_type)}")
    if stream.terminator is not None:
        items.append(f"terminator={quoted(stream.terminator)}")
    return _constant(writer, name, event, items, operation)


def _constant(writer: Writer, name: str, result: Expr, items: list[Part], operation: Operation) -> Part:
    use_operation(writer)
    if operation.security:
        items.append(Joined(("security=", tuple_part(operation.security))))
    if operation.server is not None:
        items.append(f"server={quoted(operation.server)}")
    head = Joined((f"{name}: op.Operation[", writer.part(result), "] = "))
    return Joined((head, Group("op.Operation(", tuple(items), ")")))


def use_operation(writer: Writer) -> None:
    """The runtime's description of calls is imported as a module: its names are common ones."""
    writer.use("._runtime", "operation as op")


def _head(operation: Operation) -> list[Part]:
    return [f"id={quoted(operation.id)}", f'method="{operation.method}"', f"path={quoted(operation.path)}"]


def _request(writer: Writer, operation: Operation) -> list[Part]:
    items: list[Part] = []
    if operation.parameters:
        use_operation(writer)
        params = [_param(parameter) for parameter in operation.parameters]
        items.append(Joined(("parameters=", tuple_of(params))))
    if operation.body is not None:
        items.append(Joined(("body=", _body_format(writer, operation.body))))
    return items


def _param(parameter: Parameter) -> Part:
    items: list[Part] = [f'"{parameter.location.value}"', quoted(parameter.wire_name)]
    style = parameter.style
    if style is not _DEFAULT_STYLES[parameter.location]:
        items.append(f'style="{style.value}"')
    if style is not Style.JSON and parameter.explode != (style in (Style.FORM, Style.DEEP_OBJECT)):
        items.append(f"explode={parameter.explode}")
    if parameter.allow_reserved:
        items.append("allow_reserved=True")
    return Group("op.Param(", tuple(items), ")")


def _body_format(writer: Writer, body: Body) -> Part:
    use_operation(writer)
    items: list[Part] = []
    if body.media.kind is not MediaKind.JSON:
        items.append(f'kind="{_body_kind(body.media.kind)}"')
    if body.media.content_type != "application/json":
        items.append(f"content_type={quoted(body.media.content_type)}")
    if body.media.encodings:
        use_operation(writer)
        parts = [
            Joined((f"{quoted(e.member)}: ", Group("op.Part(", _encoding(e.content_type, e.style, e.explode), ")")))
            for e in body.media.encodings
        ]
        items.append(Joined(("parts=", Group("{", tuple(parts), "}"))))
    if not body.required:
        items.append("required=False")
    return Group("op.BodyFormat(", tuple(items), ")")


def _body_kind(kind: MediaKind) -> str:
    """Lines of JSON and events are sent as they are given: as bytes."""
    return "binary" if kind in (MediaKind.JSONL, MediaKind.SSE) else kind.value


def _encoding(content_type: str, style: Style, explode: bool) -> tuple[Part, ...]:
    items: list[Part] = [f"content_type={quoted(content_type)}"] if content_type else []
    if style is not Style.FORM:
        items.append(f'style="{style.value}"')
    if not explode:
        items.append("explode=False")
    return tuple(items)


def _paging(writer: Writer, paging: Pagination) -> Part:
    use_operation(writer)
    items: list[Part] = [f'"{paging.style.value}"', Joined(("items=", tuple_part(paging.items)))]
    for name in ("request_member", "cursor_field", "limit_member"):
        if value := getattr(paging, name):
            items.append(f"{name}={quoted(value)}")
    for name in ("next_cursor", "has_more", "total_pages"):
        if value := getattr(paging, name):
            items.append(Joined((f"{name}=", tuple_part(value))))
    if paging.first != 1:
        items.append(f"first={paging.first}")
    return Group("op.Paging(", tuple(items), ")")


def tuple_part(items: tuple[str, ...]) -> Part:
    """A tuple of texts."""
    return tuple_of([quoted(item) for item in items])


def tuple_of(items: list[Part]) -> Part:
    """A tuple, with the comma that a single item needs."""
    if len(items) == 1:
        return Joined(("(", items[0], ",)"))
    return Group("(", tuple(items), ")")


def selector_types(value: bool | str) -> tuple[Expr, Expr, Expr]:
    """The selector's type in the plain form, in the streaming form, and in both."""
    if value is True:
        return Literals((False,)), Literals((True,)), Named("", "bool")
    return NONE, Literals((value,)), STR


def member_values(api: Api, operation: Operation, found: list[Argument], where: str) -> list[tuple[str, str]]:
    """Wire names and what to send for them, constants included."""
    pairs = [(a.wire_name, a.name) for a in found if a.where == where]
    for parameter in operation.parameters:
        if parameter.location.value == where and parameter.const is not None:
            pairs.append((parameter.wire_name, quoted(parameter.const.value)))
    return pairs
