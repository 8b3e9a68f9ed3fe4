"""Type expressions of Python that hold symbols, and how they are written once names are settled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ...lower.layout import Group, Joined, Part, flat
from .naming import SHADOWED_BUILTINS


@dataclass(frozen=True, slots=True)
class Sym:
    """A declared type, by the id of its symbol: `type:<decl>` (results) or `param:<decl>` (input)."""

    id: str


@dataclass(frozen=True, slots=True)
class Named:
    """A type that is imported. `module` is empty for builtins, relative (`._runtime.uploads`) for our own."""

    module: str
    name: str


@dataclass(frozen=True, slots=True)
class Generic:
    """`base[args]`."""

    base: Expr
    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """`a | b`, each once."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Literals:
    """`Literal[...]` of strings, integers and booleans."""

    values: tuple[str | int | bool, ...]


Expr = Sym | Named | Generic | AnyOf | Literals

STR, INT, FLOAT, BOOL = (Named("", name) for name in ("str", "int", "float", "bool"))
BYTES, OBJECT, NONE = Named("", "bytes"), Named("", "object"), Named("", "None")
ANY = Named("typing", "Any")
UNKNOWN = Named("._runtime.models", "Unknown")
UPLOAD = Named("._runtime.uploads", "Upload")
NOT_GIVEN = Named("._runtime.sentinels", "NotGiven")


def any_of(*items: Expr) -> Expr:
    """The union of expressions, flat and without repeats; `Any` swallows all."""
    found: dict[Expr, None] = {}
    for item in items:
        for part in item.items if isinstance(item, AnyOf) else (item,):
            found[part] = None
    if ANY in found:
        return ANY
    for last in (NONE, NOT_GIVEN):
        if last in found:
            found.pop(last)
            found[last] = None
    return next(iter(found)) if len(found) == 1 else AnyOf(tuple(found))


#: Unions longer than this are written with brackets, which can be broken over lines.
_LONG_UNION = 72


@dataclass(slots=True)
class Writer:
    """Writes expressions for one module and notes what the module must import."""

    #: Symbol id -> (module relative to the package, name).
    places: Callable[[str], tuple[str, str]]
    #: The module that is written, relative to the package (`.types.message`).
    module: str
    imports: dict[str, set[str]] = field(default_factory=dict)
    #: Builtins that the class being written hides.
    shadowed: frozenset[str] = frozenset()

    def use(self, module: str, name: str) -> str:
        """Note an import and give the name to write."""
        if module and module != self.module:
            self.imports.setdefault(module, set()).add(name)
        return name

    def name(self, id: str) -> str:
        """The name of a symbol, imported."""
        return self.use(*self.places(id))

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
            base = flat(self.part(expr.base))
            return Group(f"{base}[", tuple(self.part(arg) for arg in expr.args), "]")
        parts = [self.part(item) for item in expr.items]
        if sum(len(flat(part)) + 3 for part in parts) > _LONG_UNION:
            self.use("typing", "Union")
            return Group("Union[", tuple(parts), "]")
        pieces: list[Part] = []
        for part in parts:
            pieces += [" | ", part] if pieces else [part]
        return Joined(tuple(pieces))

    def text(self, expr: Expr) -> str:
        """The expression on one line."""
        return flat(self.part(expr))

    def _named(self, expr: Named) -> str:
        if not expr.module and expr.name in self.shadowed & SHADOWED_BUILTINS:
            self.imports.setdefault("builtins", set())
            return f"builtins.{expr.name}"
        if expr.module == "datetime":
            self.imports.setdefault("datetime", set())
            return f"datetime.{expr.name}"
        return self.use(expr.module, expr.name)


def quoted(value: object) -> str:
    """A Python literal, strings in double quotes as formatters like them."""
    if not isinstance(value, str):
        return repr(value)
    text = repr(value)
    if text[0] == "'" and '"' not in text:
        inner = text[1:-1].replace("\\'", "'")
        return f'"{inner}"'
    return text


def alternatives(text: str) -> list[str]:
    """The top-level members of a written union."""
    parts, depth, quote, start = [], 0, "", 0
    for at, mark in enumerate(text):
        if quote:
            quote = "" if mark == quote and text[at - 1] != "\\" else quote
        elif mark in "'\"":
            quote = mark
        elif mark in "[(":
            depth += 1
        elif mark in "])":
            depth -= 1
        elif mark == "|" and depth == 0:
            parts.append(text[start:at].strip())
            start = at + 1
    return [*parts, text[start:].strip()]


def import_lines(imports: dict[str, set[str]], module: str, *, top: bool = True) -> list[list[str]]:
    """Import statements of `module` in their groups: standard library, other packages, our own.

    `top` is false for lines that stand under an `if`.
    """
    groups: list[list[str]] = [[], [], []]
    groups[0] += [f"import {source}" for source in sorted(imports) if not imports[source]]
    for source in sorted((m for m, names in imports.items() if names), key=lambda m: _import_order(m, module)):
        names = sorted(imports[source], key=_name_order)
        own = source.startswith(".")
        shown = _relative(source, module) if own else source
        line = import_line(shown, names, 100 if top else 96)
        groups[2 if own else 1 if source in ("pydantic", "typing_extensions") else 0].append(line)
    return [group for group in groups if group]


def import_line(source: str, names: list[str], width: int) -> str:
    """One import statement, broken when it is longer than `width`."""
    line = f"from {source} import {', '.join(names)}"
    if len(line) <= width:
        return line
    return f"from {source} import (\n" + "".join(f"    {name},\n" for name in names) + ")"


def _relative(source: str, module: str) -> str:
    """`.types.message` as seen from `.types.model` (`.message`) or from `.resources.models` (`..types.message`)."""
    package = module.rpartition(".")[0]
    if package and source.startswith(f"{package}."):
        return source.removeprefix(package)
    return f".{source}" if package else source


def _import_order(source: str, module: str) -> tuple[int, str]:
    """Farther packages first, as import sorters do it."""
    shown = _relative(source, module) if source.startswith(".") else source
    return (-(len(shown) - len(shown.lstrip("."))), shown)


def _name_order(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions, as import sorters do it."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2, name)
