"""The members that the objects of a document may have (OpenAPI 3.0 to 3.2): any other is misspelt or lost, and reported."""

from __future__ import annotations

from collections.abc import Mapping

from ..diagnostics import Diagnostics, Origin
from ..values import Json

#: What the objects that are no schemas may have, by what messages call them.
MEMBERS: Mapping[str, frozenset[str]] = {
    name: frozenset(members.split())
    for name, members in {
        "a document": "openapi info jsonSchemaDialect servers paths webhooks components security tags externalDocs $self",
        "components": "schemas responses parameters examples requestBodies headers securitySchemes links callbacks "
        "pathItems mediaTypes",
        "an operation": "tags summary description externalDocs operationId parameters requestBody responses callbacks "
        "deprecated security servers",
        "a parameter": "name in description required deprecated allowEmptyValue style explode allowReserved schema "
        "example examples content",
        "a request body": "description content required",
        "an answer": "summary description headers content links",
        "a media type": "schema itemSchema example examples encoding prefixEncoding itemEncoding",
        "an encoding": "contentType headers style explode allowReserved encoding prefixEncoding itemEncoding",
        "a header": "description required deprecated allowEmptyValue style explode allowReserved schema example "
        "examples content",
        "a server": "url description variables name",
    }.items()
}
#: What stood there in Swagger 2.0, whose ways are the commonest mistake in documents written by hand.
_SWAGGER = {
    ("a parameter", "type"): "Write schema: {type: ...}; `type` beside `in` is of Swagger 2.0.",
    ("an answer", "schema"): "Write content: {application/json: {schema: ...}}; `schema` here is of Swagger 2.0.",
}


#: What is true or false wherever it stands in these objects.
_FLAGS = ("required", "deprecated", "explode", "allowReserved", "allowEmptyValue")


def check_members(node: Mapping[str, Json], origin: Origin, kind: str, diagnostics: Diagnostics) -> None:
    """Report the members of an object that it cannot have, and flags that are none; extensions (`x-...`) are counted
    elsewhere."""
    for key in _FLAGS:
        if node.get(key) is not None and not isinstance(node[key], bool):
            diagnostics.warn(
                "malformed", f"`{key}` of {kind} is neither true nor false", origin.child(key), "Write true, no quotes."
            )
    for key in sorted(node.keys() - MEMBERS[kind]):
        if not key.startswith("x-") and key != "$ref":
            diagnostics.warn(
                "unread",
                f"{key!r} is no member of {kind}, and not read",
                origin.child(key),
                _SWAGGER.get((kind, key), "Correct its spelling, or name it x-..."),
            )
