"""Operations and resources of the IR into Swift's methods and resource types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...ir.model import Body, Location, MediaKind, Operation, OperationId, Parameter, Resource
from ...ir.types import Const, Nullable, ObjectDecl, Ref
from ...lower.planner import Symbol
from .declarations import Argument, BodyArgument, Child, FlatMember, Method, Property, ResourceType, SentParameter
from .expr import Expr, Generic, Plain, TriStateOf, optional
from .lower_types import Types, type_symbol
from .naming import TYPES

_FORMS = {MediaKind.MULTIPART: "multipart", MediaKind.FORM: "form"}


@dataclass(slots=True)
class Operations:
    """The lowering of the resource tree."""

    types: Types

    def resources(self) -> Iterator[ResourceType]:
        """All nodes of the tree, the client first."""
        for node in self.types.api.root.walk():
            key = _key(node)
            methods = tuple(m for id in node.operations for m in self._methods(id))
            children = tuple(Child(f"child:{_key(c)}", f"resource:{_key(c)}", c.docs) for c in node.children)
            yield ResourceType(node.path, f"resource:{key}", node.docs, methods, children)

    def symbols(self) -> Iterator[Symbol]:
        """The symbols of resource types, methods and arguments."""
        api = self.types.api
        for node in api.root.walk():
            key, scope = _key(node), f"members:{_key(node)}"
            words = tuple(word for step in node.path for word in step)
            if node.path:
                yield Symbol(f"resource:{key}", "type", (*words, "resource"), TYPES, ((*words, "calls"),))
            else:
                yield Symbol(f"resource:{key}", "type", api.words, TYPES, ((*api.words, "client"),))
            for child in node.children:
                yield Symbol(f"child:{_key(child)}", "member", child.words, scope, ((*child.words, "resource"),))
            for id in node.operations:
                yield from self._method_symbols(api.operations[id], scope)

    def _method_symbols(self, op: Operation, scope: str) -> Iterator[Symbol]:
        longer = ((*op.words, *(w for step in op.resource[-1:] for w in step)), (*op.words, "call"))
        yield Symbol(f"method:{op.id}", "method", op.words, scope, longer, rank=1)
        if op.stream is not None and op.result is not None:
            words = (*op.words, "streaming")
            yield Symbol(f"streaming:{op.id}", "method", words, scope, tuple((*w, "streaming") for w in longer), rank=1)
        arguments = f"arguments:{op.id}"
        yield Symbol(f"argument:{op.id}/options", "argument", (), arguments, fixed="options")
        for p in op.parameters:
            if p.const is None:
                rank = 0 if p.location is Location.PATH else 1
                symbol = _parameter_symbol(op, p)
                yield Symbol(symbol, "argument", p.words, arguments, ((p.location.value, *p.words),), rank)
        for f in self.types.api.body_fields(op):
            yield Symbol(
                f"argument:{op.id}/body/{f.wire_name}", "argument", f.words, arguments, (("body", *f.words),), 2
            )

    def _methods(self, id: OperationId) -> Iterator[Method]:
        op = self.types.api.operations[id]
        if op.result is not None or op.stream is None:
            yield self._method(op, streaming=False)
        if op.stream is not None:
            yield self._method(op, streaming=True)

    def _method(self, op: Operation, *, streaming: bool) -> Method:
        twin = streaming and op.result is not None
        kind, result = self._result(op, streaming)
        flat, flat_arguments, flat_members = self._flat(op, streaming)
        required = [p for p in op.parameters if p.required]
        ordered = (*required, *(p for p in op.parameters if not p.required))
        return Method(
            symbol=f"streaming:{op.id}" if twin else f"method:{op.id}",
            operation=op,
            kind=kind,
            result=result,
            docs=op.docs,
            arguments=tuple(self._argument(op, p) for p in ordered if p.const is None),
            parameters=tuple(_sent(op, p) for p in op.parameters),
            body=self._body(op, op.body) if op.body is not None else None,
            flat=flat,
            flat_arguments=flat_arguments,
            flat_members=flat_members,
            is_streaming_twin=twin,
        )

    def _result(self, op: Operation, streaming: bool) -> tuple[str, Expr | None]:
        if streaming:
            assert op.stream is not None
            return "events", Generic("EventStream", (self.types.expr(op.stream.media.type),))
        media = op.result.media if op.result is not None else None
        if media is None:
            return "void", None
        if media.kind is MediaKind.BINARY:
            return "binary", Plain("BinaryResponse")
        if media.kind is not MediaKind.JSON:
            return "text", Plain("String")
        body = self.types.expr(media.type)
        if op.pagination is not None:
            return "pages", Generic("PagedList", (self.types.expr(op.pagination.item_type), body))
        successes = [r for r in op.responses if r.status.startswith("2")]
        if any(not r.media for r in successes):
            # One of the documented answers has no body: nil stands for it.
            return "optionalJSON", optional(body)
        return "json", body

    def _argument(self, op: Operation, p: Parameter) -> Argument:
        type_ = self.types.expr(p.type.inner if isinstance(p.type, Nullable) else p.type)
        is_optional = not p.required
        return Argument(
            _parameter_symbol(op, p), optional(type_) if is_optional else type_, is_optional, p.docs, p.default
        )

    def _body(self, op: Operation, body: Body) -> BodyArgument:
        media = body.media
        is_struct = isinstance(media.type, Ref) and isinstance(self.types.api.decl(media.type.id), ObjectDecl)
        kind, type_ = "json", self.types.expr(media.type)
        if media.kind in _FORMS:
            kind = _FORMS[media.kind]
        elif media.kind is MediaKind.TEXT:
            kind, type_ = "text", Plain("String")
        elif media.kind is MediaKind.BINARY:
            kind, type_ = "binary", Plain("Upload")
        return BodyArgument(
            type=type_ if body.required else optional(type_),
            kind=kind,
            content_type=media.content_type,
            required=body.required,
            is_struct=is_struct,
            docs=body.docs,
            others=tuple(m.content_type for m in body.others),
        )

    def _flat(self, op: Operation, streaming: bool) -> tuple[str | None, tuple[Argument, ...], tuple[FlatMember, ...]]:
        if op.body is None or op.body.flatten is None:
            return None, (), ()
        decl = self.types.api.decl(op.body.flatten)
        assert isinstance(decl, ObjectDecl)
        asked = {f.wire_name for f in self.types.api.body_fields(op)}
        selector = op.stream.selector if op.stream is not None else None
        arguments: list[Argument] = []
        members: list[FlatMember] = []
        properties = [(f, self.types.property(decl, f)) for f in decl.fields]
        for field, property in sorted(properties, key=lambda pair: pair[1].is_optional):
            if property.constant is not None or property.is_read_only:
                continue
            if field.wire_name in asked:
                arguments.append(self._flat_argument(op, property))
                members.append(FlatMember(property.symbol, arguments[-1].symbol))
            elif selector is not None and not property.is_optional:
                # The initialiser insists on what chooses between the two forms.
                value = selector.value if streaming else not selector.value
                members.append(FlatMember(property.symbol, None, value))
        return type_symbol(decl.id), tuple(arguments), tuple(members)

    def _flat_argument(self, op: Operation, property: Property) -> Argument:
        type_ = optional(property.type) if property.is_optional or property.is_nullable else property.type
        return Argument(
            symbol=f"argument:{op.id}/body/{property.wire_name}",
            type=TriStateOf(property.type) if property.is_tri_state else type_,
            is_optional=property.is_optional,
            docs=property.docs,
            default=property.default,
        )


def _key(node: Resource) -> str:
    return "/".join("_".join(step) for step in node.path)


def _parameter_symbol(op: Operation, p: Parameter) -> str:
    return f"argument:{op.id}/{p.location.value}/{p.wire_name}"


def _sent(op: Operation, p: Parameter) -> SentParameter:
    return SentParameter(
        location=p.location.value,
        wire_name=p.wire_name,
        style=p.style.value,
        explode=p.explode,
        allow_reserved=p.allow_reserved,
        argument=None if p.const is not None else _parameter_symbol(op, p),
        constant=p.type.value if isinstance(p.type, Const) else None,
    )
