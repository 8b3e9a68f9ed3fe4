"""The API as declarations of TypeScript: types, and the methods of resource classes with their params and descriptions.

One path parameter is an argument of its own; all other arguments of a call are members of one params object, under their
wire names (`Argument.key`). A body that is no object is one member of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...ir.model import Api, Operation, OperationId, Resource
from ...ir.types import DeclId, Direction, Docs, ObjectDecl, Primitive
from ...lower import calls as lowered
from ...lower.calls import Argument, BodyKind, Call, FormKind, Place
from ...lower.planner import Symbol
from ...lower.published import Published
from ...lower.symbols import TYPES, calls_scope, child_id, method_id, resource_id, tree, type_id
from ...lower.walk import bare
from ...values import Words
from .declarations import (
    Alias,
    Child,
    Constant,
    Declaration,
    Interface,
    Member,
    Method,
    Package,
    PathArgument,
    ResourceClass,
    Streaming,
)
from .descriptors import describe, security_default, streaming_part
from .lower_types import TypeLowering
from .naming import camel, client_name
from .text import literal
from .types import NULL, UNDEFINED, Expr, Named, Runtime, Text, one_of

_FORMS = {FormKind.PAGES: "pages", FormKind.EVENTS: "stream", FormKind.LINES: "stream"}


def lower(api: Api, client: Words) -> Package:
    """The API as declarations of TypeScript. `client` is the client's name."""
    types = TypeLowering(api)
    package = Package(types=types.roots())
    resources = ResourceLowering(api, types, lowered.calls(api))
    package.resources = [resources.resource(node) for node in api.root.walk()]
    name = client_name(client)
    fixed = {resource_id(()): name}
    package.symbols = [
        *types.symbols,
        *(replace(s, fixed=fixed.get(s.id)) for s in tree(api)),
        Symbol("core", "resource", (*client, "core"), TYPES, fixed=f"{name}Core"),
        *resources.symbols,
    ]
    return package


def positional(call: Call) -> Argument | None:
    """The argument that stands before the params: the path parameter, when it is the only one that is asked for."""
    in_path = [a for a in call.arguments if a.place is Place.PATH]
    return in_path[0] if len(in_path) == 1 else None


