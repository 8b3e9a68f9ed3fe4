"""How expressions are written once names are settled, and the imports that this needs."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ...lower.layout import Group, Joined, Part, flat, indented, layout
from .naming import SHADOWED_BUILTINS
from .types import Expr, Generic, Literals, Named, Sym

#: Unions longer than this are written with brackets, which can be broken over lines.
_LONG_UNION = 72
_DIGITS = re.compile("([0-9]+)")


@dataclass(slots=True)
class Writer:
    """Writes expressions for one module and notes what the module must import."""

    #: Symbol id -> (module relative to the package, name).
    places: Callable[[str], tuple[str, str]]
    #: The module that is written, relative to the package (`.types.message`).
    module: str
    imports: dict[str, set[str]] = field(default_factory=dict)
    #: Who notes the imports of declared types, when that is another: those that only checkers need.
    types: Writer | None = None
    #: Builtins that the class being written hides.
    shadowed: frozenset[str] = frozenset()

    def use(self, module: str, name: str) -> str:
        """Note an import and give the name to write."""
        if module and module != self.module:
            self.imports.setdefault(module, set()).add(name)
        return name

    def copy(self, module: str) -> Writer:
        """Another one for a module, with what has been noted so far."""
        noted = {source: set(names) for source, names in self.imports.items()}
        return Writer(self.places, module, noted, shadowed=self.shadowed)

    def name(self, id: str) -> str:
        """The name of a symbol, imported."""
        return (self.types or self).use(*self.places(id))

    def part(self, expr: Expr) -> Part:
        """The expression for the layout helper."""
        if isinstance(expr, Sym):
            return self.name(expr.id)
        if isinstance(expr, Named):
            return self._named(expr)
        if isinstance(expr, Literals):
            self.use("typing", "Literal")
            return Group("Literal[", tuple(quoted(value) for value in expr.values), "]")
        if isinstance(expr, Generic):
            args = tuple(self.part(arg) for arg in expr.args)
            # A comma after a single one would make a tuple of it, which `Required` refuses when it is evaluated.
            return Group(f"{self._named(expr.base)}[", args, "]", trailing=len(args) > 1)
        parts = [self.part(item) for item in expr.items]
        if sum(len(flat(part)) + 3 for part in parts) > _LONG_UNION:
            self.use("typing", "Union")
            return Group("Union[", tuple(parts), "]")
        pieces: list[Part] = []
        for part in parts:
            pieces += [" | ", part] if pieces else [part]
        return Joined(tuple(pieces))

    def names(self, expr: Expr) -> Iterator[str]:
        """The names that the written expression uses."""
        if isinstance(expr, Sym):
            yield self.places(expr.id)[1]
        elif isinstance(expr, Named):
            yield expr.module if expr.module == "datetime" else expr.name
        elif isinstance(expr, Literals):
            yield "Literal"
        else:
            inner = expr.args if isinstance(expr, Generic) else expr.items
            yield from self.names(expr.base) if isinstance(expr, Generic) else ("Union",)
            for item in inner:
                yield from self.names(item)

    def text(self, expr: Expr) -> str:
        """The expression on one line."""
        return flat(self.part(expr))

    def _named(self, expr: Named) -> str:
        if not expr.module and expr.name in self.shadowed & SHADOWED_BUILTINS:
            self.imports.setdefault("builtins", set())
            return f"builtins.{expr.name}"
        if expr.module == "datetime" and "datetime" in self.shadowed:
            self.imports.setdefault("datetime", set()).add(f"{expr.name} as {expr.name}_")
            return f"{expr.name}_"
        if expr.module == "datetime":
            self.imports.setdefault("datetime", set())
            return f"datetime.{expr.name}"
        return self.use(expr.module, expr.name)


def quoted(value: object) -> str:
    """A Python literal, strings in double quotes as formatters like them."""
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    if not isinstance(value, str):
        return repr(value)
    text = repr(value)
    if text[0] == "'" and '"' not in text:
        inner = text[1:-1].replace("\\'", "'")
        return f'"{inner}"'
    return text


def tuple_of(items: Iterable[Part]) -> Part:
    """A tuple, with the comma that a single item needs."""
    found = tuple(items)
    return Joined(("(", found[0], ",)")) if len(found) == 1 else Group("(", found, ")")


def tuple_of_texts(items: Iterable[object]) -> Part:
    """A tuple of literals."""
    return tuple_of(quoted(item) for item in items)


def alternatives(part: Part) -> list[Part]:
    """The members of a union that is written with `|`; any other part alone."""
    return [piece for piece in part.parts if piece != " | "] if isinstance(part, Joined) else [part]


def stacked(pieces: Iterable[Part], level: int) -> str:
    """Alternatives one below the other."""
    pad = " " * 4 * level
    lines = [pad + ("| " if i else "") + layout(p, column=len(pad) + 2, level=level) for i, p in enumerate(pieces)]
    return "\n".join(lines)


def imports_of(runtime: Writer, checked: Writer) -> str:
    """All import statements of a module with a blank line before each group, those that only checkers need last."""
    if checked.imports:
        runtime.use("typing", "TYPE_CHECKING")
    lines = [line for group in _groups(runtime.imports, runtime.module, 100) for line in ("", *group)]
    if checked.imports:
        lines += ["", "if TYPE_CHECKING:"]
        groups = _groups(checked.imports, runtime.module, 96)
        lines += [indented("\n".join(group), "    ") + ("\n" if group is not groups[-1] else "") for group in groups]
    return "\n".join(lines)


def _groups(imports: Mapping[str, set[str]], module: str, width: int) -> list[list[str]]:
    """Import statements of `module` in their groups: standard library, other packages, our own."""
    groups: list[list[str]] = [[], [], []]
    groups[0] += [f"import {source}" for source in sorted(imports) if not imports[source]]
    package = module.rpartition(".")[0]
    shown = ((_from_package(source, package), source) for source, names in imports.items() if names)
    for (_, at), source in sorted((_import_order(at), source) for at, source in shown):
        group = groups[2 if source[0] == "." else 1 if source in ("pydantic", "typing_extensions") else 0]
        # Renamed ones get a statement each, as import sorters do it.
        renamed = [name for name in imports[source] if " as " in name]
        plain = imports[source].difference(renamed)
        group += [
            import_line(at, ordered(names), width) for names in (plain, *([n] for n in ordered(renamed))) if names
        ]
    return [group for group in groups if group]


def ordered(names: Collection[str]) -> list[str]:
    """The names in the order of import sorters."""
    return sorted(names, key=name_order) if len(names) > 1 else list(names)


def import_line(source: str, names: list[str], width: int) -> str:
    """One import statement, broken when it is longer than `width`."""
    line = f"from {source} import {', '.join(names)}"
    if len(line) <= width:
        return line
    return f"from {source} import (\n" + "".join(f"    {name},\n" for name in names) + ")"


@lru_cache(maxsize=65536)
def _from_package(source: str, package: str) -> str:
    """What a module is called in one of `package`: `.types.message` is `.message` in `.types`, and in `.resources`
    `..types.message`. Others than our own are called alike everywhere."""
    if source[0] != ".":
        return source
    here, there = package.split(".")[1:], source.split(".")[1:]
    common = next((n for n, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), min(len(here), len(there)))
    return "." * (len(here) - common + 1) + ".".join(there[common:])


def _import_order(source: str) -> tuple[int, str]:
    """Farther packages first, as import sorters do it."""
    return len(source.lstrip(".")) - len(source), source


@lru_cache(maxsize=8192)
def name_order(name: str) -> tuple[int, tuple[str | int, ...], str]:
    """Constants, then classes, then functions, in each whatever the case and by the value of numbers, as import
    sorters do it."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    parts = _DIGITS.split(name.lower())
    return kind, tuple(int(part) if part.isdecimal() else part for part in parts), name
