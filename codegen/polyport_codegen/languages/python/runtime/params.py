"""Parameters as text (OpenAPI 3.1, Style Values; RFC 6570). Values are plain JSON data."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from .operation import Param

Pair = tuple[str, str]

#: What reserved expansion leaves as it is (RFC 6570, 3.2.3), without what no query may hold (RFC 3986, 3.4): `#[]`, and
#: `'`, which browsers encode.
_RESERVED = ":/?@!$&()*+,;="
_DEFAULT_STYLE = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}
_DELIMITER = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}


def text_of(value: Any) -> str:
    """A scalar as parameter text; anything deeper as JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, float) and math.isfinite(value):
        return _number_text(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _number_text(value: float) -> str:
    """A number as ECMAScript writes it: `1`, `0.00001`, `1e+21`."""
    digits = Decimal(repr(value))
    if value == 0 or 1e-6 <= abs(value) < 1e21:
        text = format(digits, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa, _, exponent = f"{digits.normalize():e}".partition("e")
    return f"{mantissa}e{int(exponent):+d}"


def path_text(param: Param, value: Any) -> str:
    """The percent-encoded text for `{name}`; with reserved characters kept, the slashes stay.

    Raises:
        ValueError: for an empty value, which would name another endpoint.
    """
    text = _path_text(param, value)
    return text.replace("%2F", "/") if param.allow_reserved else text


def _path_text(param: Param, value: Any) -> str:
    style, explode = _style(param)
    if style == "json" and value is not None:
        return _quote(text_of_json(value))
    value = _present(value)
    if style == "matrix" and value not in (None, [], {}):
        return _matrix(param.name, value, explode)
    text = (
        ""
        if value is None
        else _simple(value, explode, "." if style == "label" and explode else ",")
    )
    if text == "" or value == []:
        raise ValueError(f"path parameter {param.name!r} must not be empty")
    return f".{text}" if style == "label" else text


def query_pairs(param: Param, value: Any) -> list[Pair]:
    """The percent-encoded `name=value` pairs of a query parameter; null gives none."""
    style, explode = _style(param)
    safe = _RESERVED if param.allow_reserved else ""
    name = _quote(param.name)
    if value is None:
        return []
    if style == "json":
        return [(name, _quote(text_of_json(value)))]
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
    """The value of a header parameter, not percent-encoded; null and what has no items give none."""
    style, explode = _style(param)
    if style == "json" and value is not None:  # ASCII, which is what a header holds
        return json.dumps(value, separators=(",", ":"))
    value = _present(value)
    if value in (None, [], {}):
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


def _present(value: Any) -> Any:
    """A value as a style writes it: members that are null are left out."""
    if isinstance(value, dict):
        return {key: member for key, member in value.items() if member is not None}
    return value


def _quote(text: str, safe: str = "") -> str:
    """Percent-encoded text. With reserved characters kept, what is percent-encoded already is kept too."""
    quoted = quote(text, safe=safe)
    return re.sub("%25([0-9A-Fa-f]{2})", r"%\1", quoted) if safe else quoted


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
    """Without a value there is no `=` either (RFC 6570, 3.2.7)."""
    key = _quote(name)
    if explode and isinstance(value, list):
        pairs = [(key, _quote(text_of(item))) for item in value]
    elif explode and isinstance(value, dict):
        pairs = [(_quote(k), _quote(text_of(v))) for k, v in value.items()]
    else:
        pairs = [(key, _simple(value, False, ","))]
    return "".join(f";{k}={text}" if text else f";{k}" for k, text in pairs)


def _deep(name: str, value: Any, safe: str) -> list[Pair]:
    """Brackets for every step: no document says so, but servers that read brackets read these (qs, Rack, PHP)."""
    if isinstance(value, dict):
        return [
            pair
            for key, member in value.items()
            for pair in _deep(f"{name}%5B{_quote(key)}%5D", member, safe)
        ]
    if isinstance(value, list):
        return [
            pair
            for index, item in enumerate(value)
            for pair in _deep(
                f"{name}%5B{index if isinstance(item, (dict, list)) else ''}%5D", item, safe
            )
        ]
    return [] if value is None else [(name, _quote(text_of(value), safe))]
