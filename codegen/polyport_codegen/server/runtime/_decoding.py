"""Decoding of the typed views: fast in C, and once more with patience when a variant is newer than this gateway."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

import msgspec
from msgspec import inspect

T = TypeVar("T")

#: The tag of the structs that hold unknown variants. No API uses it: it is not a character that people type.
UNKNOWN_TAG: Final = "\x00unknown"


def empty_list() -> list[Any]:
    """A default that is written out when encoding (msgspec omits only `list` itself)."""
    return []


def empty_map() -> dict[str, Any]:
    """A default that is written out when encoding (msgspec omits only `dict` itself)."""
    return {}


def null() -> Any:
    """A null that is written out when encoding."""
    return None


class Decoder(Generic[T]):
    """JSON text -> a typed value. Raises msgspec.ValidationError, naming the JSON path, and msgspec.DecodeError."""

    __slots__ = ("_decode", "_info", "type")

    def __init__(self, type: Any) -> None:
        """The msgspec decoder is made on first use, so that a large API costs nothing at start."""
        self.type = type
        self._decode: Callable[[bytes], T] | None = None
        self._info: inspect.Type | None = None

    def __call__(self, data: bytes) -> T:
        """Decode, first strictly, then with unknown variants wrapped."""
        decode = self._decode
        if decode is None:
            decode = self._decode = msgspec.json.Decoder(self.type).decode
        try:
            return decode(data)
        except msgspec.ValidationError:
            value = msgspec.json.decode(data)
            wrapped = self.wrap_unknown(value)
            if wrapped is value:
                raise
            typed: T = msgspec.convert(wrapped, self.type)
            return typed

    def wrap_unknown(self, value: Any) -> Any:
        """The JSON value with unknown variants replaced by their wrapping; the same object when there are none."""
        if self._info is None:
            self._info = inspect.type_info(self.type)
        return _wrap(value, self._info)


def _wrap(value: Any, info: inspect.Type) -> Any:
    if isinstance(info, inspect.Metadata):
        return _wrap(value, info.type)
    if isinstance(info, inspect.UnionType):
        return _wrap_variant(value, info)
    if isinstance(value, dict):
        if isinstance(info, inspect.StructType):
            types = {field.encode_name: field.type for field in info.fields}
            return _wrap_members(value, types.get)
        if isinstance(info, inspect.DictType):
            return _wrap_members(value, lambda name: info.value_type)
    elif isinstance(value, list) and isinstance(info, inspect.ListType):
        items = [_wrap(item, info.item_type) for item in value]
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    return value


def _wrap_members(value: dict[str, Any], type_of: Callable[[str], inspect.Type | None]) -> dict[str, Any]:
    out = {}
    changed = False
    for name, member in value.items():
        type = type_of(name)
        out[name] = member if type is None else _wrap(member, type)
        changed = changed or out[name] is not member
    return out if changed else value


def _wrap_variant(value: Any, info: inspect.UnionType) -> Any:
    structs = [type for type in info.types if isinstance(type, inspect.StructType)]
    if isinstance(value, dict) and structs:
        tag_field = structs[0].tag_field
        if tag_field is None or len(structs) == 1:
            return _wrap(value, structs[0])
        tag = value.get(tag_field)
        for struct in structs:
            if struct.tag == tag and type(struct.tag) is type(tag):
                return _wrap(value, struct)
        if isinstance(tag, str | int) and any(struct.tag == UNKNOWN_TAG for struct in structs):
            return {tag_field: UNKNOWN_TAG, "raw": value}
        return value
    for type_ in info.types:
        if not isinstance(type_, inspect.StructType):
            wrapped = _wrap(value, type_)
            if wrapped is not value:
                return wrapped
    return value
