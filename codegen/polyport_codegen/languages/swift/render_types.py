"""Structs, open enums, unions and aliases as Swift text: names resolved, lines broken, laid out by the templates."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment

from ...lower.deltas import ENDINGS, NAMES, Deltas, Path
from ...lower.layout import Group, Joined, Part, layout
from .declarations import (
    Alias,
    Case,
    Declaration,
    Factory,
    FormField,
    Literal,
    Member,
    OpenEnum,
    Property,
    Struct,
    Union,
)
from .files import chunks
from .naming import label, literal, quoted
from .prose import WIDTH, comment, deprecation, described
from .types import ArrayOf, Plain, is_big, spelled
from .views import PropertyView

_UNIONS = frozenset({"JSONValue"})
_LITERALS = {"String": "String", "Int": "Integer", "Double": "Float", "Bool": "Boolean"}


def constant(value: str | int | float | bool) -> str:
    """A scalar as a Swift literal."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_big(value):
        return f'JSONNumber(digits: "{value}")'
    if isinstance(value, float) and 0 < abs(value) < sys.float_info.min:
        return value.hex()  # the compiler warns that a decimal number so small is not exact
    return literal(value) if isinstance(value, str) else repr(value)


def json_constant(value: str | int | float | bool) -> str:
    """A scalar as a literal where a `JSONValue` is meant."""
    return f".number({constant(value)})" if is_big(value) else constant(value)


def parameters(head: str, items: list[str], tail: str, level: int, width: int = WIDTH) -> str:
    """A declaration or call with its parameters, on one line or one a line. Swift 6.0 knows no trailing comma here."""
    part: Part = Joined((Group(head, items, ")", trailing=False), tail))
    return layout(part, width=width, column=4 * level, level=level)


def stored_name(name: str, property: Property) -> str:
    """The name of what is stored: a deprecated property is computed, so that this package may use it in peace."""
    return f"_{name}" if property.docs.deprecated else quoted(name)


def _written(field: FormField) -> str:
    """How a member of a form is written, as arguments of the runtime."""
    encoding = field.encoding
    if encoding is None:
        return ""
    if encoding.content_type:
        return f", contentType: {literal(encoding.content_type)}"
    return f", style: .{encoding.style.value}, explode: {constant(encoding.explode)}"


def _path(path: Path) -> str:
    return f"[{', '.join(literal(step) for step in path)}]"


def _paths(label: str, paths: tuple[Path, ...]) -> Part:
    return _listed(label, [_path(path) for path in paths])


def _listed(label: str, items: list[str]) -> Part:
    return Joined((f"{label}: ", Group("[", items, "]", trailing=False)))


