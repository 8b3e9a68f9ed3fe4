"""Declarations to what the templates lay out, and the imports of a file."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ...ir.types import TagValue
from ...lower.layout import Group, Joined, layout
from ...values import Json
from .declarations import Alias, Declaration, Guard, Interface, Member
from .prose import jsdoc
from .text import INDENT, WIDTH, literal, member_name, union_text
from .types import Expr, Named, OneOf, Runtime, members, part, references

#: The runtime's modules that hold values (types all come from its index, since they leave nothing at run time).
UNIONS = "runtime/unions.js"
TYPES = "runtime/index.js"


@dataclass(frozen=True, slots=True)
class Names:
    """All settled names, and where the exported ones stand."""

    names: Mapping[str, str]
    #: Types inside of others, as they are written from anywhere: `Order.Item`.
    paths: Mapping[str, str]
    #: For those, the exported symbol that the path begins with.
    roots: Mapping[str, str]
    #: The module (`types/part.js`) of each exported symbol.
    modules: Mapping[str, str]

    def __getitem__(self, symbol: str) -> str:
        return self.paths.get(symbol) or self.names[symbol]

    def renamed(self, roots: Mapping[str, str], used: Iterable[str]) -> Names:
        """The same for the used symbols, where some exported ones go by other names because something hides theirs."""
        paths = {
            symbol: "".join([roots[root], *self[symbol].partition(".")[1:]])
            for symbol in used
            if (root := self.roots.get(symbol, symbol)) in roots
        }
        return replace(self, paths=ChainMap(paths, self.paths))  # type: ignore[arg-type]  # it is only read


def declaration_text(declaration: Declaration, names: Names, level: int = 0, name: str = "") -> str:
    """A whole declaration with its comment. `name` when it is not what others call it by."""
    name = name or names[declaration.symbol]
    match declaration:
        case Interface():
            return _interface(declaration, names, level, name)
        case Alias():
            head = f"{INDENT * level}export type {name} ="
            text = union_text(head, members(declaration.type, names), ";", level)
            return f"{jsdoc(declaration.docs, level)}{text}\n"


def namespace_text(name: str, texts: Sequence[str], level: int) -> str:
    """`export namespace Name { ... }` around declarations."""
    prefix = INDENT * level
    inner = "\n".join(texts)
    return f"{prefix}export namespace {name} {{\n{inner}{prefix}}}\n"


def _interface(declaration: Interface, names: Names, level: int, name: str) -> str:
    prefix = INDENT * level
    head = f"{prefix}export interface {name}"
    before, after = ("Partial<", ">") if declaration.partial else ("", "")
    if declaration.base is not None and declaration.omit:
        omitted = " | ".join(literal(name) for name in declaration.omit)
        base = Group(f"{head} extends {before}Omit<", [names[declaration.base], omitted], f">{after}", trailing=False)
        head = layout(base, width=WIDTH - 2, indent=INDENT, level=level)
    elif declaration.base is not None:
        head = f"{head} extends {before}{names[declaration.base]}{after}"
    head = f"{jsdoc(declaration.docs, level)}{head} {{"
    if not declaration.members and declaration.index is None:
        return f"{head}}}\n"
    lines = [f"{head}\n"]
    for index, member in enumerate(declaration.members):
        text = _member(member, names, level + 1)
        lines.append(f"\n{text}" if index and text.lstrip().startswith("/**") else text)
    if declaration.index is not None:
        lead = f"{prefix}{INDENT}[member: string]: "
        lines.append(f"{lead}{_text(declaration.index, names, len(lead), level + 1)};\n")
    lines.append(f"{prefix}}}\n")
    return "".join(lines)


def _member(member: Member, names: Names, level: int) -> str:
    readonly = "readonly " if member.read_only else ""
    lead = f"{INDENT * level}{readonly}{member_name(member.wire_name)}{'' if member.required else '?'}:"
    if isinstance(member.type, OneOf):
        text = union_text(lead, members(member.type, names), ";", level)
    else:
        text = f"{lead} {_text(member.type, names, len(lead) + 1, level)};"
    return f"{jsdoc(member.docs, level, default=_shown(member.default))}{text}\n"


def _text(expr: Expr, names: Names, column: int, level: int) -> str:
    found = part(expr, names)
    return found if isinstance(found, str) else layout(found, width=WIDTH, column=column, indent=INDENT, level=level)


def _shown(default: Json) -> Json:
    return default if not isinstance(default, str) or len(default) < 80 else None


def guard_text(guard: Guard, name: str, names: Names) -> str:
    """`export function isUnknownName(value)`."""
    union, tag = names[guard.union], literal(guard.tag)
    head = Group(f"export function {name}(", [f"value: {union}"], f"): value is UnknownVariant<{tag}> {{")
    known = [
        Group(
            "{",
            [Joined((f"{member_name(m)}: ", Group("[", [_tag(v) for v in vs], "]"))) for m, vs in tags],
            "}",
            padded=True,
        )
        for tags in guard.known
    ]
    call = Group("hasUnknownTag(", ["value", *known], ");")
    body = layout(call, width=WIDTH, column=9, indent=INDENT, level=1)
    return (
        "/** Whether the value is a variant that is newer than this package. */\n"
        f"{layout(head, width=WIDTH, indent=INDENT)}\n{INDENT}return {body}\n}}\n"
    )


def _tag(value: TagValue) -> str:
    return "null" if value is None else literal(value)


def uses(declarations: Iterable[Declaration]) -> Iterator[Named | Runtime]:
    """Everything that the declarations name."""
    for declaration in declarations:
        match declaration:
            case Interface():
                if declaration.base is not None:
                    yield Named(declaration.base)
                for member in declaration.members:
                    yield from references(member.type)
                if declaration.index is not None:
                    yield from references(declaration.index)
            case Alias():
                yield from references(declaration.type)


def imports(
    module: str, used: Iterable[Named | Runtime], names: Names, values: Mapping[str, Iterable[str]] | None = None
) -> list[str]:
    """The import statements of a module: types erased at run time, and the given values by module."""
    types: dict[str, set[str]] = {}
    for use in used:
        if isinstance(use, Runtime):
            types.setdefault(TYPES, set()).add(use.name)
            continue
        root = names.roots.get(use.symbol, use.symbol)
        if (source := names.modules[root]) != module:
            own, local = names.names[root], names[use.symbol].partition(".")[0]
            types.setdefault(source, set()).add(own if local == own else f"{own} as {local}")
    lines: list[str] = []
    for source, wanted in (values or {}).items():
        lines.append(_import("import", sorted(wanted), module, source))
    for source in sorted(types):
        lines.append(_import("import type", sorted(types[source]), module, source))
    return lines


def _import(keyword: str, wanted: list[str], module: str, source: str) -> str:
    path = _way(module.rpartition("/")[0], source)
    if len(wanted) == 1:
        return f"{keyword} {{ {wanted[0]} }} from '{path}';"
    group = Group("{", wanted, "}", padded=True)
    room = WIDTH - len(path) - 10
    names = layout(group, width=room, column=len(keyword) + 1, indent=INDENT)
    return f"{keyword} {names} from '{path}';"


@lru_cache(maxsize=4096)  # one module is imported by many of one folder
def _way(folder: str, source: str) -> str:
    """The path of a module as those in a folder import it."""
    own = folder.split("/") if folder else []
    target = source.split("/")
    while own and len(target) > 1 and own[0] == target[0]:
        own, target = own[1:], target[1:]
    return ("../" * len(own) or "./") + "/".join(target)
