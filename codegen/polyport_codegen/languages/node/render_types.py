"""Declarations to what the templates lay out, and the imports of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...lower.layout import Group, flat, layout
from ...values import Json
from .declarations import Alias, Declaration, Guard, Interface, Member
from .prose import jsdoc
from .text import INDENT, WIDTH, literal, member_name, union_text
from .types import Expr, Named, OneOf, Runtime, members, one_of, part, references

#: The runtime's modules that hold values (types all come from its index, since they leave nothing at run time).
UNIONS = "runtime/unions.js"
TYPES = "runtime/index.js"


@dataclass(frozen=True, slots=True)
class Names:
    """All settled names, and the module (`types/part.js`) in which each exported symbol stands."""

    names: Mapping[str, str]
    modules: Mapping[str, str]

    def __getitem__(self, symbol: str) -> str:
        return self.names[symbol]


def declaration_text(declaration: Declaration, names: Mapping[str, str]) -> str:
    """A whole declaration with its comment."""
    match declaration:
        case Interface():
            return _interface(declaration, names)
        case Alias():
            text = union_text(f"export type {names[declaration.symbol]} =", members(declaration.type, names), ";")
            return f"{jsdoc(declaration.docs)}{text}\n"
        case Guard():
            return _guard(declaration, names)


def _interface(declaration: Interface, names: Mapping[str, str]) -> str:
    head = f"export interface {names[declaration.symbol]}"
    if declaration.base is not None and declaration.omit:
        omitted = " | ".join(literal(name) for name in declaration.omit)
        base = Group(f"{head} extends Omit<", [names[declaration.base], omitted], ">", trailing=False)
        head = layout(base, width=WIDTH - 2, indent=INDENT)
    elif declaration.base is not None:
        head = f"{head} extends {names[declaration.base]}"
    head = f"{jsdoc(declaration.docs)}{head} {{"
    if not declaration.members and declaration.index is None:
        return f"{head}}}\n"
    lines = [f"{head}\n"]
    for index, member in enumerate(declaration.members):
        text = _member(member, names)
        lines.append(f"\n{text}" if index and text.lstrip().startswith("/**") else text)
    if declaration.index is not None:
        lines.append(f"{INDENT}[member: string]: {_text(declaration.index, names, 20)};\n")
    lines.append("}\n")
    return "".join(lines)


def _member(member: Member, names: Mapping[str, str]) -> str:
    readonly = "readonly " if member.read_only else ""
    lead = f"{INDENT}{readonly}{member_name(member.wire_name)}{'' if member.required else '?'}:"
    type = one_of(member.type)
    if isinstance(type, OneOf):
        text = union_text(lead, members(type, names), ";", 1)
    else:
        text = f"{lead} {_text(type, names, len(lead) + 1)};"
    return f"{jsdoc(member.docs, 1, default=_shown(member.default))}{text}\n"


def _text(expr: Expr, names: Mapping[str, str], column: int) -> str:
    return layout(part(expr, names), width=WIDTH, column=column, indent=INDENT, level=1)


def _shown(default: Json) -> Json:
    return default if not isinstance(default, str) or len(default) < 80 else None


def _guard(declaration: Guard, names: Mapping[str, str]) -> str:
    union, tag = names[declaration.union], literal(declaration.tag)
    lead = f"export function {names[declaration.symbol]}("
    head = layout(Group(lead, [f"value: {union}"], f"): value is UnknownVariant<{tag}> {{"), width=WIDTH, indent=INDENT)
    call = Group(f"hasUnknownTag(value, {tag}, [", [literal(value) for value in declaration.known], "]);")
    body = layout(call, width=WIDTH, column=9, indent=INDENT, level=1)
    return (
        f"/** Whether the value is a variant that is newer than this package. */\n{head}\n{INDENT}return {body}\n}}\n"
    )


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
            case Guard():
                yield Runtime("UnknownVariant")


def imports(
    module: str, used: Iterable[Named | Runtime], names: Names, values: Mapping[str, Iterable[str]] | None = None
) -> list[str]:
    """The import statements of a module: types erased at run time, and the given values by module."""
    types: dict[str, set[str]] = {}
    for use in used:
        source = TYPES if isinstance(use, Runtime) else names.modules[use.symbol]
        if source != module:
            types.setdefault(source, set()).add(use.name if isinstance(use, Runtime) else names[use.symbol])
    lines: list[str] = []
    for source, wanted in (values or {}).items():
        lines.append(_import("import", sorted(wanted), module, source))
    for source in sorted(types):
        lines.append(_import("import type", sorted(types[source]), module, source))
    return lines


def _import(keyword: str, wanted: list[str], module: str, source: str) -> str:
    up = module.count("/")
    own = module.split("/")[:-1]
    target = source.split("/")
    while own and len(target) > 1 and own[0] == target[0]:
        own, target, up = own[1:], target[1:], up - 1
    path = "../" * up + "/".join(target) if up else "./" + "/".join(target)
    group = Group("{", wanted, "}", padded=True)
    room = WIDTH - len(path) - 10
    names = layout(group, width=room, column=len(keyword) + 1, indent=INDENT) if len(wanted) > 1 else flat(group)
    return f"{keyword} {names} from '{path}';"
