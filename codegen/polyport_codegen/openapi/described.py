"""What is said of a value beside its shape, wherever the document says it: for people, and by marks."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics import Origin
from ..load.document import Document
from .html import prose
from .meeting import is_null
from .views import Located, items_of, ref_of

_MAX_DEPTH = 8
#: How deep choices may stand in each other around a mark such as `readOnly`.
_DEEPEST = 4
_LEADING = frozenset({"$ref", "$dynamicRef", "allOf", "anyOf", "oneOf"})


def description(document: Document, located: Located, depth: int = 0) -> str:
    """The nearest description: the schema's own, else of what it refers to or consists of, else of its only choice.

    `anyOf: [{type: number, description: ...}, {type: "null"}]` describes the member that holds it. Nothing is taken from
    one choice of several, since that would describe the others wrongly; what several parts of an `allOf` say is joined.
    """
    node, origin = located
    if not isinstance(node, dict) or depth > _MAX_DEPTH:
        return ""
    if own := prose(node.get("description")).strip():
        return own
    if _LEADING.isdisjoint(node):
        return ""
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
            (branch, origin.child(key, i)) for i, branch in enumerate(items_of(node.get(key))) if not is_null(branch)
        ]
        if len(branches) == 1 and (found := description(document, branches[0], depth + 1)):
            return found
    return ""


def says(document: Document, parts: Sequence[Located], flag: str, depth: int = 0) -> bool:
    """Whether a member is marked, itself or by what it refers to or consists of, or by all that it may be."""
    if all(isinstance(node, dict) and _LEADING.isdisjoint(node) for node, _ in parts):
        return any(isinstance(node, dict) and node.get(flag) is True for node, _ in parts)
    seen: set[Origin] = set()
    todo = list(parts)
    while todo:
        node, origin = todo.pop()
        if isinstance(node, dict) and origin not in seen:
            seen.add(origin)
            if node.get(flag) is True:
                return True
            todo += [(part, origin.child("allOf", i)) for i, part in enumerate(items_of(node.get("allOf")))]
            if (ref := ref_of(node, origin)) is not None:
                todo.append(document.follow(*ref))
            for key in ("anyOf", "oneOf"):
                branches = [(b, origin.child(key, i)) for i, b in enumerate(items_of(node.get(key)))]
                real = [b for b in branches if not is_null(b[0])]
                if real and depth < _DEEPEST and all(says(document, [b], flag, depth + 1) for b in real):
                    return True
    return False
