"""Files of types: declarations and settled names in, views for the templates out.

Part (oneOf text, image)  ->  Part: TypeAlias = Annotated[TextPart | ImagePart | Unknown, one_of(...)]   (results)
                              PartParam: TypeAlias = "TextPartParam | TextPart | ... | Unknown"          (input)
"""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ...ir.graph import components, references
from ...ir.model import Api
from ...ir.types import AliasDecl, Decl, DeclId, EnumDecl, Field, ObjectDecl, UnionDecl
from ...lower.layout import Group, Joined, Part, flat, layout
from .docs import described, docstring
from .exprs import NONE, AnyOf, Expr, Generic, Named, Writer, alternatives, any_of, import_lines, quoted
from .modules import ModuleGroup
from .naming import SHADOWED_BUILTINS
from .plan import Plan
from .values import Values


@dataclass(frozen=True, slots=True)
class MemberView:
    """A line of a class body and the docstring under it."""

    line: str
    doc: str


@dataclass(frozen=True, slots=True)
class ClassView:
    """A class. `before` is a statement that it needs, `bases` what stands in its parentheses."""

    name: str
    bases: str
    doc: str
    members: tuple[MemberView, ...]
    before: str = ""


@dataclass(frozen=True, slots=True)
class AliasView:
    """An alias as one statement, and the docstring under it."""

    statement: str
    doc: str


@dataclass(frozen=True, slots=True)
class TypeModule:
    """A file of types, ready for its template."""

    path: str
    doc: str
    imports: list[list[str]]
    checked_imports: list[list[str]]
    enums: tuple[AliasView, ...]
    classes: tuple[ClassView, ...]
    aliases: tuple[AliasView, ...]
    exports: tuple[str, ...] = field(default=())


def result_module(api: Api, plan: Plan, group: ModuleGroup) -> TypeModule:
    """The file of a group of result types."""
    module = plan.modules[f"type:{group.leader}"]
    writer = Writer(plan.place, module)
    values = Values(api)
    decls = [api.decls[id] for id in group.members]
    enums = [_enum(writer, values, decl, plan.names[f"type:{decl.id}"]) for decl in decls if isinstance(decl, EnumDecl)]
    order = _definition_order(decls)
    classes = [_model(writer, values, plan, decl) for decl in order if isinstance(decl, ObjectDecl)]
    cyclic = _alias_cycles(decls)
    aliases = [
        _result_alias(writer, values, plan, decl, decl.id in cyclic)
        for decl in order
        if isinstance(decl, (UnionDecl, AliasDecl))
    ]
    return TypeModule(
        _path(module),
        _module_doc(api, plan.names[f"type:{group.leader}"], "Results"),
        import_lines(writer.imports, module),
        [],
        tuple(enums),
        tuple(classes),
        tuple(aliases),
        tuple(sorted(plan.names[f"type:{id}"] for id in group.members)),
    )


def param_module(api: Api, plan: Plan, group: ModuleGroup) -> TypeModule:
    """The file of a group of input types; what it refers to is imported by checkers only."""
    module = plan.modules[f"param:{group.leader}"]
    runtime = Writer(plan.place, module)
    writer = Writer(plan.place, module)
    values = Values(api)
    decls = [api.decls[id] for id in sorted(group.members, key=lambda id: plan.names[f"param:{id}"])]
    classes = [_typed_dict(writer, runtime, values, plan, d) for d in decls if isinstance(d, ObjectDecl)]
    aliases = [_param_alias(writer, runtime, values, plan, d) for d in decls if isinstance(d, (UnionDecl, AliasDecl))]
    checked = dict(writer.imports)
    if checked:
        runtime.use("typing", "TYPE_CHECKING")
    return TypeModule(
        _path(module),
        _module_doc(api, plan.names[f"param:{group.leader}"], "Input"),
        import_lines(runtime.imports, module),
        import_lines(checked, module, top=False),
        (),
        tuple(classes),
        tuple(aliases),
        tuple(sorted(plan.names[f"param:{id}"] for id in group.members)),
    )


def _path(module: str) -> str:
    return module.removeprefix(".").replace(".", "/") + ".py"


