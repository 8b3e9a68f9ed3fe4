"""What is referred to is named by its pointer, also one that leads into a path or into another schema."""

from __future__ import annotations

import pytest
from polyport_codegen.ir.types import DeclId, component
from polyport_codegen.openapi.pointers import names_of

from .specs import api_of, get, ref

ANSWER = "/get/responses/200/content/application~1json/schema"


@pytest.mark.parametrize(
    ("pointer", "names"),
    [
        ("#/components/schemas/Pet", ["pet"]),
        ("#/components/schemas/items", ["items"]),
        ("#/components/schemas/Pet/properties/owner", ["owner", "pet owner"]),
        ("#/components/schemas/Pets/items", ["pet"]),
        ("#/components/schemas/Staff/items", ["staff item"]),
        ("#/components/schemas/Pet/anyOf/1", ["pet 2"]),
        ("#/components/schemas/Pet/additionalProperties", ["pet value"]),
        ("#/components/schemas/Pet/allOf/0/properties/owner", ["owner", "pet 1 owner"]),
        ("#/components/parameters/limit/schema", ["limit"]),
        ("#/components/responses/Pets/content/application~1json/schema", ["pets"]),
        ("#/paths/~1v2~1pets~1{id}~1owners" + ANSWER, ["owners response", "pets owners response"]),
        ("#/paths/~1pets/post/requestBody/content/application~1json/schema/oneOf/0", ["pets request 1"]),
        ("#/paths/~1pets/get/responses/404/content/application~1json/schema", ["pets 404 response"]),
        ("#/paths/~1pets/get/parameters/2/schema", ["pets parameter 3"]),
        ("models/pet.yaml", ["pet"]),
        ("models.yaml#/Pet", ["pet"]),
        ("models.yaml#/definitions/schema", ["schema"]),
    ],
)
def test_names_begin_with_the_last_one_and_grow(pointer: str, names: list[str]) -> None:
    assert [" ".join(words) for words in names_of(DeclId(pointer))] == names


def test_references_into_paths_are_told_apart_by_where_they_lead() -> None:
    thing = {"type": "object", "properties": {"id": {"type": "string"}}}
    page = {"type": "object", "properties": {"items": {"type": "array", "items": thing}}}
    into = {"$ref": f"#/paths/~1pets{ANSWER}/properties/items/items"}
    other = {"$ref": f"#/paths/~1shops{ANSWER}/properties/items/items"}
    holder = {"type": "object", "properties": {"pet": into, "shop": other}}
    api = api_of({"Holder": holder}, {"/pets": get(page), "/shops": get(page), "/holder": get(ref("Holder"))})
    names = {str(id): (decl.words, decl.context[0]) for id, decl in api.decls.items() if "/paths/" in str(id)}
    assert sorted(names.values()) == [
        (("item",), ("pets", "response", "item")),
        (("item",), ("shops", "response", "item")),
    ]
    assert component("Holder") in api.decls
