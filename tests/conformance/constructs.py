"""Constructs of OpenAPI that documents use, where each stands in a document, and what the generator made of it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import Any

from polyport_codegen.diagnostics import Diagnostics, Origin
from polyport_codegen.ir.model import Api, Operation
from polyport_codegen.load.document import Document

from tests.conformance.places import Call, Said, calls, content, schemas
from tests.conformance.values import values


class Verdict(Enum):
    """What became of one place."""

    TYPED = "typed"
    #: Raw or left out, and a diagnostic says so.
    REPORTED = "reported"
    #: Neither: a value is lost without a word. Must not be.
    NEITHER = "neither"


@dataclass
class Case:
    """A document beside what was made of it."""

    document: Document
    api: Api
    said: Said
    calls: tuple[Call, ...]
    operations: dict[tuple[str, Origin], Operation] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document, api: Api, diagnostics: Diagnostics) -> Case:
        """With the operations by method and place: paths may differ in a query alone."""
        by_call = {(o.method.upper(), o.origin): o for o in api.operations.values()}
        return cls(document, api, Said(diagnostics), tuple(calls(document)), by_call)

    def operation(self, call: Call) -> Operation | None:
        """The model's operation for a call."""
        return self.operations.get((call.method.upper(), call.origin))

    def verdict(self, typed: bool, origin: Origin, *codes: str) -> Verdict:
        """Typed, or else reported: at the place, below it, or for the whole document under one of the codes."""
        if typed:
            return Verdict.TYPED
        said = self.said.of(origin) or any(code in self.said.codes for code in codes)
        return Verdict.REPORTED if said else Verdict.NEITHER


Found = Iterator[tuple[Origin, Verdict]]


@dataclass(frozen=True)
class Construct:
    """`judge` gives each place of a document that has the construct, with a verdict."""

    name: str
    judge: Callable[[Case], Found]


def _operations(case: Case) -> Found:
    for call in case.calls:
        yield call.origin, case.verdict(case.operation(call) is not None, call.origin)


def _referred_operations(case: Case) -> Found:
    for call in case.calls:
        if "$ref" in call.item.get(call.method, {}):
            yield call.origin, case.verdict(case.operation(call) is not None, call.origin)


def _is_file(schema: Any) -> bool:
    if not isinstance(schema, dict):
        return False
    if schema.get("format") == "binary" or "contentMediaType" in schema:
        return schema.get("type") in ("string", None)
    return _is_file(schema.get("items")) or any(_is_file(p) for p in (schema.get("properties") or {}).values())


def _files_beside_json(case: Case) -> Found:
    for call in case.calls:
        body = call.node.get("requestBody")
        media = {n.lower(): (m, o) for n, m, o in content(case.document, body, call.origin.child("requestBody"))}
        form, json = media.get("multipart/form-data"), media.get("application/json")
        if form and json and _is_file(case.document.resolve(form[0].get("schema"), form[1].child("schema"))[0]):
            operation = case.operation(call)
            chosen = operation.body.media.content_type if operation and operation.body else ""
            yield call.origin, case.verdict(chosen.lower().startswith("multipart/"), json[1])


def _mixed_answers(case: Case) -> Found:
    for call in case.calls:
        for status, said in (call.node.get("responses") or {}).items():
            origin = call.origin.child("responses", status)
            kinds = [(n, o) for n, _, o in content(case.document, said, origin)]
            others = [(n, o) for n, o in kinds if "json" not in n and "event-stream" not in n and n != "*/*"]
            if not status.startswith("2") or len(others) in (0, len(kinds)):
                continue
            operation = case.operation(call)
            asked = operation.result.accept.split(", ") if operation and operation.result else []
            for name, where in others:
                yield where, case.verdict(name in asked, where, "media-set-aside", "file-as-text")


