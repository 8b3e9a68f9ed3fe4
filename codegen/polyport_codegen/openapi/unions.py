"""`oneOf` and `anyOf`: which branches count, and the union, enum or single type that they come to.

Normalised on the way: null is no branch, a choice with one branch is that branch, a string beside string values is an open
enum, branches that only validate disappear, a choice beside members is a choice of merged objects.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..diagnostics import Origin
from ..ir.types import (
    AnyJson,
    DeclId,
    Discriminator,
    Kind,
    Nullable,
    Primitive,
    Ref,
    Type,
    UnionDecl,
    Variant,
    schema_name,
)
from ..ir.words import words_of
from ..load.document import Document
from ..values import Json, Words
from .choices import merge_scalars, named_values
from .enums import declared
from .inheritance import discriminator, heads_family, own_value
from .meeting import LIMITS, common_types, is_null
from .places import Place, end_of, plain_ref
from .pointers import name_of
from .views import Located, View, extend, is_validation_only, keywords, text, view_of

if TYPE_CHECKING:
    from .schemas import SchemaBuilder


def real_branches(document: Document, choice: Sequence[Located], members: bool) -> list[Located]:
    """The branches that give shape. What only says which members must be there does, unless the schema beside the
    choice has the members, or all branches only say that."""
    kept = [b for b in choice if b[0] is not False and not _only_null(document, b)]
    if members or all(is_validation_only(b[0]) for b in kept):
        kept = [b for b in kept if not is_validation_only(b[0])]
    flat: list[Located] = []
    for node, origin in kept:
        inner = next((k for k in ("oneOf", "anyOf") if keywords(node) == {k}), None)
        if (
            inner
            and isinstance(node, dict)
            and isinstance(branches := node[inner], list)
            and "discriminator" not in node
        ):
            flat.extend(real_branches(document, [(b, origin.child(inner, i)) for i, b in enumerate(branches)], members))
        else:
            flat.append((node, origin))
    return flat


def left_out(all: Sequence[Sequence[Located]], kept: Sequence[Sequence[Located]]) -> list[Origin]:
    """Where the choices stand of which branches that only validate were left out, one place for each choice."""
    real = {origin for choice in kept for _, origin in choice}
    dropped = ([o for node, o in choice if o not in real and is_validation_only(node)] for choice in all)
    return [origins[0] for origins in dropped if origins]


def _only_null(document: Document, branch: Located) -> bool:
    """Whether a branch is null and nothing else, also as a named schema (`NullEnum: {enum: [null]}`)."""
    return is_null(end_of(document, branch)[0])


def choose(builder: SchemaBuilder, view: View, choices: list[list[Located]], place: Place) -> Type:
    """The type of a schema with choices, without its null."""
    branches, *others = choices
    merged = bool(view.has_shape or others)
    if others and any(len(c) > 1 for c in others):
        builder.diagnostics.warn(
            "two-choices",
            "oneOf and anyOf, or several in an allOf, on one schema",
            view.origin,
            "Every branch of the first is combined with the second.",
        )
    _check_types(builder, view, branches)
    if len(branches) == 1:
        here = replace(place, depth=place.depth + 1)
        if not merged and not _rests_on(builder, view, branches[0]):
            return _strip(builder.type_of(branches[0], here))
        base = view.copy(choices=others)
        extend(builder.document, base, branches[0])
        return _strip(builder.structure(base, here))
    if not merged and (scalar := merge_scalars(builder.document, branches, view.types)) is not None:
        kind, values = scalar
        _inspect_scalars(builder, branches, told=bool(values))
        said = named_values(builder.document, branches)
        if not values:
            return Primitive(kind, text(view.scalars.get("format")), view.constraints)
        only = next((builder.named(*r) for b in branches if (r := plain_ref(b)) is not None), None)
        if only is not None and len([b for b in branches if keywords(b[0]) != {"type"}]) == 1:
            return Ref(only)
        return builder.put_type(declared(view, kind, values, place, said))
    variants, merged_of = _variants(builder, view, branches, others if merged else None, place)
    if len(variants) == 1:
        # A branch that allows anything leaves what stands beside the choice.
        beside = view.types if isinstance(variants[0].type, AnyJson) else None
        return builder.plain(view, place) if beside else variants[0].type
    tagging = discriminator(builder.document, view, builder.named, builder.diagnostics)
    return builder.put_type(
        UnionDecl(
            place.id,
            place.words,
            tuple(variants),
            discriminator=_of_merged(tagging, merged_of) if tagging is not None else _inherited(builder, variants),
            docs=view.docs,
            context=place.context,
            inline=place.inline,
            origin=view.origin,
        )
    )


def _rests_on(builder: SchemaBuilder, view: View, branch: Located) -> bool:
    """Whether a choice without a type of its own is of the type that stands beside all choices."""
    if not view.types or plain_ref(branch) is not None:
        return False
    own = view_of(builder.document, branch)
    return own.types is None and not own.has_shape and not own.choices


def _check_types(builder: SchemaBuilder, view: View, branches: Sequence[Located]) -> None:
    """Tell of choices that no value of the type beside them can be."""
    for branch in branches if view.types else ():
        types = view_of(builder.document, branch).types
        if types and view.types and not common_types(view.types, types):
            builder.diagnostics.warn(
                "contradiction",
                f"a choice is of the type {' or '.join(sorted(types))} beside `type: {' or '.join(sorted(view.types))}`",
                branch[1],
                "Correct one of them; until then the choice counts.",
            )


def _inspect_scalars(builder: SchemaBuilder, branches: Sequence[Located], *, told: bool) -> None:
    """Look at choices that become one scalar, or one list of values: what only some of them demand is given up."""
    for branch in branches:
        if plain_ref(branch) is not None:
            continue
        own = view_of(builder.document, branch)
        builder.inspect(own)
        limits = sorted(own.keywords & LIMITS)
        if limits and not (told and (own.const or own.enum)):
            builder.diagnostics.note(
                "unchecked", f"the choices are one type here: `{limits[0]}` of one of them is not checked", own.origin
            )


def _of_merged(tagging: Discriminator, merged_of: Mapping[DeclId, DeclId]) -> Discriminator:
    """The discriminator of a choice beside members: what its mapping names are the schemas merged with those."""
    mapping = tuple((value, merged_of.get(id, id)) for value, id in tagging.mapping)
    names = tuple((id, schema_name(of)) for of, id in merged_of.items())
    default = merged_of.get(tagging.default, tagging.default) if tagging.default is not None else None
    return Discriminator(tagging.member, mapping, names, default)


def _inherited(builder: SchemaBuilder, variants: Sequence[Variant]) -> Discriminator | None:
    """The discriminator of a choice among the children of one parent, which says nothing of it again: the parent's."""
    found = [builder.view_of_decl(v.type.id) for v in variants if isinstance(v.type, Ref)]
    heads = {view.discriminator[2] if view.discriminator is not None else None for view in found}
    if len(found) < len(variants) or len(heads) > 1 or any(heads_family(view) for view in found):
        return None
    tagging = discriminator(builder.document, found[0], builder.named, builder.diagnostics)
    ids = {v.type.id for v in variants if isinstance(v.type, Ref)}
    if tagging is None:
        return None
    pairs = tuple((value, id) for value, id in tagging.mapping if id in ids)
    return Discriminator(tagging.member, pairs, default=tagging.default if tagging.default in ids else None)


