"""OpenAPI 3.0 to 3.1, in place, so that later stages know one dialect.

What changes (OpenAPI 3.1.0, "Schema Object"; JSON Schema 2020-12): `nullable: true` (and `x-nullable`) becomes a type list or
an `anyOf` with null, and the boolean `exclusiveMinimum`/`exclusiveMaximum` become numbers. `example` stays: later
stages read both. Documents that call themselves 3.1 and still write these mean what they meant.
"""

from __future__ import annotations

import re

from ..values import Json

#: Members whose values are data of the API's users, not parts of the document.
DATA = frozenset({"example", "examples", "default", "enum", "const", "x-examples"})
#: Members that map names to parts, so that a name like `default` means nothing there.
NAMES = frozenset(
    """
    properties patternProperties schemas responses parameters callbacks paths $defs definitions headers content encoding
    requestBodies securitySchemes links pathItems webhooks dependentSchemas
    """.split()
)


_OLD = re.compile(r"""nullable["']?\s*:\s*true|exclusiveM(in|ax)imum["']?\s*:\s*(true|false)""")


def speaks_old(text: str) -> bool:
    """Whether a document's text has keywords of 3.0 that mean nothing since."""
    return _OLD.search(text) is not None


def upgrade(node: Json, *, names: bool = False) -> None:
    """Rewrite one 3.0 document (or a file that belongs to one) as 3.1. `names`: the keys of this node are names."""
    if isinstance(node, list):
        for item in node:
            upgrade(item)
        return
    if not isinstance(node, dict):
        return
    if not names:
        _lift(node)
    for key, value in node.items():
        if isinstance(value, dict | list) and (names or key not in DATA):
            upgrade(value, names=not names and key in NAMES)
    if not names:
        _schema(node)


def _lift(node: dict[str, Json]) -> None:
    """Null that is said by a part of its own: `allOf: [{$ref: A}, {nullable: true}]`, and so in a choice."""
    parts = node.get("allOf")
    if isinstance(parts, list) and len(parts) > 1 and any(_is_only_nullable(part) for part in parts):
        node["nullable"] = True
    for key in ("anyOf", "oneOf"):
        if isinstance(branches := node.get(key), list) and len(branches) > 1:
            node[key] = [{"type": "null"} if _is_only_nullable(branch) else branch for branch in branches]


def _is_only_nullable(node: Json) -> bool:
    return isinstance(node, dict) and node.get("nullable") is True and len(node) == 1


def _schema(node: dict[str, Json]) -> None:
    for limit, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        flag = node.get(exclusive)
        if isinstance(flag, bool):
            del node[exclusive]
            if flag and limit in node:
                node[exclusive] = node.pop(limit)
    nullable = node.get("nullable", node.get("x-nullable"))  # the latter came from Swagger 2, which had no word for it
    if not isinstance(nullable, bool):
        return
    node.pop("nullable", None)
    node.pop("x-nullable", None)
    if not nullable:
        return
    enum = node.get("enum")
    if isinstance(enum, list) and None not in enum:
        node["enum"] = [*enum, None]
    inner: dict[str, Json] = {key: node.pop(key) for key in ("$ref", "allOf") if key in node}
    if inner:  # what is referred to forbids null by itself, so that null must stand beside it
        if "type" in node:
            inner["type"] = node.pop("type")
        node["anyOf"] = [inner, {"type": "null"}, *_list(node.get("anyOf"))]
    elif isinstance(node.get("type"), str):
        node["type"] = [node["type"], "null"]
    elif isinstance(types := node.get("type"), list):
        node["type"] = [*types, *(["null"] if "null" not in types else [])]
    else:
        for key in ("anyOf", "oneOf"):
            if isinstance(node.get(key), list):
                node[key] = [*_list(node[key]), {"type": "null"}]
                break
        else:  # what its members or items say, and null
            implied = next((type for key, type in _IMPLIED.items() if key in node), None)
            if implied is not None:
                node["type"] = [implied, "null"]


_IMPLIED = {"properties": "object", "additionalProperties": "object", "items": "array"}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
