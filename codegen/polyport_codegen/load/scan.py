"""A patient second look at JSON text, for places that the fast parser does not tell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Member:
    """A key of an object, or the opening of what lies `depth` levels deep (`key` is None)."""

    key: str | None
    #: Keys and indices on the way, the key itself last.
    path: tuple[str | int, ...]
    offset: int
    depth: int
    #: Whether the object had this key before.
    again: bool = False


def members(text: str) -> Iterator[Member]:
    """All keys and all openings, in the order of the text. The text may be deeper than a parser goes."""
    path: list[str | int] = []
    seen: list[set[str] | None] = []  # of objects: their keys so far; None for a list
    expects_key = False
    for match in _TOKEN.finditer(text):
        token, offset = match[0], match.start()
        if token in "{[":
            seen.append(set() if token == "{" else None)
            yield Member(None, tuple(path), offset, len(seen))
            path.append(0 if token == "[" else "")
            expects_key = token == "{"
        elif token in "}]":
            if seen:
                seen.pop()
                path.pop()
            expects_key = False
        elif token == "," and seen:
            last = path[-1]
            if isinstance(last, int):
                path[-1] = last + 1
            expects_key = seen[-1] is not None
        elif token[0] == '"' and expects_key and (keys := seen[-1]) is not None:
            key = str(json.loads(token, strict=False))
            path[-1] = key
            yield Member(key, tuple(path), offset, len(seen), key in keys)
            keys.add(key)
            expects_key = False


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """A place in a text, both counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
