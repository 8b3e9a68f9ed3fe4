"""The files of types: one for each type that stands alone, with all that is inline in it in its namespace.

What would make a file too long stands alone too, under its flat name, and the namespace refers to it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...ir.types import DeclId
from ...ir.words import shorter, words_of
from ...lower.planner import LONGEST
from ...lower.symbols import type_id
from .declarations import FLAT_LIMIT, LINE_LIMIT, TypeNode
from .lower_types import flat_id
from .naming import pascal
from .render_types import UNIONS, Names, declaration_text, guard_text, imports, namespace_text, uses
from .text import INDENT
from .types import Named, Runtime


@dataclass(frozen=True, slots=True)
class TypeFile:
    """A file of types, by the type that it is for."""

    name: str
    root: TypeNode
    #: The symbol of its name: its own, or the flat one of an inline type that stands alone.
    symbol: str

    @property
    def module(self) -> str:
        """The file as others import it."""
        return f"types/{self.name}.js"


def type_files(roots: Sequence[TypeNode], settled: Mapping[str, str]) -> list[TypeFile]:
    """The files, in the order of the types."""
    names = names_of([_file(root, settled) for root in roots], settled, {})
    lines = _Lines(names)
    found: list[TypeFile] = []
    for root in roots:
        todo = [_file(root, settled)]
        while todo:
            file = todo.pop(0)
            found.append(file)
            todo += [_file(node, settled, apart=True) for node in _apart(file.root, lines)]
    return found


def _file(node: TypeNode, settled: Mapping[str, str], *, apart: bool = False) -> TypeFile:
    symbol = flat_id(node.id) if apart else type_id(node.id)
    return TypeFile(settled[f"file:{node.id}"], node, symbol)


def _apart(root: TypeNode, lines: _Lines) -> list[TypeNode]:
    """What must leave the file of this type: the largest of what stands in it, until it is short enough."""
    if root.weight < LINE_LIMIT:
        return []
    sizes = {child.id: lines.of(child) for child in root.children}
    room = LINE_LIMIT - lines.own(root) - sum(sizes.values())
    found: list[TypeNode] = []
    for child in sorted(root.children, key=lambda c: (-sizes[c.id], c.id)):
        if room > 0:
            break
        room += sizes[child.id] - 2  # a line in the namespace and one to import it
        found.append(child)
    return sorted(found, key=lambda c: c.id)


class _Lines:
    """How many lines types take, each laid out once."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._own: dict[DeclId, int] = {}

    def of(self, node: TypeNode) -> int:
        """With all that stands in it."""
        return self.own(node) + sum(map(self.of, node.children))

    def own(self, node: TypeNode) -> int:
        """With its import, its namespace, its guard and its flat name, as far as it may have them."""
        if node.id not in self._own:
            text = declaration_text(node.declaration, self._names, min(len(node.id), 6))
            guard = node.guard
            tags = 0 if guard is None else 5 + sum(len(values) for tags in guard.known for _, values in tags)
            self._own[node.id] = text.count("\n") + 6 + tags
        return self._own[node.id]


def names_of(files: Iterable[TypeFile], settled: Mapping[str, str], modules: Mapping[str, str]) -> Names:
    """How every type is written and where it is imported from; `modules` are those of everything else."""
    paths: dict[str, str] = {}
    roots: dict[str, str] = {}
    found = dict(modules)
    apart = {file.root.id for file in files}
    for file in files:
        found[file.symbol] = file.module
        todo = [(file.root, settled[file.symbol])]
        while todo:
            node, path = todo.pop()
            symbol = type_id(node.id)
            if symbol != file.symbol:
                roots[symbol] = file.symbol
                paths[symbol] = path
            todo += [(c, f"{path}.{settled[type_id(c.id)]}") for c in node.children if c.id not in apart]
    return Names(settled, paths, roots, found)


@dataclass(slots=True)
class TypeFileText:
    """A file as its template lays it out."""

    imports: list[str]
    declarations: list[str]


