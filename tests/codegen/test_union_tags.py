"""Tags of unions that decide in part, and the variant that takes what no other does."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics

from tests.codegen.specs import api_of, codes, obj, ref, union
from tests.codegen.test_unions import PET, decided, one_of, tagged


def with_more(schema: dict[str, Any]) -> dict[str, Any]:
    """The object with one required member more, `more`."""
    members = {**schema["properties"], "more": {"type": "integer"}}
    return {**schema, "properties": members, "required": [*schema["required"], "more"]}


def test_tags_that_overlap_in_part_decide_where_they_can() -> None:
    first = tagged(kind=["a", "b"])
    second = with_more(tagged(kind=["b", "c"]))
    found = Diagnostics()
    item = union(
        api_of({"Item": one_of("First", "Second"), "First": first, "Second": second}, diagnostics=found), "Item"
    )
    assert item.tags == ("kind",)
    assert {
        (kind, more): decided(item, {"kind": kind} | ({"more": 1} if more else {}))
        for kind in ("a", "b", "c", "z")
        for more in (False, True)
    } == {
        ("a", False): "first", ("a", True): "first",
        ("b", False): "first", ("b", True): "second",
        ("c", False): "unknown", ("c", True): "second",
        ("z", False): "unknown", ("z", True): "unknown",
    }  # fmt: skip
    assert found.items == []


def test_an_enum_that_is_no_tag_by_name_decides_only_where_members_do_not() -> None:
    first, second = tagged(status=["on", "off"]), tagged(status=["on", "off", "gone"])
    choice = {"Item": one_of("First", "Second"), "First": first}
    told = union(api_of({**choice, "Second": with_more(second)}), "Item")
    assert told.tags == ()  # a new status is no new variant
    assert [decided(told, {"status": s, "more": 1}) for s in ("on", "gone", "new")] == ["second"] * 3
    assert decided(told, {"status": "new"}) == "first"
    untold = union(api_of({**choice, "Second": second}), "Item")
    assert untold.tags == ("status",)
    assert [decided(untold, {"status": s}) for s in ("on", "gone", "new")] == ["first", "second", "unknown"]


@pytest.mark.parametrize("target", ["Other", "#/components/schemas/Other"])
def test_a_default_mapping_takes_what_no_other_variant_does(target: str) -> None:
    kind = {"propertyName": "kind", "mapping": {"a": "First"}, "defaultMapping": target}
    plain = with_more({"type": "object", "properties": {"kind": {"type": "string"}}, "required": ["kind"]})
    found = Diagnostics()
    api = api_of(
        {
            "Item": one_of("Other", "First", "Second", discriminator=kind),
            "First": plain,
            "Second": plain,
            "Other": {"type": "object", "properties": {"kind": {"type": "string"}}},
        },
        openapi="3.2.0",
        diagnostics=found,
    )
    item = union(api, "Item")
    values = ({"kind": "a"}, {"kind": "Second"}, {"kind": "new"}, {"kind": "Other"}, {}, {"kind": None})
    assert [decided(item, v) for v in values] == ["a", "second", "other", "other", "other", "other"]
    assert [v.words for v in item.variants] == [("a",), ("second",), ("other",)]
    assert [f.required for f in obj(api, "Other").fields] == [False]
    assert found.items == []


def test_a_default_mapping_may_have_values_of_its_own_and_name_the_head_of_a_family() -> None:
    kind = {"propertyName": "kind", "mapping": {"c": "Child"}, "defaultMapping": "Head"}
    api = api_of({
        "Head": {"type": "object", "discriminator": kind, "properties": {"kind": {"type": "string"}}},
        "Child": {"allOf": [ref("Head"), {"type": "object", "properties": {"more": {"type": "string"}}}]},
    })  # fmt: skip
    head = union(api, "Head")
    assert [decided(head, v) for v in ({"kind": "c"}, {"kind": "d"}, {})] == ["c", "base", "base"]


@pytest.mark.parametrize("target", ["Nothing", "Third"])
def test_a_default_mapping_to_none_of_the_choices_is_told(target: str) -> None:
    found = Diagnostics()
    kind = {"propertyName": "kind", "defaultMapping": target}
    schemas = {"Item": one_of("First", "Second", discriminator=kind), "Third": PET}
    schemas |= {"First": tagged(kind="First"), "Second": tagged(kind="Second")}
    item = union(api_of(schemas, diagnostics=found), "Item")
    assert decided(item, {"kind": "x"}) == "unknown"
    assert codes(found) == ["discriminator-mapping"]