def _media(case: Case, wanted: tuple[str, ...], codes: tuple[str, ...]) -> Found:
    for call in case.calls:
        places = [(call.node.get("requestBody"), call.origin.child("requestBody"))]
        places += [(n, call.origin.child("responses", s)) for s, n in (call.node.get("responses") or {}).items()]
        operation = case.operation(call)
        bodies = (operation.body.media, *operation.body.others) if operation and operation.body else ()
        answers = tuple(m for r in operation.responses for m in r.media) if operation else ()
        listed = {m.content_type for m in (*bodies, *answers)}
        for node, origin in places:
            for name, _, where in content(case.document, node, origin):
                if any(w in name.lower() for w in wanted) and "svg" not in name:
                    found = case.verdict(name in listed and not codes, where, *codes)
                    # A body as a whole may be left out: that of a GET.
                    left_out = found is Verdict.NEITHER and case.said.at(origin)
                    yield where, Verdict.REPORTED if left_out else found


def _event_streams(case: Case) -> Found:
    for call in case.calls:
        for status, said in (call.node.get("responses") or {}).items():
            for name, _, where in content(case.document, said, call.origin.child("responses", status)):
                if "event-stream" in name and status.startswith("2"):
                    operation = case.operation(call)
                    yield where, case.verdict(bool(operation and operation.stream), call.origin)


def _stream_flags(case: Case) -> Found:
    for call in case.calls:
        operation = case.operation(call)
        body = next(iter(content(case.document, call.node.get("requestBody"), call.origin.child("requestBody"))), None)
        schema = case.document.resolve(body[1].get("schema"), body[2].child("schema"))[0] if body else None
        members = schema.get("properties") if isinstance(schema, dict) else None
        flag = members.get("stream") if isinstance(members, dict) else None
        if isinstance(flag, dict) and flag.get("type") == "boolean":
            yield call.origin, case.verdict(bool(operation and operation.stream), call.origin)


def _security_and(case: Case) -> Found:
    for call in case.calls:
        said = call.node.get("security", case.document.tree.get("security"))
        for need in said if isinstance(said, list) else ():
            if isinstance(need, dict) and len(need) > 1:
                operation = case.operation(call)
                together = [{u.scheme for u in uses} for uses in operation.security] if operation else []
                yield call.origin, case.verdict(set(need) in together, call.origin, "security-scheme")


def _schemes(case: Case) -> Found:
    components = case.document.tree.get("components")
    listed = components.get("securitySchemes") if isinstance(components, dict) else None
    for id, said in listed.items() if isinstance(listed, dict) else ():
        origin = case.document.origin.child("components", "securitySchemes", id)
        node, where = case.document.resolve(said, origin)
        if isinstance(node, dict):
            scheme = case.api.security_schemes.get(id)
            yield origin, case.verdict(scheme is not None and scheme.shown != "other", where)


def _servers(case: Case) -> Found:
    for call in case.calls:
        if call.node.get("servers") or call.item.get("servers"):
            operation = case.operation(call)
            yield call.origin, case.verdict(bool(operation and operation.servers), call.origin)


def _server_variables(case: Case) -> Found:
    listed = case.document.tree.get("servers")
    for index, server in enumerate(listed if isinstance(listed, list) else ()):
        if not isinstance(server, dict):
            continue
        variables = server.get("variables")
        if isinstance(variables, dict) and variables and "{" in str(server.get("url")):
            known = {v.name for s in case.api.servers for v in s.variables}
            origin = case.document.origin.child("servers", index)
            yield origin, case.verdict(set(variables) & known != set(), origin)


def _headers(case: Case) -> Found:
    for call in case.calls:
        operation = case.operation(call)
        for status, said in (call.node.get("responses") or {}).items():
            node, origin = case.document.resolve(said, call.origin.child("responses", status))
            headers = node.get("headers") if isinstance(node, dict) else None
            for name in headers if isinstance(headers, dict) else ():
                kept = {h.wire_name for r in operation.responses for h in r.headers} if operation else set()
                yield origin, case.verdict(name in kept, origin)


