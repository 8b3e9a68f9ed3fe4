"""YAML text to values, from libyaml's events, by the core schema of YAML 1.2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from sys import intern
from typing import Any

import yaml

from ..diagnostics import Diagnostics, Origin
from ..values import Json
from .findings import MAX_ALIASED, MAX_DEPTH, ParseFailure, duplicate, finite, lone_surrogate, long_number, too_deep
from .text import without_surrogates

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE = {"true", "True", "TRUE"}
_FALSE = {"false", "False", "FALSE"}
_INT = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL = re.compile(r"0o[0-7]+\Z")
_HEX = re.compile(r"0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_MAYBE_NUMBER = frozenset("0123456789+-.")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_TAG = "tag:yaml.org,2002:"
#: Tags that say no more than the text itself, or that it is not to be looked into.
_KNOWN_TAGS = frozenset({f"{_TAG}{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")} | {"!"})
_TEXT_TAGS = frozenset({f"{_TAG}str", "!"})
#: Integers longer than this could not be printed again, or only by the square of their length.
_MAX_DIGITS = 3_000


def read_yaml(text: str, origin: Origin, diagnostics: Diagnostics) -> Json:
    """The value of a text's first document; None when it is empty. Raises ParseFailure."""
    try:
        return _Builder(text, origin, diagnostics).document()
    except yaml.MarkedYAMLError as error:
        if "Unicode character escape" in str(error.problem) and (mended := without_surrogates(text)) != text:
            return _again(mended, origin, diagnostics)
        mark = error.problem_mark or error.context_mark
        at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        tab = "\t" in _line_of(text, at[0])[: at[1]]
        hint = "Indent with spaces: YAML allows no tabs there." if tab else ""
        raise ParseFailure(str(error.problem or error.context), at, hint) from None
    except yaml.YAMLError:  # the reader's, which tells no line
        found = _CONTROL.search(text)
        offset = found.start() if found else 0
        at = (text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
        what = f"the control character U+{ord(found[0]):04X}" if found else "a character that YAML does not allow"
        raise ParseFailure(what, at, "Write it as an escape in double quotes, or remove it.") from None


def _again(mended: str, origin: Origin, diagnostics: Diagnostics) -> Json:
    value = read_yaml(mended, origin, diagnostics)
    if "\ufffd" in mended:
        lone_surrogate(origin, diagnostics)
    return value


def _line_of(text: str, number: int) -> str:
    lines = text.split("\n", number)
    return lines[number - 1] if number <= len(lines) else ""


def scalar(text: str) -> Json:
    """A plain YAML scalar by the core schema: null, boolean, integer, float or string."""
    if text in _NULL:
        return None
    if text[0] in _MAYBE_NUMBER:
        if _INT.match(text):
            return int(text)
        if _FLOAT.match(text):
            return float(text)
        if _HEX.match(text):
            return int(text, 16)
        if _OCTAL.match(text):
            return int(text[2:], 8)
        return text
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    return text


def _at(event: Any) -> tuple[int, int]:
    return int(event.start_mark.line) + 1, int(event.start_mark.column) + 1


def _copy(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _copy(inner) for key, inner in value.items()}
    return [_copy(inner) for inner in value] if isinstance(value, list) else value


def _size(value: Json) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(_size, value.values()))
    return 1 + sum(map(_size, value)) if isinstance(value, list) else 1


def _levels(value: Json) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_levels, value.values()), default=0)
    return 1 + max(map(_levels, value), default=0) if isinstance(value, list) else 0


def events(text: str) -> Iterator[Any]:
    """The parser's events, without the two calls for each of them that `yaml.parse` makes on top."""
    return iter(_Loader(text).get_event, None)


