"""OpenAPI 3.0 to 3.1, in place, so that later stages know one dialect.

What changes (OpenAPI 3.1.0, "Schema Object"; JSON Schema 2020-12): `nullable: true` (and `x-nullable`) becomes a type list or
an `anyOf` with null, and the boolean `exclusiveMinimum`/`exclusiveMaximum` become numbers. `example` stays: later
stages read both.
"""

from __future__ import annotations

from ..values import Json

#: Members whose values are data of the API's users, not parts of the document.
DATA = frozenset({"example", "examples", "default", "enum", "const", "x-examples"})
#: Members that map names to parts, so that a name like `default` means nothing there.
NAMES = frozenset(
    {"properties", "patternProperties", "schemas", "responses", "parameters", "callbacks", "paths", "$defs"}
)


def upgrade(node: Json, *, names: bool = False) -> None:
    """Rewrite one 3.0 document (or a file that belongs to one) as 3.1. `names`: the keys of this node are names."""
    if isinstance(node, list):
        for item in node:
            upgrade(item)
        return
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        if names or key not in DATA:
            upgrade(value, names=not names and key in NAMES)
    if not names:
        _schema(node)


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
    if isinstance(node.get("type"), str):
        node["type"] = [node["type"], "null"]
    elif "$ref" in node:
        node["anyOf"] = [{"$ref": node.pop("$ref")}, {"type": "null"}]
    elif isinstance(node.get("anyOf"), list):
        node["anyOf"] = [*_list(node["anyOf"]), {"type": "null"}]
    elif isinstance(node.get("oneOf"), list):
        node["oneOf"] = [*_list(node["oneOf"]), {"type": "null"}]
    elif isinstance(node.get("allOf"), list):
        node["anyOf"] = [{"allOf": node.pop("allOf")}, {"type": "null"}]


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
