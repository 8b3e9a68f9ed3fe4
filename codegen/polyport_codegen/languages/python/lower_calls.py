"""Calls and resources into methods and resource classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ...ir.model import Api, MediaKind, OperationId, Resource
from ...ir.types import EnumDecl, Ref
from ...lower import calls
from ...lower.calls import BodyKind, BodyPlan, Call, Form, FormKind, Place
from ...lower.deltas import deltas
from ...lower.planner import Symbol
from ...lower.published import Names, Published
from ...lower.symbols import TYPES, arguments_scope, calls_scope, dotted, method_id, path_key, resource_id, tree
from ...lower.walk import resolved
from ...values import Words
from .declarations import Argument, Description, Method, ResourceType
from .types import ANY, NONE, NOT_GIVEN, STR, UPLOAD, Expr, Types, any_of

#: The scope of the names of resources' modules.
_FILES = "resource files"
_IN_BODY = (Place.MEMBER, Place.BODY)


def other_id(call: Call, body: BodyPlan) -> str:
    """The method that writes the body of a call in another way."""
    return f"{method_id(call.operation)}>with {_body_name(body)}"


def _body_name(body: BodyPlan) -> str:
    return " ".join(body.whole.words) if body.whole is not None else ""


def constant_id(method: str, *, is_streaming: bool) -> str:
    """The description of a method's call in one form."""
    return f"constant:{'streaming' if is_streaming else 'plain'}:{method}"


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
        """A node of the tree with its methods."""
        methods = tuple(method for id in node.operations for method in self.methods(self.known[id]))
        return ResourceType(node.path, node.docs, methods, node.children)

    def methods(self, call: Call) -> Iterator[Method]:
        """The method of a call, in all its forms, and one for each other way to write its body."""
        yield self._method(call, method_id(call.operation))
        for other in call.body.others if call.body is not None else ():
            yield self._method(_with_body(call, other), other_id(call, other))

    def _method(self, call: Call, symbol: str) -> Method:
        return Method(
            symbol,
            call,
            tuple(self._argument(call, asked) for asked in call.arguments),
            self._description(symbol, call, call.plain) if call.plain is not None else None,
            self._description(symbol, call, call.streaming) if call.streaming is not None else None,
            self._plain_values(call),
        )

    def _plain_values(self, call: Call) -> tuple[str | bool, ...]:
        if call.selector is None or call.streaming is None or not isinstance(call.streaming.selects, str):
            return (False,)
        type = resolved(call.selector.type, self.api.decls)
        decl = self.api.decls[type.id] if isinstance(type, Ref) else None
        known = [member.value for member in decl.members] if isinstance(decl, EnumDecl) else []
        return tuple(value for value in known if isinstance(value, str) and value != call.streaming.selects)

    def _description(self, method: str, call: Call, form: Form) -> Description:
        """A description; of a list it says what the items are, of a stream what the events are."""
        result, decoded = self._result(form)
        rule = deltas(call, self.api.decls) if form is call.streaming else None
        whole = None
        if rule is not None:
            whole = self.types.read(Ref(rule.whole.type if rule.whole is not None else rule.event))
        return Description(
            constant_id(method, is_streaming=form is call.streaming),
            call,
            form,
            result,
            decoded,
            tuple((status, self.types.read(type)) for status, type in call.operation.errors),
            rule,
            whole,
        )

    def _result(self, form: Form) -> tuple[Expr, Expr | None]:
        """What the call gives, and what JSON or text is made into."""
        type = form.item if form.item is not None else form.type
        if form.kind is FormKind.NONE:
            return NONE, None
        if form.kind is FormKind.BINARY:
            return ANY, None
        nothing = (NONE,) if form.optional and form.kind is not FormKind.PAGES else ()
        decoded = self.types.read(type) if type is not None else None
        if form.kind is FormKind.MIXED:
            text = (STR,) if MediaKind.TEXT in form.answers else ()
            return any_of(*((decoded,) if decoded is not None else ()), *text, *nothing), decoded
        result = any_of(decoded or STR, *nothing)
        return result, result

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
            yield from _constants(call, method_id(call.operation), ())
            yield from _others(call)