def family(builder: SchemaBuilder, view: View, place: Place) -> Type | None:
    """A named schema with a discriminator and without a choice: the union of the schemas that build on it."""
    if view.discriminator is None or not heads_family(view):
        return None
    if place.inline:
        builder.diagnostics.warn(
            "discriminator",
            "a discriminator in a schema without a name and without a choice is not read",
            view.discriminator[2],
            "List what it may be with oneOf, or name the schema, so that others can build on it.",
        )
        return None
    members = builder.families.descendants(view.origin)
    tagging = discriminator(builder.document, view, builder.named, builder.diagnostics)
    if tagging is None or not (members or any(id != place.id for _, id in tagging.mapping)):
        builder.diagnostics.note(
            "discriminator",
            "no schema builds on this one by allOf, so that its discriminator tells nothing apart",
            view.discriminator[2],
        )
        return None
    named = {
        builder.named(f"#{quote(origin.pointer)}", Origin(origin.file)): end_of(builder.document, (node, origin))
        for node, origin in members
    }
    pairs = list(tagging.mapping)
    mapped = {id for _, id in pairs}
    pairs += [(value, id) for id, (node, _) in named.items() if id not in mapped and (value := own_value(node))]
    heads = [
        id
        for id, located in named.items()
        if heads_family(view_of(builder.document, located)) and builder.families.descendants(located[1])
    ]
    # The head of a family within this one stands for its own only where it has a value here.
    heads = [id for id in heads if all(id != mapped for _, mapped in pairs)]
    ids = [id for id in dict.fromkeys((*named, *(id for _, id in pairs))) if id not in heads and id != place.id]
    variants = [Variant(name_of(id), Ref(id)) for id in ids]
    default = tagging.default
    own = [value for value, id in pairs if id == place.id] or _own_values(builder, view, place, tagging.member)
    if own or default == place.id:
        base = place.below("|", ("base",))
        default = base.id if default == place.id else default
        variants.append(Variant(("base",), builder.plain(view, base)))
        pairs = [(value, id) for value, id in pairs if id != place.id] + [(value, base.id) for value in own]
    return builder.put_type(
        UnionDecl(
            place.id,
            place.words,
            tuple(variants),
            discriminator=Discriminator(tagging.member, tuple(pairs), default=default),
            docs=view.docs,
            context=place.context,
            origin=view.origin,
        )
    )


