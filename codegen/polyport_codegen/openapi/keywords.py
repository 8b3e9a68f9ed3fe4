"""Every keyword that a Schema Object may have, and what becomes of it: read, an annotation, or reported.

JSON Schema 2020-12 (core, applicators, validation, unevaluated, format, content, meta-data) and the Schema Objects of
OpenAPI 3.0 to 3.2. What is in none of these lists is reported too, so that nothing is lost silently: a new rule of reading
moves its keyword from `UNCHECKED` or `UNSUPPORTED` to `READ`. Extensions (`x-...`) are read, and counted, elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..diagnostics import Diagnostics, Origin
from ..values import Json

#: What shapes a type, its documentation or its constraints.
READ = frozenset(
    """
    $ref $dynamicRef allOf anyOf oneOf type properties required additionalProperties patternProperties
    unevaluatedProperties items prefixItems enum const discriminator format contentEncoding contentMediaType nullable
    title description summary default deprecated example examples readOnly writeOnly
    minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern minItems maxItems uniqueItems
    """.split()
)

#: What says nothing of values: names for schemas and places, notes, and how XML would look.
ANNOTATIONS = frozenset(
    """
    $schema $id $anchor $dynamicAnchor $comment $defs $vocabulary definitions externalDocs xml
    """.split()
)

#: What only forbids values: clients do not check it, servers do.
UNCHECKED: Mapping[str, str] = {
    "minProperties": "how many members there are",
    "maxProperties": "how many members there are",
    "propertyNames": "which names members have",
    "dependentRequired": "which members need others",
    "dependencies": "which members need others",
    "dependentSchemas": "what holds beside a member",
    "not": "what a value must not be",
    "contains": "what a list contains",
    "minContains": "what a list contains",
    "maxContains": "what a list contains",
    "unevaluatedItems": "items beyond the listed ones",
    "additionalItems": "items beyond the listed ones",
    "contentSchema": "what is inside of a text",
    "if": "what holds under a condition",
    "then": "what holds under a condition",
    "else": "what holds under a condition",
}

#: Of those, what may bring members or types of its own, which are then missing.
SHAPING = frozenset({"dependencies", "dependentSchemas", "if", "then", "else", "unevaluatedItems", "additionalItems"})

#: What says nothing of shape; a schema beside it is looked at as if it stood alone.
DESCRIBING = ANNOTATIONS | frozenset(
    "title description summary deprecated default example examples readOnly writeOnly nullable".split()
)

_SHAPES: Mapping[str, tuple[type, ...]] = {
    "properties": (dict,),
    "patternProperties": (dict,),
    "required": (list,),
    "enum": (list,),
    "allOf": (list,),
    "anyOf": (list,),
    "oneOf": (list,),
    "prefixItems": (list,),
    "items": (dict, bool, list),
    "additionalProperties": (dict, bool),
    "unevaluatedProperties": (dict, bool),
    "type": (str, list),
    "format": (str,),
    "$ref": (str,),
    "discriminator": (dict,),
}
_NUMBERS = frozenset(
    "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength minItems maxItems".split()
)


def check(node: Mapping[str, Json], origin: Origin, diagnostics: Diagnostics) -> None:
    """Report what a schema says that no code reads, or in a shape that cannot be read."""
    if node.get("patternProperties") and not one_pattern(node):
        diagnostics.warn(
            "unsupported",
            "several patterns of members with different schemas",
            origin.child("patternProperties"),
            "Members that are not listed are any JSON value.",
        )
    for key, value in node.items():
        if key in READ:
            _check_shape(key, value, origin, diagnostics, alone=len(node) == 1)
        elif key in UNCHECKED:
            if key in SHAPING and _has_shape(value):
                diagnostics.warn(
                    "unsupported",
                    f"`{key}` ({UNCHECKED[key]}) is not read: members and types that only it gives are missing",
                    origin.child(key),
                    "Say them with properties, allOf or oneOf as well.",
                )
            else:
                diagnostics.note("unchecked", f"`{key}`: {UNCHECKED[key]} is not checked", origin.child(key))
        elif key not in ANNOTATIONS and not key.startswith("x-"):
            diagnostics.warn(
                "unread",
                f"{key!r} is no keyword of a schema, and not read",
                origin.child(key),
                "Correct its spelling, or name it x-...",
            )


def one_pattern(node: Mapping[str, Json]) -> bool:
    """Whether all members that `patternProperties` (and a schema for additional ones) mean have one schema."""
    patterns = node.get("patternProperties")
    schemas = list(patterns.values()) if isinstance(patterns, dict) else []
    if isinstance(additional := node.get("additionalProperties"), dict):
        schemas.append(additional)
    return all(schema == schemas[0] for schema in schemas) and node.get("additionalProperties") is not True


_QUOTE = "Put the name of the type in quotes: 'null'."


def _check_shape(key: str, value: Json, origin: Origin, diagnostics: Diagnostics, *, alone: bool) -> None:
    wanted = _SHAPES.get(key)
    if key in ("contentEncoding", "contentMediaType"):
        _check_text(key, value, origin, diagnostics)
    elif key == "nullable":
        diagnostics.warn(
            "unread",
            "`nullable` means nothing since OpenAPI 3.1",
            origin.child(key),
            "Write type: [string, 'null'], or anyOf with {type: 'null'}.",
        )
    elif key == "discriminator" and isinstance(value, dict):
        _check_discriminator(value, origin.child(key), diagnostics)
    elif key == "type" and isinstance(value, list) and None in value:
        diagnostics.warn("malformed", "null stands among the types: it is read as 'null'", origin.child(key), _QUOTE)
    elif key == "type" and value is None and alone:
        diagnostics.warn("malformed", "null stands where a type must: it is read as 'null'", origin.child(key), _QUOTE)
    elif key == "enum" and value == []:
        diagnostics.warn("malformed", "an `enum` without values is not read", origin.child(key), "List its values.")
    elif (wanted is not None and not isinstance(value, wanted)) or (
        key in _NUMBERS and (isinstance(value, bool) or not isinstance(value, int | float))
    ):
        diagnostics.warn(
            "malformed", f"`{key}` is {_kind(value)} here, and not read", origin.child(key), "Correct its type."
        )


def _check_discriminator(node: Mapping[str, Json], origin: Origin, diagnostics: Diagnostics) -> None:
    if not isinstance(node.get("propertyName"), str):
        diagnostics.warn(
            "malformed", "a discriminator without `propertyName` is not read", origin, "Name the member that tells."
        )
    mapping = node.get("mapping")
    if mapping is not None and not (isinstance(mapping, dict) and all(isinstance(v, str) for v in mapping.values())):
        hint = "Map each value to the name of a schema or a reference to one."
        diagnostics.warn("malformed", "what is no text in a mapping is not read", origin.child("mapping"), hint)
    if not isinstance(node.get("defaultMapping", ""), str):
        hint = "Write the name of a schema or a reference to one."
        diagnostics.warn("malformed", "a defaultMapping is a text", origin.child("defaultMapping"), hint)
    for key in node:
        if key not in ("propertyName", "mapping", "defaultMapping") and not key.startswith("x-"):
            diagnostics.warn("unread", f"{key!r} of a discriminator is not read", origin.child(key), "Name it x-...")


def _check_text(key: str, value: Json, origin: Origin, diagnostics: Diagnostics) -> None:
    """Tell of a text that holds something else, and is given as it is."""
    if (key == "contentEncoding" and value not in _DECODED) or (key == "contentMediaType" and value in _JSON):
        diagnostics.note("unchecked", f"a text with `{key}: {value}` is given as it is", origin.child(key))


#: The encodings that clients know; JSON in a text stays a text.
_DECODED = ("base64", "base64url")
_JSON = ("application/json",)


def _kind(value: Json) -> str:
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "a text",
        list: "a list",
        dict: "an object",
    }
    return names.get(type(value), "null")


def _has_shape(value: Json) -> bool:
    """Whether a schema (or a map of them) says more than which members must be there."""
    if isinstance(value, list):
        return any(_has_shape(item) for item in value)
    if not isinstance(value, dict):
        return False
    return any(
        key in ("properties", "$ref", "type", "oneOf", "anyOf", "items") or _has_shape(inner)
        for key, inner in value.items()
        if key not in ("if", "const", "enum", "default", "examples", "not")
    )
