"""IR operations -> services, request messages, and the files that all of it stands in.

A resource is a service; an operation is a method, and a second one with a stream of answers when it has a streaming
form. Each operation has a request message of its own, so that a parameter can be added to it later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ..ir.model import Api, MediaKind, Operation
from ..ir.types import Docs, Field, Kind, ObjectDecl, Primitive, Type
from .build import Messages
from .model import (
    EMPTY,
    Element,
    MessageRef,
    Method,
    ObjectMessage,
    ProtoApi,
    ProtoField,
    RequestMessage,
    Service,
    UnionMessage,
)
from .naming import ProtoRules, global_names, joined, member_names

_COMMON = "common"


def build(api: Api, package: str) -> ProtoApi:
    """The whole API, fields not yet numbered. Only messages that some operation or error needs are made."""
    decls, service_names, requests = global_names(api)
    messages = Messages(api, decls, frozenset({*decls.values(), *service_names.values(), *requests.values()}))
    services = []
    for resource in api.root.walk():
        if resource.operations:
            methods = [
                m for id in resource.operations for m in _methods(api, api.operations[id], requests[id], messages)
            ]
            services.append(Service(service_names[joined(resource, api)], tuple(methods), resource.docs))
    error = messages.element(api.error_type) if api.error_type is not None else None
    name = error.name if isinstance(error, MessageRef) else None
    files = _files(api, tuple(services), messages, name)
    return ProtoApi(package, dict(sorted(messages.found.items())), tuple(services), files, name)


def _methods(api: Api, operation: Operation, request: str, messages: Messages) -> Iterator[Method]:
    messages.found[request] = _request(api, operation, request, messages)
    name = ProtoRules().spell("method", operation.words)
    http = f"{operation.method} {operation.path}"
    if operation.result is not None:
        response = (
            _answer(operation.result.media.type, operation.result.media.kind, messages)
            if operation.result.media
            else EMPTY
        )
        yield Method(name, operation.id, request, response, False, http, operation.docs)
    if operation.stream is not None:
        event = _answer(operation.stream.media.type, MediaKind.JSON, messages)
        streaming = name if operation.result is None else f"{name}Streaming"
        yield Method(streaming, operation.id, request, event, True, http, operation.docs)


def _answer(type: Type, kind: MediaKind, messages: Messages) -> str:
    element = messages.element(_wire_type(type, kind))
    ref = element if isinstance(element, MessageRef) else messages.wrapper("Value", element)
    return ref.name


def _wire_type(type: Type, kind: MediaKind) -> Type:
    """The type of a body that is not JSON: text is a string, binary is bytes."""
    if kind is MediaKind.TEXT:
        return Primitive(Kind.STRING)
    return Primitive(Kind.STRING, "binary") if kind is MediaKind.BINARY else type


def _request(api: Api, operation: Operation, name: str, messages: Messages) -> RequestMessage:
    selector = operation.stream.selector if operation.stream else None
    body, flattened = _body(api, operation)
    hidden = (selector.location, selector.wire_name) if selector is not None else None
    parameters = [p for p in operation.parameters if (p.location.value, p.wire_name) != hidden and p.const is None]
    members = {f"{p.location.value}:{p.wire_name}": p.words for p in parameters}
    members |= {f.wire_name: f.words for f in body}
    nullable = {f.wire_name for f in body if messages.slot(f.type)[2]}
    nullable |= {f"{p.location.value}:{p.wire_name}" for p in parameters if messages.slot(p.type)[2]}
    names = member_names(members, frozenset(nullable))
    fields = []
    for p in parameters:
        key = f"{p.location.value}:{p.wire_name}"
        label, element, _ = messages.slot(p.type)
        null_name = names.get(f"null:{key}", "")
        known = messages.known(p.type)
        fields.append(
            ProtoField(names[key], p.wire_name, element, label, p.required, null_name, p.docs, known, p.location.value)
        )
    body_fields = tuple(messages.field(f, names[f.wire_name], names.get(f"null:{f.wire_name}", "")) for f in body)
    required = operation.body is not None and operation.body.required
    docs = Docs(f"Arguments of `{operation.id}`.")
    return RequestMessage(name, tuple(fields), body_fields, flattened, required, selector, docs)


def _body(api: Api, operation: Operation) -> tuple[tuple[Field, ...], bool]:
    """The fields of the body, and whether they are its members (else it is one field named `body`)."""
    if operation.body is None:
        return (), False
    decl = api.decls.get(operation.body.flatten) if operation.body.flatten is not None else None
    if isinstance(decl, ObjectDecl):
        return api.body_fields(operation), True
    kind = operation.body.media.kind
    type = operation.body.media.type
    if kind is MediaKind.TEXT or kind is MediaKind.BINARY:
        type = _wire_type(type, kind)
    return (Field("body", operation.body.words, type, operation.body.required, operation.body.docs),), False


def _files(api: Api, services: tuple[Service, ...], messages: Messages, error: str | None) -> Mapping[str, str]:
    """A message that one service alone needs stands beside it, all others in `common`: no cycles between files."""
    users: dict[str, set[str]] = defaultdict(set)
    files: dict[str, str] = {}
    rules = ProtoRules()
    for service, words in zip(services, _paths(api), strict=True):
        stem = rules.spell("file", words)
        files[service.name] = stem if stem != _COMMON else f"{stem}_service"
        roots = [name for method in service.methods for name in (method.request, method.response)]
        for name in _reach(roots, messages):
            users[name].add(service.name)
    for name in _reach([error] if error is not None else [], messages):
        users[name].add(_COMMON)
    for name in messages.found:
        owners = users.get(name, set())
        files[name] = files.get(next(iter(owners)), _COMMON) if len(owners) == 1 else _COMMON
    return files


def _paths(api: Api) -> list[tuple[str, ...]]:
    return [joined(resource, api) for resource in api.root.walk() if resource.operations]


def _reach(roots: list[str], messages: Messages) -> set[str]:
    seen: set[str] = set()
    todo = [name for name in roots if name != EMPTY]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += [e.name for e in elements(messages, name) if isinstance(e, MessageRef)]
    return seen


def elements(messages: Messages, name: str) -> Iterator[Element]:
    """The elements that a message holds directly."""
    message = messages.found[name]
    if isinstance(message, ObjectMessage | RequestMessage):
        yield from (field.element for field in message.fields)
    elif isinstance(message, UnionMessage):
        yield from (alternative.element for alternative in message.alternatives)
    else:
        yield message.element
