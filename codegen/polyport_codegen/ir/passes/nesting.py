"""Names of declarations: short where that is free, and for inline ones both under their owner and alone.

A schema called `CreateOrderResponse` is `Order` when nothing else is, `OrderResponse200` loses its status, and
`com.acme.shop.Order` the package before it, as far as that tells it from nothing else. An inline type
gets `own`, its name under its owner (`Order.Line`), and `words`, its name where nothing nests (`OrderLine`). The latter is
built from the outermost declaration down; beyond 52 letters what stands in the middle is left out, since nobody reads it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from ...diagnostics import Diagnostics
from ...values import Words
from ..graph import home, owner
from ..model import Api
from ..types import Decl, DeclId, Ref, schema_name
from ..words import singular, words_of

#: Letters of an inline type's name; languages add an ending of their own (`Params`), and 60 is the most.
_LONGEST = 52
_WITH_RESPONSE = frozenset({"create", "get", "retrieve", "update", "modify", "fetch"})
_STATUS = re.compile(r"(response)?2\d\d\Z")


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """Every declaration with its `words`, its `context` and, when it is inline, its `own` words."""
    decls = api.decls
    names = _short(decls) | _unpackaged(decls)
    names |= _lists(api, names)
    out: dict[DeclId, Decl] = {}
    for id, decl in decls.items():
        if id in names:
            out[id] = replace(decl, words=names[id], context=(decl.words, *decl.context))
    owned = {id: _fitting(_own(decl, decls), [])[0] for id, decl in decls.items() if decl.inline}
    for id, own in owned.items():
        top = home(id, decls)
        chain = [own]
        at = owner(id, decls)
        while at is not None and at != top:
            chain.insert(0, owned.get(at, decls[at].words))
            at = owner(at, decls)
        decl = decls[id]
        if id == top:
            words, *context = _fitting(names.get(id, _placed(decl)), [])
        else:
            words, *context = _fitting(names.get(top, decls[top].words), chain)
        if decl.given:
            out[id] = replace(decl, own=own, context=(words, *context))
            continue
        longer = (c for c in (*decl.context, (*words, "value")) if _size(c) <= _LONGEST and c != words)
        out[id] = replace(
            decl,
            words=words,
            own=own if id != top else (),
            context=tuple(dict.fromkeys([*context, *longer])),
        )
    return replace(api, decls={**decls, **out})


def _size(words: Words) -> int:
    return sum(map(len, words))


def _own(decl: Decl, decls: Mapping[DeclId, Decl]) -> Words:
    """What a declaration's name says beyond that of its owner."""
    words = _placed(decl)
    around = owner(decl.id, decls)
    if around is None:
        return words
    outer = _placed(decls[around])
    for prefix in (outer, singular(outer)):
        if words[: len(prefix)] == prefix and len(words) > len(prefix):
            return words[len(prefix) :]
    if words in (outer, singular(outer)):  # an item or value that is named by the singular of the whole
        return ("value",) if decl.id[-1] == "{}" else ("item",)
    return words


def _placed(decl: Decl) -> Words:
    """The name by the place, also of what the document gives another."""
    return decl.context[0] if decl.given and decl.context else decl.words


def _fitting(root: Words, chain: list[Words]) -> list[Words]:
    """The names for a way down, those that say most first; none too long."""
    ways = [(*root, *(w for step in chain[at:] for w in step)) for at in range(max(1, len(chain)))]
    fits = [way for way in dict.fromkeys(ways) if _size(way) <= _LONGEST]
    # the beginning of the root tells apart what the end of the way does not
    last = chain[-1] if chain else root[-1:]
    for kept in range(len(root) - 1, -1, -1):
        if not fits and _size(way := (*root[:kept], *last)) <= _LONGEST:
            fits.append(way)
    if fits:
        return fits
    kept = len(last)
    while kept > 1 and _size(last[:kept]) > _LONGEST:
        kept -= 1
    return [last[:kept] if _size(last[:kept]) <= _LONGEST else (last[0][:_LONGEST],)]


