"""Families of schemas: a discriminator at the head, children that build on it, and no list of choices."""

from __future__ import annotations

import json
from typing import Any

from polyport_codegen.diagnostics import Diagnostics, Severity
from polyport_codegen.ir.decision import chosen
from polyport_codegen.ir.model import Api
from polyport_codegen.ir.types import DeclId, Direction, ObjectDecl, Ref, UnionDecl, component
from polyport_codegen.pipeline import BuildOptions, build

from tests.codegen.specs import api_of, codes, document, get, obj, ref, union

STRING = {"type": "string"}


def head(**more: Any) -> dict[str, Any]:
    """A `Pet` whose member `kind` tells which pet it is."""
    members = {"kind": more.pop("kind", STRING), "name": STRING}
    tag = {"propertyName": "kind", **more.pop("discriminator", {})}
    return {"type": "object", "required": ["kind"], "properties": members, "discriminator": tag, **more}


def child(parent: str, *names: str, **more: Any) -> dict[str, Any]:
    return {"allOf": [ref(parent), {"type": "object", "properties": dict.fromkeys(names, STRING)}], **more}


FAMILY = {"Pet": head(), "Cat": child("Pet", "claws"), "Dog": child("Pet", "bark")}


def test_the_head_is_the_union_of_all_that_build_on_it() -> None:
    api = api_of(FAMILY, {"/pet": get(ref("Pet"))})
    pet = union(api, "Pet")
    assert [(v.type, v.names) for v in pet.variants] == [
        (Ref(component("Cat")), ("Cat",)),
        (Ref(component("Dog")), ("Dog",)),
    ]
    assert [f.wire_name for f in obj(api, "Cat").fields] == ["kind", "name", "claws"]
    assert obj(api, "Dog").direction is Direction.OUTPUT
    assert chosen(pet, {"kind": "Pet", "name": "x"}) is None  # newer than the client, as far as the document tells


def test_grandchildren_count_and_a_mapping_names_them() -> None:
    tag = {"mapping": {"cat": "Cat", "persian": "#/components/schemas/Persian"}}
    api = api_of({"Pet": head(discriminator=tag), "Cat": child("Pet", "claws"), "Persian": child("Cat", "fur")})
    pet = union(api, "Pet")
    assert [(v.words, v.names) for v in pet.variants] == [(("cat",), ("cat",)), (("persian",), ("persian",))]
    assert [f.wire_name for f in obj(api, "Persian").fields] == ["kind", "name", "claws", "fur"]


def test_the_head_stands_alone_where_it_has_a_value_of_its_own() -> None:
    by_mapping = FAMILY | {"Pet": head(discriminator={"mapping": {"pet": "Pet", "cat": "Cat", "dog": "Dog"}})}
    by_enum = FAMILY | {"Pet": head(kind={"type": "string", "enum": ["Pet", "Cat", "Dog"]})}
    by_extension = FAMILY | {"Pet": head(**{"x-ms-discriminator-value": "AnyPet"})}
    for schemas, value in ((by_mapping, "pet"), (by_enum, "Pet"), (by_extension, "AnyPet")):
        api = api_of(schemas)
        *_, last = union(api, "Pet").variants
        assert last.names == (value,)
        assert isinstance(last.type, Ref)
        base = api.decls[last.type.id]
        assert isinstance(base, ObjectDecl)
        assert [f.wire_name for f in base.fields] == ["kind", "name"]


def test_children_may_name_their_own_value() -> None:
    cat = child("Pet", "claws", **{"x-ms-discriminator-value": "#Acme.Cat"})
    pet = union(api_of(FAMILY | {"Cat": cat}), "Pet")
    assert [v.names for v in pet.variants] == [("#Acme.Cat",), ("Dog",)]


def test_a_child_that_adds_nothing_is_a_variant_too() -> None:
    api = api_of(FAMILY | {"Fox": {"allOf": [ref("Pet")]}})
    assert [f.wire_name for f in obj(api, "Fox").fields] == ["kind", "name"]
    assert [v.words for v in union(api, "Pet").variants] == [("cat",), ("dog",), ("fox",)]


def test_a_family_within_a_family_lists_its_own_members() -> None:
    big = child("Pet", "size", discriminator={"propertyName": "race"})
    api = api_of(FAMILY | {"Dog": big, "Collie": child("Dog", "wool"), "Boxer": child("Dog", "jaw")})
    assert [v.words for v in union(api, "Pet").variants] == [("cat",), ("collie",), ("boxer",)]
    assert [v.words for v in union(api, "Dog").variants] == [("collie",), ("boxer",)]


def test_a_discriminator_in_a_part_of_the_head_is_its_own() -> None:
    named = {"allOf": [ref("Named"), head()]}
    api = api_of(
        {"Named": {"type": "object", "properties": {"id": STRING}}, "Pet": named, "Cat": child("Pet", "claws")}
    )
    assert [v.words for v in union(api, "Pet").variants] == [("cat",)]


