"""The one place that makes the ids of symbols, and the symbols that every language needs.

An id is made of what stays when a document grows: a declaration's own id, wire names, values, a call's method and path.
So it is the key of the names lock too, and equal in all languages. Roles (what a language's `Rules` spell names by):

| role | of | scope |
|---|---|---|
| `type` | a declaration | `types`, or `types_scope` where it is nested |
| `member` | a member of an object | `members_scope` |
| `value` | a known value of an enum | `members_scope` |
| `variant` | a variant of a union | `members_scope` |
| `resource` | the type of a node of the resource tree | as the language says |
| `child` | the way from a node to one below | `calls_scope` |
| `method` | a call in one of its forms | `calls_scope` |
| `argument` | an argument of a call | `arguments_scope` |

What only one language has (files, guards, classes of params) it adds by itself, in these scopes or in its own.
The symbols of methods and arguments come from `calls.symbols`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache

from ..ir.graph import inside, owner
from ..ir.model import Api, Operation
from ..ir.types import (
    Const,
    Decl,
    DeclId,
    EnumDecl,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Ref,
    Type,
    UnionDecl,
    Variant,
)
from ..values import Words
from .planner import Symbol
from .published import Published

TYPES = "types"


# -- ids ---------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=65536)
def type_id(id: DeclId) -> str:
    """A declaration's type."""
    return f"type:{id}"


@lru_cache(maxsize=1 << 16)
def member_id(owner: DeclId, wire_name: str) -> str:
    """A member of an object."""
    return f"member:{owner.child(f'.{wire_name}')}"


def value_id(owner: DeclId, value: str | int | float) -> str:
    """A known value of an enum; `1`, `1.0` and `"1"` are three."""
    return f"value:{owner.child(f'={json.dumps(value)}')}"


def variant_ids(union: UnionDecl) -> tuple[str, ...]:
    """The variants of a union, each by what it is and never by its place: a new one among them changes none."""
    keys = [_variant_key(v, union.id) for v in union.variants]
    seen: dict[str, int] = {}
    out = []
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
        out.append(f"variant:{union.id.child(f'|{key}' if seen[key] == 1 else f'|{key}|{seen[key]}')}")
    return tuple(out)


def _variant_key(variant: Variant, union: DeclId) -> str:
    type = variant.type
    if isinstance(type, Ref) and type.id[:-1] == union:
        return type.id[-1].removeprefix("|")
    return _type_key(type)


def _type_key(type: Type) -> str:
    match type:
        case Ref(id=id):
            return str(id)
        case Const(value=value):
            return json.dumps(value)
        case Primitive(kind=kind, format=format):  # what is bytes in a form is text in JSON, and as well one variant
            return kind.value if format in ("", "binary") else f"{kind.value} {format}"
        case ListOf(item=item):
            return f"[]{_type_key(item)}"
        case MapOf(value=inner):
            return f"{{}}{_type_key(inner)}"
        case Nullable(inner=inner):
            return f"?{_type_key(inner)}"
    return "*"


@lru_cache(maxsize=1 << 16)
def path_key(path: tuple[Words, ...]) -> str:
    """A node's way from the root as one text, empty for the root: `chat/completions`."""
    return "/".join("-".join(step) for step in path)


@lru_cache(maxsize=1 << 16)
def dotted(path: tuple[Words, ...]) -> str:
    """The same for people and for the names lock: `chat.completions`."""
    return ".".join("_".join(step) for step in path)


def resource_id(path: tuple[Words, ...]) -> str:
    """The type of a node of the resource tree."""
    return f"resource:{path_key(path)}"


def child_id(path: tuple[Words, ...]) -> str:
    """The member that leads to a node, named in the node above it."""
    return f"child:{path_key(path)}"


def child_ids(path: tuple[Words, ...]) -> tuple[str, ...]:
    """The members that lead from the client to a node, in their order."""
    return tuple(child_id(path[: n + 1]) for n in range(len(path)))


def _place(operation: Operation, *steps: str) -> DeclId:
    """A call's method and path, which stay when its name or a path parameter is renamed, and what leads on."""
    return DeclId(operation.key or operation.id, *steps)


def method_id(operation: Operation) -> str:
    """An operation's method."""
    return f"method:{_place(operation)}"


def streaming_id(operation: Operation) -> str:
    """The method of the streaming form, in languages where it has a name of its own."""
    return f"streaming:{_place(operation)}"


def argument_id(operation: Operation, place: str, wire_name: str) -> str:
    """An argument of a call; `place` is a parameter's location or `body`, which without a wire name is the whole."""
    return f"argument:{_place(operation, f'{place}.{wire_name}' if wire_name else place)}"


# -- scopes ------------------------------------------------------------------------------------------------------------


def types_scope(owner: DeclId) -> str:
    """Where the names of the types that are nested in a declaration are unique."""
    return f"{TYPES}:{owner}"


def members_scope(id: DeclId) -> str:
    """Where the names of a declaration's members, values or variants are unique."""
    return f"in:{id}"


