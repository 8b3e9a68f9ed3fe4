"""Results: lenient to read, lossless to send back."""

from __future__ import annotations

import datetime
import io
import sys
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, ValidationError
from runtime_under_test.construct import construct, one_of, variant
from runtime_under_test.models import APIModel, Unknown, secret_member, wire_name
from runtime_under_test.wire import json_text, to_wire
from typing_extensions import TypeAliasType


class Text(APIModel):
    type: Literal["text"]
    text: str


class Image(APIModel):
    type: Literal["image"]
    url: str | None = None


Part = Annotated[
    Text | Image | str | Unknown,
    one_of(
        variant(Text, "object", tags={"type": ("text",)}),
        variant(Image, "object", tags={"type": ("image",)}),
        variant(str, "string"),
    ),
]


class Node(APIModel):
    value: int
    children: list[Node] | None = None
    named: dict[str, Node] | None = None
    part: Part | None = None
    class_: str | None = wire_name("class", default=None)
    at: datetime.datetime | None = None


Nested = TypeAliasType("Nested", "Annotated[str | list[Nested], NESTED]")
NESTED = one_of(variant(str, "string"), variant(list[Nested], "array"))


class Meeting:
    """Beside a type: while that is looked at for the first time, it is what another thread does."""

    does: Callable[[], object] | None = None

    def __hash__(self) -> int:
        does, self.does = self.does, None
        if does is not None:
            does()
        return 1


MEETING = Meeting()
Met = Annotated[str, MEETING]


class Shared(APIModel):
    first: str
    second: Met


WHOLE: dict[str, Any] = {
    "value": 1,
    "children": [{"value": 2, "new": {"a": [1]}}],
    "named": {"a": {"value": "odd"}},
    "part": {"type": "text", "text": "hi"},
    "class": None,
    "at": "2024-02-30T25:00:00Z",
    "big": 12345678901234567890,
}


def test_every_json_object_comes_back_as_it_was() -> None:
    node = construct(Node, WHOLE)
    assert node.to_dict() == WHOLE
    assert json_text(node) == node.to_json()


def test_nested_values_are_typed_and_odd_ones_pass_through() -> None:
    node = construct(Node, WHOLE)
    assert isinstance(node.children[0], Node)
    assert node.named["a"].value == "odd"
    assert node.at == "2024-02-30T25:00:00Z"
    assert construct(Node, {"children": "none"}).children == "none"
    assert construct(Node, [1]) == [1]


def test_absent_and_null_differ() -> None:
    node = construct(Node, {"class": None})
    assert node.class_ is None
    assert node.value is None
    assert node.model_fields_set == {"class_"}
    assert node.to_dict() == {"class": None}


def test_unknown_members_are_kept() -> None:
    node = construct(Node, WHOLE)
    assert node.big == 12345678901234567890
    assert node.model_extra == {"big": 12345678901234567890}


def test_results_are_immutable() -> None:
    node = construct(Node, WHOLE)
    with pytest.raises(ValidationError):
        node.value = 2


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"type": "text", "text": "a"}, Text),
        ({"type": "image"}, Image),
        ("bare", str),
        ({"type": "audio"}, Unknown),
        ({}, Unknown),
        (7, Unknown),
    ],
)
def test_unions_are_decided_by_tag_then_json_type(value: Any, kind: type) -> None:
    part = construct(Part, value)
    assert isinstance(part, kind)
    assert to_wire(part) == value


def test_a_true_tag_is_not_one() -> None:
    plan = one_of(variant(Text, "object", tags={"t": (1,)}))
    assert plan.choose({"t": True}) is None
    assert plan.choose({"t": 1}) is not None


def test_the_most_specific_keys_are_tried_in_order() -> None:
    plan = one_of(variant(Text, "object", keys=("a", "b")), variant(Image, "object", keys=("a",)))
    assert [getattr(plan.choose(v), "type", None) for v in ({"a": 1, "b": 1}, {"a": 1}, {})] == [
        Text,
        Image,
        None,
    ]


def test_aliases_may_contain_themselves() -> None:
    assert construct(Nested, ["a", ["b", []]]) == ["a", ["b", []]]
    assert construct(Nested, [1]) == [Unknown(1)]
    assert sys.modules[__name__] is not None


def test_moments_keep_their_text() -> None:
    node = construct(Node, {"at": "2024-01-31T12:00:00.5Z"})
    assert node.at == datetime.datetime(2024, 1, 31, 12, 0, 0, 500000, datetime.timezone.utc)
    assert to_wire(node.at) == "2024-01-31T12:00:00.5Z"
    assert to_wire(node.at + datetime.timedelta(hours=1)) == "2024-01-31T13:00:00.500000+00:00"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-01-31t12:00:00z", datetime.datetime(2024, 1, 31, 12, tzinfo=datetime.timezone.utc)),
        (
            "2024-01-31 12:00:00.123456789+01:00",
            datetime.datetime(2024, 1, 31, 11, 0, 0, 123456, tzinfo=datetime.timezone.utc),
        ),
        ("2024-01-31", "2024-01-31"),
        (1706702400, 1706702400),
    ],
)
def test_moments_are_read_as_rfc_3339_has_them(text: Any, moment: Any) -> None:
    node = construct(Node, {"at": text})
    assert node.at == moment
    assert node.to_dict() == {"at": text}


def test_pydantic_dumps_what_is_there() -> None:
    node = construct(Node, {"value": 1, "part": {"type": "audio"}})
    assert node.model_dump(exclude_unset=True)["part"] == {"type": "audio"}


def test_only_objects_make_results() -> None:
    with pytest.raises(TypeError, match="made from a dict"):
        Node.from_json([])
    assert Node.from_json({"value": 1}).value == 1


def test_what_has_no_json_form_is_refused() -> None:
    with pytest.raises(TypeError, match="object has no JSON form"):
        to_wire({"a": object()})
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text(float("nan"))
    with pytest.raises(TypeError, match="BytesIO has no JSON form"):
        to_wire({"file": io.BytesIO(b"a line")})


def test_models_of_the_callers_own_are_objects() -> None:
    class Mine(BaseModel):
        name: str = Field(alias="the name")
        unset: int = 1

    assert to_wire([Mine(**{"the name": "a"})]) == [{"the name": "a"}]


def test_a_model_that_two_threads_meet_at_once_is_whole_for_both() -> None:
    met: list[Shared] = []
    MEETING.does = lambda: met.append(construct(Shared, {"first": "a", "second": "b"}))
    mine = construct(Shared, {"first": "a", "second": "b"})
    assert [(one.first, one.second, one.model_extra) for one in (mine, *met)] == [
        ("a", "b", {})
    ] * 2


def test_results_show_what_came() -> None:
    node = construct(Node, {"value": 1, "class": None, "new": "a", "part": {"type": "text"}})
    assert repr(node) == "Node(value=1, part=Text(type='text'), class_=None, new='a')"


class Account(APIModel):
    name: str
    password: str | None = secret_member("password", default=None)
    pin: str | None = secret_member("PIN", default=None)


def test_no_text_shows_a_secret() -> None:
    account = construct(Account, {"name": "n", "password": "p"})
    assert repr(account) == "Account(name='n', password='***')"
    assert str(account) == "name='n' password='***'"
    assert repr(construct(Account, {"name": "n", "PIN": None})) == "Account(name='n', pin=None)"
    assert (account.password, account.to_dict()) == ("p", {"name": "n", "password": "p"})
