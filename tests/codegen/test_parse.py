"""Texts to values: YAML 1.2, duplicate keys, encodings, and what a stranger's text must not do."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from polyport_codegen.diagnostics import Diagnostic, Diagnostics, InputError
from polyport_codegen.load.parse import parse
from polyport_codegen.load.text import NotText, decode

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def yaml(text: str) -> object:
    return parse(text, "a.yaml", Diagnostics())


@pytest.mark.parametrize("text", ["no", "off", "yes", "22:22", "2024-01-01", "1_000", "0777x", "~x", "1.2.3", "+", "."])
def test_what_yaml_1_1_would_change_stays_a_string(text: str) -> None:
    assert yaml(f"a: {text}") == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("0o17", 15),
        ("0xff", 255),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("null", None),
        ("~", None),
        ("", None),
        ("true", True),
        ("'12'", "12"),
        ("!!str 12", "12"),
    ],
)
def test_core_schema_scalars(text: str, value: object) -> None:
    assert yaml(f"a: {text}") == {"a": value}


def test_keys_are_strings_whatever_they_look_like() -> None:
    assert yaml("200: ok\ntrue: yes\nnull: x") == {"200": "ok", "true": "yes", "null": "x"}


def test_anchors_and_merge_keys() -> None:
    assert yaml("a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  l: 3\nc: *x") == {
        "a": {"k": 1, "l": 2},
        "b": {"l": 3, "k": 1},
        "c": {"k": 1, "l": 2},
    }


@given(JSON)
def test_json_reads_as_itself(value: object) -> None:
    text = json.dumps({"v": value})
    assert parse(text, "a.json", Diagnostics()) == {"v": value}


@given(
    st.dictionaries(
        st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), min_size=1),
        st.integers() | st.booleans() | st.none(),
    )
)
def test_flow_yaml_reads_json(value: dict[str, object]) -> None:
    assert parse("---\n" + json.dumps(value), "a.yaml", Diagnostics()) == value


@pytest.mark.parametrize(
    ("text", "file", "value", "pointer", "at"),
    [
        ("a: 1\na: 2", "a.yaml", {"a": 2}, "/a", (2, 1)),
        ('{"a": 1, "a": 2}', "a.json", {"a": 2}, "/a", (1, 10)),
        ('{"x": [0, {"b": {"a": 3},\n"a": "}", "a": [2]}]}', "a.json", {"x": [0, {"b": {"a": 3}, "a": [2]}]}, "/x/1/a", (2, 11)),
        ("x:\n- 0\n- {b: {a: 3}, a: 1,\n  a: 2}", "a.yaml", {"x": [0, {"b": {"a": 3}, "a": 2}]}, "/x/1/a", (4, 3)),
    ],
)  # fmt: skip
def test_duplicate_keys_are_reported(text: str, file: str, value: object, pointer: str, at: tuple[int, int]) -> None:
    found = Diagnostics()
    assert parse(text, file, found) == value
    assert [(d.code, d.origin.pointer, d.at) for d in found.items] == [("duplicate-key", pointer, at)]
    assert "'a'" in found.items[0].message


@pytest.mark.parametrize(
    ("text", "file", "place"),
    [
        ('{"a": }', "a.json", (1, 7)),
        ("a: [1\nb: 2", "a.yaml", (2, 2)),
        ("a: *nowhere", "a.yaml", (1, 4)),
    ],
)
def test_what_does_not_parse_names_the_place(text: str, file: str, place: tuple[int, int]) -> None:
    assert failure(text, file)[1] == place


def test_big_and_small_numbers_survive() -> None:
    assert yaml("a: 9007199254740993\nb: 1e-400") == {"a": 9007199254740993, "b": 0.0}


@pytest.mark.parametrize(("text", "at"), [("a: 1\nb: -1e400", (2, 4)), ('{"a": 1,\n "b": -1e400}', (2, 7))])
def test_a_number_beyond_all_is_the_largest(text: str, at: tuple[int, int]) -> None:
    found = Diagnostics()
    assert parse(text, "a", found) == {"a": 1, "b": -sys.float_info.max}
    assert [(d.code, d.at) for d in found.items] == [("number-range", at)]


def failure(text: str, file: str = "a.yaml") -> tuple[str, tuple[int, int] | None]:
    """What is said of a text that does not parse, and where."""
    with pytest.raises(InputError) as error:
        parse(text, file, Diagnostics())
    diagnostic = error.value.diagnostic
    assert (diagnostic.code, diagnostic.origin.file, bool(diagnostic.hint)) == ("parse", file, True)
    return diagnostic.message, diagnostic.at


LAUGHS = "\n".join(["a: &a [x, x]", *(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]" for a, b in zip("abcdefghi", "bcdefghij", strict=True))])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "says", "at"),
    [
        ("x: 1\na: &x {b: *x}", "stands inside what it names", (2, 11)),
        (LAUGHS, "aliases stand for more than 1,000,000 values", (7, 24)),
        ("a: 1\nb: " + "9" * 5000, "a number of 5000 digits", (2, 4)),
        ("a: 0x" + "f" * 5000, "a number of 5002 digits", (1, 4)),
        ("a:\n  b: " + "[" * 600 + "]" * 600, "nest deeper than 256 levels", (2, 260)),
        ("\n".join(" " * n + "a:" for n in range(600)), "nest deeper than 256 levels", (257, 257)),
        ("a: 1\n\tb: 2", "found a tab character that violates indentation", (2, 1)),
        ("a: 1\nb: x\0y", "the control character U+0000", (2, 5)),
        ("a: 1\n? [x]\n: 1", "a mapping's key must be a text", (2, 3)),
        ("a: *gone", "no anchor is named 'gone'", (1, 4)),
        ("a: 1\n]", "did not find expected key", (2, 1)),
    ],
    ids=str.split("cycle laughs digits hex flow-depth block-depth tab nul key anchor trailing"),
)
def test_yaml_that_is_refused_names_the_place(text: str, says: str, at: tuple[int, int]) -> None:
    message, where = failure(text)
    assert says in message
    assert where == at


@pytest.mark.parametrize(
    ("text", "says", "at"),
    [
        ('{"a":\n' + "9" * 5000 + "}", "a number of 5000 digits", (2, 1)),
        ('{"a":\n' + "[" * 300 + "]" * 300 + "}", "nest deeper than 256 levels", (2, 256)),
        ('{"a":\n' + "[" * 100_000 + "]" * 100_000 + "}", "nest deeper than 256 levels", (2, 256)),
        ('{"a": "NaN",\n "b": NaN}', "NaN is no JSON value", (2, 7)),
        ('{"a": "x\0"}', "Invalid control character", (1, 9)),
        ("[1]\n]", "Extra data", (2, 1)),
    ],
    ids=str.split("digits depth very-deep nan nul trailing"),
)
def test_json_that_is_refused_names_the_place(text: str, says: str, at: tuple[int, int]) -> None:
    message, where = failure(text, "a.json")
    assert says in message
    assert where == at


def test_tabs_get_a_hint() -> None:
    with pytest.raises(InputError) as error:
        yaml("a:\n\tb: 2")
    assert "spaces" in error.value.diagnostic.hint


@pytest.mark.parametrize(("text", "file"), [(r'{"a": "x\ud800y", "b": ["\ud83d\ude00"]}', "a.json"), (r'a: "x\ud800y"' + "\n" + r'b: ["\ud83d\ude00"]', "a.yaml"), ('a: "x\ud800y"\nb: ["😀"]', "a.yaml")])  # fmt: skip
def test_half_a_surrogate_pair_is_replaced_and_told(text: str, file: str) -> None:
    found = Diagnostics()
    assert parse(text, file, found) == {"a": "x\ufffdy", "b": ["😀"]}
    assert [d.code for d in found.items] == ["lone-surrogate"]


def test_several_documents_and_tags_are_told() -> None:
    found = Diagnostics()
    assert parse("a: !!int '1'\nb: !!str 1\nc: !Ref x\n---\nd: 1\n", "a.yaml", found) == {"a": 1, "b": "1", "c": "x"}
    assert [(d.code, d.origin.pointer, d.at) for d in found.items] == [("yaml-tag", "/c", (3, 4)), ("yaml-documents", "", (4, 1))]  # fmt: skip


def test_aliases_may_be_keys_and_are_copies() -> None:
    value = yaml("a: &k x\n*k : {b: &v {c: 1}}\nd: [*v, *v]")
    assert value == {"a": "x", "x": {"b": {"c": 1}}, "d": [{"c": 1}, {"c": 1}]}
    assert value["d"][0] is not value["d"][1]  # type: ignore[index,call-overload]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", ["openapi: 3.1.0\nx: é😀\n", '{"openapi": "3.1.0",\r\n"x": "é😀"}'])
def test_encodings(encoding: str, text: str) -> None:
    assert parse(decode(text.encode(encoding)), "a", Diagnostics()) == {"openapi": "3.1.0", "x": "é😀"}


def test_what_is_not_text_names_the_line() -> None:
    with pytest.raises(NotText, match="byte 0x89 in line 2"):
        decode(b"x\n\x89PNG")
    assert decode(b"") == ""


@pytest.mark.parametrize("text", ["", "# nothing", "---\n", "\ufeff", "  \n"])
def test_an_empty_file_is_nothing(text: str) -> None:
    assert yaml(text) is None


PIECES = st.lists(
    st.sampled_from(["a", ": ", "\n", "  ", "- ", "[", "]", "{", "}", ", ", '"', "'", "&x ", "*x", "<<", "? ", "! ", "|", ">", "#", "%", "@", "\t", "\\u", "d800", "1e9", "9" * 50, "---", "...", "\0", "\ud800", "é", "null", "$ref"]),
    max_size=25,
).map("".join)  # fmt: skip


def said_of(text: str, file: str) -> list[Diagnostic]:
    """All that is said of a text. What it gives can always be written as JSON."""
    found = Diagnostics()
    try:
        value = parse(text, file, found)
    except InputError as error:
        return [*found.items, error.diagnostic]
    json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    return found.items


@settings(max_examples=400)
@given(PIECES | st.text(max_size=40), st.sampled_from(["a.json", "a.yaml"]))
@example("[" * 2000, "a.yaml")
@example("{a: " * 900 + "}" * 900, "a.yaml")
@example("- " * 900, "a.yaml")
def test_no_text_brings_it_down(text: str, file: str) -> None:
    found = said_of(text, file)
    assert all(d.hint and d.origin.file == file for d in found)
    assert all(d.at is not None for d in found if d.code == "parse")


@given(st.data())
def test_no_mutation_of_a_document_brings_it_down(data: st.DataObject) -> None:
    text = Path("tests/specs/petstore.yaml").read_text()[:1500]
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 30))
    said = said_of(text[:at] + data.draw(PIECES) + text[at + cut :], "a.yaml")
    assert all(d.hint and d.origin.file == "a.yaml" for d in said)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('{"a": 1, // why\n "b": 2}', "comments"),
        ('{"a": 1 /* why */}', "comments"),
        ('{"a": 1,}', "comma"),
        ("{a: 1}", "double quotes"),
        ("{'a': 1}", "double quotes"),
        ('{"a": 1}{"b": 2}', "Mend"),
    ],
)
def test_what_usually_makes_a_text_no_json_has_its_way_out(text: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text, "a.json", Diagnostics())
    assert hint in caught.value.diagnostic.hint


def test_a_merge_key_that_brings_no_mapping_is_told() -> None:
    found = Diagnostics()
    assert parse("a: &a {x: 1}\nb:\n  <<: [*a, 2]\n  y: 3\n", "a.yaml", found) == {"a": {"x": 1}, "b": {"y": 3, "x": 1}}
    assert [(d.code, d.origin.pointer, d.at) for d in found.items] == [("malformed", "/b/<<", (3, 3))]