class _Builder:
    """Events to values. Recursion is as deep as the text nests, which is bounded."""

    def __init__(self, text: str, origin: Origin, diagnostics: Diagnostics) -> None:
        self._events = events(text)
        self._origin = origin
        self._diagnostics = diagnostics
        #: A finished anchor's value; None while what it names is still being read.
        self._anchors: dict[str, tuple[Json] | None] = {}
        self._aliased = 0
        self._path: list[str | int] = []

    def document(self) -> Json:
        value: Json = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 1:
                    value = self._value(next(self._events))
                    continue
                self._diagnostics.warn(
                    "yaml-documents",
                    "the file holds more than one YAML document; the first counts",
                    self._origin,
                    "Give each document a file of its own.",
                    _at(event),
                )
                break
        return value

    def _here(self) -> Origin:
        return self._origin.child(*self._path)

    def _value(self, event: Any) -> Json:
        if event.__class__ is yaml.ScalarEvent and not event.anchor and not event.tag:
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if event.anchor:
            self._anchors[event.anchor] = None
        if event.tag and event.tag not in _KNOWN_TAGS:
            self._tag(event)
        value: Json
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
        elif len(self._path) >= MAX_DEPTH:
            raise too_deep(_at(event))
        elif isinstance(event, yaml.MappingStartEvent):
            value = self._mapping()
        else:
            value = self._sequence()
        if event.anchor:
            self._anchors[event.anchor] = (value,)
        return value

    def _tag(self, event: Any) -> None:
        self._diagnostics.warn(
            "yaml-tag",
            f"the tag {event.tag!r} has no meaning here; what follows it is read as if it were not there",
            self._here(),
            "Remove the tag.",
            _at(event),
        )

    def _scalar(self, event: Any) -> Json:
        text: str = event.value
        if event.tag in _TEXT_TAGS:
            return text
        if event.style and event.tag not in _KNOWN_TAGS:  # libyaml says "" for plain
            return text
        if len(text) > _MAX_DIGITS and (_INT.match(text) or _HEX.match(text) or _OCTAL.match(text)):
            raise long_number(len(text), _at(event))
        value = scalar(text)
        return finite(text, self._here(), self._diagnostics, _at(event)) if isinstance(value, float) else value

    def _alias(self, event: Any) -> Json:
        if event.anchor not in self._anchors:
            raise ParseFailure(
                f"no anchor is named {event.anchor!r}", _at(event), "Define it before it is used, as `&name`."
            )
        found = self._anchors[event.anchor]
        if found is None:
            raise ParseFailure(
                f"the alias {event.anchor!r} stands inside what it names",
                _at(event),
                "Use `$ref` for what contains itself.",
            )
        self._aliased += _size(found[0])
        if self._aliased > MAX_ALIASED:
            raise ParseFailure(
                f"aliases stand for more than {MAX_ALIASED:,} values", _at(event), "Use `$ref` instead of aliases."
            )
        if len(self._path) + _levels(found[0]) > MAX_DEPTH:
            raise too_deep(_at(event))
        return _copy(found[0])  # its own: an overlay may change it in one place

    def _sequence(self) -> list[Json]:
        value: list[Json] = []
        self._path.append(0)
        for item in self._events:
            if isinstance(item, yaml.SequenceEndEvent):
                break
            self._path[-1] = len(value)
            value.append(self._value(item))
        self._path.pop()
        return value

    def _key(self, event: Any) -> str:
        if isinstance(event, yaml.AliasEvent):
            value = self._alias(event)
            if isinstance(value, str):
                return value
        if not isinstance(event, yaml.ScalarEvent):
            raise ParseFailure("a mapping's key must be a text", _at(event), "Write it as one word or in quotes.")
        text = intern(str(event.value))  # a few words are most of the keys
        if event.anchor:
            self._anchors[event.anchor] = (text,)
        return text

    def _mergeable(self, value: Json, event: Any) -> Iterator[dict[str, Json]]:
        """The mappings that a merge key brings."""
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield one
            else:
                self._diagnostics.warn(
                    "malformed",
                    f"the merge key << brings {one!r}, which is no mapping",
                    self._here(),
                    "It is left out: merge mappings only.",
                    _at(event),
                )

    def _mapping(self) -> dict[str, Json]:
        value: dict[str, Json] = {}
        merged: list[dict[str, Json]] = []
        self._path.append("")
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event)
            self._path[-1] = key
            child = self._value(next(self._events))
            if key == "<<" and getattr(event, "style", "'") == "" and isinstance(child, dict | list):
                merged.extend(self._mergeable(child, event))
                continue
            if key in value:
                duplicate(key, self._here(), self._diagnostics, _at(event))
            value[key] = child
        self._path.pop()
        for extra in merged:  # YAML 1.1 merge keys, still common: what stands here wins
            for key, child in extra.items():
                value.setdefault(key, child)
        return value
