"""Swift expressions for example values: from the document's examples where it has them, else plausible ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...ir.model import Api, Operation
from ...ir.types import (
    AliasDecl,
    AnyJson,
    Const,
    Docs,
    EnumDecl,
    Kind,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Ref,
    Type,
    UnionDecl,
    Variant,
)
from ...lower.layout import Group, Joined, Part
from ...values import Json
from .declarations import Factory, Method, Struct, Union
from .lower_types import is_file
from .naming import label, literal, quoted
from .render_types import constant

#: Stands for "no example": null is one.
_NONE: Json = {"": "no example"}
_FORMATS = {
    "date-time": "2025-01-31T12:00:00Z",
    "date": "2025-01-31",
    "time": "12:00:00Z",
    "uuid": "123e4567-e89b-12d3-a456-426614174000",
    "uri": "https://example.com",
    "email": "someone@example.com",
    "byte": "aGVsbG8=",
}
_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Samples:
    """Writes expressions with the planner's names."""

    api: Api
    names: Mapping[str, str]
    declarations: Mapping[str, Struct | Union]

    def arguments(self, op: Operation, method: Method) -> list[Part]:
        """The arguments of a call: required ones, and those that the first documented example has."""
        required: list[Part] = []
        extra: list[Part] = []
        parameters = {f"argument:{op.id}/{p.location.value}/{p.wire_name}": p for p in op.parameters}
        for argument in method.arguments:
            p = parameters[argument.symbol]
            if p.required:
                value = self.part(p.type, _example(p.docs))
                required.append(_labelled(self.names[argument.symbol], value))
        if op.body is None:
            return required
        examples = op.body.docs.examples
        example = examples[0] if examples else _NONE
        if method.flat is None:
            if op.body.required:
                required.append(self.part(op.body.media.type, example))
            return required
        given = example if isinstance(example, dict) and example is not _NONE else {}
        fields = {f.wire_name: f for f in self.api.body_fields(op)}
        for argument in method.flat_arguments:
            wire = argument.symbol.removeprefix(f"argument:{op.id}/body/")
            field = fields[wire]
            if wire in given or not argument.is_optional:
                value = self.part(field.type, given.get(wire, _example(field.docs)))
                (extra if argument.is_optional else required).append(_labelled(self.names[argument.symbol], value))
        return [*required, *extra]

    def part(self, type: Type, json: Json = _NONE, depth: int = 0) -> Part:
        """A value of the type: the one that `json` says, as far as it fits."""
        if isinstance(type, Nullable):
            return ".null" if json is None else self.part(type.inner, json, depth)
        if isinstance(type, Const):
            return constant(type.value)
        if isinstance(type, Primitive):
            return 'Upload(URL(fileURLWithPath: "file.bin"))' if is_file(type) else _scalar(type, json)
        if isinstance(type, ListOf):
            items = json if isinstance(json, list) else [_NONE] if depth < _DEPTH else []
            return _list([self.part(type.item, item, depth + 1) for item in items])
        if isinstance(type, MapOf):
            members = json if isinstance(json, dict) and json is not _NONE else {}
            return _dictionary([_named(k, self.part(type.value, v, depth + 1)) for k, v in members.items()])
        if isinstance(type, AnyJson):
            return _json(None if json is _NONE else json)
        return self._declared(type, json, depth)

    def _declared(self, ref: Ref, json: Json, depth: int) -> Part:
        decl = self.api.decl(ref.id)
        if json is _NONE:
            json = _example(decl.docs)
        if isinstance(decl, AliasDecl):
            return self.part(decl.type, json, depth)
        if isinstance(decl, EnumDecl):
            value = decl.members[0].value if json is _NONE and decl.members else json
            known = any(m.value == value for m in decl.members)
            return f".{quoted(self.names[f'member:{decl.id}/{value}'])}" if known else _json(value)
        if isinstance(decl, ObjectDecl):
            return Group(f"{self.names[f'type:{decl.id}']}(", self._members(decl, json, depth), ")", trailing=False)
        return self._union(decl, json, depth)

    def _members(self, decl: ObjectDecl, json: Json, depth: int, factory: Factory | None = None) -> Sequence[Part]:
        given = json if isinstance(json, dict) and json is not _NONE else {}
        struct = self.declarations[f"type:{decl.id}"]
        assert isinstance(struct, Struct)
        fields = {f.wire_name: f for f in decl.fields}
        asked = [p for p in struct.properties if p.constant is None and not p.is_read_only]
        out: list[Part] = []
        filled = factory.filled[0] if factory is not None and factory.filled is not None else None
        for index, p in enumerate(sorted((p for p in asked if p.symbol != filled), key=lambda p: p.is_optional)):
            if p.wire_name not in given and (p.is_optional or depth >= _DEPTH):
                continue
            field = fields[p.wire_name]
            value = self.part(field.type, given.get(p.wire_name, _example(field.docs)), depth + 1)
            is_bare = factory is not None and factory.is_bare and index == 0
            out.append(value if is_bare else _labelled(self.names[p.symbol], value))
        return out

    def _union(self, decl: UnionDecl, json: Json, depth: int) -> Part:
        union = self.declarations[f"type:{decl.id}"]
        assert isinstance(union, Union)
        index = _decide(decl, json)
        variant, case = decl.variants[index], union.cases[index]
        if any(lit.case == case.symbol for lit in union.literals) and (isinstance(json, str | list) or json is _NONE):
            return self.part(variant.type, json, depth + 1)
        name = quoted(self.names[case.symbol])
        target = self.api.decl(variant.type.id) if isinstance(variant.type, Ref) else None
        if case.factory is not None and isinstance(target, ObjectDecl):
            return Group(f".{name}(", self._members(target, json, depth + 1, case.factory), ")", trailing=False)
        return Joined((f".{name}(", self.part(variant.type, json, depth + 1), ")"))


