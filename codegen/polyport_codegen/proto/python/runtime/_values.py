"""What the generated codecs share: checks of JSON values, and JSON text.

A check of a list or a map says how well proto can carry it: `NOT` at all, `EXACTLY`, or `RESPELLED` (the numbers are
right, but a whole number that was spelled 1.0 would come back as 1, so the spelling goes along as JSON text).
JSON values are what Python's json module gives.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

#: Stands for an absent member.
ABSENT: Final = object()

#: The range of int64, and of the whole numbers that a double holds exactly.
LEAST: Final = -(2**63)
MOST: Final = 2**63 - 1
WHOLE: Final = 2**53

NOT: Final = 0
EXACTLY: Final = 1
RESPELLED: Final = 2

_encode = json.JSONEncoder(separators=(",", ":")).encode


class CodecError(ValueError):
    """A message that does not stand for JSON: a field that should hold JSON text does not."""


def to_text(value: Any) -> str:
    """JSON text, in ASCII, so that lone surrogates of a string survive in proto (which is UTF-8)."""
    return _encode(value)


def from_text(text: str, place: str) -> Any:
    """The value of JSON text. Raises CodecError naming the field."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise CodecError(f"{place} is not valid JSON: {error}") from None


def encodable(text: str) -> bool:
    """Whether a string is UTF-8 (JSON may escape lone surrogates, which are not)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def strings(values: Iterable[Any]) -> int:
    """Whether all are strings that proto can carry."""
    for value in values:
        if type(value) is not str or not (value.isascii() or encodable(value)):
            return NOT
    return EXACTLY


def integers(values: Iterable[Any]) -> int:
    """Whether all are whole numbers of 64 bits."""
    for value in values:
        if type(value) is not int or not LEAST <= value <= MOST:
            return NOT
    return EXACTLY


def numbers(values: Iterable[Any]) -> int:
    """Whether all are numbers that a double holds exactly."""
    found = EXACTLY
    for value in values:
        if type(value) is float:
            if value.is_integer():
                found = RESPELLED
        elif type(value) is not int or not -WHOLE <= value <= WHOLE:
            return NOT
    return found


def booleans(values: Iterable[Any]) -> int:
    """Whether all are true or false."""
    return EXACTLY if all(type(value) is bool for value in values) else NOT


def binaries(values: Iterable[Any]) -> int:
    """Whether all are bytes."""
    return EXACTLY if all(type(value) is bytes for value in values) else NOT


def objects(values: Iterable[Any]) -> bool:
    """Whether all are JSON objects."""
    return all(type(value) is dict for value in values)


def number(value: float) -> float | int:
    """A double as JSON spells it: whole numbers without a point. Raises CodecError for what JSON has no word for."""
    if value - value != 0:
        raise CodecError(f"{value} is not a number that JSON knows")
    return int(value) if value.is_integer() else value


def merge(members: dict[str, Any], text: str, place: str) -> None:
    """Add the members of `unknown_json`. One that a field has set too counts only if it is the same number respelled;
    a required list or map that came as something else reads as an empty one, and is no value yet."""
    rest = from_text(text, place)
    if type(rest) is not dict:
        raise CodecError(f"{place} must be the text of a JSON object")
    for name, value in rest.items():
        set_already = members.get(name, ABSENT)
        if set_already is ABSENT or set_already == value or set_already in ([], {}):
            members[name] = value


def respelled(value: Any, message: Any, place: str) -> Any:
    """A number, or a list with some, with the spelling that its union's `unknown_json` keeps."""
    if not message.unknown_json:
        return value
    spelled = from_text(message.unknown_json, place)
    return spelled if spelled == value else value


def worse(one: int, other: int) -> int:
    """How well a whole fits that is made of two parts: NOT before RESPELLED before EXACTLY."""
    if NOT in (one, other):
        return NOT
    return one if other == EXACTLY else other


def object_of(body: Any) -> dict[str, Any]:
    """A copy of a request's body, whose members are taken from it one by one. Raises CodecError for other values."""
    if body is None:
        return {}
    if type(body) is not dict:
        raise CodecError("the body must be a JSON object")
    return dict(body)


def refuse(arguments: Mapping[str, Any], location: str) -> None:
    """Raise CodecError when parameters are left that no field of the message can carry. An empty list equals none."""
    left = [name for name, value in (arguments.get(location) or {}).items() if value not in ([], {})]
    if left:
        raise CodecError(f"{location} parameters that gRPC cannot carry: {', '.join(left)}")