def _own_values(builder: SchemaBuilder, view: View, place: Place, member: str) -> list[str]:
    """The values by which the head of a family stands alone: its own one, or its name among those that are listed."""
    if isinstance(value := view.scalars.get("x-ms-discriminator-value"), str):
        return [value]
    name = schema_name(place.id)
    for part in view.properties.get(member, ()):
        said = view_of(builder.document, part)
        if name in (said.enum or said.const):
            return [name]
    return []


def _variants(
    builder: SchemaBuilder, view: View, branches: list[Located], others: list[list[Located]] | None, place: Place
) -> tuple[list[Variant], dict[DeclId, DeclId]]:
    """The variants of a choice, each type once; only the one that allows anything, when there is one. `others`: the
    choices that every branch is merged with, beside the view; None when nothing stands beside the choice. And which
    named schema was merged into which declaration."""
    variants: list[Variant] = []
    merged_of: dict[DeclId, DeclId] = {}
    groups = _scalar_groups(builder, view, branches) if others is None else []
    listed = [_branch_words(builder, branch, index) for index, branch in enumerate(branches)]
    for group in groups:  # a number stands for the integers among the choices
        first = branches.index(group[0])
        listed[first] = next(
            (w for b, w in zip(branches, listed, strict=True) if b in group and w == ("number",)), listed[first]
        )
    for branch, words, step in zip(branches, listed, _steps(builder, branches, listed), strict=True):
        group = next((g for g in groups if branch in g), [])
        if group and branch is not group[0]:
            continue
        below = place.below(step, words)
        if group:
            type = choose(builder, View(view.origin, view.types), [group], below)
        elif others is not None and (others or not _is_child(builder, branch, view)):
            one = view.copy(choices=others)
            extend(builder.document, one, branch)
            type = _strip(builder.structure(one, below))
            if isinstance(type, Ref) and (ref := plain_ref(branch)) is not None:
                merged_of[builder.named(*ref)] = type.id
        elif _rests_on(builder, view, branch):
            one = view.copy(choices=[])
            extend(builder.document, one, branch)
            type = _strip(builder.structure(one, below))
        else:
            type = _strip(builder.type_of(branch, below))
        if isinstance(type, AnyJson) and not type.reason:
            return [Variant(words, type)], {}
        if all(v.type != type for v in variants):
            variants.append(Variant(words, type))
    if any(isinstance(v.type, Primitive) and v.type.kind is Kind.NUMBER for v in variants):
        variants = [v for v in variants if not (isinstance(v.type, Primitive) and v.type.kind is Kind.INTEGER)]
    return variants, merged_of


