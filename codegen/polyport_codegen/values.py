"""The ground floor: the types that every stage speaks of and that know no stage."""

from __future__ import annotations

#: A JSON value as Python's json module gives it.
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

#: A name as lower-case words: `("chat", "completion")`. Languages join them by their own rules.
Words = tuple[str, ...]