def _module_doc(api: Api, name: str, kind: str) -> str:
    return f'"""{kind} of the {api.title} API: `{name}`."""' if '"' not in api.title else f'"""`{name}`."""'


def _definition_order(decls: Sequence[Decl]) -> list[Decl]:
    """Dependencies first where there is no cycle, then by id."""
    by_id = {decl.id: decl for decl in decls}
    graph = {id: [t for t in references(decl) if t in by_id] for id, decl in sorted(by_id.items())}
    return [by_id[id] for group in components(graph) for id in group]


def _alias_cycles(decls: Sequence[Decl]) -> set[DeclId]:
    """Aliases that contain themselves with no class in between: Python needs a lazy alias for them."""
    names = {decl.id for decl in decls if isinstance(decl, (UnionDecl, AliasDecl))}
    graph = {decl.id: [t for t in references(decl) if t in names] for decl in decls if decl.id in names}
    return {id for group in components(graph) for id in group if len(group) > 1 or id in graph[id]}


def _enum(writer: Writer, values: Values, decl: EnumDecl, name: str) -> AliasView:
    writer.use("typing", "TypeAlias")
    known = [f"`{m.value}`: {m.docs.text}" for m in decl.members if m.docs.text]
    text = "\n".join([described(decl.docs), *(f"- {line}" for line in known)])
    return _alias(f"{name}: TypeAlias = ", writer.part(values.enum(decl)), text)


def _alias(head: str, value: Part, text: str) -> AliasView:
    statement = Joined((head, value))
    if len(flat(statement)) > 100 and isinstance(value, Joined):
        if len(flat(value)) <= 96:
            return AliasView(f"{head}(\n    {flat(value)}\n)", docstring(text, 0))
        lines = [piece for piece in value.parts if piece != " | "]
        body = "\n".join(("    | " if i else "    ") + layout(p, column=6, level=1) for i, p in enumerate(lines))
        return AliasView(f"{head}(\n{body}\n)", docstring(text, 0))
    return AliasView(layout(statement), docstring(text, 0))


def _model(writer: Writer, values: Values, plan: Plan, decl: ObjectDecl) -> ClassView:
    writer.use("._runtime.models", "APIModel")
    members = []
    for item in decl.fields:
        if item.write_only:
            continue
        name = plan.names[f"fields:{decl.id}:{item.wire_name}"]
        expr = values.read(item.type)
        members.append(_member(writer, name, item, expr if item.required else any_of(expr, NONE)))
    doc = docstring(described(decl.docs), 4)
    return ClassView(plan.names[f"type:{decl.id}"], "APIModel", doc, tuple(members))


def _member(writer: Writer, name: str, item: Field, expr: Expr) -> MemberView:
    default = ""
    if name != item.wire_name:
        writer.use("._runtime.models", "wire_name")
        none = "" if item.required else ", default=None"
        default = f" = wire_name({quoted(item.wire_name)}{none})"
    elif not item.required:
        default = " = None"
    line = layout(Joined((f"{name}: ", writer.part(expr), default)), column=4, level=1)
    return MemberView(_fit(line), docstring(described(item.docs), 4))


def _fit(line: str) -> str:
    """A member whose annotation has no brackets to break at is put in parentheses."""
    if "\n" in line or len(line) <= 96:
        return line
    name, rest = line.split(": ", 1)
    annotation, equals, default = rest.rpartition(" = ") if " = " in rest else (rest, "", "")
    found = alternatives(annotation)
    if len(found) == 1:
        return line
    if len(annotation) <= 92:
        return f"{name}: (\n        {annotation}\n    ){equals}{default}"
    pieces = "\n".join(("        | " if i else "        ") + p for i, p in enumerate(found))
    return f"{name}: (\n{pieces}\n    ){equals}{default}"


