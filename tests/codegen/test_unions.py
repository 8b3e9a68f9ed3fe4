"""How the variants of unions are told apart: JSON type, discriminator, the tuple of tags, required members, order."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics, Severity
from polyport_codegen.ir.decision import chosen
from polyport_codegen.ir.types import JsonType, Nullable, ObjectDecl, Primitive, Ref, UnionDecl, component
from polyport_codegen.values import Json

from tests.codegen.specs import api_of, codes, member, obj, ref, union

PET = {"type": "object", "properties": {"name": {"type": "string"}}}


def tagged(required: bool = True, /, **tags: Any) -> dict[str, Any]:
    """An object of members with a constant (or, for a list, an enum)."""
    values = {name: {"enum": v} if isinstance(v, list) else {"const": v} for name, v in tags.items()}
    return {"type": "object", "properties": values, "required": list(tags) if required else []}


def decided(choice: UnionDecl, value: Json) -> str:
    """The words of the variant that a value is of."""
    index = chosen(choice, value)
    return "unknown" if index is None else " ".join(choice.variants[index].words)


TAGGED = {
    "Text": {
        "type": "object",
        "required": ["type", "text"],
        "properties": {"type": {"const": "text"}, "text": {"type": "string"}},
    },
    "Image": {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": ["image_url"]}, "url": {"type": "string"}},
    },
}


def test_variants_are_told_apart_by_their_const_and_named_by_it() -> None:
    part = union(api_of({"Part": {"oneOf": [ref("Text"), ref("Image")]}, **TAGGED}), "Part")
    assert part.tags == ("type",)
    assert [(v.words, v.tags) for v in part.variants] == [
        (("text",), (("text",),)),
        (("image", "url"), (("image_url",),)),
    ]


def test_mapping_counts_beside_the_const() -> None:
    schema = {
        "oneOf": [ref("Cat"), ref("Dog")],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {"cat": "#/components/schemas/Cat", "lion": "Cat", "dog": "Dog"},
        },
    }
    plain = {"type": "object", "properties": {"kind": {"type": "string"}}}
    pet = union(api_of({"Pet": schema, "Cat": plain, "Dog": plain}), "Pet")
    assert [(v.words, v.tags) for v in pet.variants] == [(("cat",), (("cat", "lion"),)), (("dog",), (("dog",),))]


def test_a_discriminator_without_mapping_means_the_schema_names() -> None:
    plain = {"type": "object", "properties": {"kind": {"type": "string"}}}
    pet = union(
        api_of(
            {
                "Pet": {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind"}},
                "Cat": plain,
                "Dog": plain,
            }
        ),
        "Pet",
    )
    assert [v.tags for v in pet.variants] == [(("Cat",),), (("Dog",),)]


def test_untagged_objects_go_by_their_required_members_most_first() -> None:
    def shape(*names: str) -> dict[str, Any]:
        return {"type": "object", "required": list(names), "properties": {n: {"type": "number"} for n in names}}

    shape_union = union(
        api_of({"Shape": {"anyOf": [ref("Circle"), ref("Box")]}, "Circle": shape("r"), "Box": shape("w", "h")}), "Shape"
    )
    assert [(v.words, v.required_keys) for v in shape_union.variants] == [(("box",), ("w", "h")), (("circle",), ("r",))]


def test_lists_are_told_apart_by_their_items() -> None:
    prompt = union(api_of({"Prompt": {"oneOf": [
        {"type": "string"}, {"type": "array", "items": {"type": "string"}}, {"type": "array", "items": {"type": "integer"}},
        {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}]}}), "Prompt")  # fmt: skip
    assert [sorted(t.value for t in v.json_types) for v in prompt.variants] == [
        ["string"],
        ["array"],
        ["array"],
        ["array"],
    ]
    assert [v.item_types for v in prompt.variants[1:]] == [{JsonType.STRING}, {JsonType.NUMBER}, {JsonType.ARRAY}]


def test_what_cannot_be_told_apart_is_reported() -> None:
    found = Diagnostics()
    api_of(
        {
            "Either": {"anyOf": [ref("A"), ref("B")]},
            "A": PET,
            "B": {"type": "object", "properties": {"x": {"type": "string"}}},
        },
        diagnostics=found,
    )
    assert [d.code for d in found.items] == ["union-order"]
    assert found.items[0].origin.pointer == "/components/schemas/Either"


def test_a_nested_union_answers_for_its_variants() -> None:
    other = {"type": "object", "required": ["type"], "properties": {"type": {"const": "other"}}}
    outer = union(
        api_of(
            {
                "Outer": {"oneOf": [ref("Part"), ref("Other")]},
                "Part": {"oneOf": [ref("Text"), ref("Image")]},
                "Other": other,
                **TAGGED,
            }
        ),
        "Outer",
    )
    assert [v.tags for v in outer.variants] == [(("text", "image_url"),), (("other",),)]


def one_of(*names: str, **more: Any) -> dict[str, Any]:
    return {"oneOf": [ref(name) for name in names], **more}


MESSAGES = {
    "Item": one_of("Asked", "Said", "Call"),
    "Asked": tagged(type="message", role=["user", "system"], status=["done", "open"]),
    "Said": tagged(type="message", role="assistant", status=["done", "open"]),
    "Call": tagged(type="call", status=["done", "open"]),
}


def test_a_second_member_tells_apart_what_shares_a_tag_and_holds_nothing_else() -> None:
    item = union(api_of(MESSAGES), "Item")
    assert item.tags == ("type", "role")  # `status` is the same for all: a new status is no new variant
    assert [(v.words, item.listed(v)) for v in item.variants] == [
        (("asked",), (("type", ("message",)), ("role", ("user", "system")))),
        (("said",), (("type", ("message",)), ("role", ("assistant",)))),
        (("call",), (("type", ("call",)),)),
    ]
    assert decided(item, {"type": "message", "role": "assistant", "status": "new"}) == "said"
    assert decided(item, {"type": "call", "role": "tool"}) == "call"
    assert decided(item, {"type": "message", "role": "tool"}) == "unknown"


def test_a_declared_discriminator_is_helped_by_a_second_member() -> None:
    item = union(api_of(MESSAGES | {"Item": one_of("Asked", "Said", discriminator={"propertyName": "type"})}), "Item")
    assert item.tags == ("type", "role")
    assert decided(item, {"type": "message", "role": "assistant"}) == "said"


def test_a_tag_that_nobody_knows_is_unknown_beside_a_variant_without_a_tag() -> None:
    remark = {"type": "object", "properties": {"text": {"type": "string"}}}
    note = union(api_of({"Note": one_of("A", "B", "Remark"), "A": tagged(type="a"), "B": tagged(type="b"),
                         "Remark": remark}), "Note")  # fmt: skip
    values: list[Json] = [{"type": "a"}, {"type": "c"}, {"text": "t"}, {"type": None, "text": "t"}, {"type": 1}]
    assert [decided(note, value) for value in values] == ["a", "unknown", "remark", "remark", "unknown"]


def test_a_variant_that_takes_any_text_as_its_tag_takes_what_others_do_not() -> None:
    free = {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}}
    thing = union(api_of({"Thing": one_of("Free", "A"), "A": tagged(type="a"), "Free": free}), "Thing")
    assert [decided(thing, {"type": tag}) for tag in ("a", "zzz")] == ["a", "free"]


def test_an_optional_tag_may_be_absent_where_others_must_have_it() -> None:
    easy = tagged(False, type="message") | {"required": ["text"]}
    item = union(api_of({"Item": one_of("Easy", "Call"), "Easy": easy, "Call": tagged(type="call")}), "Item")
    values: list[Json] = [
        {"text": "t"},
        {"type": "message", "text": "t"},
        {"type": "call"},
        {"type": "new", "text": ""},
    ]
    assert [decided(item, value) for value in values] == ["message", "message", "call", "unknown"]


def test_tags_that_nobody_requires_are_required_all_the_same() -> None:
    item = union(api_of({"Item": one_of("A", "B"), "A": tagged(False, k="a"), "B": tagged(False, k="b")}), "Item")
    assert [decided(item, value) for value in ({"k": "a"}, {"k": "b"}, {})] == ["a", "b", "unknown"]


def test_an_enum_of_one_variant_alone_is_no_tag() -> None:
    status = {"type": "object", "required": ["s"], "properties": {"s": {"type": "string", "enum": ["x", "y"]}}}
    either = union(api_of({"Either": one_of("A", "B"), "A": status, "B": PET | {"required": ["name"]}}), "Either")
    assert either.tags == ()
    assert decided(either, {"s": "newer"}) == "a"


def test_the_same_tags_leave_it_to_the_required_members() -> None:
    short, long = tagged(type="x"), tagged(type="x", more=1)
    either = union(api_of({"Either": one_of("Short", "Long"), "Short": short, "Long": long}), "Either")
    assert [decided(either, v) for v in ({"type": "x"}, {"type": "x", "more": 1})] == ["short", "long"]


def test_numbers_and_truth_values_are_different_tags() -> None:
    either = union(api_of({"Either": one_of("A", "B"), "A": tagged(v=1), "B": tagged(v=True)}), "Either")
    assert [decided(either, {"v": v}) for v in (1, True, "1")] == ["a", "b", "unknown"]


def test_implied_names_take_part_beside_a_mapping_and_within_a_shared_enum() -> None:
    kind = {"kind": {"type": "string", "enum": ["Cat", "Dog", "Fox"]}}
    schemas = {name: {"type": "object", "properties": kind} for name in ("Cat", "Dog", "Fox")}
    tag = {"propertyName": "kind", "mapping": {"Fox": "Fox"}}
    pet = union(api_of({"Pet": one_of("Cat", "Dog", "Fox", discriminator=tag), **schemas}), "Pet")
    assert [v.names for v in pet.variants] == [("Cat",), ("Dog",), ("Fox",)]


@pytest.mark.parametrize("target", ["Acme.Cat", "#/components/schemas/Acme.Cat"])
def test_a_dotted_mapping_value_is_a_schema_when_there_is_one(target: str) -> None:
    tag = {"propertyName": "kind", "mapping": {"cat": target}}
    pet = union(api_of({"Pet": one_of("Acme.Cat", "Dog", discriminator=tag), "Acme.Cat": PET, "Dog": PET}), "Pet")
    assert [v.names for v in pet.variants] == [("cat",), ("Dog",)]


def test_a_mapping_to_nothing_is_reported_and_left_out() -> None:
    found = Diagnostics()
    tag = {"propertyName": "kind", "mapping": {"cat": "Cta", "dog": "Dog", "cow": "./cow.yaml", "pet": "Pet"}}
    schemas = {"Pet": one_of("Cat", "Dog", discriminator=tag), "Cat": PET, "Dog": PET}
    pet = union(api_of(schemas, diagnostics=found), "Pet")
    assert [v.names for v in pet.variants] == [("Cat",), ("dog",)]
    assert codes(found) == ["discriminator-mapping"] * 3
    assert found.items[0].origin.pointer == "/components/schemas/Pet/discriminator/mapping/cat"


def test_a_mapping_against_a_constant_is_an_error() -> None:
    found = Diagnostics()
    tag = {"propertyName": "kind", "mapping": {"cat": "Cat", "dog": "Dog"}}
    schemas = {"Pet": one_of("Cat", "Dog", discriminator=tag), "Cat": tagged(kind="kitty"), "Dog": tagged(kind="dog")}
    api_of(schemas, diagnostics=found)
    assert [(d.code, d.severity) for d in found.items] == [("discriminator-conflict", Severity.ERROR)]
    assert "'cat'" in found.items[0].message
    assert "'kitty'" in found.items[0].message


def test_a_string_or_an_object_of_which_one_member_is_known_stays_a_union() -> None:
    api = api_of({"Target": {"oneOf": [{"type": "string"}, {"type": "object", "required": ["id"]}]}})
    text, record = union(api, "Target").variants
    assert isinstance(text.type, Primitive)
    assert (record.words, record.required_keys) == (("object",), ("id",))


def test_branches_that_only_require_members_are_none_beside_those_members() -> None:
    either = [{"required": ["a"]}, {"required": ["b"]}]
    members = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}
    assert [f.required for f in obj(api_of({"Box": members | {"anyOf": either}}), "Box").fields] == [False, False]


def test_one_list_needs_no_look_at_its_items() -> None:
    api = api_of({"Content": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}})
    assert [v.item_types for v in union(api, "Content").variants] == [frozenset(), frozenset()]


def test_inline_variants_are_known_by_their_tag_in_whatever_order_members_and_branches_stand() -> None:
    done = {"status": {"const": "done"}, "type": {"const": "ok"}}
    failed = {"status": {"const": "failed"}, "type": {"const": "error"}}

    def ids(*branches: dict[str, Any]) -> set[str]:
        choices = [{"type": "object", "required": ["type"], "properties": members} for members in branches]
        return {str(v.type) for v in union(api_of({"Result": {"oneOf": choices}}), "Result").variants}

    turned = [dict(reversed(members.items())) for members in (failed, done)]
    assert ids(done, failed) == ids(*turned)
    assert any(">|ok" in id or "'|ok'" in id for id in ids(done, failed))


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ({"type": "integer"}, (1, 2)),
        ({"type": "integer", "enum": [1, 2]}, (1, 2)),
        ({"type": "boolean"}, (True, False)),
        ({"type": "string"}, ("1", "2")),
    ],
)
def test_a_mapping_means_values_as_the_member_has_them(said: dict[str, Any], values: tuple[Any, Any]) -> None:
    keys = ["true", "false"] if said["type"] == "boolean" else ["1", "2"]
    record = {"type": "object", "properties": {"v": said}}
    tag = {"propertyName": "v", "mapping": {keys[0]: "A", keys[1]: "B"}}
    either = union(api_of({"Either": one_of("A", "B", discriminator=tag), "A": record, "B": record}), "Either")
    assert [v.names for v in either.variants] == [(values[0],), (values[1],)]
    assert [decided(either, {"v": v}) for v in values] == [" ".join(v.words) for v in either.variants]


def test_a_mapping_agrees_with_a_constant_that_is_no_text() -> None:
    found = Diagnostics()
    tag = {"propertyName": "v", "mapping": {"1": "A", "2": "B"}}
    schemas = {"Either": one_of("A", "B", discriminator=tag), "A": tagged(v=1), "B": tagged(v=2)}
    either = union(api_of(schemas, diagnostics=found), "Either")
    assert [decided(either, {"v": v}) for v in (1, 2, "1")] == ["a", "b", "unknown"]
    assert codes(found) == []


@pytest.mark.parametrize(("mapping", "values"), [({"c": "Cat", "d": "Dog"}, ("c", "d")), ({}, ("Cat", "Dog"))])
def test_a_discriminator_counts_beside_members(mapping: dict[str, str], values: tuple[str, str]) -> None:
    found = Diagnostics()
    text = {"type": "string"}
    kinds = {n: {"type": "object", "properties": {"kind": text, n.lower(): text}} for n in ("Cat", "Dog")}
    tag = {"propertyName": "kind", **({"mapping": mapping} if mapping else {})}
    beside = one_of("Cat", "Dog", discriminator=tag) | {"type": "object", "properties": {"id": text}}
    in_part = {"allOf": [{"type": "object", "properties": {"id": text}}, one_of("Cat", "Dog", discriminator=tag)]}
    for schema in (beside, in_part):
        api = api_of({"Pet": schema, **kinds}, diagnostics=found)
        pet = union(api, "Pet")
        assert [v.names for v in pet.variants] == [(values[0],), (values[1],)]
        second = chosen(pet, {"id": "1", "kind": values[1]})
        assert second is not None
        assert isinstance(type := pet.variants[second].type, Ref)
        assert isinstance(dog := api.decls[type.id], ObjectDecl)
        assert {f.wire_name for f in dog.fields} == {"id", "kind", "dog"}
    assert codes(found) == []


def test_a_named_null_is_no_variant() -> None:
    schemas = {"Mood": {"type": "string", "enum": ["good"]}, "NullEnum": {"enum": [None]}}
    assert member(one_of("Mood", "NullEnum"), **schemas) == Nullable(Ref(component("Mood")))


@pytest.mark.parametrize("required", [[], ["a"]])
def test_a_map_beside_an_object_is_told(required: list[str]) -> None:
    found = Diagnostics()
    box = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": required}
    words = {"type": "object", "additionalProperties": {"type": "string"}}
    either = union(api_of({"Either": {"oneOf": [words, box]}}, diagnostics=found), "Either")
    assert len(either.variants) == 2
    assert [(d.code, d.origin.pointer) for d in found.items] == [("union-order", "/components/schemas/Either")]


@pytest.mark.parametrize("words", [[{"const": "auto"}, {"type": "string"}], [{"type": "string"}, ref("Mode")]])
def test_texts_among_other_choices_are_one_open_list_of_values(words: list[Any]) -> None:
    found = Diagnostics()
    choice = {"oneOf": [words[0], {"type": "object", "required": ["a"], "properties": {"a": {}}}, words[1]]}
    schemas = {"Choice": choice, "Mode": {"type": "string", "enum": ["auto"]}}
    either = union(api_of(schemas, diagnostics=found), "Choice")
    assert [(decided(either, "auto"), decided(either, "else")), (decided(either, {"a": 1}), len(either.variants))] == [
        (decided(either, "x"), decided(either, "x")),
        ("object", 2),
    ]
    assert codes(found) == []


def test_numbers_among_other_choices_are_one() -> None:
    found = Diagnostics()
    choice = {"anyOf": [{"const": 1}, {"type": "string"}, {"type": "integer"}]}
    either = union(api_of({"Choice": choice}, diagnostics=found), "Choice")
    assert [v.json_types for v in either.variants] == [{JsonType.NUMBER}, {JsonType.STRING}]
    assert decided(either, 1) == decided(either, 7)
    assert codes(found) == []


def test_what_a_discriminator_names_is_asked_for() -> None:
    """As pydantic writes it: what means the variant may be left out, and then nobody knows which one it is."""
    cat = {"type": "object", "properties": {"kind": {"const": "cat", "default": "cat"}, "age": {"type": "integer"}}}
    dog = {"type": "object", "properties": {"kind": {"enum": ["dog", "hound"]}}, "required": ["kind"]}
    choice = {"oneOf": [ref("Cat"), ref("Dog")]}
    declared = {**choice, "discriminator": {"propertyName": "kind"}}
    schemas = {"Cat": cat, "Dog": dog, "Pet": declared, "Loose": choice}
    api = api_of(schemas)
    assert [f.required for f in obj(api, "Cat").fields] == [True, False]
    assert decided(union(api, "Loose"), {"age": 1}) == "cat"
    alone = api_of({k: v for k, v in schemas.items() if k != "Pet"})
    assert [f.required for f in obj(alone, "Cat").fields] == [False, False]


def test_integers_beside_numbers_are_numbers_by_name_too() -> None:
    schema = {"anyOf": [{"type": "integer"}, {"type": "number"}, {"type": "string"}]}
    assert [v.words for v in union(api_of({"Value": schema}), "Value").variants] == [("number",), ("string",)]


def bound(name: str, *members: str, closed: bool = True) -> dict[str, Any]:
    """An object with only optional members."""
    rest = {"additionalProperties": False} if closed else {}
    return {"title": name, "type": "object", "properties": {m: {"type": "integer"} for m in members}, **rest}


@pytest.mark.parametrize(
    ("choices", "values", "said"),
    [
        (
            [bound("one", "a", "c"), bound("two", "b", "c")],
            {"a": "one", "b": "two", "c": "one", "a b": "unknown", "a new": "one", "": "one"},
            [],
        ),
        # The one with fewer members first, else it would never be found.
        ([bound("all", "a", "b"), bound("some", "a")], {"a": "some", "b": "all", "a b": "all"}, []),
        # One that takes any member is tried after what is closed.
        ([bound("open", "b", closed=False), bound("shut", "a")], {"a": "shut", "b": "open", "a b": "open"}, []),
        # Nothing tells these apart.
        ([bound("one", "a"), bound("two", "a")], {"a": "one"}, ["union-order"]),
        ([bound("one", "a", closed=False), bound("two", "b", closed=False)], {"b": "one"}, ["union-order"]),
    ],
)
def test_closed_objects_are_told_apart_by_what_they_forbid(
    choices: list[Any], values: dict[str, str], said: list[str]
) -> None:
    found = Diagnostics()
    either = union(api_of({"Either": {"oneOf": choices}}, diagnostics=found), "Either")
    assert {keys: decided(either, dict.fromkeys(keys.split(), 1)) for keys in values} == values
    assert codes(found) == said


def test_required_members_and_tags_decide_before_what_is_forbidden() -> None:
    more = {**bound("two", "id", "b"), "required": ["id"]}
    either = union(api_of({"Either": {"oneOf": [bound("one", "a"), more]}}), "Either")
    assert [v.foreign_keys for v in either.variants] == [(), ()]
    assert decided(either, {"id": 1, "a": 1}) == "two"
