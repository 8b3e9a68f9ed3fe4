"""Calls and resources into methods and resource classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...ir.model import Api, OperationId, Resource
from ...lower import calls
from ...lower.calls import BodyKind, Call, Form, FormKind, Place
from ...lower.planner import Symbol
from ...lower.symbols import TYPES, arguments_scope, method_id, path_key, tree
from ...values import Words
from .declarations import Argument, Description, Method, ResourceType
from .naming import OPTION_NAMES
from .types import ANY, NONE, NOT_GIVEN, STR, UPLOAD, Expr, Types, any_of


def constant_id(call: Call, form: Form) -> str:
    """The description of a call in one form."""
    return f"constant:{'streaming' if form is call.streaming else 'plain'}:{method_id(call.operation)}"


def async_id(path: tuple[Words, ...]) -> str:
    """The asynchronous twin of a resource's class."""
    return f"async:{path_key(path)}"


def file_id(path: tuple[Words, ...], *, asynchronous: bool) -> str:
    """The module of a resource's class."""
    return f"file:{'async' if asynchronous else 'resource'}:{path_key(path)}"


@dataclass(frozen=True, slots=True)
class Calls:
    """The lowering of the resource tree."""

    api: Api
    types: Types
    known: Mapping[OperationId, Call]

    def resource(self, node: Resource) -> ResourceType:
        """A node of the tree with all below it."""
        methods = tuple(self.method(self.known[id]) for id in node.operations)
        return ResourceType(node.path, node.docs, methods, tuple(self.resource(c) for c in node.children))

    def method(self, call: Call) -> Method:
        """The method of a call, in all its forms."""
        return Method(
            method_id(call.operation),
            call,
            tuple(self._argument(call, asked) for asked in call.arguments),
            self._description(call, call.plain) if call.plain is not None else None,
            self._description(call, call.streaming) if call.streaming is not None else None,
        )

    def _description(self, call: Call, form: Form) -> Description:
        return Description(constant_id(call, form), call, form, self._result(form))

    def _result(self, form: Form) -> Expr:
        """What a call gives (of a list: its items' type; of a stream: its events')."""
        if form.kind is FormKind.NONE:
            return NONE
        if form.kind is FormKind.BINARY:
            return ANY
        type = form.item if form.item is not None else form.type
        result = STR if type is None else self.types.read(type)
        return any_of(result, NONE) if form.optional and form.kind is not FormKind.PAGES else result

    def _argument(self, call: Call, asked: calls.Argument) -> Argument:
        kind = call.body.kind if call.body is not None and asked.place is Place.BODY else None
        if kind is BodyKind.TEXT:
            type: Expr = STR
        else:
            type = UPLOAD if kind is BodyKind.BINARY else self.types.send(asked.type)
        return Argument(asked, type if asked.required else any_of(type, NOT_GIVEN))

    def symbols(self) -> Iterator[Symbol]:
        """The symbols of resources, their files, their methods, and the arguments of those."""
        yield from tree(self.api)
        for node in self.api.root.walk():
            yield from _twins(node, self.api.words)
        for call in self.known.values():
            yield from calls.symbols(call, twins=False)
            yield from _constants(call)
            scope = arguments_scope(call.operation)
            for name in OPTION_NAMES:
                yield Symbol(f"fixed:{scope}:{name}", "argument", (name,), scope, fixed=name)


def _twins(node: Resource, client: Words) -> Iterator[Symbol]:
    """The asynchronous class of a node, and the files of both."""
    words = tuple(word for step in node.path for word in step)
    if not node.path:
        yield Symbol(async_id(()), "resource", ("async", *client), TYPES, (("async", *client, "client"),), 0)
        return
    twin = ("async", *words)
    yield Symbol(async_id(node.path), "resource", (*twin, "resource"), TYPES, ((*twin, "calls"),), 1)
    for asynchronous, name in ((False, words), (True, twin)):
        symbol, longer = file_id(node.path, asynchronous=asynchronous), ((*name, "resource"),)
        yield Symbol(symbol, "file", name, "resource files", longer, 1 if asynchronous else 0)


def _constants(call: Call) -> Iterator[Symbol]:
    operation = call.operation
    scope = f"constants:{path_key(operation.resource)}"
    for form in call.forms:
        more: Words = ("stream",) if form is call.streaming else ()
        words = (*operation.words, *more)
        longer = ((*words, *operation.method.lower().split()), (*words, "call"))
        yield Symbol(constant_id(call, form), "constant", words, scope, longer, 1 if more else 0)
