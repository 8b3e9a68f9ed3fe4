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


#: Members that mean something somewhere, and so are missed or wrong in more ways than others.
KEYWORDS = frozenset(
    """
    type properties required items allOf oneOf anyOf enum const default format additionalProperties discriminator mapping
    propertyName content schema parameters responses requestBody headers example examples security securitySchemes servers
    variables tags callbacks webhooks links encoding name in style explode $id $anchor prefixItems patternProperties not if
    then minimum exclusiveMinimum maximum minLength pattern readOnly nullable deprecated description title operationId url
    flows scopes paths components info openapi
    """.split()
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


def _components(tree: Any) -> list[str]:
    found = tree.get("components") if isinstance(tree, dict) else None
    sections = found.items() if isinstance(found, dict) else ()
    return [f"#/components/{s}/{name}" for s, members in sections if isinstance(members, dict) for name in members]


def _spoil(tree: Any, holder: Any, key: Any, dice: random.Random) -> None:
    match dice.randrange(8):
        case 0:
            del holder[key]
        case 1:
            holder[key] = dice.choice(VALUES)
        case 2 if isinstance(holder, dict):
            holder[dice.choice(KEYS)] = holder.pop(key)
        case 5 if refs := [node for node, at in _places(tree) if at == "$ref"]:
            dice.choice(refs)["$ref"] = dice.choice((*_components(tree), "#", "#anchor", "none.yaml#/a"))
        case 6 if components := [(node, at) for node, at in _places(tree) if at in ("schemas", "parameters")]:
            node, at = dice.choice(components)
            if isinstance(node[at], dict) and node[at]:
                del node[at][dice.choice(sorted(node[at]))]
        case 7 if isinstance(holder, dict):
            holder[dice.choice(sorted(KEYWORDS))] = copy.deepcopy(dice.choice(VALUES))
        case 3:  # something that is right elsewhere
            source, other = dice.choice(list(_places(tree)))
            holder[key] = copy.deepcopy(source[other])
        case _:
            holder[key] = [holder[key]] if dice.random() < 0.5 else {"allOf": [holder[key], holder[key]]}
