"""Calls as data: the constants `_CREATE: op.Operation[Message] = op.Operation(...)` that the runtime is given."""

from __future__ import annotations

from ...ir.model import Encoding, EventForm, Location, Operation, Pagination, Parameter, Style
from ...ir.types import Kind, Nullable, Primitive, Type
from ...lower.calls import BodyKind, BodyPlan, Call, Form, FormKind
from ...lower.deltas import ENDINGS, NAMES, Deltas
from ...lower.layout import Group, Joined, Part, layout
from .declarations import Description
from .writer import Writer, quoted, tuple_of, tuple_of_texts

_DEFAULT_STYLES = {
    Location.PATH: Style.SIMPLE,
    Location.HEADER: Style.SIMPLE,
    Location.QUERY: Style.FORM,
    Location.COOKIE: Style.FORM,
}
#: The runtime's words for how an answer is read.
_KINDS = {FormKind.PAGES: "json", FormKind.EVENTS: "sse", FormKind.LINES: "jsonl"}


def constant(writer: Writer, name: str, described: Description) -> str:
    """The member of a class that describes a call in one form."""
    # The runtime's description of calls is imported as a module: its names are common ones.
    writer.use("._runtime", "operation as op")
    call, form = described.call, described.form
    operation = call.operation
    items: list[Part] = [f"id={quoted(operation.id)}", f'method="{operation.method}"', f"path={quoted(operation.path)}"]
    if described.decoded is not None:
        items.append(Joined(("result=", writer.part(described.decoded))))
    kind = _KINDS.get(form.kind, form.kind.value)
    if kind != "json":
        items.append(f'kind="{kind}"')
    items += _request(call)
    items += _answer(form)
    if call.paging is not None and form.kind is FormKind.PAGES:
        items.append(Joined(("paging=", _paging(call.paging.rule))))
    if described.errors:
        errors = tuple(Joined((f"{quoted(status)}: ", writer.part(type))) for status, type in described.errors)
        items.append(Joined(("errors=", Group("{", errors, "}"))))
    if described.deltas is not None and described.whole is not None:
        items.append(Joined(("deltas=", _deltas(writer.part(described.whole), described.deltas))))
    items += _access(operation)
    head = Joined((f"{name}: op.Operation[", writer.part(described.result), "] = "))
    return layout(Joined((head, Group("op.Operation(", tuple(items), ")"))), column=4, level=1)


def _answer(form: Form) -> list[Part]:
    items: list[Part] = []
    if form.kind is not FormKind.NONE and form.accept != "application/json":
        items.append(f"accept={quoted(form.accept)}")
    if form.terminator is not None:
        items.append(f"terminator={quoted(form.terminator)}")
    if form.event is not EventForm.JSON:
        items.append(f'event="{form.event.value}"')
    if form.texts:
        items.append(Joined(("texts=", tuple_of_texts(form.texts))))
    if form.optional:
        items.append("optional=True")
    if form.answers:
        items.append(Joined(("answers=", tuple_of_texts(kind.value for kind in form.answers))))
    return items


def _access(operation: Operation) -> list[Part]:
    items: list[Part] = []
    if operation.security:
        ways = [tuple_of_texts(use.scheme for use in together) for together in operation.security]
        items.append(Joined(("security=", tuple_of(ways))))
    if operation.server is not None:
        items.append(f"server={quoted(operation.server)}")
    return items


def _request(call: Call) -> list[Part]:
    items: list[Part] = []
    if call.operation.parameters:
        items.append(Joined(("parameters=", tuple_of(_param(parameter) for parameter in call.operation.parameters))))
    if call.body is not None:
        items.append(Joined(("body=", _body_format(call.body))))
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


def _body_format(plan: BodyPlan) -> Part:
    items: list[Part] = []
    if plan.kind is not BodyKind.JSON:
        items.append(f'kind="{plan.kind.value}"')
    if plan.content_type != "application/json":
        items.append(f"content_type={quoted(plan.content_type)}")
    encodings = dict(plan.encodings or {})
    texts = [m.wire for m in plan.members if plan.kind is BodyKind.MULTIPART and _is_base64(m.type)]
    written = {name: encodings.get(name, Encoding(name)) for name in (*encodings, *texts)}
    if written:
        parts = tuple(Joined((f"{quoted(e.member)}: ", _part(e, e.member in texts))) for e in written.values())
        items.append(Joined(("parts=", Group("{", parts, "}"))))
    if not plan.required:
        items.append("required=False")
    return Group("op.BodyFormat(", tuple(items), ")")


def _is_base64(type: Type) -> bool:
    """Whether bytes stand for their base64 text, and are no file."""
    type = type.inner if isinstance(type, Nullable) else type
    return isinstance(type, Primitive) and type.kind is Kind.STRING and type.format == "byte"


def _part(encoding: Encoding, is_text: bool) -> Part:
    items: list[Part] = [f"content_type={quoted(encoding.content_type)}"] if encoding.content_type else []
    if encoding.style is not Style.FORM:
        items.append(f'style="{encoding.style.value}"')
    if not encoding.explode:
        items.append("explode=False")
    if is_text:
        items.append("is_text=True")
    return Group("op.Part(", tuple(items), ")")


def _deltas(result: Part, rule: Deltas) -> Part:
    items: list[Part] = [result, Joined(("joined=", tuple_of(map(tuple_of_texts, rule.joined))))]
    whole = rule.whole
    pairs = {
        "merged": rule.merged,
        "renamed": whole.renamed if whole is not None else (),
        "constants": whole.constants if whole is not None else (),
    }
    for name, found in pairs.items():
        if found:
            parts = (Group("(", (tuple_of_texts(way), quoted(value)), ")") for way, value in found)
            items.append(Joined((f"{name}=", tuple_of(parts))))
    ways = {"pieces": rule.pieces, "kept": rule.kept, "dropped": whole.dropped if whole is not None else ()}
    items += [Joined((f"{name}=", tuple_of(map(tuple_of_texts, found)))) for name, found in ways.items() if found]
    if rule.pieces:
        items += [Joined(("names=", tuple_of_texts(NAMES))), Joined(("endings=", tuple_of_texts(ENDINGS)))]
    return Group("op.Deltas(", tuple(items), ")")


def _paging(paging: Pagination) -> Part:
    items: list[Part] = [f'"{paging.style.value}"', Joined(("items=", tuple_of_texts(paging.items)))]
    texts = {
        "request_member": paging.request_member,
        "cursor_field": paging.cursor_field,
        "limit_member": paging.limit_member,
    }
    items += [f"{name}={quoted(value)}" for name, value in texts.items() if value]
    ways = {
        "next_cursor": paging.next_cursor,
        "next_link": paging.next_link,
        "has_more": paging.has_more,
        "total_pages": paging.total_pages,
    }
    items += [Joined((f"{name}=", tuple_of_texts(way))) for name, way in ways.items() if way]
    if paging.first != 1:
        items.append(f"first={paging.first}")
    return Group("op.Paging(", tuple(items), ")")