def _scalar_groups(builder: SchemaBuilder, view: View, branches: list[Located]) -> list[list[Located]]:
    """The choices that are texts, and those that are numbers, where there are several: `auto`, any text, or an object.
    No value tells `{const: auto}` from `{type: string}`, so that they are one open list of values."""
    found: dict[bool, list[Located]] = {}
    for branch in branches:
        if (scalar := merge_scalars(builder.document, [branch], view.types)) is not None:
            found.setdefault(scalar[0] is Kind.STRING, []).append(branch)
    return [group for group in found.values() if 1 < len(group) < len(branches)]


#: The words of an object of which the document says nothing but its members.
_UNNAMED: Words = ("object",)
#: How those of a schema begin of which it says nothing at all.
_NOTHING = "variant"


def _steps(builder: SchemaBuilder, branches: list[Located], listed: list[Words]) -> list[str]:
    """By what each variant is known: its words, and its required members where it has no words of its own or others have
    the same; where that is not enough, all its members.

    Never by its index: a branch more beside it must not make its id, and with it a published name, another type's.
    """
    names = Counter(listed)
    views = {at: view_of(builder.document, b) for at, b in enumerate(branches) if plain_ref(b) is None}
    known = [
        (words[0], *sorted(set(_mentioned(branches[at][0]))))
        if words[0] == _NOTHING
        else (*words, *sorted(views[at].required))
        if at in views and (names[words] > 1 or words == _UNNAMED)
        else words
        for at, words in enumerate(listed)
    ]
    alike_ones = Counter(known)
    steps: list[str] = []
    for at, words in enumerate(known):
        step = "|" + " ".join(words)
        if alike_ones[words] > 1 and at in views and not views[at].required:
            step = " ".join((step, *sorted(views[at].properties)))
        number = 2
        alike = step
        while step in steps:
            step = f"{alike} {number}"
            number += 1
        steps.append(step)
    return steps


def _mentioned(node: Json) -> Iterator[str]:
    """What tells schemas without a name or type apart: what they refer to, ask for and allow."""
    if isinstance(node, list):
        for item in node:
            yield from _mentioned(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in ("$ref", "const", "type", "title", "format") and isinstance(value, str):
                yield value.rpartition("/")[2]
            elif key == "required" and isinstance(value, list):
                yield from (item for item in value if isinstance(item, str))
            else:
                yield from _mentioned(value)


def _is_child(builder: SchemaBuilder, branch: Located, view: View) -> bool:
    """Whether a choice consists of all that stands beside it: a parent that lists its children."""
    return plain_ref(branch) is not None and view.parts <= view_of(builder.document, branch).parts


def _strip(type: Type) -> Type:
    return type.inner if isinstance(type, Nullable) else type


#: Names that tags usually have, the likeliest first.
USUAL = {name: index for index, name in enumerate(("type", "object", "role", "kind", "event"))}


def _branch_words(builder: SchemaBuilder, branch: Located, index: int) -> Words:
    ref = plain_ref(branch)
    if ref is not None:
        return name_of(builder.named(*ref))
    node = branch[0]
    if isinstance(node, dict):
        if title := text(node.get("title")):
            found = words_of(title)
            if len(found) <= 4:
                return found
        view = view_of(builder.document, branch)
        # The member that would be the tag, whatever the order in which members are written. One that must be there goes
        # before one that may come with the next version: it makes the id, and with it the published name.
        first = view.discriminator[0] if view.discriminator is not None else ""
        rank = {n: (n != first, n not in view.required, USUAL.get(n, len(USUAL)), n) for n in view.properties}
        for name in sorted(view.properties, key=rank.__getitem__):
            value = view_of(builder.document, view.properties[name][-1])
            tag = value.const or (value.enum if value.enum and len(value.enum) == 1 else [])
            if tag and isinstance(tag[0], str):
                return words_of(tag[0])
        if isinstance(kind := node.get("type"), str):
            return ("list",) if kind == "array" else (kind,)
        if view.properties:
            return ("object",)
    return (_NOTHING, str(index + 1))