class TypeRenderer:
    """Renders declarations with the planner's names."""

    def __init__(self, env: Environment, names: Mapping[str, str], unions: frozenset[str], width: int = WIDTH) -> None:
        self._env = env
        self._names = names
        self._unions = unions
        self._width = width

    def conformances(self, declaration: Declaration) -> str:
        """What follows a declaration at the outermost level: the literals that a union takes, the sum of deltas."""
        if isinstance(declaration, Struct) and declaration.deltas is not None:
            return self._deltas(declaration, declaration.deltas)
        if not isinstance(declaration, Union):
            return ""
        name = self._names[declaration.symbol]
        literals = [self._literal(lit) for lit in declaration.literals]
        files = {Plain("Upload"): False, ArrayOf(Plain("Upload")): True}
        found = [c for c in declaration.cases if c.type in files]
        uploads = [{"name": quoted(self._names[c.symbol]), "many": files[c.type]} for c in found]
        return self._render("literals.swift.j2", name=name, literals=literals, uploads=uploads)

    def _deltas(self, struct: Struct, deltas: Deltas) -> str:
        whole = deltas.whole
        merged = [f"{_path(p)}: {literal(k)}" for p, k in deltas.merged] or [":"]
        items: list[Part] = [
            _paths("joined", deltas.joined),
            _paths("pieces", deltas.pieces),
            *([_paths("kept", deltas.kept)] if deltas.kept else []),
            _listed("merged", merged),
            _listed("names", [literal(name) for name in NAMES]),
            _listed("endings", [literal(end) for end in ENDINGS]),
        ]
        if whole is not None and whole.renamed:
            items.append(_listed("renamed", [f"(path: {_path(p)}, name: {literal(n)})" for p, n in whole.renamed]))
        if whole is not None and whole.dropped:
            items.append(_paths("dropped", whole.dropped))
        if whole is not None and whole.constants:
            constants = [f"(path: {_path(p)}, value: {json_constant(v)})" for p, v in whole.constants]
            items.append(_listed("constants", constants))
        rule = layout(
            Group("    public static let deltaRule = DeltaRule(", items, ")\n", trailing=False), width=WIDTH, level=1
        )
        head = f"extension {self._names[struct.symbol]}"
        if struct.whole is None:
            return f"{head}: DeltaEvent {{\n{rule}}}\n"
        alias = f"    public typealias WholeAnswer = {spelled(struct.whole, self._names)}\n"
        return f"{head}: AnswerDelta {{\n{alias}\n{rule}}}\n"

    def _leaf(self, symbol: str) -> str:
        return self._names[symbol].rpartition(".")[2]

    def _comment(self, text: str, indent: int = 0) -> str:
        return comment(text, indent, self._width)

    def declaration(self, declaration: Declaration) -> tuple[str, tuple[str, ...]]:
        """One declaration, with a line end, as it stands in its owner, and the extensions that hold what is too much
        for one file of it."""
        if isinstance(declaration, Struct):
            return self._struct(declaration), ()
        if isinstance(declaration, Alias):
            return self._alias(declaration), ()
        if isinstance(declaration, OpenEnum):
            inside, *more = chunks([self._value(m, declaration.raw) for m in declaration.members])
            text = self._enum(declaration, inside)
        else:
            factories = [f for c in declaration.cases if c.factory for f in self._factories(c, c.factory)]
            inside, *more = chunks(factories, 10 * len(declaration.cases))
            text = self._union(declaration, inside)
        name = self._names[declaration.symbol]
        return text, tuple(self._render("extension.swift.j2", name=name, members=members) for members in more)

    def _render(self, template: str, **values: Any) -> str:
        return self._env.get_template(template).render(**values)

    def argument_type(self, property: Property) -> str:
        """The type of the initialiser's argument, with its default."""
        type_ = spelled(property.type, self._names)
        if property.is_tri_state:
            return f"Nullable<{type_}>? = nil"
        if property.is_optional:
            return f"{type_}? = nil"
        return f"{type_}?" if property.is_nullable else type_

    def _struct(self, struct: Struct) -> str:
        asked = [p for p in struct.properties if p.constant is None and not p.is_read_only]
        ordered = sorted(asked, key=lambda p: p.rank)
        items = [f"{quoted(self._names[p.symbol])}: {self.argument_type(p)}" for p in ordered]
        form = None
        if struct.form is not None:
            stored = {p.symbol: stored_name(self._names[p.symbol], p) for p in struct.properties}
            form = [
                {
                    "wire": literal(f.wire_name),
                    "name": stored[f.property],
                    "how": _written(f),
                }
                for f in struct.form
            ]
        properties = [self._property(p) for p in struct.properties]
        return self._render(
            "struct.swift.j2",
            name=self._leaf(struct.symbol),
            docs=self._comment(described(struct.docs)),
            declared="".join(p.declared() for p in properties),
            made="".join(p.made() for p in properties),
            read="".join(p.read() for p in properties),
            written="".join(p.written() for p in properties),
            initializer=parameters("public init(", items, " {", 1, self._width),
            additional=spelled(struct.additional, self._names) if struct.additional is not None else "",
            form=form,
            is_identifiable=struct.deltas is None and any(self._identifies(p) for p in struct.properties),
        )

    def _identifies(self, p: Property) -> bool:
        """Whether the property is what `Identifiable` asks for: a member `id` that is always there."""
        may_lack = p.is_optional or p.is_withheld or p.is_nullable
        return p.wire_name == "id" and self._names[p.symbol] == "id" and not may_lack and p.constant is None

    def _property(self, p: Property) -> PropertyView:
        name = self._names[p.symbol]
        type_ = spelled(p.type, self._names)
        may_lack = p.is_optional or p.is_withheld
        fixed = None if p.constant is None else constant(p.constant)
        return PropertyView(
            name=quoted(name),
            stored=stored_name(name, p),
            wire=literal(p.wire_name),
            type=f"{type_}?" if may_lack or p.is_nullable else type_,
            docs=self._comment(described(p.docs, default=p.default), 4),
            deprecation=deprecation(p.docs, 4),
            is_boxed=p.is_boxed,
            method="constant" if fixed is not None else "optional" if may_lack else "required",
            or_else="" if fixed is None else f", {fixed}",
            constant=fixed,
            is_read_only=p.is_read_only,
            is_tri_state=p.is_tri_state,
            is_needed=not may_lack and not p.is_nullable,
        )

    def _value(self, member: Member, raw: str) -> str:
        docs = self._comment(described(member.docs, f"`{member.value}`"), 4)
        value = constant(member.value)
        if raw == "JSONNumber" and isinstance(member.value, float):
            value = f"JSONNumber({value})"  # which takes integers as they stand
        text = f"public static let {quoted(self._names[member.symbol])} = Self(rawValue: {value})"
        return f"{docs}\n{deprecation(member.docs, 4)}    {text}"

    def _enum(self, enum: OpenEnum, members: list[str]) -> str:
        name = self._leaf(enum.symbol)
        docs = self._comment(described(enum.docs, "Known values; any other is a value too."))
        return self._render("enum.swift.j2", name=name, raw=enum.raw, literals=_LITERALS, docs=docs, members=members)

    def _alias(self, alias: Alias) -> str:
        name = self._leaf(alias.symbol)
        docs = self._comment(described(alias.docs))
        lead = f"{docs}\n" if docs else ""
        return f"{lead}public typealias {name} = {spelled(alias.type, self._names)}\n"

    def _union(self, union: Union, factories: list[str]) -> str:
        name = self._leaf(union.symbol)
        cases = [self._case(c) for c in union.cases]
        switched = self._switched(union)
        return self._render(
            "union.swift.j2",
            name=name,
            docs=self._comment(described(union.docs)),
            tag=literal(union.tags[0]) if union.tags else "",
            cases=cases,
            switched=[c | {"strings": switched[i]} for i, c in enumerate(cases) if i in switched],
            tried=[c for i, c in enumerate(cases) if i not in switched],
            factories=factories,
        )

    def _switched(self, union: Union) -> dict[int, str]:
        """The cases that a `switch` over the first tag finds, with their patterns: none unless that settles them all."""
        tagged = {i: c for i, c in enumerate(union.cases) if c.tags and c.tags[0][1] != (None,)}
        if any(
            len(c.tags) > 1 or c.required_keys or c.foreign_keys or c.tags[0][0] != union.tags[0]
            for c in tagged.values()
        ):
            return {}
        firsts = {i: c.tags[0][1] for i, c in tagged.items()}
        values = [v for known in firsts.values() for v in known]
        if not all(isinstance(v, str) for v in values) or len(set(values)) < len(values):
            return {}
        return {i: ", ".join(constant(v) for v in known if v is not None) for i, known in firsts.items()}

    def _case(self, case: Case) -> dict[str, Any]:
        type_ = spelled(case.type, self._names)
        conditions: list[Part] = []
        if type_ in _UNIONS or type_ in self._unions:
            # These take any value, so the kind of value is asked first.
            kinds = ", ".join(literal(t) for t in case.json_types)
            conditions.append(f"[{kinds}].contains(jsonValue.typeName)")
        if case.item_types:
            conditions.append(Group("jsonValue.hasItems(", [literal(t) for t in case.item_types], ")", trailing=False))
        for member, known in case.tags:
            values = [literal(member), *("nil" if v is None else json_constant(v) for v in known)]
            conditions.append(Group("jsonValue.hasTag(", values, ")", trailing=False))
        if case.required_keys:
            keys = [literal(k) for k in case.required_keys]
            conditions.append(Group("jsonValue.hasMembers(", keys, ")", trailing=False))
        if case.foreign_keys:
            keys = [literal(k) for k in case.foreign_keys]
            conditions.append(Group("jsonValue.lacksMembers(", keys, ")", trailing=False))
        parts = ["if ", *(p for c in conditions for p in (c, ", ")), f"let value = {type_}(jsonValue: jsonValue) {{"]
        return {
            "name": quoted(self._names[case.symbol]),
            "type": type_,
            "docs": self._comment(described(case.docs), 4),
            "condition": layout(Joined(parts), width=self._width, column=8, level=2),
        }

    def _literal(self, lit: Literal) -> dict[str, str]:
        value = "elements" if lit.kind == "Array" else "value"
        if isinstance(lit.wraps, Plain):
            value = f"{lit.wraps.name}({value})"
        elif lit.wraps is not None:
            value = f"{spelled(lit.wraps, self._names)}(rawValue: {value})"
        return {
            "kind": lit.kind,
            "label": f"{lit.kind[0].lower()}{lit.kind[1:]}Literal",
            "type": spelled(lit.type, self._names) + ("..." if lit.kind == "Array" else ""),
            "parameter": "elements" if lit.kind == "Array" else "value",
            "case": quoted(self._names[lit.case]),
            "value": value,
        }

    def _factories(self, case: Case, factory: Factory) -> list[str]:
        """The factory, and a second one whose bare argument is a `String` when the first one's is a union with text."""
        names = self._names
        name = quoted(names[case.symbol])
        out = []
        for bare_type in (None, "String") if factory.text_case is not None else (None,):
            items: list[str] = []
            passed: list[str] = []
            for p in factory.properties:
                name_of = names[p.symbol]
                if factory.filled is not None and factory.filled[0] == p.symbol:
                    passed.append(f"{label(name_of)}: {literal(factory.filled[1])}")
                    continue
                is_first = not items
                is_text = is_first and bare_type is not None
                type_ = "String" if is_text else self.argument_type(p)
                items.append(f"{'_ ' if is_first and factory.is_bare else ''}{quoted(name_of)}: {type_}")
                value = quoted(name_of)
                if is_text and factory.text_case is not None:
                    value = f".{quoted(names[factory.text_case])}({value})"
                passed.append(f"{label(name_of)}: {value}")
            call = Group(f"{names[factory.struct]}(", passed, ")", trailing=False)
            made = Joined((f".{name}(", call, ")"))
            docs = self._comment(f"The variant `{names[factory.struct]}`, made from its members.", 4)
            head = parameters(f"public static func {name}(", items, " -> Self {", 1, self._width)
            body = layout(made, width=self._width, column=8, level=2)
            out.append(f"{docs}\n    {head}\n        {body}\n    }}")
        return out
