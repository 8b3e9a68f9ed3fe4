"""Names for what is referred to, told by its pointer: `#/components/schemas/Pet` is `Pet`.

Documents that were put together from many files refer into paths and into other schemas too
(`#/paths/~1pets/get/responses/200/content/application~1json/schema/properties/owner/anyOf/1`). Such a pointer is read as
what it passes through, its last name first: `owner 2`, then `response owner 2`, then `pets response owner 2`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..ir.types import DeclId
from ..ir.words import singular, words_of
from ..values import Words

#: Members whose own members are things of a name.
_NAMED = frozenset({"properties", "patternProperties", "$defs", "definitions", "headers", "examples", "callbacks"})
_LISTS = frozenset({"anyOf", "oneOf", "allOf", "prefixItems"})
#: Steps that say nothing.
_SILENT = frozenset({"schema", "get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})
_VERSION = re.compile(r"v\d+(\.\d+)*", re.IGNORECASE)


def name_of(id: DeclId) -> Words:
    """The shortest name that the place of a component gives it; its file's name where there is no pointer."""
    return names_of(id)[0]


def names_of(id: DeclId) -> Sequence[Words]:
    """All of them, the shortest first: each begins one step further out."""
    file, _, pointer = id[0].partition("#")
    tokens = [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]
    parts = list(_parts(tokens))
    if not parts:
        return (words_of(tokens[-1] if tokens else file.rpartition("/")[2].partition(".")[0]),)
    first = next((n for n in range(len(parts) - 1, -1, -1) if not parts[n][1]), 0)
    begins = [n for n in range(first, -1, -1) if n == first or not parts[n][1]]
    return tuple(tuple(word for part, _ in parts[n:] for word in part) for n in begins)


def ending(words: Words, last: str) -> Words:
    """The words with that one at their end, once."""
    return words if words[-1:] == (last,) else (*words, last)


def _parts(tokens: Sequence[str]) -> Iterator[tuple[Words, bool]]:
    """What a pointer passes through, and whether that needs a name before it."""
    found: list[tuple[Words, bool]] = []
    at = 0
    while at < len(tokens):
        token, following = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
        at += 2
        if token == "components" and following is not None and at < len(tokens):
            found.append((words_of(tokens[at]), False))
            at += 1
        elif token == "paths" and following is not None and following.startswith("/"):
            steps = [step for step in following.split("/") if step and "{" not in step and not _VERSION.fullmatch(step)]
            found += [(words_of(step), False) for step in steps]
        elif token in _NAMED and following is not None:
            found.append((words_of(following), False))
        elif not found:
            found.append((words_of(token), False))
            at -= 1
        elif token in _LISTS and following is not None and following.isdigit():
            found.append(((str(int(following) + 1),), True))
        elif token == "parameters" and following is not None and following.isdigit():
            found.append((("parameter", str(int(following) + 1)), True))
        elif token == "responses" and following is not None:
            plain = following == "default" or following.startswith("2")
            found.append((("response",) if plain else (*words_of(following), "response"), True))
        elif token == "content" and following is not None:
            pass
        else:
            at -= 1
            if token == "items":
                _item(found)
            elif token == "requestBody":
                found.append((("request",), True))
            elif token == "additionalProperties":
                found.append((("value",), True))
            elif token not in _SILENT:
                found.append((words_of(token), token.isdigit()))
    return iter(found)


def _item(found: list[tuple[Words, bool]]) -> None:
    """One of the list that was passed through last."""
    words, weak = found[-1]
    one = words if weak else singular(words)
    if one == words:
        found.append((("item",), True))
    else:
        found[-1] = (one, False)
