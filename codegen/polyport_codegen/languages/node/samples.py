"""Calls that a reader can copy: from the document's examples where it has them, else with plausible values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...ir.model import Api, MediaKind, Operation
from ...ir.types import (
    AliasDecl,
    AnyJson,
    Const,
    DeclId,
    EnumDecl,
    Field,
    Kind,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Ref,
    Type,
    UnionDecl,
)
from ...lower.layout import Group, Joined, Part, layout
from .calls import Shape, shape_of
from .declarations import Method, Package
from .text import INDENT, WIDTH, Code, data_part

_TEXTS = {
    "date-time": "2025-01-31T12:00:00Z",
    "date": "2025-01-31",
    "time": "12:00:00Z",
    "uuid": "0b0e4c7e-6f4b-4c5f-9d0e-2a1c6d1f7a11",
    "uri": "https://example.com",
    "url": "https://example.com",
    "email": "someone@example.com",
    "byte": "SGVsbG8=",
}
_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Call:
    """An example call: `client.chat.completions.create` and its arguments."""

    target: str
    arguments: tuple[object, ...]
    method: Method

    def text(self, *, streaming: bool = False, lead: str = "", level: int = 0) -> str:
        """The call as code; with the selector set for the streaming form."""
        arguments = list(self.arguments)
        if streaming and self.method.selector is not None:
            name, value = self.method.selector
            last = (
                arguments.pop()
                if self.method.params is not None and arguments and isinstance(arguments[-1], dict)
                else {}
            )
            assert isinstance(last, dict)
            arguments.append({**last, name: value})
        parts: list[Part] = [data_part(argument) for argument in arguments]
        return layout(_hug(f"{lead}{self.target}(", parts), width=WIDTH - 5, indent=INDENT, level=level)


def _hug(head: str, arguments: list[Part]) -> Part:
    """A single object argument keeps its braces beside the call's brackets."""
    if len(arguments) == 1:
        return Joined([head, arguments[0], ")"])
    return Group(head, arguments, ")")


@dataclass(slots=True)
class Examples:
    """Example calls of one package."""

    api: Api
    package: Package
    names: Mapping[str, str]
    _calls: dict[str, Call] = field(default_factory=dict)

    def calls(self) -> dict[str, Call]:
        """An example of every operation, by its id."""
        if not self._calls:
            for resource in self.package.resources:
                steps = ["client"]
                for depth in range(len(resource.path)):
                    steps.append(self.names[f"child:{'/'.join(resource.path[: depth + 1])}"])
                for method in resource.methods:
                    operation = self.api.operations[method.operation]
                    target = ".".join([*steps, self.names[method.symbol]])
                    self._calls[operation.id] = Call(target, self._arguments(operation, method), method)
        return self._calls

    def text(self, id: str) -> str:
        """The example of an operation as statements."""
        call = self.calls()[id]
        if call.method.form == "pages":
            return f"for await (const item of {call.text()}) console.log(item);"
        if call.method.form == "stream":
            return f"for await (const event of {call.text(lead='await ')}) console.log(event);"
        if [str(getattr(t, "text", "")) for t in call.method.types] == ["void"]:
            return f"{call.text(lead='await ')};"
        return f"{call.text(lead='const result = await ')};"

    def streaming_text(self, id: str) -> str:
        """The example of the streaming form."""
        text = self.calls()[id].text(streaming=True, lead="const stream = await ")
        return f"{text};\nfor await (const event of stream) console.log(event);"

    def _arguments(self, operation: Operation, method: Method) -> tuple[object, ...]:
        shape = shape_of(self.api, operation)
        values: list[object] = []
        if shape.positional is not None:
            said = shape.positional.docs.examples
            values.append(said[0] if said else self.value(shape.positional.type, shape.positional.wire_name))
        params = self._params(operation, shape)
        if method.params is not None and (params or method.params_required):
            values.append(params)
        return tuple(values)

    def _params(self, operation: Operation, shape: Shape) -> dict[str, object]:
        params: dict[str, object] = {}
        for name, parameter in shape.named:
            if parameter.required:
                said = parameter.docs.examples
                params[name] = said[0] if said else self.value(parameter.type, parameter.wire_name)
        body = operation.body
        if body is not None and shape.flat is not None:
            params |= self._body(operation, shape.flat)
        elif body is not None and shape.body_member is not None and body.required:
            kind = body.media.kind
            if kind is MediaKind.JSON or kind in (MediaKind.MULTIPART, MediaKind.FORM):
                params[shape.body_member] = self.value(body.media.type, "body")
            else:
                params[shape.body_member] = "..." if kind is MediaKind.TEXT else Code("new Blob(['...'])")
        return params

    def _body(self, operation: Operation, flat: ObjectDecl) -> dict[str, object]:
        assert operation.body is not None
        selector = operation.stream.selector if operation.stream is not None else None
        hidden = selector.wire_name if selector is not None else None
        for said in (*operation.body.docs.examples, *flat.docs.examples):
            if isinstance(said, dict):
                return {k: v for k, v in said.items() if k != hidden}
        if not operation.body.required:
            return {}
        return self._object(flat, 0)

    def value(self, type: Type, name: str, depth: int = 0) -> object:
        """A plausible value."""
        match type:
            case Const(value=value):
                return value
            case Nullable(inner=inner):
                return self.value(inner, name, depth)
            case Primitive():
                return self._scalar(type, name)
            case AnyJson() | MapOf():
                return {}
            case ListOf(item=item):
                return [self.value(item, name, depth + 1)] if depth < _DEPTH else []
            case Ref(id=id):
                return self._declared(id, name, depth)

    def _scalar(self, type: Primitive, name: str) -> object:
        if type.kind is Kind.BOOLEAN:
            return True
        if type.kind is Kind.STRING:
            return Code("new Blob(['...'])") if type.format == "binary" else _TEXTS.get(type.format, name)
        least = type.constraints.minimum
        return int(least) if least is not None and least > 1 else 1

    def _declared(self, id: DeclId, name: str, depth: int) -> object:
        decl = self.api.decls[id]
        if decl.docs.examples:
            return decl.docs.examples[0]
        match decl:
            case EnumDecl():
                return decl.members[0].value if decl.members else name
            case AliasDecl():
                return self.value(decl.type, name, depth + 1) if depth < _DEPTH else {}
            case UnionDecl():
                if depth >= _DEPTH or not decl.variants:
                    return {}
                variant = decl.variants[0]
                value = self.value(variant.type, name, depth + 1)
                if decl.tag is not None and variant.tags and isinstance(value, dict):
                    return {**value, decl.tag: variant.tags[0]}
                return value
            case ObjectDecl():
                return self._object(decl, depth)

    def _object(self, decl: ObjectDecl, depth: int) -> dict[str, object]:
        value: dict[str, object] = {}
        for member in decl.fields:
            if member.required and not member.read_only and depth < _DEPTH:
                value[member.wire_name] = self._member(member, depth + 1)
        return value

    def _member(self, member: Field, depth: int) -> object:
        if member.docs.examples:
            return member.docs.examples[0]
        if member.default is not None:
            return member.default
        return self.value(member.type, member.wire_name, depth)