def _short(decls: Mapping[DeclId, Decl]) -> dict[DeclId, Words]:
    """The names that lose their noise: each wish that no other declaration has or wishes for."""
    wishes = {id: wish for id, decl in decls.items() if (wish := _wish(decl)) is not None}
    wanted = Counter([*(d.words for d in decls.values()), *wishes.values()])
    return {id: wish for id, wish in wishes.items() if wanted[wish] == 1}


def _wish(decl: Decl) -> Words | None:
    words = decl.words
    if not decl.inline and len(words) > 2 and words[0] in _WITH_RESPONSE and words[-1] == "response":
        return words[1:-1]
    if decl.inline and len(decl.id) > 1 and _STATUS.match(decl.id[1]) and len(words) > 2 and decl.id[1] in words:
        return tuple(word for word in words if word != decl.id[1])
    if not decl.inline and _STATUS.match(words[-1]):
        kept = (*words[:-1], "response") if words[-1].startswith("response") else words[:-1]
        return kept if len(kept) > 1 and "response" in kept else None
    return None


def _unpackaged(decls: Mapping[DeclId, Decl]) -> dict[DeclId, Words]:
    """Names that stand in packages with no more of these than tells them apart: `io.k8s.api.core.v1.Pod` is Pod.

    What most names of a document begin with (`microsoft.graph`) is a package too, however it is written.
    """
    own = [decl for decl in decls.values() if not decl.inline and not decl.given and len(decl.id) == 1]
    parts = {decl.id: tuple(schema_name(decl.id).split(".")) for decl in own}
    dotted = {id: steps for id, steps in parts.items() if len(steps) > 1 and all(map(_is_step, steps))}
    shared = _shared(list(dotted.values())) if 2 * len(dotted) > len(own) else 0
    ways = {}
    for id, steps in dotted.items():
        first = len(steps) - 1 if _is_packaged(steps) else shared
        if first:
            ways[id] = [tuple(word for step in steps[at:] for word in words_of(step)) for at in range(first, 0, -1)]
    wanted = Counter(way for found in ways.values() for way in found)
    wanted.update(decl.words for id, decl in decls.items() if id not in ways)
    alone = {id: next((way for way in found if wanted[way] == 1), None) for id, found in ways.items()}
    return {id: way for id, way in alone.items() if way is not None}


def _is_step(step: str) -> bool:
    return step[:1].isalpha()


def _is_packaged(steps: tuple[str, ...]) -> bool:
    return steps[-1][0].isupper() and all(step[0].islower() for step in steps[:-1])


def _shared(names: list[tuple[str, ...]]) -> int:
    """How many steps all names begin with; each keeps its last."""
    least = min(len(steps) for steps in names) - 1 if len(names) > 2 else 0
    return next((at for at in range(least) if len({steps[at] for steps in names}) > 1), least)


def _lists(api: Api, names: Mapping[DeclId, Words]) -> dict[DeclId, Words]:
    """What stands inline in an answer and only holds the items of a page: `GetOrdersResponse` is OrderList."""
    wishes: dict[DeclId, Words] = {}
    for operation in api.operations.values():
        type = operation.result.type if operation.result is not None else None
        item = operation.pagination.item_type if operation.pagination is not None else None
        if isinstance(type, Ref) and isinstance(item, Ref) and _is_answer(api.decls[type.id]):
            of = api.decls[item.id]
            if not of.inline and of.words[-1] != "list":
                wishes[type.id] = (*names.get(of.id, of.words), "list")
    wanted = Counter([*(names.get(id, d.words) for id, d in api.decls.items()), *wishes.values()])
    return {id: wish for id, wish in wishes.items() if wanted[wish] == 1}


def _is_answer(decl: Decl) -> bool:
    """Whether a type was named by the answer that it is, and by nothing else."""
    return decl.inline and not decl.given and decl.words[-1] == "response"