def _result_alias(writer: Writer, values: Values, plan: Plan, decl: UnionDecl | AliasDecl, cyclic: bool) -> AliasView:
    name = plan.names[f"type:{decl.id}"]
    if isinstance(decl, UnionDecl):
        value: Part = _plan_of_union(writer, values, decl)
    else:
        value = writer.part(values.read(decl.type))
    if cyclic:
        writer.use("typing_extensions", "TypeAliasType")
        text = quoted(flat(value))
        if len(text) > 94:
            text = f'"""{layout(value, column=8, level=1)}"""'
        statement = Group(f"{name} = TypeAliasType(", (f'"{name}"', text), ")")
        return AliasView(layout(statement), docstring(described(decl.docs), 0))
    writer.use("typing", "TypeAlias")
    return _alias(f"{name}: TypeAlias = ", value, described(decl.docs))


def _plan_of_union(writer: Writer, values: Values, decl: UnionDecl) -> Part:
    writer.use("typing", "Annotated")
    writer.use("._runtime.construct", "one_of")
    writer.use("._runtime.construct", "variant")
    variants: list[Part] = []
    for item in decl.variants:
        parts: list[Part] = [writer.part(values.read(item.type)), quoted(values.json_types(item.json_types))]
        if item.tags:
            parts.append(Joined(("tags=", _tuple(item.tags))))
        if item.required_keys:
            parts.append(Joined(("keys=", _tuple(item.required_keys))))
        variants.append(Group("variant(", tuple(parts), ")"))
    if decl.tag is not None:
        variants.append(f"tag={quoted(decl.tag)}")
    union = writer.part(values.read_union(decl))
    return Group("Annotated[", (union, Group("one_of(", tuple(variants), ")")), "]")


def _tuple(items: Iterable[object]) -> Part:
    texts = [quoted(item) for item in items]
    return f"({texts[0]},)" if len(texts) == 1 else Group("(", tuple(texts), ")")


def _typed_dict(writer: Writer, runtime: Writer, values: Values, plan: Plan, decl: ObjectDecl) -> ClassView:
    runtime.use("typing_extensions", "TypedDict")
    name = plan.names[f"param:{decl.id}"]
    members: list[MemberView] = []
    odd: list[Part] = []
    for item in decl.fields:
        if item.read_only:
            continue
        expr = values.send(item.type)
        if item.required:
            runtime.use("typing_extensions", "Required")
            expr = Generic(Named("", "Required"), (expr,))
        text = writer.part(expr)
        if is_plain_key(item.wire_name):
            line = layout(Joined((f"{item.wire_name}: ", text)), column=4, level=1)
            members.append(MemberView(_fit(line), docstring(described(item.docs, item.default), 4)))
        else:
            odd.append(f"{quoted(item.wire_name)}: {quoted(flat(text))}")
    before, bases = "", "TypedDict, total=False"
    if odd:
        base = f"_{name}Names"
        items = Group("{", tuple(odd), "}")
        before = layout(Group(f"{base} = TypedDict(", (f'"{base}"', items, "total=False"), ")"))
        bases = f"{base}, total=False"
    return ClassView(name, bases, docstring(described(decl.docs), 4), tuple(members), before)


def is_plain_key(name: str) -> bool:
    """Whether a TypedDict's class form can have this key."""
    return name.isidentifier() and not keyword.iskeyword(name) and name not in SHADOWED_BUILTINS and name[:2] != "__"


def _flat_members(expr: Expr) -> Iterator[Expr]:
    """The members of a union, and of unions within it."""
    for item in expr.items if isinstance(expr, AnyOf) else (expr,):
        if isinstance(item, AnyOf):
            yield from _flat_members(item)
        else:
            yield item


def _param_alias(writer: Writer, runtime: Writer, values: Values, plan: Plan, decl: UnionDecl | AliasDecl) -> AliasView:
    runtime.use("typing", "TypeAlias")
    expr = values.send_union(decl) if isinstance(decl, UnionDecl) else values.send(decl.type)
    head = f"{plan.names[f'param:{decl.id}']}: TypeAlias = "
    members = [writer.text(member) for member in _flat_members(expr)]
    if len(members) > 1 and len(head) + len(" | ".join(members)) > 98:
        runtime.use("typing", "Union")
        items = tuple(quoted(member) for member in members)
        statement = layout(Group(f"{head}Union[", items, "]"))
    else:
        statement = head + quoted(" | ".join(members))
    return AliasView(statement, docstring(described(decl.docs), 0))
