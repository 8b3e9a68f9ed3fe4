"""Kotlin declarations to files: names are resolved here, templates only lay them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from ...ir.model import Operation, Resource
from ...ir.types import EnumDecl, Kind
from ...lower.layout import Group, layout
from ...target import OutFile, Settings
from ...templating import environment
from ...values import Json
from .calls import lower_call
from .examples import Examples
from .kdoc import deprecated, kdoc, member_text
from .lower import Alternative, KType, Lowering, Member, Model, Union, json_types
from .naming import artifact_name, client_name, maker_argument, quoted, resource_key
from .render_calls import CallRenderer
from .render_package import package_files
from .render_tests import dispatcher_files
from .source import Packages, Source, literal

WIDTH = 120
_MAIN = "src/main/kotlin"
_TEST = "src/test/kotlin"
_RUNTIME_PACKAGE = b"package polyport.runtime\n"
_ENUM_CODECS = {Kind.STRING: "String", Kind.INTEGER: "Long", Kind.NUMBER: "Double", Kind.BOOLEAN: "Boolean"}


class Renderer:
    """Writes all files of one SDK."""

    def __init__(self, lowering: Lowering, names: Mapping[str, str], settings: Settings) -> None:
        self.lowering = lowering
        self.api = lowering.api
        self.names = names
        self.settings = settings
        self.client = client_name(settings.words)
        types = {id: names[f"type:{id}"] for id in self.api.decls if f"type:{id}" in names}
        resources = {name for id, name in names.items() if id.startswith(("resource:", "params:"))}
        self.packages = Packages(settings.package, types, frozenset({*types.values(), *resources, self.client}))
        self.env = environment(
            __package__,
            {
                "kdoc": kdoc,
                "deprecated": deprecated,
                "literal": literal,
                "group": group,
                "expression": expression,
                "quoted": quoted,
            },
        )
        self.calls = CallRenderer(lowering, names)
        self.examples = Examples(lowering, names)

    def files(self) -> Iterator[OutFile]:
        """Every file of the package."""
        for model in self.lowering.models.values():
            yield self._model(model)
        for union in self.lowering.unions.values():
            yield self._union(union)
        for decl in self.api.decls.values():
            if isinstance(decl, EnumDecl):
                yield self._enum(decl)
        for resource in self.api.root.walk():
            yield from self._resource(resource)
        yield from self._runtime("runtime", _MAIN)
        if self.settings.tests:
            yield from self._runtime("runtime_tests", _TEST)
            yield from self._runtime("vector_tests", _TEST)
            yield from dispatcher_files(self)
        yield from package_files(self)

    def access(self, operation: Operation) -> str:
        """The way from the client to an operation's resource: `client.chat.completions`."""
        ends = range(1, len(operation.resource) + 1)
        steps = [self.names[f"child:{resource_key(operation.resource[:end])}"] for end in ends]
        return ".".join(["client", *(quoted(step) for step in steps)])

    def path(self, package: str, name: str, root: str = _MAIN) -> str:
        """Where the file of a class stands."""
        return f"{root}/{package.replace('.', '/')}/{name}.kt"

    def file(self, template: str, source: Source, class_name: str, root: str = _MAIN, **values: Any) -> OutFile:
        """A file from a template; the imports are those that the values needed."""
        body = self.env.get_template(template).render(s=source, name=class_name, **values)
        body = re.sub(r"\n{3,}", "\n\n", body.strip("\n"))
        body = re.sub(r"\n\n+( *\})", r"\n\1", re.sub(r"\{\n\n", "{\n", body))
        return OutFile(self.path(source.package, class_name, root), source.header() + body + "\n")

    def _runtime(self, folder: str, root: str) -> Iterator[OutFile]:
        """The real Kotlin files, copied as they are but for the package line."""
        target = f"package {self.packages.core}\n".encode()
        for entry in sorted(files(__package__).joinpath(folder).iterdir(), key=lambda e: e.name):
            if entry.name.endswith(".kt"):
                data = entry.read_bytes()
                if not data.startswith(_RUNTIME_PACKAGE):
                    raise AssertionError(f"{entry.name} does not begin with its package line")
                path = f"{root}/{self.packages.core.replace('.', '/')}/{entry.name}"
                yield OutFile(path, target + data[len(_RUNTIME_PACKAGE) :])

    # -- models ------------------------------------------------------------------------------------------------------

    def _model(self, model: Model) -> OutFile:
        """An object becomes a class, its builder and its codec.

        `{required: [id], properties: {id: {type: string}, size: {type: integer}}}` becomes

            class Item(members: JsonObject) : Model(members) {
                val id: String get() = required("id", StringCodec)
                val size: Long? get() = optional("size", LongCodec)

        made by `Item(id = "a") { size = 1 }` and changed by `item.copy { size = null }`.
        """
        name = self.packages.types[model.decl.id]
        source = Source(self.packages, self.packages.models)
        members = [self.member(source, m) for m in model.members]
        additional = None
        if model.additional is not None:
            additional = {"type": source.type(model.additional), "codec": source.codec(model.additional)}
        interfaces = [source.decl(id) for id in model.unions]
        return self.file(
            "model.kt.j2",
            source,
            name,
            docs=model.decl.docs,
            interfaces=interfaces,
            members=members,
            known=[literal(m.wire) for m in model.members],
            required=[literal(m.wire) for m in model.members if m.required],
            additional=additional,
            creators=self.creators(source, model),
            constants=[
                {"wire": literal(m.wire), "codec": source.codec(m.type), "value": literal(m.const)}
                for m in model.members
                if m.const is not None
            ],
        )

    def member(self, source: Source, member: Member) -> dict[str, Any]:
        """A property for the templates."""
        name = self.names[member.symbol]
        optional = not member.required or member.nullable
        return {
            "name": quoted(name),
            "wire": literal(member.wire),
            "type": source.type(member.type) + ("?" if optional else ""),
            "codec": source.codec(member.type),
            "getter": "requiredNullable"
            if member.required and member.nullable
            else "required"
            if member.required
            else "optional",
            "write": "writeNullable" if member.nullable else "write",
            "read": "read" if optional else "readRequired",
            "jvm": self._jvm_name(name, member.type),
            "docs": member.docs,
            "text": member_text(member.docs, member.default, member.wire),
            "const": member.const is not None,
            "text_union": self._text_union(source, member) if member.const is None else None,
        }

    def _jvm_name(self, name: str, type: KType) -> str | None:
        """The ending of the accessors' names for Java where Kotlin's own are mangled or taken; None elsewhere."""
        if name == "class":
            return "Class_"
        return name[0].upper() + name[1:] if self.lowering.is_value_class(type) else None

    def _text_union(self, source: Source, member: Member) -> str | None:
        return source.decl(member.type.decl) if self.lowering.string_union(member.type) is not None else None

    def creators(self, source: Source, model: Model) -> list[dict[str, Any]]:
        """The ways to make a model: with all required values, and with bare strings for unions that take one."""
        asked = [m for m in model.members if m.asked][:120]
        values = [self.argument(source, m) for m in asked]
        out = [{"params": [f"{v['name']}: {v['type']}" for v in values], "values": values, "bare": None}]
        if any(v["union"] for v in values):
            params = [f"{v['name']}: {'String' if v['union'] else v['type']}" for v in values]
            bare = [f"{v['union']}.of({v['name']})" if v["union"] else v["name"] for v in values]
            out.append({"params": params, "values": values, "bare": bare})
        for creator in out:
            creator["mangled"] = any(self.lowering.is_value_class(m.type) for m in asked)
        return out

    def argument(self, source: Source, member: Member) -> dict[str, Any]:
        """A required value of a function for the templates."""
        name = self.names[member.symbol]
        return {
            "name": maker_argument(name) if member.symbol.startswith("member:") else quoted(name),
            "wire": literal(member.wire),
            "type": source.type(member.type) + ("?" if member.nullable else ""),
            "codec": source.codec(member.type),
            "write": "writeNullable" if member.nullable else "write",
            "union": self._text_union(source, member) if not member.nullable else None,
            "docs": member.docs,
        }

    # -- unions and enums --------------------------------------------------------------------------------------------

    def _union(self, union: Union) -> OutFile:
        """A union becomes a sealed interface that its models implement; other variants are wrapped.

        `oneOf: [TextPart, ImagePart, {type: string}]` becomes

            sealed interface Part : JsonValue {
                class StringValue(val value: String) : Part
                class Unknown(val raw: JsonElement) : Part

        with `class TextPart(...) : Model(members), Part`, `Part.of("a")` and, for constant tags, `Part.text(text = "a")`.
        """
        name = self.packages.types[union.decl.id]
        source = Source(self.packages, self.packages.models)
        wrappers = [self._wrapper(source, a) for a in union.alternatives if a.model is None]
        erased: dict[str, int] = {}
        for wrapper in wrappers:
            erased[wrapper["erased"]] = erased.get(wrapper["erased"], 0) + 1
        for wrapper in wrappers:
            wrapper["jvm"] = erased[wrapper["erased"]] > 1
        return self.file(
            "union.kt.j2",
            source,
            name,
            docs=union.decl.docs,
            tag=literal(union.decl.tag) if union.decl.tag is not None else "null",
            wrappers=wrappers,
            of_wrappers=_distinct(wrappers),
            alternatives=[self._decision(source, a) for a in union.alternatives],
            factories=[f for a in union.alternatives for f in self._factories(source, union, a)],
            variants=[
                source.decl(a.model) if a.model is not None else f"{name}.{self.names[a.symbol]}"
                for a in union.alternatives
            ],
        )

    def _wrapper(self, source: Source, alternative: Alternative) -> dict[str, Any]:
        type = alternative.type
        return {
            "name": self.names[alternative.symbol],
            "type": source.type(type),
            "codec": source.codec(type),
            "erased": "String"
            if self.lowering.is_value_class(type)
            else type.name
            if type.name != "Decl"
            else type.decl,
            "docs": alternative.variant.docs,
        }

    def _decision(self, source: Source, alternative: Alternative) -> str:
        variant = alternative.variant
        tags = [literal(_tag(t)) for t in variant.tags]
        if alternative.model is not None:
            return layout(
                Group(f"{source.core('modelAlternative')}(", [source.decl(alternative.model), *tags], ")"),
                width=WIDTH,
                column=16,
                level=4,
            )
        args = [_strings("setOf", json_types(variant))]
        if tags:
            args.append(f"tags = listOf({', '.join(tags)})")
        if variant.required_keys:
            args.append("keys = " + _strings("listOf", list(variant.required_keys)))
        if variant.item_types:
            args.append("items = " + _strings("setOf", sorted(t.value for t in variant.item_types)))
        value = f"{self.names[alternative.symbol]}({source.codec(alternative.type)}.decode(it), it)"
        head = layout(Group(f"{source.core('Alternative')}(", args, ")"), width=WIDTH - 30, column=16, level=4)
        return f"{head} {{ {value} }}"

    def _factories(self, source: Source, union: Union, alternative: Alternative) -> Iterator[dict[str, Any]]:
        """`ChatMessage.user("Hi")`: for models whose tag is a constant of theirs."""
        if alternative.model is None:
            return
        model = self.lowering.models[alternative.model]
        if not any(m.wire == union.decl.tag and m.const is not None for m in model.members):
            return
        name = source.decl(alternative.model)
        for creator in self.creators(source, model):
            yield {
                "name": quoted(self.names[alternative.factory]),
                "model": name,
                "params": [*creator["params"], f"block: {name}.Builder.() -> Unit = {{}}"],
                "values": [v["name"] for v in creator["values"]],
                "docs": alternative.variant.docs,
            }

    def _enum(self, decl: EnumDecl) -> OutFile:
        """An enum becomes a value class: `enum: [user, tool]` is `Role.USER`, `Role.TOOL`, and `Role("newer")`."""
        name = self.packages.types[decl.id]
        source = Source(self.packages, self.packages.models)
        type = KType(_ENUM_CODECS[decl.kind])
        constants = [
            {
                "name": quoted(self.names[f"constant:{decl.id}:{m.value!r}"]),
                "value": _enum_literal(decl.kind, m.value),
                "docs": m.docs,
                "text": m.docs.text or f"`{m.value}`",
            }
            for m in decl.members
        ]
        return self.file(
            "enum.kt.j2",
            source,
            name,
            docs=decl.docs,
            type=source.type(type),
            codec=source.codec(type),
            constants=constants,
        )

    # -- resources ---------------------------------------------------------------------------------------------------

    def _resource(self, resource: Resource) -> Iterator[OutFile]:
        key = resource_key(resource.path)
        root = not resource.path
        name = self.client if root else self.names[f"resource:{key}"]
        package = self.packages.root if root else self.packages.resources
        source = Source(self.packages, package, frozenset({name}))
        calls = [lower_call(self.lowering, self.api.operations[id]) for id in resource.operations]
        children = []
        for child in resource.children:
            child_key = resource_key(child.path)
            class_name = self.names[f"resource:{child_key}"]
            if root:
                source.imports.add(f"{self.packages.resources}.{class_name}")
            children.append({"name": quoted(self.names[f"child:{child_key}"]), "type": class_name, "docs": child.docs})
        methods = [m for call in calls for m in self.calls.methods(self, source, call)]
        template = "client.kt.j2" if root else "resource.kt.j2"
        yield self.file(
            template,
            source,
            name,
            docs=self.api.docs if root else resource.docs,
            title=self.api.title if root else ".".join("_".join(w) for w in resource.path),
            children=children,
            methods=methods,
            operations=[self.calls.descriptor(source, call) for call in calls],
            settings=self.settings,
            schemes=[
                self.calls.scheme(source, scheme)
                for scheme in self.api.security_schemes.values()
                if scheme.shown != "other"
            ]
            if root
            else [],
            artifact=artifact_name(self.settings.words),
        )
        for call in calls:
            if call.optional:
                params = self.names[f"params:{call.operation.id}"]
                params_source = Source(self.packages, self.packages.resources, frozenset({params}))
                yield self.file(
                    "params.kt.j2",
                    params_source,
                    params,
                    operation=call.operation,
                    members=[self.calls.optional(self, params_source, a) for a in call.optional],
                )


def group(items: Sequence[str], open: str, close: str, level: int = 0, column: int = 0) -> str:
    """Items between brackets, on one line where they fit."""
    return layout(Group(open, items, close), width=WIDTH, column=column, level=level)


def expression(head: str, body: str, indent: int, column: int) -> str:
    """A function's head with its expression body: on the same line where it fits. `column` is where the head begins."""
    last = head.rpartition("\n")[2]
    start = len(last) if "\n" in head else column + len(head)
    if "\n" not in body and start + 3 + len(body) <= WIDTH:
        return f"{head} = {body}"
    return f"{head} =\n{' ' * (indent + 4)}{body}"


def _strings(function: str, values: list[str]) -> str:
    return f"{function}({', '.join(literal(v) for v in values)})"


def _tag(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _enum_literal(kind: Kind, value: Json) -> str:
    if kind is Kind.NUMBER and isinstance(value, int):
        return f"{value}.0"
    return literal(value)


def _distinct(wrappers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Wrappers with a type of their own: `of` cannot be written twice for one type."""
    seen: set[str] = set()
    out = []
    for wrapper in wrappers:
        if wrapper["type"] not in seen:
            seen.add(wrapper["type"])
            out.append(wrapper)
    return out
