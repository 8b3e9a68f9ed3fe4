"""Operations as the runtime's own plain data (`Operation` in `runtime/operation.ts`), without its defaults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ...ir.access import SecurityScheme
from ...ir.model import Api, Encoding, EventForm, Location, PageStyle, Parameter, Style
from ...lower.calls import BodyKind, BodyPlan, Call, Form, FormKind, Paging, Place
from ...lower.calls import schemes as all_schemes
from ...lower.deltas import ENDINGS, NAMES, Deltas
from ...lower.secrets import secret_headers

Data = dict[str, object]
Alternatives = tuple[tuple[SecurityScheme, ...], ...]

_RESPONSES = {
    FormKind.NONE: "none",
    FormKind.JSON: "json",
    FormKind.TEXT: "text",
    FormKind.BINARY: "binary",
    FormKind.MIXED: "mixed",
    FormKind.PAGES: "json",
    FormKind.EVENTS: "sse",
    FormKind.LINES: "jsonl",
}
_BODIES = {
    BodyKind.JSON: "json",
    BodyKind.MULTIPART: "multipart",
    BodyKind.FORM: "form",
    BodyKind.TEXT: "text",
    BodyKind.BINARY: "binary",
    BodyKind.LINES: "jsonl",
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


def api_data(api: Api, calls: Iterable[Call]) -> Data:
    """What is said of the API as a whole: its schemes, and the credentials that most operations need."""
    data: Data = {}
    if schemes := {scheme.id: _scheme(scheme) for scheme in all_schemes(api)}:
        data["schemes"] = schemes
    if default := security_default(calls):
        data["security"] = _security(default)
    return {**data, "secretHeaders": list(secret_headers(api))}


def security_default(calls: Iterable[Call]) -> Alternatives:
    """The credentials that most operations need."""
    counts = Counter(call.security for call in calls)
    ids = {security: _security(security) for security in counts}
    return min(counts, key=lambda security: (-counts[security], ids[security]), default=())


def _security(alternatives: Alternatives) -> list[list[str]]:
    return [[scheme.id for scheme in together] for together in alternatives]


def _scheme(scheme: SecurityScheme) -> Data:
    data: Data = {"kind": scheme.shown}
    if scheme.wire_name:
        data["name"] = scheme.wire_name
    if scheme.env != "API_KEY":
        data["env"] = scheme.env
    return data


def describe(call: Call, default: Alternatives, others: Mapping[str, BodyPlan], rule: Deltas | None) -> Data:
    """The description of an operation in its plain form, or in its only one.

    `others` are the other forms of its body, by the member of the params that asks for each; `rule` says how the events
    of a stream add up.
    """
    operation = call.operation
    data: Data = {"id": operation.id, "method": operation.method, "path": operation.path}
    if operation.parameters:
        data["parameters"] = [_parameter(call, p) for p in operation.parameters]
    if call.body is not None:
        data["body"] = _body(call, call.body, others)
    form = call.forms[0]
    data |= streaming_part(form, rule) if form.kind.streams else {"response": _response(form)}
    if call.paging is not None:
        data["pagination"] = _pagination(call.paging)
    if operation.server is not None:
        data["server"] = operation.server
    if call.security != default:
        data["security"] = _security(call.security)
    return data


def streaming_part(form: Form, rule: Deltas | None) -> Data:
    """What the streaming form changes in the description; `rule` says how its events add up."""
    return {"response": {**_response(form), **({"deltas": _deltas(rule)} if rule is not None else {})}}


def _deltas(rule: Deltas) -> Data:
    data: Data = {"joined": [list(path) for path in rule.joined], "pieces": [list(path) for path in rule.pieces]}
    if rule.kept:
        data["kept"] = [list(path) for path in rule.kept]
    data |= {"names": list(NAMES), "endings": list(ENDINGS)}
    if rule.merged:
        data["merged"] = [[list(path), key] for path, key in rule.merged]
    if rule.whole is not None:
        if rule.whole.renamed:
            data["renamed"] = [[list(path), name] for path, name in rule.whole.renamed]
        if rule.whole.dropped:
            data["dropped"] = [list(path) for path in rule.whole.dropped]
        if rule.whole.constants:
            data["constants"] = [[list(path), value] for path, value in rule.whole.constants]
    return data


def only_selection(call: Call) -> bool | str | None:
    """What the selector is set to where there is only one form; None where the caller chooses, or leaves it out."""
    return None if call.has_twin else call.forms[0].selects


def _parameter(call: Call, parameter: Parameter) -> Data:
    data: Data = {"name": parameter.wire_name, "in": parameter.location.value}
    argument = call.argument(Place(parameter.location.value), parameter.wire_name)
    if argument is not None and argument.const is not None:
        data["constant"] = argument.const.value
    elif argument is not None and argument is call.selector and (value := only_selection(call)) is not None:
        data["constant"] = value
    else:
        if argument is not None and argument.key != parameter.wire_name:
            data["member"] = argument.key
        if argument is not None and argument is call.selector and (value := call.forms[0].selects) is not None:
            data["default"] = value
    if parameter.style is Style.JSON:
        return {**data, "json": True}
    if parameter.style is not _DEFAULT_STYLE[parameter.location]:
        data["style"] = parameter.style.value
    if parameter.explode != (parameter.style is Style.FORM):
        data["explode"] = parameter.explode
    if parameter.allow_reserved:
        data["allowReserved"] = True
    return data


def _body(call: Call, plan: BodyPlan, others: Mapping[str, BodyPlan]) -> Data:
    data: Data = {"kind": _BODIES[plan.kind], "contentType": plan.content_type}
    if plan.whole is not None:
        data["member"] = plan.whole.key
    elif plan.required:
        data["required"] = True
    constants: Data = {a.wire: a.const.value for a in call.constants if a.place is Place.MEMBER and a.const is not None}
    if call.selector is not None and call.selector.place is Place.MEMBER:
        value = only_selection(call)
        constants |= {call.selector.wire: value} if value is not None else {}
        if call.has_twin and call.forms[0].selects is not None:
            data["defaults"] = {call.selector.wire: call.forms[0].selects}
    if constants:
        data["constants"] = constants
    if parts := {member: _part(e) for member, e in (plan.encodings or {}).items()}:
        data["parts"] = parts
    if others:
        data["others"] = [_other(member, other) for member, other in others.items()]
    return data


def _other(member: str, plan: BodyPlan) -> Data:
    data: Data = {"kind": _BODIES[plan.kind], "contentType": plan.content_type, "member": member}
    if parts := {name: _part(e) for name, e in (plan.encodings or {}).items()}:
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


def _response(form: Form) -> Data:
    kind = _RESPONSES[form.kind]
    data: Data = {"kind": kind}
    if form.kind is not FormKind.NONE and form.accept.partition(";")[0] != _ACCEPT.get(kind):
        data["accept"] = form.accept
    if form.answers:
        data["answers"] = [kind.value for kind in form.answers]
    if form.optional:
        data["optional"] = True
    if form.terminator is not None:
        data["terminator"] = form.terminator
    if form.event is not EventForm.JSON:
        data["event"] = form.event.value
    if form.texts:
        data["texts"] = list(form.texts)
    return data


def _pagination(paging: Paging) -> Data:
    rule = paging.rule
    data: Data = {"style": rule.style.value, "items": list(rule.items)}
    if rule.request_member:
        data["member"] = paging.request.key if paging.request is not None else rule.request_member
    if rule.next_cursor:
        data["nextCursor"] = list(rule.next_cursor)
    if rule.next_link:
        data["nextLink"] = list(rule.next_link)
    if rule.cursor_field:
        data["cursorField"] = rule.cursor_field
    if rule.has_more:
        data["hasMore"] = list(rule.has_more)
    if rule.style is PageStyle.PAGE and rule.first != 1:
        data["first"] = rule.first
    if rule.total_pages:
        data["totalPages"] = list(rule.total_pages)
    if rule.limit_member:
        data["limitMember"] = paging.limit.key if paging.limit is not None else rule.limit_member
    return data