def _errors(case: Case) -> Found:
    for call in case.calls:
        operation = case.operation(call)
        for status, said in (call.node.get("responses") or {}).items():
            if status[:1] in "45" and status[:1]:
                for name, media, where in content(case.document, said, call.origin.child("responses", status)):
                    if "json" in name and "schema" in media:
                        typed = status.upper() in {s for s, _ in operation.errors} if operation else False
                        yield where, case.verdict(typed, where)


def _webhooks(case: Case) -> Found:
    hooks = case.document.tree.get("webhooks")
    for name in hooks if isinstance(hooks, dict) else ():
        origin = case.document.origin.child("webhooks", name)
        yield origin, case.verdict(bool(case.api.webhooks), origin, "webhooks")


def _callbacks(case: Case) -> Found:
    for call in case.calls:
        if call.node.get("callbacks"):
            operation = case.operation(call)
            yield call.origin, case.verdict(bool(operation and operation.callbacks), call.origin, "callbacks")


def _links(case: Case) -> Found:
    for call in case.calls:
        for status, said in (call.node.get("responses") or {}).items():
            node, origin = case.document.resolve(said, call.origin.child("responses", status))
            if isinstance(node, dict) and node.get("links"):
                yield origin, case.verdict(False, origin, "links")


#: Schema keywords that clients read.
_READ = frozenset(
    "type properties required items enum const allOf oneOf anyOf additionalProperties discriminator format default "
    "readOnly writeOnly deprecated".split()
)
#: Schema keywords that change which values there are and that clients do not fully express.
_SAID = frozenset(
    "prefixItems patternProperties unevaluatedProperties unevaluatedItems propertyNames if then else dependentSchemas "
    "dependentRequired contains not $dynamicRef $dynamicAnchor $recursiveRef $anchor".split()
)

CONSTRUCTS: tuple[Construct, ...] = (
    Construct("operation", _operations),
    Construct("operation behind a `$ref`", _referred_operations),
    Construct("body: files in multipart beside JSON", _files_beside_json),
    Construct("answer: text or bytes beside JSON", _mixed_answers),
    Construct("media type: XML", partial(_media, wanted=("/xml", "+xml"), codes=("raw-media",))),
    Construct("media type: multipart", partial(_media, wanted=("multipart/",), codes=())),
    Construct("media type: form", partial(_media, wanted=("x-www-form-urlencoded",), codes=())),
    Construct("media type: event stream", _event_streams),
    Construct("a `stream` flag in the body", _stream_flags),
    Construct("security: several schemes together", _security_and),
    Construct("security: scheme", _schemes),
    Construct("server of a path or operation", _servers),
    Construct("server with variables", _server_variables),
    Construct("response header", _headers),
    Construct("error body", _errors),
    Construct("webhook", _webhooks),
    Construct("callback", _callbacks),
    Construct("link", _links),
)


def judged(case: Case) -> Iterator[tuple[str, Origin, Verdict]]:
    """Every place of a document that has a construct: the construct's name, the place, and what became of it."""
    for construct in CONSTRUCTS:
        for origin, verdict in construct.judge(case):
            yield construct.name, origin, verdict
    for said, origin, agrees, way in values(case.document, case.api):
        told = Verdict.REPORTED if not agrees and any(map(case.said.of, way)) else Verdict.NEITHER
        yield f"value: {said}", origin, Verdict.TYPED if agrees else told
    for node, origin in schemas(case.document):  # one walk: a document may have a million of them
        for name in node:
            if name in _READ:
                yield f"schema: {name}", origin, Verdict.TYPED
            elif name in _SAID:
                # Whether there may be other members or items: clients keep what they do not know anyway.
                closes = isinstance(node[name], bool)
                yield f"schema: {name}", origin.child(name), case.verdict(closes, origin)
            elif name.startswith("x-"):
                yield "extension on a schema", origin.child(name), case.verdict(False, origin.child(name), "extension")
