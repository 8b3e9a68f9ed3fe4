"""What is said for people of a value, wherever the document says it."""

from __future__ import annotations

from ..load.document import Document
from .views import Located, items_of, text

_MAX_DEPTH = 8


def description(document: Document, located: Located, depth: int = 0) -> str:
    """The nearest description: the schema's own, else of what it refers to or consists of, else of its only choice.

    `anyOf: [{type: number, description: ...}, {type: "null"}]` describes the member that holds it. Nothing is taken from
    one choice of several, since that would describe the others wrongly; what several parts of an `allOf` say is joined.
    """
    node, origin = located
    if not isinstance(node, dict) or depth > _MAX_DEPTH:
        return ""
    if own := text(node.get("description")).strip():
        return own
    if isinstance(ref := node.get("$ref"), str):
        target = document.follow(ref, origin.child("$ref"))
        if found := description(document, target, depth + 1):
            return found
    parts = [(part, origin.child("allOf", i)) for i, part in enumerate(items_of(node.get("allOf")))]
    # `allOf: [{$ref}, {description}]` is how 3.0 describes one use of a type: what stands here goes first
    here = [part for part in parts if isinstance(part[0], dict) and "$ref" not in part[0]]
    for some in (here, parts):
        said = dict.fromkeys(d for part in some if (d := description(document, part, depth + 1)))
        if said:
            return "\n\n".join(said)
    for key in ("anyOf", "oneOf"):
        branches = [
            (branch, origin.child(key, i)) for i, branch in enumerate(items_of(node.get(key))) if not _is_null(branch)
        ]
        if len(branches) == 1 and (found := description(document, branches[0], depth + 1)):
            return found
    return ""


def _is_null(branch: object) -> bool:
    return isinstance(branch, dict) and (
        branch.get("type") in ("null", ["null"])
        or branch.get("enum") == [None]
        or ("const" in branch and branch["const"] is None)
    )
