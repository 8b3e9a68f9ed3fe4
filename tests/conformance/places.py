"""Where things stand in a document, found without the generator's own reader."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from polyport_codegen.diagnostics import Diagnostics, Origin
from polyport_codegen.load.document import Document

METHODS = frozenset("get put post delete options head patch trace query".split())


@dataclass(frozen=True)
class Call:
    """An operation object: where it stands once `$ref`s are followed, and under which path and method."""

    path: str
    method: str
    node: dict[str, Any]
    origin: Origin
    item: dict[str, Any]
    item_origin: Origin


def calls(document: Document) -> Iterator[Call]:
    """Every operation of `paths`; a path without a slash in front is none."""
    paths = document.tree.get("paths")
    for path, said in paths.items() if isinstance(paths, dict) else ():
        item, origin = document.resolve(said, document.origin.child("paths", path))
        if not path.startswith("/") or not isinstance(item, dict):
            continue
        more = item.get("additionalOperations")
        places = [(key, value, origin.child(key)) for key, value in item.items() if key.lower() in METHODS]
        for key, value in more.items() if isinstance(more, dict) else ():
            places.append((key, value, origin.child("additionalOperations", key)))
        for method, value, place in places:
            node, where = document.resolve(value, place)
            if isinstance(node, dict):
                yield Call(path, method, node, where, item, origin)


def content(document: Document, node: Any, origin: Origin) -> Iterator[tuple[str, dict[str, Any], Origin]]:
    """The media types of a body or an answer."""
    node, origin = document.resolve(node, origin)
    listed = node.get("content") if isinstance(node, dict) else None
    for name, media in listed.items() if isinstance(listed, dict) else ():
        media, where = document.resolve(media, origin.child("content", name))
        if isinstance(media, dict):
            yield name, media, where


_ONE = (
    "items additionalProperties not if then else contains propertyNames unevaluatedProperties unevaluatedItems "
    "contentSchema"
).split()
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAPS = ("properties", "patternProperties", "dependentSchemas", "$defs")


def schemas(document: Document) -> Iterator[tuple[dict[str, Any], Origin]]:
    """Every schema object of the root file's components, paths and webhooks, nested ones too."""
    seen: set[int] = set()
    stack: list[tuple[Any, Origin]] = []
    components = document.tree.get("components")
    named = components.get("schemas") if isinstance(components, dict) else None
    for name, node in named.items() if isinstance(named, dict) else ():
        stack.append((node, document.origin.child("components", "schemas", name)))
    for key in ("paths", "components"):
        stack += _embedded(document.tree.get(key), document.origin.child(key))
    while stack:
        node, origin = stack.pop()
        if not isinstance(node, dict) or id(node) in seen:
            continue
        seen.add(id(node))
        yield node, origin
        stack += [(node[k], origin.child(k)) for k in _ONE if isinstance(node.get(k), dict)]
        for key in _LISTS:
            listed = node.get(key)
            stack += [(n, origin.child(key, i)) for i, n in enumerate(listed if isinstance(listed, list) else ())]
        for key in _MAPS:
            mapped = node.get(key)
            stack += [(n, origin.child(key, k)) for k, n in (mapped.items() if isinstance(mapped, dict) else ())]


def _embedded(node: Any, origin: Origin) -> Iterator[tuple[Any, Origin]]:
    """The values of `schema` members, outside schemas and examples."""
    for key, child in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if key == "schema" and isinstance(child, dict):
            yield child, origin.child(key)
        elif key not in ("schemas", "example", "examples") and isinstance(child, dict | list):
            yield from _embedded(child, origin.child(key))


class Said:
    """Which places a diagnostic speaks of."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        self.codes = frozenset(d.code for d in diagnostics.items)
        self._places = sorted({str(d.origin) for d in diagnostics.items})

    def at(self, origin: Origin) -> bool:
        """Whether one stands right at the place."""
        wanted = str(origin)
        at = bisect_left(self._places, wanted)
        return at < len(self._places) and self._places[at] == wanted

    def of(self, origin: Origin) -> bool:
        """Whether one stands at the place or below it."""
        wanted = str(origin)
        at = bisect_left(self._places, wanted)
        return at < len(self._places) and (
            self._places[at] == wanted or self._places[at].startswith(wanted + "/") or self._below(wanted + "/")
        )

    def _below(self, prefix: str) -> bool:
        at = bisect_left(self._places, prefix)
        return at < len(self._places) and self._places[at].startswith(prefix)
