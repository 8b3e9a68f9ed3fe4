"""Models as Kotlin text: the class, its builder, what makes one, and how the events of a stream add up to one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...ir.types import DeclId
from ...lower.deltas import ENDINGS, NAMES, Whole
from ...lower.layout import Group, Part, layout
from ...target import OutFile
from .naming import builder_members_id, literal
from .prose import WIDTH, comment, deprecated
from .render_members import MemberRenderer
from .shapes import described, expression, group, path_list, strings
from .source import Project, Source
from .types import Model
from .views import Creator, MembersView, ModelView, Value, parameter_lists, settable


@dataclass(frozen=True, slots=True)
class ModelRenderer:
    """Writes the classes over JSON objects."""

    project: Project
    members: MemberRenderer

    def view(self, source: Source, model: Model, inner: Sequence[str]) -> ModelView:
        """An object becomes a class, its builder and its codec.

        `{required: [id], properties: {id: {type: string}, size: {type: integer}}}` becomes

            class Item(members: JsonObject) : Model(members) {
                val id: String get() = required("id", StringCodec)
                val size: Long? get() = optional("size", LongCodec)

        made by `Item(id = "a") { size = 1 }` and changed by `item.copy { size = null }`. `inner`: the classes that stand in
        it.
        """
        name = self.project.simple_name(model.decl.id)
        properties = [self.members.property(source, m) for m in model.members]
        additional, more, known = model.additional, None, ""
        if additional is not None:
            more = (source.type(additional), source.codec(additional))
            known = ", ".join(literal(m.wire) for m in model.members)
        values = self.members.asked(source, model)
        return ModelView(
            name=name,
            docs=described(model.decl.docs, f"`{name}` of the API.", width=source.width),
            deprecated=deprecated(model.decl.docs),
            supertypes=",\n    ".join([f"{source.core('Model')}(members)", *(source.decl(id) for id in model.unions)]),
            json_object=source.lib("JsonObject"),
            json_element=source.lib("JsonElement"),
            builder_base=source.core("ModelBuilder"),
            members_base="",
            codec=f"{source.core('ModelCodec')}<{name}>(::{name}) {{",
            properties="".join([p.declared() + "\n" for p in properties]),
            settable=settable([p for p in properties if p.write], 8, more),
            additional_type=more[0] if more is not None else "",
            additional_get=f"additional(setOf({known}), {more[1]})" if more is not None else "",
            creators=list(_creators(name, values, source.width)),
            deltas=self._deltas(source, model.decl.id),
            inner=inner,
            statements=[
                *(
                    f"builder.write({literal(m.wire)}, {source.codec(m.type)}, {source.value(m.type, m.const)})"
                    for m in model.members
                    if m.const is not None
                ),
                *(f"builder.{v.write}({v.wire}, {v.codec}, {v.name})" for v in values),
            ],
        )

    def text(self, view: ModelView) -> str:
        """The class with all that stands in it."""
        return self.project.render("model.kt.j2", view)

    def apart(self, view: ModelView, model: Model) -> ModelView:
        """The class with the members of its builder elsewhere."""
        return replace(view, members_base=self.project.names[builder_members_id(model.decl.id)], settable="")

    def builder_members(self, model: Model) -> OutFile:
        """The members of a builder in a class of their own, which the builder inherits: nobody else sees the difference."""
        name = self.project.names[builder_members_id(model.decl.id)]
        source = Source(self.project.packages, self.project.packages.models)
        additional = model.additional
        view = MembersView(
            name=name,
            model=self.project.simple_name(model.decl.id),
            json_element=source.lib("JsonElement"),
            builder_base=source.core("ModelBuilder"),
            settable=settable(
                [self.members.property(source, m) for m in model.members if m.const is None],
                4,
                (source.type(additional), source.codec(additional)) if additional is not None else None,
            ),
        )
        return self.project.file(source, name, self.project.render("members.kt.j2", view))

    def _deltas(self, source: Source, id: DeclId) -> str:
        rule = self.project.package.deltas.get(id)
        if rule is None:
            return ""
        args: list[Part] = [Group("joined = setOf(", [path_list(path) for path in rule.joined], ")")]
        if rule.merged:
            pairs = [f"{path_list(path)} to {literal(key)}" for path, key in rule.merged]
            args.append(Group("merged = mapOf(", pairs, ")"))
        if rule.pieces:
            args.append(Group("pieces = setOf(", [path_list(path) for path in rule.pieces], ")"))
            args.append(Group("kept = setOf(", [path_list(path) for path in rule.kept], ")"))
            args.append(f"names = {strings('setOf', NAMES)}")
            args.append(f"endings = {strings('listOf', ENDINGS)}")
        type = source.core("Deltas")
        return expression(
            f"override val deltas: {type}",
            layout(Group(f"{type}(", args, ")"), width=source.width, column=12, level=3),
            8,
            8,
            source.width,
        )

    def sums(self, source: Source, id: DeclId) -> Iterator[str]:
        for whole in self.project.package.wholes.get(id, ()):
            yield self._sum(source, self.project.packages.types[id], whole)

    def _sum(self, source: Source, name: str, whole: Whole) -> str:
        """`Flow<Chunk>.toCompletion()`: the events of a stream as the answer that the API gives when it does not stream."""
        type = source.decl(whole.type)
        args: list[Part] = []
        if whole.renamed:
            pairs = [f"{path_list(path)} to {literal(to)}" for path, to in whole.renamed]
            args.append(Group("renamed = mapOf(", pairs, ")"))
        if whole.dropped:
            args.append(Group("dropped = setOf(", [path_list(path) for path in whole.dropped], ")"))
        if whole.constants:
            pairs = [
                f"{path_list(path)} to {source.core('jsonOf')}({literal(value)})" for path, value in whole.constants
            ]
            args.append(Group("constants = mapOf(", pairs, ")"))
        body = layout(
            Group(f"{source.core('accumulateAs')}(", [type, Group(f"{source.core('Whole')}(", args, ")")], ")"),
            width=WIDTH,
            column=4,
            level=1,
        )
        docs = f"Reads the stream to its end and gives all of it as one [{type}], or null when there was none."
        head = f"public suspend fun {source.lib('Flow')}<{name}>.to{type.rpartition('.')[2]}(): {type}?"
        return comment([docs]).at(0) + expression(head, body, 0, 0) + "\n"


def _creators(name: str, values: Sequence[Value], width: int) -> Iterator[Creator]:
    block = "block: Builder.() -> Unit = {}"
    for index, params in enumerate(parameter_lists(values)):
        signature = group([*params, block], "(", f"): {name}", 2, 34, width)
        body = ""
        if index:
            bare = [v.passed_bare for v in values]
            body = expression("", group([*bare, "block"], "invoke(", ")", 3, 12, width), 8, WIDTH)
        yield Creator(signature, body, bool(values))
