"""The ground floor: the types that every stage speaks of and that know no stage."""

from __future__ import annotations

from typing import Self

#: A JSON value as Python's json module gives it.
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class Word(str):
    """A word of a name: equals and prints as its lower case, and remembers how it was given (`OpenAI`, `URL`).

    Only words whose case says more than where they begin are of this class; others are plain text.
    """

    __slots__ = ("given",)
    given: str

    def __new__(cls, given: str) -> Self:
        word = super().__new__(cls, given.lower())
        word.given = given
        return word


#: A name as lower-case words: `("chat", "completion")`. Languages join them by their own rules.
Words = tuple[str, ...]