def calls_scope(path: tuple[Words, ...]) -> str:
    """Where the names of a node's methods and of the nodes below it are unique; `calls:` for the client itself."""
    return f"calls:{path_key(path)}"


def arguments_scope(operation: Operation) -> str:
    """Where the names of a call's arguments are unique."""
    return f"arguments:{_place(operation)}"


# -- symbols -----------------------------------------------------------------------------------------------------------


def type_symbol(decl: Decl) -> Symbol:
    """The symbol of a declaration's type."""
    published = Published("type", "", str(decl.id))
    rank = 1 if decl.inline else 0
    return Symbol(type_id(decl.id), "type", decl.words, TYPES, decl.context, rank, published=published)


def nested_symbol(decl: Decl, around: DeclId, decls: Mapping[DeclId, Decl]) -> Symbol:
    """The symbol of a type that is nested in that of another declaration: it is named by what it is there."""
    words = inside(decl, around, decls)
    published = Published("type", str(around), str(decl.id))
    longer = ((*words, "value"), decl.words)
    return Symbol(type_id(decl.id), "type", words, types_scope(around), longer, published=published)


def stands_in(
    id: DeclId, decls: Mapping[DeclId, Decl], places: Mapping[str, frozenset[str]], *, holds: tuple[type, ...]
) -> DeclId | None:
    """The declaration in whose type that of an inline one stands: the nearest that may hold others, or None.

    `places` are those of what was published (`Names.places`), which stays where it was though a nearer owner has come.
    """
    chain: list[DeclId] = []
    at = owner(id, decls) if decls[id].inline else None
    while at is not None:
        if isinstance(decls[at], holds):
            chain.append(at)
        at = owner(at, decls)
    known = places.get(str(id), frozenset())
    kept = next((outer for outer in chain if str(outer) in known), None)
    if kept is not None or not chain:
        return kept
    return None if "" in known else chain[0]


def declared(api: Api, owners: Mapping[DeclId, DeclId] | None = None) -> Iterator[Symbol]:
    """The types of all declarations, and what stands in them. `owners`: in which other one a nested type stands."""
    for decl in api.decls.values():
        around = owners.get(decl.id) if owners is not None else None
        yield type_symbol(decl) if around is None else nested_symbol(decl, around, api.decls)
        yield from _inner(decl)


def _inner(decl: Decl) -> Iterator[Symbol]:
    """What stands in a declaration."""

    place, scope = str(decl.id), members_scope(decl.id)

    def symbol(role: str, id: str, words: Words, context: tuple[Words, ...], key: str) -> Symbol:
        return Symbol(id, role, words, scope, context, published=Published(role, place, key))

    if isinstance(decl, ObjectDecl):
        for field in decl.fields:
            id, wire = member_id(decl.id, field.wire_name), field.wire_name
            yield symbol("member", id, field.words, spelled(field.words, wire), wire)
    elif isinstance(decl, EnumDecl):
        for member in decl.members:
            shaped = spelled(member.words, member.value) if isinstance(member.value, str) else ()
            context = (*shaped, (*member.words, "value"))
            yield symbol("value", value_id(decl.id, member.value), member.words, context, json.dumps(member.value))
    elif isinstance(decl, UnionDecl):
        for variant, id in zip(decl.variants, variant_ids(decl), strict=True):
            yield symbol("variant", id, variant.words, ((*variant.words, "variant"),), id.partition("|")[2])


def spelled(words: Words, wire: str) -> tuple[Words, ...]:
    """What to fall back to when two members of one object have the same words: how the wire spells them."""
    shape = _shape(wire)
    return ((*words, shape), ("field", *words, shape))


def _shape(wire: str) -> str:
    """How a name is spelled, as one word."""
    if not (wire[:1].isalpha() or wire[:1] == "_"):
        return "symbol"
    if wire.startswith("_"):
        return "private"
    for sign, word in (("_", "snake"), ("-", "kebab"), (" ", "spaced"), (".", "dotted")):
        if sign in wire:
            return word
    if wire[:1].upper() == wire[:1].lower():
        return "member"
    return "capital" if wire[:1].isupper() else "camel"


def tree(api: Api, *, scope: str = TYPES) -> Iterator[Symbol]:
    """The resource tree: its types (in `scope`) and the ways to them; the client's own type is the root's."""
    for node in api.root.walk():
        words = tuple(word for step in node.path for word in step)
        published = Published("resource", "", dotted(node.path))
        if node.path:
            wishes: tuple[Words, ...] = ((*words, "calls"),)
            words = (*words, "resource")
        else:
            words, wishes = api.words, ((*api.words, "client"),)
        rank = 1 if node.path else 0
        yield Symbol(resource_id(node.path), "resource", words, scope, wishes, rank, published=published)
        for child in node.children:
            more = ((*child.words, "resource"),)
            published = Published("accessor", dotted(node.path), dotted(child.path))
            scoped = calls_scope(node.path)
            yield Symbol(child_id(child.path), "child", child.words, scoped, more, published=published)