def test_a_child_that_has_a_discriminator_and_no_children_is_a_variant() -> None:
    own = {"discriminator": {"propertyName": "kind"}}
    api = api_of({"Pet": head(), "Cat": child("Pet") | own})
    assert [v.type for v in union(api, "Pet").variants] == [Ref(component("Cat"))]


def test_a_discriminator_that_nobody_builds_on_changes_nothing() -> None:
    found = Diagnostics()
    api = api_of({"Pet": head()}, diagnostics=found)
    assert [f.wire_name for f in obj(api, "Pet").fields] == ["kind", "name"]
    assert [(d.code, d.severity) for d in found.items] == [("discriminator", Severity.NOTE)]


def test_what_refers_to_the_head_may_be_any_of_the_family() -> None:
    owner = {"type": "object", "properties": {"pet": {"description": "Its pet.", "allOf": [ref("Pet")]}}}
    api = api_of(FAMILY | {"Owner": owner, "Pets": {"type": "array", "items": ref("Pet")}})
    assert obj(api, "Owner").fields[0].type == Ref(component("Pet"))


def test_a_family_within_a_family_stands_for_the_values_that_the_mapping_gives_it() -> None:
    tag = {"mapping": {"cat": "Cat", "lion": "Lion", "dog": "Dog"}}
    cat = child("Pet", "sub", discriminator={"propertyName": "sub"})
    api = api_of({"Pet": head(discriminator=tag), "Cat": cat, "Lion": child("Cat", "mane"), "Dog": child("Pet")})
    pet = union(api, "Pet")
    assert {v.type: v.names for v in pet.variants} == {
        Ref(component("Cat")): ("cat",),
        Ref(component("Dog")): ("dog",),
        Ref(component("Lion")): ("lion",),
    }
    index = chosen(pet, {"kind": "cat", "sub": "Lion"})
    assert index is not None
    assert pet.variants[index].type == Ref(component("Cat"))


PETS = {name: json.loads(json.dumps(schema).replace("#/components/schemas", "#")) for name, schema in FAMILY.items()}


def files(pets: Any) -> Api:
    """The API of a root whose one answer is a `Pet` of another file."""
    at = "pets.json#/components/schemas/Pet" if "components" in pets else "pets.json#/Pet"
    tree = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/pet": get({"$ref": at})}}
    tree["components"] = {"schemas": {"Cat": {"type": "object", "properties": {"other": STRING}}}}
    found = Diagnostics()
    api = build(document({"spec.json": json.dumps(tree), "pets.json": json.dumps(pets)}, found), BuildOptions(), found)
    assert codes(found) == []
    return api


def test_a_family_in_another_file_is_found_beside_its_head() -> None:
    pet = files(PETS).decls[DeclId("pets.json#/Pet")]
    assert isinstance(pet, UnionDecl)
    assert [(v.type, v.names) for v in pet.variants] == [
        (Ref(DeclId("pets.json#/Cat")), ("Cat",)),
        (Ref(DeclId("pets.json#/Dog")), ("Dog",)),
    ]


def test_a_name_in_a_mapping_means_a_schema_of_the_same_file_first() -> None:
    record = {"type": "object", "properties": {"kind": STRING}}
    choice = {"oneOf": [ref("Cat"), ref("Dog")]}
    tag = {"discriminator": {"propertyName": "kind", "mapping": {"c": "Cat", "d": "Dog"}}}
    api = files({"components": {"schemas": {"Pet": choice | tag, "Cat": record, "Dog": record}}})
    pet = api.decls[DeclId("pets.json#/components/schemas/Pet")]
    assert isinstance(pet, UnionDecl)
    assert [v.names for v in pet.variants] == [("c",), ("d",)]


def test_a_choice_among_children_is_decided_by_the_discriminator_that_they_inherit() -> None:
    found = Diagnostics()
    tag = {"mapping": {"cat": "Cat", "dog": "Dog", "fox": "Fox"}}
    schemas = FAMILY | {"Pet": head(discriminator=tag), "Fox": child("Pet")}
    choice = {"Tame": {"oneOf": [ref("Cat"), ref("Dog")]}, "Other": {"oneOf": [ref("Cat"), {"type": "object"}]}}
    api = api_of(schemas | choice, diagnostics=found)
    tame = union(api, "Tame")
    assert tame.tags == ("kind",)
    assert [(v.type, v.names) for v in tame.variants] == [
        (Ref(component("Cat")), ("cat",)),
        (Ref(component("Dog")), ("dog",)),
    ]
    assert chosen(tame, {"kind": "fox"}) is None
    assert union(api, "Other").discriminator is None
    assert "discriminator-mapping" not in codes(found)
