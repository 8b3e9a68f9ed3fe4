"""The API as declarations of TypeScript: types, and the methods of resource classes with their params and descriptions.

One path parameter is an argument of its own; all other arguments of a call are members of one params object, under their
wire names (`Argument.key`). A body that is no object is one member of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...ir.model import Api, MediaKind, Operation, OperationId, Resource
from ...ir.types import DeclId
from ...lower import calls as lowered
from ...lower.calls import Argument, Call, FormKind
from ...lower.deltas import deltas
from ...lower.outline import call_docs
from ...lower.planner import Symbol
from ...lower.published import NO_NAMES, Names
from ...lower.symbols import TYPES, calls_scope, child_id, method_id, resource_id, tree, type_id
from ...values import Words
from .declarations import (
    Child,
    Constant,
    Declaration,
    Method,
    Package,
    PathArgument,
    ResourceClass,
    Streaming,
)
from .descriptors import describe, security_default, streaming_part
from .lower_types import TypeLowering
from .naming import client_name
from .params import ParamsLowering, other_forms, params_id, positional
from .types import UNDEFINED, UNKNOWN, Expr, Named, Text, one_of

_ANSWERS = {MediaKind.TEXT: Text("string"), MediaKind.BINARY: Text("Response")}
_FORMS = {FormKind.PAGES: "pages", FormKind.EVENTS: "stream", FormKind.LINES: "stream"}


def lower(api: Api, client: Words, locked: Names = NO_NAMES) -> Package:
    """The API as declarations of TypeScript. `client` is the client's name, `locked` what was published."""
    types = TypeLowering(api, locked)
    package = Package(types=types.roots())
    resources = ResourceLowering(api, types, lowered.calls(api, locked))
    package.resources = [resources.resource(node) for node in api.root.walk()]
    name = client_name(client)
    fixed = {resource_id(()): name}
    package.symbols = [
        *types.symbols,
        *(s._replace(fixed=fixed.get(s.id)) for s in tree(api)),
        Symbol("core", "resource", (*client, "core"), TYPES, fixed=f"{name}Core"),
        *resources.symbols,
    ]
    return package


class ResourceLowering:
    """Lowers the resource tree of one API."""

    def __init__(self, api: Api, types: TypeLowering, calls: Mapping[OperationId, Call]) -> None:
        self._api = api
        self._types = types
        self._calls = calls
        self._security = security_default(calls.values())
        self.symbols: list[Symbol] = []
        self._params = ParamsLowering(api, types, self.symbols)

    def resource(self, node: Resource) -> ResourceClass:
        """The class of a node; the root's is the client."""
        children = [Child(child_id(c.path), resource_id(c.path), c.docs) for c in node.children]
        methods, constants, params = [], [], []
        for id in node.operations:
            method, described, declared = self._method(self._calls[id], node)
            methods.append(method)
            constants += described
            params += declared
        path = tuple("-".join(words) for words in node.path)
        return ResourceClass(
            path, resource_id(node.path), node.docs, tuple(methods), tuple(constants), tuple(children), tuple(params)
        )

    # -- one operation -------------------------------------------------------------------------------------------------

    def _method(self, call: Call, node: Resource) -> tuple[Method, list[Constant], list[Declaration]]:
        operation = call.operation
        argument = positional(call)
        asked = {a.symbol: a for a in (call.selector, *reversed(call.arguments)) if a is not None}
        for symbol in lowered.symbols(call, twins=False):
            of = asked.get(symbol.id)
            if of is not None and of is not argument:  # a member of the params, which has its wire name
                symbol = symbol._replace(fixed=of.key, scope=f"params of {symbol.scope}")
            self.symbols.append(symbol)
        constant = self._constant(operation)
        declared, required = self._params.lower(call, argument, node)
        constants = [
            Constant(constant, describe(call, self._security, other_forms(call), deltas(call, self._api.decls)))
        ]
        form, types = self._form(call)
        method = Method(
            call=call,
            symbol=method_id(operation),
            constant=constant,
            docs=call_docs(call),
            positional=self._positional(argument),
            params=params_id(operation) if declared else None,
            params_required=required,
            form=form,
            types=types,
            errors=tuple(
                (status, self._types.expr(type))
                for status, type in operation.errors
                if status != "default" or type != self._api.error_type  # which the README tells once
            ),
        )
        if not call.has_twin or call.streaming is None or call.selector is None or call.streaming.type is None:
            return method, constants, declared
        rule = deltas(call, self._api.decls)
        streaming = Streaming(
            constant=self._constant(operation, "stream"),
            params=params_id(operation, "stream"),
            plain_params=params_id(operation, "plain"),
            event=self._types.expr(call.streaming.type),
            whole=None if rule is None else Named(type_id(rule.whole.type if rule.whole is not None else rule.event)),
            selector=call.selector.key,
            value=call.streaming.selects if call.streaming.selects is not None else True,
        )
        constants.append(Constant(streaming.constant, streaming_part(call.streaming, rule), constant))
        return replace(method, streaming=streaming), constants, declared

    def _constant(self, operation: Operation, *form: str) -> str:
        """The symbol of the constant that describes the operation."""
        id = f"constant:{DeclId(operation.key or operation.id, *form)}"
        scope = f"constants:{calls_scope(operation.resource)}"
        self.symbols.append(Symbol(id, "function", (*operation.words, *form, "operation"), scope))
        return id

    def _positional(self, argument: Argument | None) -> PathArgument | None:
        if argument is None:
            return None
        return PathArgument(argument.symbol, argument.key, self._types.sent(argument.type), argument.docs)

    def _form(self, call: Call) -> tuple[str, tuple[Expr, ...]]:
        form = call.forms[0]
        if form.kind is FormKind.MIXED:
            json = self._types.expr(form.type) if form.type is not None else UNKNOWN
            value = one_of(*({MediaKind.JSON: json}.get(kind, _ANSWERS.get(kind, UNKNOWN)) for kind in form.answers))
        elif form.type is not None:
            value = self._types.expr(form.type)
        else:
            value = Text({FormKind.NONE: "void", FormKind.TEXT: "string"}.get(form.kind, "Response"))
        if form.kind is FormKind.PAGES and form.item is not None:
            return "pages", (self._types.expr(form.item), value)
        if form.kind.streams and (rule := deltas(call, self._api.decls)) is not None:
            return "stream", (value, Named(type_id(rule.event)))
        return _FORMS.get(form.kind, "call"), (one_of(value, UNDEFINED) if form.optional else value,)
