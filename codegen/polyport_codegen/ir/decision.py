"""The decision of `ir.types.Variant` over a JSON value: for examples, and what shows them."""

from __future__ import annotations

from ..values import Json
from .types import JsonType, TagValue, UnionDecl, Variant

_TYPES = {bool: JsonType.BOOLEAN, int: JsonType.NUMBER, float: JsonType.NUMBER, str: JsonType.STRING}


def json_type(value: Json) -> JsonType:
    """The JSON type of a value."""
    if value is None:
        return JsonType.NULL
    if isinstance(value, dict):
        return JsonType.OBJECT
    return JsonType.ARRAY if isinstance(value, list) else _TYPES[type(value)]


def chosen(union: UnionDecl, value: Json) -> int | None:
    """The index of the variant that a value is; None: unknown."""
    return next((index for index, variant in enumerate(union.variants) if _fits(union, variant, value)), None)


def _fits(union: UnionDecl, variant: Variant, value: Json) -> bool:
    if json_type(value) not in variant.json_types:
        return False
    if isinstance(value, list):
        return not value or not variant.item_types or json_type(value[0]) in variant.item_types
    if isinstance(value, dict):
        return _has_keys(variant, value) and all(
            _listed(value.get(member), values) for member, values in union.listed(variant)
        )
    return True


def _has_keys(variant: Variant, value: dict[str, Json]) -> bool:
    return all(key in value for key in variant.required_keys) and value.keys().isdisjoint(variant.foreign_keys)


def _listed(said: Json, values: tuple[TagValue, ...]) -> bool:
    return any(said == value and type(said) is type(value) for value in values)
