"""Declarations of the IR into those of Python: each in the form that is read, the form that is sent, or both.

Part (oneOf text, image)  ->  Part: TypeAlias = Annotated[TextPart | ImagePart | Unknown, one_of(...)]   (results)
                              PartParam: TypeAlias = TextPartParam | TextPart | ... | Unknown            (input)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...ir.graph import components, reachable, references
from ...ir.model import Api
from ...ir.types import AliasDecl, Decl, DeclId, Direction, EnumDecl, JsonType, ObjectDecl, Ref, UnionDecl
from ...lower.planner import Symbol
from ...lower.published import NO_NAMES, Names, Published
from ...lower.secrets import is_secret
from ...lower.symbols import TYPES, declared, member_id, type_id
from ...values import Words
from .declarations import (
    Alias,
    Choice,
    Declaration,
    Keys,
    Member,
    Model,
    OpenEnum,
    TypeFile,
)
from .modules import ModuleGroup, param_groups, result_groups
from .types import NONE, Types, any_of, param_id


@dataclass(frozen=True, slots=True)
class Forms:
    """Which declarations have a form for results and which one for input, and the files that they share.

    Enums have one form for both.
    """

    results: Mapping[DeclId, Decl]
    params: Mapping[DeclId, Decl]
    result_files: tuple[ModuleGroup, ...]
    param_files: tuple[ModuleGroup, ...]


def forms_of(api: Api, locked: Names = NO_NAMES) -> Forms:
    """The forms that operations need, and all that those refer to; unused declarations are results.

    A form that was published stays, also where no operation needs it any more.
    """
    decls = api.decls

    def was(kind: str, id: DeclId) -> bool:
        return Published(kind, "", str(id)) in locked.names

    read = [
        id for id, d in decls.items() if isinstance(d, EnumDecl) or d.direction != Direction.INPUT or was("type", id)
    ]
    sent = [id for id, d in decls.items() if Direction.INPUT in d.direction or was("param", id)]
    read_ids, sent_ids = reachable(decls, read), reachable(decls, sent)
    results = {id: d for id, d in decls.items() if id in read_ids}
    # An enum has one form; but the alias that it may have been had two.
    params = {id: d for id, d in decls.items() if id in sent_ids and (not isinstance(d, EnumDecl) or was("param", id))}
    return Forms(results, params, tuple(result_groups(results)), tuple(param_groups(params)))


def type_files(types: Types, forms: Forms) -> Iterator[TypeFile]:
    """All modules of types: results first."""
    decls = types.api.decls
    for group in forms.result_files:
        yield _file(group, False, tuple(_results(types, [decls[id] for id in group.members], group.circle)))
    for group in forms.param_files:
        yield _file(group, True, tuple(_params(types, [decls[id] for id in group.members], group.circle)))


def _file(group: ModuleGroup, is_input: bool, declarations: tuple[Declaration, ...]) -> TypeFile:
    symbol = param_id(group.leader) if is_input else type_id(group.leader)
    return TypeFile(f"file:{symbol}", symbol, is_input, declarations)


def homes_of(forms: Forms) -> Mapping[str, str]:
    """Symbol of a type -> the symbol of the file it stands in."""
    homes: dict[str, str] = {}
    for groups, symbol in ((forms.result_files, type_id), (forms.param_files, param_id)):
        for group in groups:
            homes.update(dict.fromkeys(map(symbol, group.members), f"file:{symbol(group.leader)}"))
    return homes


def type_symbols(api: Api, forms: Forms) -> Iterator[Symbol]:
    """The symbols of types, of their members, and of the files they stand in."""
    read = {type_id(id) for id in forms.results}
    for symbol in declared(api):
        if symbol.role == "member" or symbol.id in read:
            yield symbol
    for decl in forms.params.values():
        published = Published("param", "", str(decl.id))
        words, wishes = _in_param(decl)
        yield Symbol(param_id(decl.id), "type", words, TYPES, wishes, 1 if decl.inline else 0, published=published)
    for group in forms.result_files:
        decl = api.decls[group.leader]
        symbol_id = f"file:{type_id(decl.id)}"
        yield Symbol(symbol_id, "file", decl.words, "types files", decl.context, 1 if decl.inline else 0)
    for group in forms.param_files:
        decl = api.decls[group.leader]
        words, wishes = _in_param(decl)
        symbol_id = f"file:{param_id(decl.id)}"
        yield Symbol(symbol_id, "file", words, "types files", wishes, 1 if decl.inline else 0)


def _in_param(decl: Decl) -> tuple[Words, tuple[Words, ...]]:
    """The wishes of a form for input: those of the declaration, as of something sent."""
    return _sent(decl.words), tuple(map(_sent, decl.context))


def _sent(words: Words) -> Words:
    """The name of the form that is sent: `OrderParam`; what is called a param already is `OrderParamDict`."""
    return (*words, "dict" if words[-1] in ("param", "params") else "param")


def _results(types: Types, decls: Sequence[Decl], circle: frozenset[DeclId]) -> Iterator[Declaration]:
    """Enums, then what depends on others after them. Aliases stand below classes, which they need at run time."""
    cyclic = _lazy(decls, circle)
    for enum in (d for d in decls if isinstance(d, EnumDecl)):
        known = tuple((m.value, m.docs) for m in enum.members if m.docs.text)
        yield OpenEnum(type_id(enum.id), types.enum(enum), enum.docs, known)
    for decl in _definition_order(decls):
        if isinstance(decl, ObjectDecl):
            yield Model(type_id(decl.id), tuple(_read_members(types, decl)), decl.docs)
        elif isinstance(decl, AliasDecl):
            yield Alias(type_id(decl.id), types.read(decl.type), decl.docs, is_lazy=decl.id in cyclic)
        elif isinstance(decl, UnionDecl):
            choices = tuple(
                Choice(
                    types.read(v.type),
                    _json_types(v.json_types),
                    decl.listed(v),
                    v.required_keys,
                    v.foreign_keys,
                    _json_types(v.item_types),
                )
                for v in decl.variants
            )
            union = types.read_union(decl)
            yield Alias(type_id(decl.id), union, decl.docs, choices, decl.id in cyclic)


def _read_members(types: Types, decl: ObjectDecl) -> Iterator[Member]:
    for field in decl.fields:
        if not field.write_only:
            expr = types.read(field.type)
            symbol = member_id(decl.id, field.wire_name)
            shown = expr if field.required else any_of(expr, NONE)
            secret = is_secret(field, types.api.decls)
            yield Member(symbol, field.wire_name, shown, field.required, field.docs, field.default, secret)


def _params(types: Types, decls: Sequence[Decl], circle: frozenset[DeclId]) -> Iterator[Declaration]:
    """Classes, and aliases below them, as for results."""
    cyclic = _lazy(decls, circle)
    enums = [d for d in decls if isinstance(d, EnumDecl)]
    for decl in (*enums, *_definition_order(decls)):
        yield _param(types, decl, decl.id in cyclic)


def _param(types: Types, decl: Decl, is_lazy: bool) -> Declaration:
    symbol = param_id(decl.id)
    if isinstance(decl, ObjectDecl):
        members = tuple(
            Member(member_id(decl.id, f.wire_name), f.wire_name, types.send(f.type), f.required, f.docs, f.default)
            for f in decl.fields
            if not f.read_only
        )
        return Keys(symbol, members, decl.docs)
    if isinstance(decl, EnumDecl):
        return Alias(symbol, types.send(Ref(decl.id)), decl.docs)
    expr = types.send_union(decl) if isinstance(decl, UnionDecl) else types.send(decl.type)
    return Alias(symbol, expr, decl.docs, is_lazy=is_lazy)


def _lazy(decls: Sequence[Decl], circle: frozenset[DeclId]) -> set[DeclId]:
    """Aliases of a file that cannot be made when it is imported."""
    return _alias_cycles(decls) | {d.id for d in decls if not circle.isdisjoint(references(d))}


def _json_types(types: frozenset[JsonType]) -> str:
    """The JSON types of a variant in a stable order, as the runtime takes them."""
    return " ".join(sorted(t.value for t in types))


def _definition_order(decls: Sequence[Decl]) -> list[Decl]:
    """Classes, then aliases; in each of them dependencies first where there is no cycle, then by id."""
    found: list[Decl] = []
    for kinds in ((ObjectDecl,), (UnionDecl, AliasDecl)):
        by_id = {decl.id: decl for decl in decls if isinstance(decl, kinds)}
        graph = {id: [t for t in references(decl) if t in by_id] for id, decl in sorted(by_id.items())}
        found += [by_id[id] for group in components(graph) for id in group]
    return found


def _alias_cycles(decls: Sequence[Decl]) -> set[DeclId]:
    """Aliases that contain themselves with no class in between: Python needs a lazy alias for them."""
    names = {decl.id for decl in decls if isinstance(decl, (UnionDecl, AliasDecl))}
    graph = {decl.id: [t for t in references(decl) if t in names] for decl in decls if decl.id in names}
    return {id for group in components(graph) for id in group if len(group) > 1 or id in graph[id]}
