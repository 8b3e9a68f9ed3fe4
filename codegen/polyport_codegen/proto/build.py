"""IR types -> messages, made as they are reached.

Members are single, repeated or maps of an element. An element is a scalar, JSON text, or a message; lists, maps and
null where proto wants one message (in a list, in a map, in a union) get wrapper messages of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..ir.model import Api
from ..ir.types import (
    AliasDecl,
    AnyJson,
    Const,
    DeclId,
    Direction,
    Docs,
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
from ..values import Words
from .model import (
    CHOICE,
    Alternative,
    Element,
    JsonText,
    Label,
    ListMessage,
    MapMessage,
    Message,
    MessageRef,
    ObjectMessage,
    ProtoField,
    Scalar,
    UnionMessage,
    ValueMessage,
)
from .naming import member_names

_SCALARS = {Kind.STRING: "string", Kind.INTEGER: "int64", Kind.NUMBER: "double", Kind.BOOLEAN: "bool"}
_CONSTS = {str: "string", bool: "bool", int: "int64", float: "double"}
_WRAPPERS: Mapping[str, Callable[[str, Element], Message]] = {
    "List": ListMessage,
    "Map": MapMessage,
    "Value": ValueMessage,
}
_BASES = {"string": "String", "int64": "Integer", "double": "Number", "bool": "Boolean", "bytes": "Bytes"}


class Messages:
    """The messages of one API, growing as `element` and `fields` reach declarations."""

    def __init__(self, api: Api, names: Mapping[DeclId, str], taken: frozenset[str]) -> None:
        """`names` are the names of declarations; `taken` all names of the package that wrappers must avoid."""
        self.found: dict[str, Message] = {}
        self._api = api
        self._names = names
        self._taken = taken
        self._wrappers: dict[str, str] = {}
        self._begun: set[str] = set()

    def element(self, type: Type) -> Element:
        """How one value travels."""
        type = self._resolve(type)
        match type:
            case AnyJson():
                return JsonText()
            case Primitive(kind=kind, format=format):
                return Scalar("bytes" if kind is Kind.STRING and format == "binary" else _SCALARS[kind])
            case Const(value=value):
                return Scalar(_CONSTS[value.__class__], value)
            case Nullable(inner=inner):
                return self.wrapper("Value", self.element(inner))
            case ListOf(item=item):
                return JsonText() if self._free(item) else self.wrapper("List", self.element(item))
            case MapOf(value=value_type):
                return JsonText() if self._free(value_type) else self.wrapper("Map", self.element(value_type))
            case Ref(id=id):
                return self._declared(id)

    def wrapper(self, kind: str, element: Element) -> MessageRef:
        """The wrapper message (`List`, `Map` or `Value`) of an element; one for all its uses."""
        base = _BASES[element.proto] if isinstance(element, Scalar) else "Json"
        if isinstance(element, MessageRef):
            base = element.name
        if isinstance(element, Scalar):
            element = Scalar(element.proto)
        wish = f"{base}{kind}"
        name = self._wrappers.get(wish)
        if name is None:
            name = wish
            while name in self._taken:
                name += "Wrapper"
            self._wrappers[wish] = name
            self.found[name] = _WRAPPERS[kind](name, element)
        return MessageRef(name)

    def fields(self, members: tuple[Field, ...]) -> tuple[ProtoField, ...]:
        """The members of an object as fields."""
        nullable = frozenset(f.wire_name for f in members if self.slot(f.type)[2])
        names = member_names({f.wire_name: f.words for f in members}, nullable)
        return tuple(self.field(f, names[f.wire_name], names.get(f"null:{f.wire_name}", "")) for f in members)

    def field(self, member: Field, name: str, null_name: str) -> ProtoField:
        """One member as a field of this name."""
        label, element, _ = self.slot(member.type)
        return ProtoField(
            name, member.wire_name, element, label, member.required, null_name, member.docs, self.known(member.type)
        )

    def slot(self, type: Type) -> tuple[Label, Element, bool]:
        """How a member travels: label, element, and whether it needs a marker for null."""
        type = self._resolve(type)
        nullable = isinstance(type, Nullable)
        if isinstance(type, Nullable):
            type = self._resolve(type.inner)
        if isinstance(type, ListOf) and not self._free(type.item):
            return Label.REPEATED, self.element(type.item), nullable
        if isinstance(type, MapOf) and not self._free(type.value):
            return Label.MAP, self.element(type.value), nullable
        element = self.element(type)
        return Label.SINGLE, element, nullable and not isinstance(element, JsonText)

    def known(self, type: Type) -> tuple[str, ...]:
        """The known values of an enum, or of a list of them."""
        type = self._resolve(type)
        while isinstance(type, Nullable | ListOf):
            type = self._resolve(type.inner if isinstance(type, Nullable) else type.item)
        decl = self._api.decls[type.id] if isinstance(type, Ref) else None
        return tuple(str(m.value) for m in decl.members) if isinstance(decl, EnumDecl) else ()

    def _resolve(self, type: Type) -> Type:
        while isinstance(type, Ref):
            decl = self._api.decls[type.id]
            if not isinstance(decl, AliasDecl):
                return type
            type = AnyJson() if decl.recursive else decl.type
        return type

    def _free(self, type: Type) -> bool:
        type = self._resolve(type)
        if isinstance(type, ListOf):
            return self._free(type.item)
        return self._free(type.value) if isinstance(type, MapOf) else isinstance(type, AnyJson)

    def _declared(self, id: DeclId) -> Element:
        decl = self._api.decls[id]
        if isinstance(decl, EnumDecl):
            return Scalar(_SCALARS[decl.kind])
        name = self._names[id]
        if name not in self._begun:
            self._begun.add(name)
            if isinstance(decl, ObjectDecl):
                fills = decl.direction is not Direction.OUTPUT
                self.found[name] = ObjectMessage(name, self.fields(decl.fields), _docs(decl.docs), fills)
            elif isinstance(decl, UnionDecl):
                self.found[name] = self._union(name, decl)
        return MessageRef(name)

    def _union(self, name: str, decl: UnionDecl) -> UnionMessage:
        words: dict[str, Words] = {str(index): variant.words for index, variant in enumerate(decl.variants)}
        names = member_names(words, frozenset(), frozenset({CHOICE}))
        alternatives = tuple(
            Alternative(
                names[str(index)],
                self.element(variant.type),
                variant.json_types,
                decl.listed(variant),
                variant.required_keys,
                variant.foreign_keys,
                variant.docs,
            )
            for index, variant in enumerate(decl.variants)
        )
        return UnionMessage(name, alternatives, _docs(decl.docs))


def _docs(docs: Docs) -> Docs:
    return Docs(docs.summary, docs.description, docs.deprecated, docs.deprecation)
