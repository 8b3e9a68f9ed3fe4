"""Parameters as text (OpenAPI 3.1, Style Values; RFC 6570). Values are plain JSON data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from .operation import Param

Pair = tuple[str, str]

_RESERVED = ":/?#[]@!$&'()*+,;="
_DEFAULT_STYLE = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}
_DELIMITER = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}


def text_of(value: Any) -> str:
    """A scalar as parameter text; anything deeper as JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def path_text(param: Param, value: Any) -> str:
    """The percent-encoded text for `{name}`.

    Raises:
        ValueError: for an empty value, which would name another endpoint.
    """
    style, explode = _style(param)
    if style == "json":
        return _segment(text_of_json(value))
    if value is None or value in ("", [], {}):
        raise ValueError(f"path parameter {param.name!r} must not be empty")
    if style == "label":
        return "." + _simple(value, explode, "." if explode else ",")
    if style == "matrix":
        return _matrix(param.name, value, explode)
    return _segment(_simple(value, explode, ","), encoded=True)


def query_pairs(param: Param, value: Any) -> list[Pair]:
    """The percent-encoded `name=value` pairs of a query parameter; null gives none."""
    style, explode = _style(param)
    safe = _RESERVED if param.allow_reserved else ""
    name = _quote(param.name)
    if style == "json":
        return [(name, _quote(text_of_json(value), safe))]
    if value is None:
        return []
    if style == "deepObject" and isinstance(value, (dict, list)):
        return _deep(name, value, safe)
    if isinstance(value, list):
        items = [_quote(text_of(item), safe) for item in value]
        if explode:
            return [(name, item) for item in items]
        return [(name, _DELIMITER.get(style, ",").join(items))] if items else []
    if isinstance(value, dict):
        members = [
            (_quote(key), _quote(text_of(member), safe))
            for key, member in value.items()
            if member is not None
        ]
        if explode:
            return members
        flat = [text for pair in members for text in pair]
        return [(name, _DELIMITER.get(style, ",").join(flat))] if flat else []
    return [(name, _quote(text_of(value), safe))]


def header_text(param: Param, value: Any) -> str | None:
    """The value of a header parameter, not percent-encoded; null gives none."""
    style, explode = _style(param)
    if style == "json":
        return text_of_json(value)
    if value is None:
        return None
    if isinstance(value, list):
        return ",".join(text_of(item) for item in value)
    if isinstance(value, dict):
        joint = "=" if explode else ","
        return ",".join(f"{key}{joint}{text_of(member)}" for key, member in value.items())
    return text_of(value)


def cookie_pairs(param: Param, value: Any) -> list[Pair]:
    """The `name=value` pairs of a cookie parameter, percent-encoded."""
    return query_pairs(param, value)


def extra_pairs(values: Mapping[str, Any]) -> list[Pair]:
    """Query members that no document describes: lists repeat the name, objects use brackets."""
    pairs: list[Pair] = []
    for name, value in values.items():
        style = "deepObject" if isinstance(value, dict) else "form"
        pairs += query_pairs(Param("query", name, style, True), value)
    return pairs


def text_of_json(value: Any) -> str:
    """Compact JSON text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _style(param: Param) -> tuple[str, bool]:
    style = param.style or _DEFAULT_STYLE[param.location]
    return style, style in ("form", "deepObject") if param.explode is None else param.explode


def _quote(text: str, safe: str = "") -> str:
    return quote(text, safe=safe)


def _segment(text: str, encoded: bool = False) -> str:
    """A path segment; `.` and `..` would be taken for directions, so their dots are encoded."""
    segment = text if encoded else _quote(text)
    return segment.replace(".", "%2E") if segment in (".", "..") else segment


def _simple(value: Any, explode: bool, delimiter: str) -> str:
    if isinstance(value, list):
        return delimiter.join(_quote(text_of(item)) for item in value)
    if isinstance(value, dict):
        joint = "=" if explode else ","
        return delimiter.join(
            f"{_quote(key)}{joint}{_quote(text_of(member))}" for key, member in value.items()
        )
    return _quote(text_of(value))


def _matrix(name: str, value: Any, explode: bool) -> str:
    key = _quote(name)
    if explode and isinstance(value, list):
        return "".join(f";{key}={_quote(text_of(item))}" for item in value)
    if explode and isinstance(value, dict):
        return "".join(f";{_quote(k)}={_quote(text_of(v))}" for k, v in value.items())
    return f";{key}={_simple(value, False, ',')}"


def _deep(name: str, value: Any, safe: str) -> list[Pair]:
    if isinstance(value, dict):
        return [
            pair
            for key, member in value.items()
            for pair in _deep(f"{name}%5B{_quote(key)}%5D", member, safe)
        ]
    if isinstance(value, list):
        return [pair for item in value for pair in _deep(f"{name}%5B%5D", item, safe)]
    return [] if value is None else [(name, _quote(text_of(value), safe))]
