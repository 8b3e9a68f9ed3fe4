"""Hypothesis strategies for JSON values of IR types, and equality of JSON values that minds their spelling."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import strategies as st
from polyport_codegen.ir.model import Api
from polyport_codegen.ir.types import (
    NO_CONSTRAINTS,
    AliasDecl,
    AnyJson,
    Const,
    Constraints,
    EnumDecl,
    Kind,
    ListOf,
    MapOf,
    Nullable,
    ObjectDecl,
    Primitive,
    Ref,
    Type,
)

#: Strings include what JSON can escape and UTF-8 cannot hold (lone surrogates).
TEXTS = st.one_of(st.text(max_size=8), st.text(st.characters(categories=["Cs", "L"]), max_size=3))
UTF8 = st.text(max_size=8)
INTEGERS = st.one_of(st.integers(-5, 5), st.integers(-(2**70), 2**70))
NUMBERS = st.one_of(st.integers(-3, 3), st.floats(allow_nan=False, allow_infinity=False), st.just(1.0), INTEGERS)
SCALARS = st.one_of(st.none(), st.booleans(), INTEGERS, NUMBERS, TEXTS)

ANY = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)


def same(left: Any, right: Any) -> bool:
    """Equality that tells 1 from 1.0 and true; the order of members does not count."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[k], right[k]) for k in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, float):
        return left == right and math.copysign(1, left) == math.copysign(1, right)
    return bool(left == right)


def values(api: Api, type: Type, *, wild: bool, depth: int = 4) -> st.SearchStrategy[Any]:
    """Values of a type, within its limits. `wild` adds what newer or wrong peers send: other types, unknown members, variants and values."""
    strategy = _valid(api, type, wild, depth)
    return st.one_of(strategy, strategy, strategy, ANY) if wild else strategy


def _valid(api: Api, type: Type, wild: bool, depth: int) -> st.SearchStrategy[Any]:
    match type:
        case AnyJson():
            return ANY
        case Primitive(kind=kind, constraints=constraints):
            return _scalar(kind, wild, constraints)
        case Const(value=value):
            return st.just(value)
        case Nullable(inner=inner):
            return st.one_of(st.none(), values(api, inner, wild=wild, depth=depth))
        case ListOf(item=item, constraints=constraints):
            least = 0 if wild else constraints.min_items or 0
            most = max(least, min(3 if depth > 0 else 0, constraints.max_items or 3))
            return st.lists(values(api, item, wild=wild, depth=depth - 1), min_size=least, max_size=most)
        case MapOf(value=item):
            size = 3 if depth > 0 else 0
            names = TEXTS if wild else UTF8
            return st.dictionaries(names, values(api, item, wild=wild, depth=depth - 1), max_size=size)
        case Ref(id=id):
            return st.deferred(lambda: _declared(api, id, wild, depth))


def _declared(api: Api, id: str, wild: bool, depth: int) -> st.SearchStrategy[Any]:
    decl = api.decls[id]
    if isinstance(decl, EnumDecl):
        members = st.sampled_from([member.value for member in decl.members])
        return st.one_of(members, _scalar(decl.kind, wild)) if wild else members
    if isinstance(decl, AliasDecl):
        return values(api, decl.type, wild=wild, depth=depth)
    if isinstance(decl, ObjectDecl):
        required = {f.wire_name: values(api, f.type, wild=wild, depth=depth - 1) for f in decl.fields if f.required}
        optional = {
            f.wire_name: values(api, f.type, wild=wild, depth=depth - 1)
            for f in decl.fields
            if not f.required and depth > 0
        }
        known = st.fixed_dictionaries(required, optional=optional)
        if not wild:
            return known
        taken = {f.wire_name for f in decl.fields}
        extra = st.dictionaries(TEXTS.filter(lambda name: name not in taken), ANY, max_size=2)
        return st.builds(lambda a, b: {**b, **a}, known, extra)
    return st.one_of([values(api, v.type, wild=wild, depth=depth) for v in decl.variants])


def _scalar(kind: Kind, wild: bool, constraints: Constraints = NO_CONSTRAINTS) -> st.SearchStrategy[Any]:
    limits = NO_CONSTRAINTS if wild else constraints
    if kind is Kind.BOOLEAN:
        return st.booleans()
    if kind is Kind.STRING:
        if limits.pattern is not None:
            return st.from_regex(limits.pattern, fullmatch=True)
        sized = limits.min_length or limits.max_length
        texts = st.text(min_size=limits.min_length or 0, max_size=min(limits.max_length or 8, 64))
        return texts if sized else TEXTS if wild else UTF8
    least, most = limits.minimum, limits.maximum
    if kind is Kind.INTEGER:
        return st.integers(-(2**63) if least is None else int(least), 2**63 - 1 if most is None else int(most))
    if least is None and most is None:
        return NUMBERS
    whole = st.integers(math.ceil(-10 if least is None else least), math.floor(10 if most is None else most))
    return st.one_of(whole, whole.map(float), st.floats(least, most, allow_nan=False, allow_infinity=False))
