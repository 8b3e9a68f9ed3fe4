"""JSON and YAML text to plain values. YAML goes through libyaml's events with the scalars of YAML 1.2's core schema.

So `no`, `22:22` and `2024-01-01` are strings (YAML 1.2.2, section 10.3.2), keys are always strings, and a key that
stands twice in one mapping is a diagnostic instead of a silent loss.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from ..diagnostics import Diagnostic, Diagnostics, InputError, Origin, Severity
from ..values import Json

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE = {"true", "True", "TRUE"}
_FALSE = {"false", "False", "FALSE"}
_INT = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL = re.compile(r"0o[0-7]+\Z")
_HEX = re.compile(r"0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_MAYBE_NUMBER = frozenset("0123456789+-.")


def parse(text: str, file: str, diagnostics: Diagnostics) -> Json:
    """The value of a file. JSON when the first character says so, else YAML.

    Raises InputError, with line and column, when the text is neither.
    """
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        try:
            return _parse_json(text.lstrip("\ufeff"), file, diagnostics)
        except json.JSONDecodeError as error:
            if file.endswith(".json"):
                raise _failure(file, f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    return _parse_yaml(text, file, diagnostics)


def _failure(file: str, message: str) -> InputError:
    return InputError(
        Diagnostic(Severity.ERROR, "parse", f"does not parse: {message}", Origin(file), "Mend the file at that place.")
    )


def _parse_json(text: str, file: str, diagnostics: Diagnostics) -> Json:
    def object_of(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        value = dict(pairs)
        if len(value) != len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    _duplicate(key, file, "", diagnostics)
                seen.add(key)
        return value

    value: Json = json.loads(text, object_pairs_hook=object_of)
    return value


def _duplicate(key: str, file: str, where: str, diagnostics: Diagnostics) -> None:
    diagnostics.warn(
        "duplicate-key",
        f"the key {key!r} stands twice in one mapping{where}; the last one counts",
        Origin(file),
        "Remove or rename one of the two.",
    )


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


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _scalar_of(event: Any) -> Json:
    if event.tag in ("tag:yaml.org,2002:str", "!"):
        return str(event.value)
    return str(event.value) if event.style else scalar(event.value)  # libyaml says "" for plain


def _parse_yaml(text: str, file: str, diagnostics: Diagnostics) -> Json:
    events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
    try:
        return _Builder(events, file, diagnostics).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise _failure(file, f"{place}{error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise _failure(file, str(error)) from None


class _Builder:
    """Events to values. Recursion is as deep as the document nests."""

    def __init__(self, events: Iterator[Any], file: str, diagnostics: Diagnostics) -> None:
        self._events = events
        self._file = file
        self._diagnostics = diagnostics
        self._anchors: dict[str, Json] = {}

    def document(self) -> Json:
        value: Json = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                value = self._value(next(self._events))
                break
        return value

    def _value(self, event: Any) -> Json:
        if isinstance(event, yaml.ScalarEvent):
            value = _scalar_of(event)
        elif isinstance(event, yaml.MappingStartEvent):
            value = self._mapping(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = []
            if event.anchor:
                self._anchors[event.anchor] = value
            for item in self._events:
                if isinstance(item, yaml.SequenceEndEvent):
                    break
                value.append(self._value(item))
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise _failure(self._file, f"line {_line(event)}: no anchor named {event.anchor!r}")
            return self._anchors[event.anchor]
        else:
            raise _failure(self._file, f"unexpected {type(event).__name__}")
        if event.anchor:
            self._anchors[event.anchor] = value
        return value

    def _mapping(self, start: Any) -> dict[str, Json]:
        value: dict[str, Json] = {}
        if start.anchor:
            self._anchors[start.anchor] = value
        merged: list[Json] = []
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if isinstance(event, yaml.ScalarEvent):
                key = event.value
            else:
                raise _failure(self._file, f"line {_line(event)}: a mapping key must be a plain scalar")
            child = self._value(next(self._events))
            if key == "<<" and not event.style and isinstance(child, dict | list):
                merged.extend(child if isinstance(child, list) else [child])
                continue
            if key in value:
                _duplicate(key, self._file, f" (line {_line(event)})", self._diagnostics)
            value[key] = child
        for extra in merged:  # YAML 1.1 merge keys, still common: what stands here wins
            for key, child in extra.items() if isinstance(extra, dict) else ():
                value.setdefault(key, child)
        return value
