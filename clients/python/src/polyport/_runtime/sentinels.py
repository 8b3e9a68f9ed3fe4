"""The value that means "this argument was not given"."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

T = TypeVar("T")


class NotGiven:
    """Type of `NOT_GIVEN`, which keeps an absent argument apart from `None` (JSON null)."""

    _instance: NotGiven | None = None

    def __new__(cls) -> NotGiven:
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "NOT_GIVEN"


NOT_GIVEN = NotGiven()


def given(values: dict[str, Any]) -> dict[str, Any]:
    """The members of `values` that were given: `None` stays, `NOT_GIVEN` goes."""
    return {name: value for name, value in values.items() if value is not NOT_GIVEN}