class ResourceLowering:
    """Lowers the resource tree of one API."""

    def __init__(self, api: Api, types: TypeLowering, calls: Mapping[OperationId, Call]) -> None:
        self._api = api
        self._types = types
        self._calls = calls
        self._security = security_default(calls.values())
        self.symbols: list[Symbol] = []

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
        for symbol in lowered.symbols(call, twins=False):
            of = next((a for a in (*call.arguments, call.selector) if a is not None and a.symbol == symbol.id), None)
            if of is not None and of is not argument:  # a member of the params, which has its wire name
                symbol = replace(symbol, fixed=of.key, scope=f"params of {symbol.scope}")
            self.symbols.append(symbol)
        constant = self._constant(operation)
        declared, required = self._params(call, argument, node)
        constants = [Constant(constant, describe(call, self._security))]
        form, types = self._form(call)
        method = Method(
            call=call,
            symbol=method_id(operation),
            constant=constant,
            docs=_call_docs(operation),
            positional=self._positional(argument),
            params=_params_id(operation) if declared else None,
            params_required=required,
            form=form,
            types=types,
        )
        if not call.has_twin or call.streaming is None or call.selector is None or call.streaming.type is None:
            return method, constants, declared
        streaming = Streaming(
            constant=self._constant(operation, "stream"),
            params=_params_id(operation, "stream"),
            plain_params=_params_id(operation, "plain"),
            event=self._types.expr(call.streaming.type),
            selector=call.selector.key,
            value=call.streaming.selects if call.streaming.selects is not None else True,
        )
        constants.append(Constant(streaming.constant, streaming_part(call.streaming), constant))
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
        if form.type is not None:
            value = self._types.expr(form.type)
        else:
            value = Text({FormKind.NONE: "void", FormKind.TEXT: "string"}.get(form.kind, "Response"))
        if form.kind is FormKind.PAGES and form.item is not None:
            return "pages", (self._types.expr(form.item), value)
        return _FORMS.get(form.kind, "call"), (one_of(value, UNDEFINED) if form.optional else value,)

    # -- params --------------------------------------------------------------------------------------------------------

    def _params(self, call: Call, argument: Argument | None, node: Resource) -> tuple[list[Declaration], bool]:
        """The params types, the main one first; and whether the params must be given."""
        members = [self._parameter(a) for a in call.arguments if a.parameter is not None and a is not argument]
        if call.body is not None and call.body.whole is not None:
            members.append(self._whole(call.body.kind, call.body.whole))
        params = Interface("", tuple(members))
        if call.body is not None and call.body.flat is not None:
            params = self._flat(call, call.body.flat, members)
        elif not members and call.selector is None:
            return [], False
        required = any(a.required for a in call.arguments if a is not argument)
        required |= call.selector is not None and call.selector.required
        operation = call.operation
        words = (*(word for step in node.path for word in step), *operation.words)
        name = ".".join((*(camel(step) for step in node.path), camel(operation.words)))
        params = replace(params, docs=Docs(summary=f"The params of `{name}`."))
        if call.has_twin and call.selector is not None:
            return self._two_forms(call, call.selector, params, words), required
        main = self._symbol(operation, words)
        if params.base is not None and not params.members and not params.omit:
            return [Alias(main, Named(params.base), params.docs)], required
        return [replace(params, symbol=main)], required

    def _flat(self, call: Call, flat: DeclId, members: list[Member]) -> Interface:
        """The members and those of the body's object, which are inherited where nothing speaks against it."""
        decl = self._api.decl(flat)
        assert isinstance(decl, ObjectDecl)
        filled = {a.wire for a in call.constants if a.place is Place.MEMBER}
        apart = {f.wire_name for f in decl.fields if f.read_only or f.write_only or f.wire_name in filled}
        # An index signature must cover all other members, and none can be left out of a type that has one.
        inherits = decl.additional is None or not (members or apart)
        own = [
            self._types.member(replace(f, required=f.required and f.wire_name not in filled), Direction.INPUT, decl.id)
            for f in decl.fields
            if not f.read_only and (f.wire_name in apart or not inherits)
        ]
        members = [*members, *own]
        if inherits:
            omit = tuple(f.wire_name for f in decl.fields if f.wire_name in apart)
            return Interface("", tuple(members), base=type_id(flat), omit=omit)
        return Interface("", tuple(members), index=self._types.index(decl, members))

    def _two_forms(self, call: Call, selector: Argument, params: Interface, words: Words) -> list[Declaration]:
        """`Params = ParamsNonStreaming | ParamsStreaming`, told apart by the selector."""
        operation, name = call.operation, selector.key
        omit = params.omit
        if (
            selector.place is Place.MEMBER
            and params.base is not None
            and not isinstance(bare(selector.type), Primitive)
        ):
            omit = (*omit, name)
        members = tuple(m for m in params.members if m.wire_name != name)
        main = self._symbol(operation, words)
        declared: list[Declaration] = []
        base = params.base
        if members or omit or params.index is not None:
            base = self._symbol(operation, words, "base")
            declared.append(replace(params, symbol=base, members=members, omit=omit))
        value = call.streaming.selects if call.streaming is not None else True
        no = [Text("false")] if value is True else []
        nullable = selector.field is not None and selector.field.nullable
        must = selector.required and bool(no)
        off = one_of(*no, *([NULL] if nullable else []), *([] if must else [UNDEFINED]))
        plain = self._symbol(operation, words, "plain", "non", "streaming")
        streaming = self._symbol(operation, words, "stream", "streaming")
        on = Text(literal(True if value is None else value))
        return [
            Alias(main, one_of(Named(plain), Named(streaming)), params.docs),
            *declared,
            Interface(
                plain,
                (Member(name, off, must, selector.docs),),
                Docs(summary="For the whole answer at once."),
                base=base,
            ),
            Interface(
                streaming,
                (Member(name, on, True, selector.docs),),
                Docs(summary="For the answer as a stream."),
                base=base,
            ),
        ]

    def _symbol(self, operation: Operation, words: Words, form: str = "", *more: str) -> str:
        """The symbol of the params type; of one form's, by the form and the words behind the name."""
        id = _params_id(operation, *([form] if form else []))
        ending = ("params", *(more or ([form] if form else [])))
        published = Published("param", "", id.partition(":")[2])
        context = ((*words, "options", *ending[1:]),)
        self.symbols.append(Symbol(id, "type", (*words, *ending), TYPES, context, 1, published=published))
        return id

    def _parameter(self, argument: Argument) -> Member:
        type = self._types.sent(argument.type)
        type = type if argument.required else one_of(type, UNDEFINED)
        return Member(argument.key, type, argument.required, argument.docs, argument.default)

    def _whole(self, kind: BodyKind, argument: Argument) -> Member:
        if kind is BodyKind.TEXT:
            type: Expr = Text("string")
        elif kind is BodyKind.BINARY:
            type = one_of(Runtime("Uploadable"), Text("string"))
        else:
            type = self._types.expr(argument.type)
        type = type if argument.required else one_of(type, UNDEFINED)
        return Member(argument.key, type, argument.required, argument.docs)


def _params_id(operation: Operation, *form: str) -> str:
    return f"params:{DeclId(operation.key or operation.id, 'params', *form)}"


def _call_docs(operation: Operation) -> Docs:
    docs = operation.docs
    return docs if docs.text else replace(docs, summary=f"`{operation.method} {operation.path}`")