def _decide(decl: UnionDecl, json: Json) -> int:
    """Which variant an example is of; the first one when there is none."""
    if json is _NONE:
        return 0
    tag = json.get(decl.tag) if isinstance(json, dict) and decl.tag is not None else None
    kind = _kind(json)
    fits = [n for n, v in enumerate(decl.variants) if kind in {t.value for t in v.json_types}]
    tagged = [n for n in fits if tag is not None and tag in decl.variants[n].tags]
    keyed = [n for n in fits if _has_keys(decl.variants[n], json)]
    return next(iter([*tagged, *keyed, *fits]), 0)


def _has_keys(variant: Variant, json: Json) -> bool:
    return not isinstance(json, dict) or all(k in json for k in variant.required_keys)


def _kind(json: Json) -> str:
    if json is None:
        return "null"
    if isinstance(json, bool):
        return "boolean"
    names = {int: "number", float: "number", str: "string", list: "array", dict: "object"}
    return names[type(json)]


def _example(docs: Docs) -> Json:
    return docs.examples[0] if docs.examples else _NONE


def _labelled(name: str, value: Part) -> Part:
    return Joined((f"{label(name)}: ", value))


def _named(key: str, value: Part) -> Part:
    return Joined((f"{literal(key)}: ", value))


def _list(items: list[Part]) -> Part:
    return Group("[", items, "]", trailing=False)


def _dictionary(items: list[Part]) -> Part:
    return Group("[", items, "]", trailing=False) if items else "[:]"


def _json(value: Json) -> Part:
    """A JSON value as a literal."""
    if value is None:
        return "nil"
    if isinstance(value, dict):
        return _dictionary([_named(k, _json(v)) for k, v in value.items()])
    return _list([_json(v) for v in value]) if isinstance(value, list) else constant(value)


def _scalar(type: Primitive, json: Json) -> str:
    if type.kind is Kind.STRING:
        return literal(json if isinstance(json, str) else _FORMATS.get(type.format, "..."))
    if type.kind is Kind.BOOLEAN:
        return constant(json if isinstance(json, bool) else True)
    if isinstance(json, int | float) and not isinstance(json, bool):
        return constant(json)
    return constant(int(type.constraints.minimum or 1))
