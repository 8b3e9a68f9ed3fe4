"""Operations and resources of the IR into methods and resource classes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...ir.model import Api, Body, MediaKind, Operation, Resource
from ...ir.types import Const
from ...lower.planner import Symbol
from ...values import Words
from .declarations import Argument, Constant, Description, Form, Method, ResourceType, Selector
from .naming import OPTION_NAMES
from .types import ANY, NONE, NOT_GIVEN, STR, UPLOAD, Expr, Types, any_of

#: Which argument keeps its name when two have the same.
_RANKS = {"path": 0, "body": 1, "query": 2, "header": 3, "cookie": 4}


@dataclass(frozen=True, slots=True)
class Calls:
    """Lowers the calls of one API."""

    api: Api
    types: Types

    def resource(self, node: Resource) -> ResourceType:
        """A node of the tree with all below it."""
        methods = tuple(self.method(self.api.operations[id]) for id in node.operations)
        return ResourceType(resource_key(node), node.docs, methods, tuple(self.resource(c) for c in node.children))

    def method(self, operation: Operation) -> Method:
        """The method of an operation, in all its forms."""
        stream = operation.stream
        chosen = stream.selector if stream is not None else None
        constant = f"constant:{operation.id}"
        empty = empty_statuses(operation)
        plain = Description(constant, operation, self._form(operation), self._result(operation, empty), empty)
        streamed = None
        if stream is not None:
            event = self.types.read(stream.media.type)
            streamed = Description(f"{constant}:stream", operation, Form.STREAM, event)
        selector = None
        if chosen is not None:
            symbol = f"arguments:{operation.id}:selector"
            selector = Selector(symbol, chosen.location, chosen.wire_name, chosen.value)
        return Method(
            f"method:{operation.id}",
            operation,
            tuple(self._arguments(operation)),
            tuple(
                Constant(p.location.value, p.wire_name, p.const.value)
                for p in operation.parameters
                if p.const is not None
            ),
            plain if stream is None or chosen is not None else None,
            streamed,
            selector,
        )

    def _form(self, operation: Operation) -> Form:
        media = operation.result.media if operation.result is not None else None
        if operation.pagination is not None:
            return Form.PAGE
        return Form.DOWNLOAD if media is not None and media.kind is MediaKind.BINARY else Form.VALUE

    def _result(self, operation: Operation, empty: tuple[int, ...]) -> Expr:
        """What a plain call gives (of a list: its items' type)."""
        if operation.pagination is not None:
            return self.types.read(operation.pagination.item_type)
        media = operation.result.media if operation.result is not None else None
        if media is None:
            return NONE
        if media.kind is MediaKind.JSON:
            result = self.types.read(media.type)
            return any_of(result, NONE) if empty else result
        return STR if media.kind is MediaKind.TEXT else ANY

    def _arguments(self, operation: Operation) -> list[Argument]:
        """All arguments but the selector and the options: those of the path first, then required ones."""
        found = [*self._parameters(operation), *self._body(operation)]
        return sorted(found, key=lambda a: (a.place != "path", a.may_be_left_out))

    def _parameters(self, operation: Operation) -> Iterator[Argument]:
        chosen = operation.stream.selector if operation.stream is not None else None
        for p in operation.parameters:
            where = p.location.value
            if p.const is None and (chosen is None or (chosen.location, chosen.wire_name) != (where, p.wire_name)):
                symbol = f"arguments:{operation.id}:{where}:{p.wire_name}"
                type = _optional(self.types.send(p.type), p.required)
                yield Argument(symbol, where, p.wire_name, type, p.required, p.docs, p.default)

    def _body(self, operation: Operation) -> Iterator[Argument]:
        body = operation.body
        if body is None:
            return
        if body.flatten is None:
            type = _optional(self._body_type(body), body.required)
            yield Argument(f"arguments:{operation.id}:body:", "body", "", type, body.required, body.docs)
            return
        for field in self.api.body_fields(operation):
            symbol = f"arguments:{operation.id}:body:{field.wire_name}"
            constant = field.type.value if field.required and isinstance(field.type, Const) else None
            required = field.required and (body.required or constant is not None)
            type = _optional(self.types.send(field.type), required)
            yield Argument(symbol, "body", field.wire_name, type, required, field.docs, field.default, constant)

    def _body_type(self, body: Body) -> Expr:
        """The type of a body that is one argument."""
        if body.media.kind is MediaKind.TEXT:
            return STR
        return UPLOAD if body.media.kind is MediaKind.BINARY else self.types.send(body.media.type)


def _optional(type: Expr, required: bool) -> Expr:
    return type if required else any_of(type, NOT_GIVEN)


def empty_statuses(operation: Operation) -> tuple[int, ...]:
    """Documented successes without a body of an operation that has a result otherwise."""
    found = [int(r.status) for r in operation.responses if r.status.isdigit() and not r.media]
    return tuple(status for status in found if 200 <= status < 300)


def resource_key(resource: Resource) -> str:
    """The way to a resource as one text; empty for the root."""
    return _key(resource.path)


def operation_key(operation: Operation) -> str:
    """The key of the resource that an operation stands in."""
    return _key(operation.resource)


def _key(path: tuple[Words, ...]) -> str:
    return "/".join("-".join(words) for words in path)


def call_symbols(api: Api) -> Iterator[Symbol]:
    """The symbols of resources, their files, their methods, and the arguments of those."""
    for resource in api.root.walk():
        yield from _resource(api, resource)
    for operation in api.operations.values():
        yield from _argument_symbols(api, operation)


def _resource(api: Api, resource: Resource) -> Iterator[Symbol]:
    key = resource_key(resource)
    scope = f"methods:{key}" if key else "client:"
    if key:
        for prefix in ("", "Async"):
            words = (*(("async",) if prefix else ()), *(word for step in resource.path for word in step))
            longer = ((*words, "resource"),)
            yield Symbol(f"resource:{prefix}:{key}", "class", words, "classes", longer, 2)
            yield Symbol(f"file:resource:{prefix}:{key}", "file", words, "resource files", longer, 1 if prefix else 0)
    for child in resource.children:
        longer = ((*child.words, "resource"),)
        yield Symbol(f"child:{resource_key(child)}", "field", child.words, scope, longer, 1)
    for id in resource.operations:
        operation = api.operations[id]
        context = (tuple(dict.fromkeys((*operation.words, *operation.method.lower().split()))),)
        yield Symbol(f"method:{id}", "field", operation.words, scope, context, 0)
        yield Symbol(f"constant:{id}", "constant", operation.words, f"constants:{key}", context, 0)
        if operation.stream is not None:
            words = (*operation.words, "stream")
            longer = ((*operation.words, "as", "stream"),)
            yield Symbol(f"constant:{id}:stream", "constant", words, f"constants:{key}", longer, 1)


def _argument_symbols(api: Api, operation: Operation) -> Iterator[Symbol]:
    scope = f"arguments:{operation.id}"
    for name in OPTION_NAMES:
        yield Symbol(f"fixed:{scope}:{name}", "field", (name,), scope, fixed=name)
    for p in operation.parameters:
        where = p.location.value
        yield Symbol(f"{scope}:{where}:{p.wire_name}", "field", p.words, scope, ((where, *p.words),), _RANKS[where])
    for f in api.body_fields(operation):
        yield Symbol(f"{scope}:body:{f.wire_name}", "field", f.words, scope, (("body", *f.words),), _RANKS["body"])
    if operation.body is not None and operation.body.flatten is None:
        words = operation.body.words
        yield Symbol(f"{scope}:body:", "field", words, scope, (("request", *words),), _RANKS["body"])
    if operation.stream is not None and operation.stream.selector is not None:
        selector = operation.stream.selector
        words = (selector.wire_name,) if selector.wire_name.isidentifier() else ("stream",)
        yield Symbol(f"{scope}:selector", "field", words, scope, (("as", "stream"),), 0)
