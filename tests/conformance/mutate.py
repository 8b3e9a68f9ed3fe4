"""Documents with one or a few places spoilt, as a person or a tool would spoil them."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

#: What a spoilt place holds instead.
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**400, "", "x", "#", "#/", "#/components/schemas/None", "$ref", "string", "object",
    [], {}, [None], [[]], [{}], {"": None}, {"$ref": "#"}, {"$ref": "#/paths"}, {"$ref": ""}, {"$ref": 1},
    {"type": "nonsense"}, {"type": []}, {"type": ["string", "object", "null"]}, {"allOf": []}, {"oneOf": [{}]},
    {"enum": []}, {"enum": [None]}, {"const": {}}, {"properties": []}, {"items": []}, "\ud800", "m²", "½", "\x00", "😀",
    "123 go", "class", "T", "__proto__", "toString",
)  # fmt: skip
#: Names that a key is replaced by.
KEYS = (
    "",
    "x-y",
    "$ref",
    "get",
    "default",
    "null",
    "__class__",
    "a/b",
    "~",
    "{id}",
    "/",
    "200",
    "m²",
    "\ud800",
    "constructor",
)


def mutant(tree: Any, seed: int) -> Any:
    """A copy of a document with one to three places changed, the same for the same seed."""
    dice = random.Random(seed)
    spoilt = copy.deepcopy(tree)
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        holder, key = dice.choice(list(_places(spoilt)))
        _spoil(spoilt, holder, key, dice)
    return spoilt


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    for key in list(node) if isinstance(node, dict) else range(len(node)):
        yield node, key
        if isinstance(node[key], dict | list):
            yield from _places(node[key])


def _spoil(tree: Any, holder: Any, key: Any, dice: random.Random) -> None:
    match dice.randrange(5):
        case 0:
            del holder[key]
        case 1:
            holder[key] = dice.choice(VALUES)
        case 2 if isinstance(holder, dict):
            holder[dice.choice(KEYS)] = holder.pop(key)
        case 3:  # something that is right elsewhere
            source, other = dice.choice(list(_places(tree)))
            holder[key] = copy.deepcopy(source[other])
        case _:
            holder[key] = [holder[key]] if dice.random() < 0.5 else {"allOf": [holder[key], holder[key]]}