def _twins(node: Resource, client: Words) -> Iterator[Symbol]:
    """The asynchronous class of a node, and the files of both."""
    words = tuple(word for step in node.path for word in step)
    published = Published("resource", "", f"async {dotted(node.path)}")
    if not node.path:
        wishes = (("async", *client, "client"),)
        yield Symbol(async_id(()), "resource", ("async", *client), TYPES, wishes, 0, published=published)
        return
    twin = ("async", *words)
    wishes = ((*twin, "calls"),)
    yield Symbol(async_id(node.path), "resource", (*twin, "resource"), TYPES, wishes, 1, published=published)
    for asynchronous, name in ((False, words), (True, twin)):
        symbol, longer = file_id(node.path, asynchronous=asynchronous), ((*name, "resource"),)
        yield Symbol(symbol, "file", name, _FILES, longer, 1 if asynchronous else 0)


def alike(root: Resource, symbols: Iterable[Symbol], planned: Mapping[str, str], locked: Names) -> Mapping[str, str]:
    """The planned names, with those of twins made from their synchronous ones.

    Alone each twin would be shortened, or make way for another name, in its own way. Published names stay.
    """
    names = dict(planned)
    files = {names[s.id].casefold() for s in symbols if s.scope == _FILES}
    types = {names[s.id] for s in symbols if s.scope == TYPES}
    kept = {s.id for s in symbols if s.published in locked.names}
    for node in root.walk():
        twin, name = async_id(node.path), f"Async{names[resource_id(node.path)]}"
        if name not in types and twin not in kept:
            names[twin] = name
            types.add(name)
        if node.path:
            name = f"async_{names[file_id(node.path, asynchronous=False)]}"
            if name.casefold() not in files:
                names[file_id(node.path, asynchronous=True)] = name
                files.add(name.casefold())
    return names


def _constants(call: Call, method: str, more: Words) -> Iterator[Symbol]:
    operation = call.operation
    scope = f"constants:{path_key(operation.resource)}"
    for form in call.forms:
        is_streaming = form is call.streaming
        words = (*operation.words, *more, *(("stream",) if is_streaming else ()))
        longer = ((*words, *operation.method.lower().split()), (*words, "call"))
        symbol = constant_id(method, is_streaming=is_streaming)
        yield Symbol(symbol, "constant", words, scope, longer, 1 if is_streaming or more else 0)


def _others(call: Call) -> Iterator[Symbol]:
    """The symbols of the methods that write a call's body in other ways, and of their arguments."""
    operation = call.operation
    for body in call.body.others if call.body is not None else ():
        assert body.whole is not None
        symbol, more = other_id(call, body), ("with", *body.whole.words)
        words = (*operation.words, *more)
        place, key = dotted(operation.resource), f"{operation.key or operation.id} {' '.join(more)}"
        published = Published("method", place, key)
        longer = ((*words, "body"),)
        yield Symbol(symbol, "method", words, calls_scope(operation.resource), longer, 2, published=published)
        yield from _constants(_with_body(call, body), symbol, more)
        wishes = ((*body.whole.words, "body"), ("request", *body.whole.words, "body"))
        scope = arguments_scope(operation)
        published = Published("argument", operation.key or operation.id, " ".join(("body", *more)))
        yield Symbol(body.whole.symbol, "argument", body.whole.words, scope, wishes, 3, published=published)


def _with_body(call: Call, body: BodyPlan) -> Call:
    """The call with its body written in another way: as one argument, and without what chooses a stream in it."""
    assert body.whole is not None
    kept = [a for a in call.arguments if a.place not in _IN_BODY]
    is_in_body = call.selector is not None and call.selector.place in _IN_BODY
    plain = call.plain or call.streaming
    return replace(
        call,
        arguments=(*(a for a in kept if a.required), body.whole, *(a for a in kept if not a.required)),
        constants=tuple(a for a in call.constants if a.place not in _IN_BODY),
        selector=None if is_in_body else call.selector,
        body=body,
        plain=plain if is_in_body else call.plain,
        streaming=None if is_in_body else call.streaming,
    )
