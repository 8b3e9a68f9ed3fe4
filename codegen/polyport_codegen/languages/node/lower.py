"""The API as declarations of TypeScript: types, and the methods of resource classes with their params and descriptions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from ...diagnostics import Diagnostics
from ...ir.model import Api, MediaKind, Operation, Parameter, Resource
from ...ir.types import Direction, Docs, Nullable, Primitive
from ...lower.planner import Symbol
from ...values import Words
from .calls import Shape, shape_of
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
)
from .descriptors import auth_default, describe, streaming_part
from .lower_types import TypeLowering, file_owners, type_symbol
from .naming import CLIENT_SCOPE, EXPORTS, argument_name, camel
from .text import literal
from .types import NULL, UNDEFINED, Expr, Named, Runtime, Text, one_of

_VOID = Text("void")


def lower(api: Api, diagnostics: Diagnostics) -> Package:
    """The API as declarations of TypeScript."""
    package = Package()
    types = TypeLowering(api, diagnostics)
    groups: dict[str, list[Declaration]] = defaultdict(list)
    owners = file_owners(api)
    for id, decl in api.decls.items():
        file = f"file:{id}"
        package.symbols.append(Symbol(file, "file", decl.words, "types", decl.context, 1 if decl.inline else 0))
        for symbol, declaration in types.declarations(id):
            package.symbols.append(symbol)
            groups[f"file:{owners[id]}"].append(declaration)
    package.groups = dict(groups)
    operations = OperationLowering(api, types)
    package.resources = [operations.resource(node) for node in api.root.walk()]
    package.symbols += operations.symbols
    return package


class OperationLowering:
    """Lowers the resource tree of one API."""

    def __init__(self, api: Api, types: TypeLowering) -> None:
        self._api = api
        self._types = types
        self._auth = auth_default(api)
        self.symbols: list[Symbol] = []

    def resource(self, node: Resource) -> ResourceClass:
        """The class of a node; the root's is the client."""
        path = tuple("-".join(words) for words in node.path)
        key = "/".join(path)
        scope = f"{CLIENT_SCOPE}{key}"
        symbol = f"resource:{key}"
        if node.path:
            words: Words = tuple(word for step in node.path for word in step)
            self.symbols.append(Symbol(symbol, "class", (*words, "resource"), EXPORTS, (), 1))
        children = []
        for child in node.children:
            child_key = "/".join("-".join(words) for words in child.path)
            member = Symbol(f"child:{child_key}", "member", child.words, scope, ((*child.words, "resource"),))
            self.symbols.append(member)
            children.append(Child(member.id, f"resource:{child_key}", child.docs))
        methods, constants, params = [], [], []
        for id in node.operations:
            method, described, declared = self._operation(self._api.operations[id], node, scope)
            methods.append(method)
            constants += described
            params += declared
        return ResourceClass(path, symbol, node.docs, tuple(methods), tuple(constants), tuple(children), tuple(params))

    # -- one operation -------------------------------------------------------------------------------------------------

    def _operation(
        self, operation: Operation, node: Resource, scope: str
    ) -> tuple[Method, list[Constant], list[Declaration]]:
        id = operation.id
        self.symbols.append(
            Symbol(f"method:{id}", "member", operation.words, scope, ((*operation.words, "operation"),), 1)
        )
        constant = f"constant:{id}"
        self.symbols.append(Symbol(constant, "function", (*operation.words, "operation"), f"constants:{scope}"))
        shape = shape_of(self._api, operation)
        declared, required = self._params(operation, shape, node)
        constants = [Constant(constant, describe(self._api, operation, shape, self._auth))]
        form, types = self._form(operation)
        method = Method(
            operation=id,
            symbol=f"method:{id}",
            constant=constant,
            docs=_call_docs(operation),
            positional=self._positional(shape),
            params=f"params:{id}" if declared else None,
            params_required=required,
            form=form,
            types=types,
        )
        stream = operation.stream
        if stream is not None and stream.selector is not None:
            streaming = f"constant:{id}~stream"
            self.symbols.append(
                Symbol(streaming, "function", (*operation.words, "stream", "operation"), f"constants:{scope}")
            )
            constants.append(Constant(streaming, streaming_part(stream), constant))
            method = replace(
                method,
                stream_constant=streaming,
                stream_params=f"params:{id}~stream",
                plain_params=f"params:{id}~plain",
                event=self._types.expr(stream.media.type),
                selector=(self._selector_member(operation, shape), stream.selector.value),
            )
        return method, constants, declared

    def _positional(self, shape: Shape) -> PathArgument | None:
        parameter = shape.positional
        if parameter is None:
            return None
        return PathArgument(
            argument_name(parameter.words), shape.positional_member, self._types.sent(parameter.type), parameter.docs
        )

    def _form(self, operation: Operation) -> tuple[str, tuple[Expr, ...]]:
        result, stream = operation.result, operation.stream
        if result is None and stream is not None:
            return "stream", (self._types.expr(stream.media.type),)
        media = result.media if result is not None else None
        if media is None:
            return "call", (_VOID,)
        if media.kind is MediaKind.JSON:
            value = self._types.expr(media.type)
        else:
            value = Text("string") if media.kind is MediaKind.TEXT else Text("Response")
        if operation.pagination is not None:
            return "pages", (self._types.expr(operation.pagination.item_type), value)
        return "call", (one_of(value, UNDEFINED) if result is not None and result.optional else value,)

    def _selector_member(self, operation: Operation, shape: Shape) -> str:
        assert operation.stream is not None
        assert operation.stream.selector is not None
        selector = operation.stream.selector
        if selector.location == "body":
            return selector.wire_name
        return next(
            name
            for name, p in shape.named
            if p.wire_name == selector.wire_name and p.location.value == selector.location
        )

    # -- params --------------------------------------------------------------------------------------------------------

    def _params(self, operation: Operation, shape: Shape, node: Resource) -> tuple[list[Declaration], bool]:
        """The params types, the main one first; and whether the params must be given."""
        members = [self._member(name, parameter) for name, parameter in shape.named]
        body = operation.body
        required = any(member.required for member in members)
        omit: list[str] = []
        if body is not None and shape.flat is not None:
            filled = shape.constants
            omit = [f.wire_name for f in shape.flat.fields if f.read_only or f.write_only or f.wire_name in filled]
            members += [
                self._types.member(
                    replace(f, required=f.required and f.wire_name not in filled), Direction.INPUT, shape.flat.id
                )
                for f in shape.flat.fields
                if (f.write_only or f.wire_name in filled) and not f.read_only
            ]
            asked = [f for f in shape.flat.fields if f.required and not f.read_only and f.wire_name not in filled]
            required |= body.required and bool(asked)
        elif body is not None and shape.body_member is not None:
            type = self._body_type(operation)
            members.append(
                Member(shape.body_member, type if body.required else one_of(type, UNDEFINED), body.required, body.docs)
            )
            required |= body.required
        if not members and shape.flat is None:
            return [], False
        id = operation.id
        words = (*(word for step in node.path for word in step), *operation.words)
        docs = Docs(
            summary=f"The params of `{'.'.join((*(camel(step) for step in node.path), camel(operation.words)))}`."
        )
        main = self._symbol(f"params:{id}", (*words, "params"))
        base = type_symbol(shape.flat.id) if shape.flat is not None else None
        selector = operation.stream.selector if operation.stream is not None else None
        if selector is None:
            if base is not None and not members and not omit:
                return [Alias(main, Named(base), docs)], required
            return [Interface(main, tuple(members), docs, base=base, omit=tuple(omit))], required
        return self._two_forms(operation, shape, main, words, docs, base, members, omit), required

    def _two_forms(
        self,
        operation: Operation,
        shape: Shape,
        main: str,
        words: Words,
        docs: Docs,
        base: str | None,
        members: list[Member],
        omit: list[str],
    ) -> list[Declaration]:
        """`Params = ParamsNonStreaming | ParamsStreaming`, told apart by the selector."""
        assert operation.stream is not None
        assert operation.stream.selector is not None
        id, selector = operation.id, operation.stream.selector
        name = self._selector_member(operation, shape)
        nullable = must = False
        selector_docs = Docs()
        if selector.location == "body" and shape.flat is not None:
            field = next(f for f in shape.flat.fields if f.wire_name == selector.wire_name)
            inner = field.type.inner if isinstance(field.type, Nullable) else field.type
            nullable, must, selector_docs = field.nullable, field.required, field.docs
            if not isinstance(inner, Primitive):
                omit = [*omit, name]
        members = [m for m in members if m.wire_name != name]
        declared: list[Declaration] = []
        if members or omit:
            own = self._symbol(f"params:{id}~base", (*words, "params", "base"))
            declared.append(Interface(own, tuple(members), docs, base=base, omit=tuple(omit)))
            base = own
        on = Text(literal(selector.value))
        no = [Text("false")] if selector.value is True else []
        off = one_of(*no, *([NULL] if nullable else []), *([] if must and no else [UNDEFINED]))
        plain = self._symbol(f"params:{id}~plain", (*words, "params", "non", "streaming"))
        streaming = self._symbol(f"params:{id}~stream", (*words, "params", "streaming"))
        return [
            Alias(main, one_of(Named(plain), Named(streaming)), docs),
            *declared,
            Interface(
                plain,
                (Member(name, off, must and bool(no), selector_docs),),
                Docs(summary="For the whole answer at once."),
                base=base,
            ),
            Interface(
                streaming,
                (Member(name, on, True, selector_docs),),
                Docs(summary="For the answer as a stream."),
                base=base,
            ),
        ]

    def _symbol(self, id: str, words: Words) -> str:
        self.symbols.append(Symbol(id, "type", words, EXPORTS, ((*words, "options"),), 1))
        return id

    def _member(self, name: str, parameter: Parameter) -> Member:
        type = self._types.sent(parameter.type)
        type = type if parameter.required else one_of(type, UNDEFINED)
        return Member(name, type, parameter.required, parameter.docs, parameter.default)

    def _body_type(self, operation: Operation) -> Expr:
        assert operation.body is not None
        media = operation.body.media
        if media.kind is MediaKind.TEXT:
            return Text("string")
        if media.kind in (MediaKind.BINARY, MediaKind.SSE):
            return one_of(Runtime("Uploadable"), Text("string"))
        return self._types.expr(media.type)


def _call_docs(operation: Operation) -> Docs:
    docs = operation.docs
    return docs if docs.text else replace(docs, summary=f"`{operation.method} {operation.path}`")
