"""Whatever schemas say, and however they refer to each other: reading ends, and every reference leads to a type."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.graph import references
from polyport_codegen.ir.types import ObjectDecl, UnionDecl

from tests.codegen.specs import api_of, get, ref

NAMES = ("A", "B", "C", "D")
WORDS = st.sampled_from(["kind", "a", "b"])
REFS = st.sampled_from([ref(name) for name in NAMES])
SCALARS = st.sampled_from(
    [
        {"type": "string"},
        {"type": ["integer", "null"]},
        {"const": "x"},
        {"enum": ["x", "y"]},
        {"enum": [1, "x", None]},
        {"type": "nonsense"},
        {"required": ["a"]},
        {"not": {"type": "string"}},
        {"patternProperties": {"^a": {"type": "string"}}, "additionalProperties": False},
        {"nullable": True, "type": "number"},
        {},
        True,
        False,
    ]
)


def larger(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=1, max_size=3)
    schemas = {
        "properties": st.dictionaries(WORDS, inner, max_size=2),
        "allOf": several,
        "oneOf": several,
        "anyOf": several,
        "items": inner,
        "prefixItems": several,
        "additionalProperties": inner,
        "required": st.lists(WORDS, max_size=2),
        "discriminator": st.fixed_dictionaries(
            {"propertyName": WORDS},
            optional={"mapping": st.dictionaries(st.sampled_from(["x", "A"]), st.sampled_from([*NAMES, "./no", "q"]))},
        ),
        "type": st.sampled_from(["object", "array", "string", ["object", "null"]]),
        "description": st.just("Said."),
    }
    keys = st.lists(st.sampled_from(sorted(schemas)), min_size=1, max_size=3, unique=True)
    return keys.flatmap(lambda chosen: st.fixed_dictionaries({key: schemas[key] for key in chosen}))


SCHEMAS = st.recursive(st.one_of(SCALARS, REFS, REFS), larger, max_leaves=8)


@settings(max_examples=200, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(NAMES, SCHEMAS)), SCHEMAS)
def test_reading_ends_and_every_reference_leads_to_a_type(schemas: dict[str, Any], inline: Any) -> None:
    found = Diagnostics()
    api = api_of(schemas, {"/a": get(inline)}, found)
    for decl in api.decls.values():
        assert all(id in api.decls for id in references(decl))
        if isinstance(decl, ObjectDecl):
            names = [field.wire_name for field in decl.fields]
            assert len(names) == len(set(names))
        if isinstance(decl, UnionDecl):
            assert decl.variants
            assert all(len(variant.tags) in (0, len(decl.tags)) for variant in decl.variants)
    assert all(item.message and item.origin.file for item in found.items)
