"""Parameter styles, as in the tables of RFC 6570 and OpenAPI 3.1."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from runtime_under_test.operation import Param, Part
from runtime_under_test.params import extra_pairs, header_text, path_text, query_pairs
from runtime_under_test.uploads import form_parts

LIST = ["red", "green blue"]
MAP = {"R": 100, "G": "a/b"}


@pytest.mark.parametrize(
    ("param", "value", "text"),
    [
        (Param("path", "c"), "a/b c", "a%2Fb%20c"),
        (Param("path", "c"), LIST, "red,green%20blue"),
        (Param("path", "c"), MAP, "R,100,G,a%2Fb"),
        (Param("path", "c", explode=True), MAP, "R=100,G=a%2Fb"),
        (Param("path", "c", "label"), 5, ".5"),
        (Param("path", "c", "label"), LIST, ".red,green%20blue"),
        (Param("path", "c", "label", True), LIST, ".red.green%20blue"),
        (Param("path", "c", "matrix"), True, ";c=true"),
        (Param("path", "c", "matrix"), LIST, ";c=red,green%20blue"),
        (Param("path", "c", "matrix", True), LIST, ";c=red;c=green%20blue"),
        (Param("path", "c", "matrix", True), MAP, ";R=100;G=a%2Fb"),
        (Param("path", "c", "json"), {"a": [1]}, "%7B%22a%22%3A%5B1%5D%7D"),
    ],
)
def test_path(param: Param, value: Any, text: str) -> None:
    assert path_text(param, value) == text


@pytest.mark.parametrize("value", ["", None, []])
def test_an_empty_path_parameter_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="'c' must not be empty"):
        path_text(Param("path", "c"), value)


@pytest.mark.parametrize(
    ("param", "value", "pairs"),
    [
        (Param("query", "c"), "a b&", [("c", "a%20b%26")]),
        (Param("query", "c"), None, []),
        (Param("query", "c"), 1.5, [("c", "1.5")]),
        (Param("query", "c"), LIST, [("c", "red"), ("c", "green%20blue")]),
        (Param("query", "c", explode=False), LIST, [("c", "red,green%20blue")]),
        (Param("query", "c", explode=False), [], []),
        (Param("query", "c"), MAP, [("R", "100"), ("G", "a%2Fb")]),
        (Param("query", "c", explode=False), MAP, [("c", "R,100,G,a%2Fb")]),
        (Param("query", "c", "spaceDelimited", False), LIST, [("c", "red%20green%20blue")]),
        (Param("query", "c", "pipeDelimited", False), [1, 2], [("c", "1%7C2")]),
        (Param("query", "c", "deepObject"), {"a": {"b": 1}, "x": None}, [("c%5Ba%5D%5Bb%5D", "1")]),
        (Param("query", "c", allow_reserved=True), "a/b?", [("c", "a/b?")]),
        (Param("query", "c", "json"), {"a": None}, [("c", "%7B%22a%22%3Anull%7D")]),
    ],
)
def test_query(param: Param, value: Any, pairs: list[tuple[str, str]]) -> None:
    assert query_pairs(param, value) == pairs


def test_headers_are_not_percent_encoded() -> None:
    assert header_text(Param("header", "X"), ["a b", 1, True]) == "a b,1,true"
    assert header_text(Param("header", "X", explode=True), MAP) == "R=100,G=a/b"
    assert header_text(Param("header", "X"), None) is None


def test_extra_query_takes_any_json() -> None:
    assert extra_pairs({"a": [1, 2], "b": {"c": True}}) == [
        ("a", "1"),
        ("a", "2"),
        ("b%5Bc%5D", "true"),
    ]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1.0, "1"),
        (-0.5, "-0.5"),
        (123456789.25, "123456789.25"),
        (0.00001, "0.00001"),
        (1e-7, "1e-7"),
        (1.5e22, "1.5e+22"),
        (0.0, "0"),
    ],
)
def test_numbers_are_written_as_other_languages_write_them(number: float, text: str) -> None:
    assert query_pairs(Param("query", "n"), number) == [("n", quote(text, safe=""))]


def test_bytes_in_a_form_are_a_file_or_their_base64_text() -> None:
    file, text = form_parts({"file": b"x", "text": b"x"}, {"text": Part(is_text=True)})
    assert (file.filename, file.content) == ("file", b"x")
    assert (text.filename, text.content) == (None, b"eA==")
