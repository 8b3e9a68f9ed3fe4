"""From Python values to JSON values and bytes, ready for the wire."""

from __future__ import annotations

import base64
import datetime
import json
import re
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from .models import APIModel, Unknown
from .sentinels import NOT_GIVEN

_PLAIN = (str, int, float, bool, type(None))

#: A date-time of RFC 3339, section 5.6. Python before 3.11 reads fewer spellings of it.
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)


class WireDateTime(datetime.datetime):
    """A moment read from an answer. It remembers its text, so that it is sent back unchanged."""

    wire: str | None = None


def read_datetime(value: Any) -> Any:
    """The moment that an RFC 3339 text names; anything else passes through as it came."""
    match = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return value
    day, time, fraction, offset = match.groups("")
    offset = "+00:00" if offset in "zZ" else offset
    try:
        moment = WireDateTime.fromisoformat(f"{day}T{time}.{fraction[1:7]:0<6}{offset}")
    except ValueError:
        return value
    moment.wire = value
    return moment


def to_wire(value: Any) -> Any:
    """`value` as plain JSON data: models, moments, enums and bytes are replaced by their JSON form.

    Members that are `NOT_GIVEN` are left out, `None` becomes null.

    Raises:
        TypeError: for what has no JSON form, an open file among it.
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, APIModel):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {
            str(name): to_wire(member) for name, member in value.items() if member is not NOT_GIVEN
        }
    if isinstance(value, Unknown):
        return to_wire(value.raw)
    if isinstance(value, WireDateTime) and value.wire is not None:
        return value.wire
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, Enum):
        return to_wire(value.value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, BaseModel):  # a class of the caller's own
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, Iterable) and not hasattr(value, "read"):
        return [to_wire(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no JSON form: {value!r}")


def json_bytes(value: Any) -> bytes:
    """`value` as compact UTF-8 JSON. NaN and infinities are refused, as JSON has none."""
    return json.dumps(
        to_wire(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode("utf-8", "surrogatepass")


def json_text(value: Any) -> str:
    """`value` as compact JSON text."""
    return json_bytes(value).decode("utf-8", "surrogatepass")
