"""What the dicts that a caller gives are for libraries that look at types at run time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


def described_when_asked(keys: T) -> T:
    """A `TypedDict` that pydantic can validate and describe, with keys that this version does not know.

    The types of its members stand in its module for checkers only: they are imported when pydantic asks.
    """

    def schema(source: Any, handler: Callable[[Any], Any]) -> Any:
        from .construct import complete

        complete(source)
        return handler(source)

    members: Any = keys
    members.__pydantic_config__ = {"extra": "allow", "arbitrary_types_allowed": True}
    members.__get_pydantic_core_schema__ = schema
    return keys
