"""Operations as data: the constants `_CREATE: op.Operation[Message] = op.Operation(...)` that the runtime is given."""

from __future__ import annotations

from ...ir.model import Body, Encoding, Location, MediaKind, Operation, Pagination, Parameter, Style
from ...lower.layout import Group, Joined, Part, layout
from .declarations import Description, Form
from .writer import Writer, quoted, tuple_of, tuple_of_texts

_DEFAULT_STYLES = {
    Location.PATH: Style.SIMPLE,
    Location.HEADER: Style.SIMPLE,
    Location.QUERY: Style.FORM,
    Location.COOKIE: Style.FORM,
}


def constant(writer: Writer, name: str, described: Description) -> str:
    """The statement that describes a call in one form."""
    # The runtime's description of calls is imported as a module: its names are common ones.
    writer.use("._runtime", "operation as op")
    operation = described.operation
    items: list[Part] = [f"id={quoted(operation.id)}", f'method="{operation.method}"', f"path={quoted(operation.path)}"]
    items += _stream(writer, described) if described.form is Form.STREAM else _plain(writer, described)
    if operation.security:
        ways = [tuple_of_texts(tuple(use.scheme for use in together)) for together in operation.security]
        items.append(Joined(("security=", tuple_of(ways))))
    if operation.server is not None:
        items.append(f"server={quoted(operation.server)}")
    head = Joined((f"{name}: op.Operation[", writer.part(described.result), "] = "))
    return layout(Joined((head, Group("op.Operation(", tuple(items), ")"))))


def _plain(writer: Writer, described: Description) -> list[Part]:
    operation = described.operation
    media = operation.result.media if operation.result is not None else None
    kind = media.kind.value if media is not None else "none"
    items: list[Part] = []
    if kind in ("json", "text"):
        items.append(Joined(("result=", writer.part(described.result))))
    if kind != "json":
        items.append(f'kind="{kind}"')
    items += _request(operation)
    if media is not None and media.content_type != "application/json":
        items.append(f"accept={quoted(media.content_type)}")
    if kind == "json" and (empty := [str(status) for status in described.empty if status != 204]):
        items.append(Joined(("empty=", tuple_of(empty))))
    if operation.pagination is not None:
        items.append(Joined(("paging=", _paging(operation.pagination))))
    return items


def _stream(writer: Writer, described: Description) -> list[Part]:
    stream = described.operation.stream
    assert stream is not None
    items: list[Part] = [Joined(("result=", writer.part(described.result))), f'kind="{stream.media.kind.value}"']
    items += _request(described.operation)
    items.append(f"accept={quoted(stream.media.content_type)}")
    if stream.terminator is not None:
        items.append(f"terminator={quoted(stream.terminator)}")
    return items


def _request(operation: Operation) -> list[Part]:
    items: list[Part] = []
    if operation.parameters:
        items.append(Joined(("parameters=", tuple_of(_param(parameter) for parameter in operation.parameters))))
    if operation.body is not None:
        items.append(Joined(("body=", _body_format(operation.body))))
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


def _body_format(body: Body) -> Part:
    items: list[Part] = []
    kind = body.media.kind
    if kind is not MediaKind.JSON:
        # Lines of JSON and events are sent as they are given: as bytes.
        sent = MediaKind.BINARY if kind in (MediaKind.JSONL, MediaKind.SSE) else kind
        items.append(f'kind="{sent.value}"')
    if body.media.content_type != "application/json":
        items.append(f"content_type={quoted(body.media.content_type)}")
    if body.media.encodings:
        parts = tuple(Joined((f"{quoted(e.member)}: ", _part(e))) for e in body.media.encodings)
        items.append(Joined(("parts=", Group("{", parts, "}"))))
    if not body.required:
        items.append("required=False")
    return Group("op.BodyFormat(", tuple(items), ")")


def _part(encoding: Encoding) -> Part:
    items: list[Part] = [f"content_type={quoted(encoding.content_type)}"] if encoding.content_type else []
    if encoding.style is not Style.FORM:
        items.append(f'style="{encoding.style.value}"')
    if not encoding.explode:
        items.append("explode=False")
    return Group("op.Part(", tuple(items), ")")


def _paging(paging: Pagination) -> Part:
    items: list[Part] = [f'"{paging.style.value}"', Joined(("items=", tuple_of_texts(paging.items)))]
    texts = {
        "request_member": paging.request_member,
        "cursor_field": paging.cursor_field,
        "limit_member": paging.limit_member,
    }
    items += [f"{name}={quoted(value)}" for name, value in texts.items() if value]
    ways = {"next_cursor": paging.next_cursor, "has_more": paging.has_more, "total_pages": paging.total_pages}
    items += [Joined((f"{name}=", tuple_of_texts(way))) for name, way in ways.items() if way]
    if paging.first != 1:
        items.append(f"first={paging.first}")
    return Group("op.Paging(", tuple(items), ")")
