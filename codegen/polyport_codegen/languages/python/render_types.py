"""Files of types: declarations and settled names in, views for the templates out."""

from __future__ import annotations

import keyword
import re
import unicodedata
from dataclasses import dataclass, field

from ...ir.types import Docs
from ...lower.layout import Group, Joined, Part, flat, layout
from ...lower.planner import LONGEST
from .declarations import Alias, Declaration, Keys, Member, Model, OpenEnum, TypeFile
from .lower import Package
from .prose import described, docstring
from .types import Generic, Named
from .writer import Writer, alternatives, imports_of, name_order, quoted, stacked, tuple_of_texts


@dataclass(frozen=True, slots=True)
class TypeModule:
    """A file of types, ready for its template."""

    path: str
    doc: str
    #: All import statements.
    imports: str
    #: The declarations, with blank lines before each.
    body: str
    exports: tuple[str, ...] = field(default=())


def type_module(package: Package, file: TypeFile, called: str) -> TypeModule:
    """The view of a module of types."""
    module, name = package.place(file.leader)
    kind = "Input" if file.is_input else "Results"
    doc = docstring(f"{kind} of the {called}: `{name}`.", 0)
    runtime, checked = Writer(package.place, module), Writer(package.place, module)
    writer = _Types(package, runtime, checked, Writer(package.place, module, runtime.imports, checked))
    return writer.module(file, doc)


@dataclass(slots=True)
class _Types:
    """Writes one module. `runtime` notes what it imports, `checked` what only checkers need.

    Aliases are made when the module is imported, with all that they refer to. Types of members, and lazy aliases, are
    resolved by the runtime when they are first needed: `resolved` imports their declared types for checkers only.
    """

    package: Package
    runtime: Writer
    checked: Writer
    resolved: Writer

    def module(self, file: TypeFile, doc: str) -> TypeModule:
        found = file.declarations
        enums = [self._enum(d) for d in found if isinstance(d, OpenEnum)]
        classes = [
            self._model(d) if isinstance(d, Model) else self._keys(d) for d in found if isinstance(d, (Model, Keys))
        ]
        aliases = [self._made_alias(d) for d in found if isinstance(d, Alias)]
        apart = "\n" if classes and aliases else ""
        module = self.runtime.module
        for source, names in list(self.checked.imports.items()):
            names -= self.runtime.imports.get(source, set())
            if not names and source != "datetime":
                del self.checked.imports[source]
        return TypeModule(
            module.removeprefix(".").replace(".", "/") + ".py",
            doc,
            imports_of(self.runtime, self.checked),
            "".join((*enums, *classes, apart, *aliases)),
            tuple(sorted(map(self._name, found), key=name_order)),
        )

    def _name(self, declaration: Declaration) -> str:
        return self.package.names[declaration.symbol]

    def _enum(self, enum: OpenEnum) -> str:
        self.runtime.use("typing", "TypeAlias")
        known = [f"- `{value}`: {docs.text}" for value, docs in enum.known]
        text = "\n".join([described(enum.docs), *known])
        return _alias(f"{self._name(enum)}: TypeAlias = ", self.runtime.part(enum.type), text)

    def _model(self, model: Model) -> str:
        self.runtime.use("._runtime.models", "APIModel")
        members = [self._member(member) for member in model.members]
        return _class(f"{self._name(model)}(APIModel)", model.docs, members)

    def _member(self, member: Member) -> str:
        name = self.package.names[member.symbol]
        default = ""
        if name != member.wire_name or member.is_secret:
            function = "secret_member" if member.is_secret else "wire_name"
            self.runtime.use("._runtime.models", function)
            none = "" if member.is_required else ", default=None"
            default = f" = {function}({quoted(member.wire_name)}{none})"
        elif not member.is_required:
            default = " = None"
        line = _line(name, self.resolved.part(member.type), default)
        return _documented(line, docstring(described(member.docs), 4))

    def _keys(self, keys: Keys) -> str:
        self.runtime.use("typing_extensions", "TypedDict")
        decorator = self.runtime.use("._runtime.keys", "described_when_asked")
        name = self._name(keys)
        members: list[str] = []
        odd: list[Part] = []
        exprs = [Generic(Named("", "Required"), (m.type,)) if m.is_required else m.type for m in keys.members]
        if any(member.is_required for member in keys.members):
            self.runtime.use("typing_extensions", "Required")
        used = {name for expr in exprs for name in self.resolved.names(expr)}
        for member, expr in zip(keys.members, exprs, strict=True):
            part = self.resolved.part(expr)
            if is_plain_key(member.wire_name, used):
                doc = docstring(described(member.docs, member.default), 4)
                members.append(_documented(_line(member.wire_name, part), doc))
            else:
                odd.append(f"{quoted(member.wire_name)}: {quoted(flat(part))}")
        before, head = "", f"{name}(TypedDict, total=False)"
        if odd:
            base = f"_{name}Names" if len(name) < LONGEST - len("Names") else f"_{name}"[:LONGEST]
            items = Group("{", tuple(odd), "}")
            before = layout(Group(f"{base} = TypedDict(", (f'"{base}"', items, "total=False"), ")"))
            # Type checkers disagree on a key without letters, which is a key all the same.
            before = re.sub(
                r'^(.*(?:^|[{ ])"": .*)$', r"\1  # pyright: ignore[reportGeneralTypeIssues]", before, flags=re.M
            )
            before, head = f"\n{before}\n", f"{name}({base}, total=False)"
        return before + _class(head, keys.docs, members, f"@{decorator}\n")

    def _made_alias(self, alias: Alias) -> str:
        name = self._name(alias)
        writer = self.resolved if alias.is_lazy else self.runtime
        value = self._plan_of_union(writer, alias) if alias.choices else writer.part(alias.type)
        if alias.is_lazy:
            self.runtime.use("typing_extensions", "TypeAliasType")
            text = quoted(flat(value))
            if len(text) > 94:
                text = f'"""{layout(value, column=8, level=1)}"""'
            statement = Group(f"{name} = TypeAliasType(", (f'"{name}"', text), ")")
            return _statement(layout(statement), described(alias.docs))
        self.runtime.use("typing", "TypeAlias")
        return _alias(f"{name}: TypeAlias = ", value, described(alias.docs))

    def _plan_of_union(self, writer: Writer, alias: Alias) -> Part:
        self.runtime.use("typing", "Annotated")
        self.runtime.use("._runtime.construct", "one_of")
        self.runtime.use("._runtime.construct", "variant")
        variants: list[Part] = []
        for choice in alias.choices:
            parts: list[Part] = [writer.part(choice.type), quoted(choice.json_types)]
            if choice.tags:
                tags = [Joined((f"{quoted(member)}: ", tuple_of_texts(known))) for member, known in choice.tags]
                parts.append(Joined(("tags=", Group("{", tuple(tags), "}"))))
            if choice.required_keys:
                parts.append(Joined(("keys=", tuple_of_texts(choice.required_keys))))
            if choice.foreign_keys:
                parts.append(Joined(("foreign=", tuple_of_texts(choice.foreign_keys))))
            if choice.item_types:
                parts.append(f"items={quoted(choice.item_types)}")
            variants.append(Group("variant(", tuple(parts), ")"))
        union = writer.part(alias.type)
        return Group("Annotated[", (union, Group("one_of(", tuple(variants), ")")), "]")