class TypeFileRenderer:
    """Renders the files of one package."""

    def __init__(self, files: list[TypeFile], names: Names) -> None:
        self._names = names
        self._apart = {file.root.id for file in files}
        types = {name for id, name in names.names.items() if id.startswith("type:")}
        nodes = [node for file in files for node in self._inside(file.root) if node.guard is not None]
        self._guards = guard_names(nodes, names, types)

    def text(self, file: TypeFile) -> TypeFileText:
        """The file's text in parts."""
        nodes = list(self._inside(file.root))
        used: list[Named | Runtime] = [use for node in nodes for use in uses([node.declaration])]
        used += [Named(flat_id(c.id)) for node in nodes for c in node.children if c.id in self._apart]
        names = self._around(file, nodes, used)
        guards = [(node.guard, self._guards[node.id]) for node in nodes if node.guard is not None]
        used += [Runtime("UnknownVariant")] if guards else []
        texts = [*self._texts(file.root, names, 0, self._names.names[file.symbol])]
        texts += [guard_text(guard, name, names) for guard, name in guards]
        texts += self._flat(file, nodes, names)
        values = {UNIONS: ["hasUnknownTag"]} if guards else None
        return TypeFileText(imports(file.module, used, names, values), texts)

    def guards(self, file: TypeFile) -> list[tuple[TypeNode, str]]:
        """The unions in the file that have a guard, and its name."""
        return [(node, self._guards[node.id]) for node in self._inside(file.root) if node.guard is not None]

    def _inside(self, node: TypeNode) -> Iterator[TypeNode]:
        yield node
        for child in node.children:
            if child.id not in self._apart:
                yield from self._inside(child)

    def _around(self, file: TypeFile, nodes: list[TypeNode], used: list[Named | Runtime]) -> Names:
        """The names as they are written here: what a name inside of the namespaces hides is imported as another."""
        names = self._names
        hidden = {names.names[type_id(c.id)] for node in nodes for c in node.children}
        symbols = {use.symbol for use in used if isinstance(use, Named)}
        roots = {names.roots.get(symbol, symbol) for symbol in symbols} - {file.symbol}
        others = {root: f"{names.names[root]}_" for root in roots if names.names[root] in hidden}
        return names.renamed(others, symbols) if others else names

    def _texts(self, node: TypeNode, names: Names, level: int, name: str) -> Iterator[str]:
        yield declaration_text(node.declaration, names, level, name)
        inner: list[str] = []
        for child in node.children:
            own = names.names[type_id(child.id)]
            if child.id in self._apart:
                inner.append(f"{INDENT * (level + 1)}export type {own} = {names[flat_id(child.id)]};\n")
            else:
                inner += self._texts(child, names, level + 1, own)
        if inner:
            yield namespace_text(name, inner, level)

    def _flat(self, file: TypeFile, nodes: list[TypeNode], names: Names) -> Iterator[str]:
        """The flat names of what is inline, as far as they are short."""
        lines = []
        for node in nodes:
            flat = names.names.get(flat_id(node.id), "")
            if node is not file.root and flat and len(flat) <= FLAT_LIMIT:
                lines.append(f"export type {flat} = {names[type_id(node.id)]};\n")
        if lines:
            yield "".join(lines)


def guard_names(nodes: Iterable[TypeNode], names: Names, types: Container[str]) -> Mapping[DeclId, str]:
    """`isUnknownOrderItem` for `Order.Item`. `types` are the names of types, which it must not seem to belong to."""
    found: dict[DeclId, str] = {}
    long: list[TypeNode] = []
    for node in nodes:
        path = names[type_id(node.id)]
        flat = path.replace(".", "")
        name = f"isUnknown{path.replace('.', '_') if flat != path and flat in types else flat}"
        if len(name) <= LONGEST:
            found[node.id] = name
        else:
            long.append(node)
    used = set(found.values())
    for node in sorted(long, key=lambda node: node.id):
        words = words_of(names.names.get(flat_id(node.id), "") or names[type_id(node.id)].replace(".", " "))
        short = [name for way in (words, *shorter(words)) if len(name := f"isUnknown{pascal(way)}") <= LONGEST]
        numbered = (f"{short[0][: LONGEST - 4]}{number}" for number in range(2, 10**4))
        found[node.id] = next(name for name in (*short, *numbered) if name not in used)
        used.add(found[node.id])
    return found
