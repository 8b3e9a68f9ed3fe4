"""Where references lead within files: schemas that have an address of their own, and anchors.

A schema with `$id` is a resource: `#/...`, anchors and relative references below it are relative to it, not to its file
(JSON Schema 2020-12, section 8.2), and `$self` is the address of a whole document (OpenAPI 3.2). Most have none, and are
not searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from ..diagnostics import Diagnostics, Origin
from ..values import Json
from .dialect import DATA, NAMES

_SAYS_ID = re.compile(r"""\$(id|self)["']?\s*:""")


@dataclass(slots=True)
class Addresses:
    """The resources and anchors of the files of a document, found when a file is first asked for."""

    diagnostics: Diagnostics
    #: By file: the pointer of each schema with `$id` -> its address, resolved against those around it.
    _ids: dict[str, dict[str, str]] = field(default_factory=dict)
    _by_uri: dict[str, Origin] = field(default_factory=dict)
    #: By resource: `$anchor` -> where it stands.
    _anchors: dict[Origin, dict[str, Origin]] = field(default_factory=dict)
    _searched: set[str] = field(default_factory=set)

    def add(self, file: str, text: str, tree: Json) -> None:
        """Note the addresses that a file gives its schemas."""
        if _SAYS_ID.search(text) is None:
            return
        found: dict[str, str] = {}
        for origin, uri in _resources(tree, Origin(file), file):
            found[origin.pointer] = uri
            if self._by_uri.setdefault(uri, origin) != origin:
                self.diagnostics.warn(
                    "anchor-ref",
                    f"two schemas have the address {uri!r}; the first counts",
                    origin.child("$id"),
                    "Give one of the two another `$id`.",
                )
        self._ids[file] = found

    def around(self, origin: Origin) -> Origin:
        """The resource that a place belongs to: a schema with `$id`, else the file."""
        ids = self._ids.get(origin.file)
        pointer = origin.pointer if ids else ""
        while ids and pointer not in ids and pointer:
            pointer = pointer.rpartition("/")[0]
        return Origin(origin.file, pointer)

    def called(self, path: str, origin: Origin) -> Origin | None:
        """The resource that the part of a reference before its `#` means, where a schema has that address."""
        if not self._by_uri:
            return None
        around = self.around(origin)
        return self._by_uri.get(urljoin(self._ids.get(around.file, {}).get(around.pointer, around.file), path))

    def anchor(self, resource: Origin, name: str, tree: Json) -> Origin | None:
        """Where the schema with this `$anchor` stands; `tree` is the value of the resource's file."""
        if resource.file not in self._searched:
            self._searched.add(resource.file)
            for anchor, origin in _anchors(tree, Origin(resource.file)):
                known = self._anchors.setdefault(self.around(origin), {})
                if known.setdefault(anchor, origin) != origin:
                    self.diagnostics.warn(
                        "anchor-ref",
                        f"the anchor {anchor!r} stands twice in one file; the first counts",
                        origin.child("$anchor"),
                        "Give one of the two another name.",
                    )
        return self._anchors.get(resource, {}).get(name)


def _schemas(node: Json, origin: Origin, *, names: bool = False) -> Iterator[tuple[Mapping[str, Json], Origin]]:
    """All objects of a file that are no data and no maps of names, parents first."""
    if isinstance(node, list):
        for index, value in enumerate(node):
            yield from _schemas(value, origin.child(index))
    elif isinstance(node, dict):
        if not names:
            yield node, origin
        for key, value in node.items():
            if isinstance(value, dict | list) and (names or key not in DATA):
                yield from _schemas(value, origin.child(key), names=not names and key in NAMES)


def _resources(tree: Json, root: Origin, base: str) -> Iterator[tuple[Origin, str]]:
    found: dict[str, str] = {}
    if isinstance(tree, dict) and isinstance(own := tree.get("$self"), str):
        found[root.pointer] = urljoin(base, own)
        yield root, found[root.pointer]
    for node, origin in _schemas(tree, root):
        said = node.get("$id")
        if isinstance(said, str) and said and not said.startswith("#"):
            around = origin.pointer
            while around and around not in found:
                around = around.rpartition("/")[0]
            found[origin.pointer] = urljoin(found.get(around, base), said.removesuffix("#"))
            yield origin, found[origin.pointer]


def _anchors(tree: Json, root: Origin) -> Iterator[tuple[str, Origin]]:
    for node, origin in _schemas(tree, root):
        for key in ("$anchor", "$dynamicAnchor"):
            if isinstance(name := node.get(key), str):
                yield name, origin
        if isinstance(said := node.get("$id"), str) and len(said) > 1 and said.startswith("#"):
            yield said[1:], origin  # what `$anchor` was called before 2019
