"""The files of `models`: which classes, other names and functions stand in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...ir.types import DeclId
from ...lower.layout import indented
from ...target import OutFile
from .naming import builder_members_id
from .render_members import MemberRenderer
from .render_models import ModelRenderer
from .render_unions import UnionRenderer
from .shapes import described
from .source import Project, Source
from .types import Alias

#: Lines of a file, before its imports.
_MOST_LINES = 960
#: Typealiases of a file that has nothing else: with their comments they are three lines or more each.
_MOST_ALIASES = 200


@dataclass(frozen=True, slots=True)
class TypeRenderer:
    """Writes the files of `models`."""

    project: Project
    models: ModelRenderer
    unions: UnionRenderer

    @classmethod
    def of(cls, project: Project, members: MemberRenderer) -> TypeRenderer:
        """The renderer of a package."""
        return cls(project, ModelRenderer(project, members), UnionRenderer(project, members))

    def files(self) -> Iterator[OutFile]:
        """A file for each class that stands alone, with all that stands in it, and its other names beside it."""
        nested = {id for inner in self.project.inner.values() for id in inner}
        named, free = self._aliases()
        for alias in free:
            source = self._source(())
            yield self.project.file(source, self.project.simple_name(alias.decl.id), self._alias(source, alias))
        for id in self.project.package.declared():
            if id not in nested:
                yield from self._of(id, named)

    def _of(self, id: DeclId, named: Mapping[DeclId, list[Alias]]) -> Iterator[OutFile]:
        """The file of a class; what is too long for it stands in files of its own."""
        family = list(self._family(id))
        name = self.project.packages.types[id]
        aliases = [alias for member in family for alias in named.get(member, ())]
        source = self._source(family)
        model = self.project.package.models.get(id)
        if model is None:
            text = self._text(source, id)
        else:
            view = self.models.view(source, model, self._inner(source, id))
            text = self.models.text(view)
            if text.count("\n") > _MOST_LINES and builder_members_id(id) in self.project.names:
                text = self.models.text(self.models.apart(view, model))
                yield self.models.builder_members(model)
        if text.count("\n") + 3 * len(aliases) > _MOST_LINES:
            for number, start in enumerate(range(0, len(aliases), _MOST_ALIASES), 1):
                own = self._source(family)
                texts = [self._alias(own, alias) for alias in aliases[start : start + _MOST_ALIASES]]
                # No class has a name with a dot, so no file of one is overwritten.
                yield self.project.file(own, f"{name}.names{number}", "\n".join(texts))
            aliases = []
        sums = [text for member in family for text in self.models.sums(source, member)]
        others = [self._alias(source, alias) for alias in aliases]
        yield self.project.file(source, name, "\n".join([text, *sums, *others]))

    def _source(self, family: Sequence[DeclId]) -> Source:
        packages = self.project.packages
        own = frozenset(name for member in family for name in self._own(member))
        source = Source(packages, packages.models, own)
        if not packages.deprecated.isdisjoint(family):
            source.suppressed.add("DEPRECATION")
        return source

    def _aliases(self) -> tuple[Mapping[DeclId, list[Alias]], list[Alias]]:
        """The typealiases by the class that they are another name of, and those of anything else."""
        named: dict[DeclId, list[Alias]] = {}
        free = []
        for alias in self.project.package.aliases.values():
            if alias.type.name == "Decl":
                named.setdefault(alias.type.decl, []).append(alias)
            else:
                free.append(alias)
        return named, free

    def _alias(self, source: Source, alias: Alias) -> str:
        """`public typealias ListRunsOrder = Order`: an owner's own name for a type that several share."""
        name, type = self.project.simple_name(alias.decl.id), source.type(alias.type)
        docs = described(alias.decl.docs, f"Another name of [{type}]." if alias.type.name == "Decl" else f"A `{type}`.")
        return f"{docs}public typealias {name} = {type}\n"

    def _family(self, id: DeclId) -> Iterator[DeclId]:
        yield id
        for inner in self.project.inner.get(id, ()):
            yield from self._family(inner)

    def _own(self, id: DeclId) -> Iterator[str]:
        """The names that stand in a class."""
        for inner in self.project.inner.get(id, ()):
            yield self.project.simple_name(inner)
        union = self.project.package.unions.get(id)
        if union is not None:
            yield from (self.project.names[a.symbol] for a in union.alternatives if a.model is None)

    def _text(self, source: Source, id: DeclId) -> str:
        package = self.project.package
        if id in package.enums:
            return self.unions.enum(source, package.enums[id])
        inner = self._inner(source, id)
        if id in package.unions:
            return self.unions.union(source, package.unions[id], inner)
        return self.models.text(self.models.view(source, package.models[id], inner))

    def _inner(self, source: Source, id: DeclId) -> list[str]:
        """The classes that stand in one, moved in."""
        texts = (self._text(source.narrower(), inner) for inner in self.project.inner.get(id, ()))
        return [indented(text, "    ") for text in texts]
