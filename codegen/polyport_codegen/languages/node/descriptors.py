"""Operations as the runtime's own plain data (`Operation` in `runtime/operation.ts`), without its defaults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ...ir.model import Api, Body, Encoding, Location, MediaKind, Operation, Pagination, Parameter, Stream, Style
from .calls import Shape

Data = dict[str, object]

_KINDS = {
    MediaKind.JSON: "json",
    MediaKind.SSE: "sse",
    MediaKind.JSONL: "jsonl",
    MediaKind.TEXT: "text",
    MediaKind.BINARY: "binary",
    MediaKind.MULTIPART: "multipart",
    MediaKind.FORM: "form",
}
_ACCEPT = {
    "json": "application/json",
    "sse": "text/event-stream",
    "jsonl": "application/jsonl",
    "text": "text/plain",
    "binary": "*/*",
}
_DEFAULT_STYLE = {
    Location.PATH: Style.SIMPLE,
    Location.QUERY: Style.FORM,
    Location.HEADER: Style.SIMPLE,
    Location.COOKIE: Style.FORM,
}


def auth_default(api: Api) -> Data | None:
    """How most operations are authorised: what the client does unless an operation says otherwise."""
    counts: Counter[str] = Counter()
    for operation in api.operations.values():
        if (scheme := _scheme(api.security_schemes, operation)) is not None:
            counts[scheme] += 1
    if not counts:
        return None
    best = min(counts, key=lambda id: (-counts[id], id))
    return _auth(api, best)


def _scheme(schemes: Mapping[str, object], operation: Operation) -> str | None:
    usable = [id for id in operation.schemes if id in schemes and getattr(schemes[id], "shown", "other") != "other"]
    return usable[0] if usable else None


def _auth(api: Api, id: str) -> Data:
    scheme = api.security_schemes[id]
    return {"kind": scheme.shown, **({"name": scheme.wire_name} if scheme.wire_name else {})}


def operation_auth(api: Api, operation: Operation) -> Data | None:
    """How this operation is authorised; None when it needs no key."""
    scheme = _scheme(api.security_schemes, operation)
    return _auth(api, scheme) if scheme is not None else None


def describe(api: Api, operation: Operation, shape: Shape, default: Data | None) -> Data:
    """The description of an operation in its plain form, or in its only one."""
    data: Data = {"id": operation.id, "method": operation.method, "path": operation.path}
    if operation.parameters:
        data["parameters"] = [_parameter(p, shape.member(p)) for p in operation.parameters]
    if operation.body is not None:
        data["body"] = _body(operation.body, shape.body_member, shape.constants)
    data["response"] = _response(operation)
    if operation.pagination is not None:
        data["pagination"] = _pagination(operation.pagination, shape)
    if operation.server is not None:
        data["server"] = operation.server
    auth = operation_auth(api, operation)
    if auth != default:
        data["auth"] = auth
    return data


def streaming_part(stream: Stream) -> Data:
    """What the streaming form changes in the description."""
    return {"response": _stream(stream)}


def _parameter(parameter: Parameter, member: str) -> Data:
    data: Data = {"name": parameter.wire_name, "in": parameter.location.value}
    if member != parameter.wire_name:
        data["member"] = member
    if parameter.const is not None:
        data["constant"] = parameter.const.value
    if parameter.style is Style.JSON:
        return {**data, "json": True}
    if parameter.style is not _DEFAULT_STYLE[parameter.location]:
        data["style"] = parameter.style.value
    if parameter.explode != (parameter.style is Style.FORM):
        data["explode"] = parameter.explode
    if parameter.allow_reserved:
        data["allowReserved"] = True
    return data


def _body(body: Body, member: str | None, constants: Mapping[str, object]) -> Data:
    kind = _KINDS[body.media.kind]
    data: Data = {
        "kind": kind if kind not in ("sse", "jsonl") else "binary",
        "contentType": "application/octet-stream" if body.media.content_type == "*/*" else body.media.content_type,
    }
    if member is not None:
        data["member"] = member
    elif body.required:
        data["required"] = True
    if constants:
        data["constants"] = constants
    if parts := {e.member: _part(e) for e in body.media.encodings}:
        data["parts"] = parts
    return data


def _part(encoding: Encoding) -> Data:
    data: Data = {}
    if encoding.content_type:
        data["contentType"] = encoding.content_type
    if encoding.style is not Style.FORM:
        data["style"] = encoding.style.value
    if encoding.explode != (encoding.style is Style.FORM):
        data["explode"] = encoding.explode
    return data


def _response(operation: Operation) -> Data:
    if operation.result is None and operation.stream is not None:
        return _stream(operation.stream)
    media = operation.result.media if operation.result is not None else None
    if media is None:
        return {"kind": "none"}
    kind = _KINDS[media.kind]
    data: Data = {"kind": kind if kind in _ACCEPT else "binary"}
    if media.content_type.partition(";")[0] != _ACCEPT.get(kind):
        data["accept"] = media.content_type
    if operation.result is not None and operation.result.optional:
        data["optional"] = True
    return data


def _stream(stream: Stream) -> Data:
    kind = _KINDS[stream.media.kind]
    data: Data = {"kind": kind}
    if stream.media.content_type.partition(";")[0] != _ACCEPT[kind]:
        data["accept"] = stream.media.content_type
    if stream.terminator is not None:
        data["terminator"] = stream.terminator
    return data


def _pagination(pagination: Pagination, shape: Shape) -> Data:
    members = {p.wire_name: name for name, p in shape.named if p.location is Location.QUERY}
    data: Data = {"style": pagination.style.value, "items": list(pagination.items)}
    if pagination.request_member:
        data["member"] = members.get(pagination.request_member, pagination.request_member)
    if pagination.next_cursor:
        data["nextCursor"] = list(pagination.next_cursor)
    if pagination.cursor_field:
        data["cursorField"] = pagination.cursor_field
    if pagination.has_more:
        data["hasMore"] = list(pagination.has_more)
    if pagination.style.value == "page" and pagination.first != 1:
        data["first"] = pagination.first
    if pagination.total_pages:
        data["totalPages"] = list(pagination.total_pages)
    if pagination.limit_member:
        data["limitMember"] = members.get(pagination.limit_member, pagination.limit_member)
    return data