def _documented(line: str, doc: str) -> str:
    """A member of a class with the docstring under it."""
    return f"{line}\n    {doc}" if doc else line


def _class(head: str, docs: Docs, members: list[str], decorator: str = "") -> str:
    """A class with its docstring and its members, with blank lines before and between."""
    parts = (docstring(described(docs), 4), *members)
    body = "\n\n".join([f"    {part}" for part in parts if part]) or "    pass"
    return f"\n\n{decorator}class {head}:\n{body}\n"


def _statement(text: str, doc: str) -> str:
    """A statement with a docstring under it."""
    said = docstring(doc, 0)
    return f"\n{text}\n{said}\n" if said else f"\n{text}\n"


def is_plain_key(name: str, used: set[str]) -> bool:
    """Whether a TypedDict's class form can have this key: not when its annotations use the name for something else."""
    return (
        name.isidentifier()
        and unicodedata.normalize("NFKC", name) == name
        and not keyword.iskeyword(name)
        and name not in used
        and name[:2] != "__"
    )


def _alias(head: str, value: Part, text: str) -> str:
    statement = Joined((head, value))
    if len(flat(statement)) > 100 and isinstance(value, Joined):
        one = flat(value)
        body = f"    {one}" if len(one) <= 96 else stacked(alternatives(value), 1)
        return _statement(f"{head}(\n{body}\n)", text)
    return _statement(layout(statement), text)


def _line(name: str, annotation: Part, default: str = "") -> str:
    """A member. One whose annotation has no brackets to break at is put in parentheses when it is long."""
    if isinstance(annotation, str):
        return f"{name}: {annotation}{default}"
    line = layout(Joined((f"{name}: ", annotation, default)), column=4, level=1)
    pieces = alternatives(annotation)
    if "\n" in line or len(line) <= 96 or len(pieces) == 1:
        return line
    one = flat(annotation)
    body = f"        {one}" if len(one) <= 92 else stacked(pieces, 2)
    return f"{name}: (\n{body}\n    ){default}"
