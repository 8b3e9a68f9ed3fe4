"""The objects of a document (operations, parameters, answers, ...), each perhaps behind a `$ref`, never of a wrong shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..diagnostics import Diagnostics, Origin
from ..load.document import Document
from ..values import Json

#: An object and where it stands, after every `$ref`.
Found = tuple[dict[str, Json], Origin]

#: What may stand beside a `$ref` and wins over the same member of the target (OpenAPI 3.1, Reference Object).
_OVERRIDES = ("summary", "description")


def is_extension(name: str) -> bool:
    """Whether a member is the document's own (`x-...`) and no part of OpenAPI."""
    return name.startswith("x-")


@dataclass(slots=True)
class Objects:
    """Reads objects in a document and reports what stands in their place instead."""

    document: Document
    diagnostics: Diagnostics
    _told: set[Origin] = field(default_factory=set)

    def at(self, node: Json, origin: Origin, what: str) -> Found | None:
        """The object that stands at a place or that a `$ref` there leads to. None, reported, for anything else."""
        found, where = self.document.resolve(node, origin)
        if not isinstance(found, dict):
            self.malformed(what, found, where)
            return None
        if found is not node and isinstance(node, dict):
            self._tell_beside(node, origin, what)
            found = {**found, **{k: node[k] for k in _OVERRIDES if isinstance(node.get(k), str)}}
        return found, where

    def _tell_beside(self, node: dict[str, Json], origin: Origin, what: str) -> None:
        """Report what stands beside a `$ref` and means nothing there."""
        for key in node:
            place = origin.child(key)
            if key not in ("$ref", *_OVERRIDES) and not is_extension(key) and place not in self._told:
                self._told.add(place)  # what a path shares is read once for each of its calls
                self.diagnostics.warn(
                    "unread",
                    f"{what}: {key!r} beside a $ref means nothing, and is not read",
                    place,
                    "Move it to what the $ref leads to, or write this one out.",
                )

    def layers(self, node: Json, origin: Origin, what: str) -> list[Found]:
        """An object and, when it has a `$ref` beside other members, what that leads to: the first that has a member
        decides (a path item may be written so; OpenAPI leaves open what it means, and this loses nothing)."""
        found: list[Found] = []
        seen: set[Origin] = set()
        while isinstance(node, dict) and origin not in seen:
            seen.add(origin)
            found.append((node, origin))
            ref = node.get("$ref")
            if not isinstance(ref, str):
                return found
            node, origin = self.document.follow(ref, origin.child("$ref"))
        if not isinstance(node, dict):
            self.malformed(what, node, origin)
        return found

    def mapping(
        self, node: dict[str, Json], origin: Origin, member: str, *, extensible: bool = False
    ) -> Iterator[tuple[str, Json, Origin]]:
        """The entries of a member that maps names to objects. `extensible`: those with `x-` are none of them (paths and
        answers; a header `x-left` is a header)."""
        value = node.get(member)
        if value is None:
            return
        if not isinstance(value, dict):
            self.malformed(member, value, origin.child(member))
            return
        for name, entry in value.items():
            if not (extensible and is_extension(name)):
                yield name, entry, origin.child(member, name)

    def listed(self, node: dict[str, Json], origin: Origin, member: str) -> Iterator[tuple[Json, Origin]]:
        """The entries of a member that is a list."""
        value = node.get(member)
        if value is None:
            return
        if not isinstance(value, list):
            self.malformed(member, value, origin.child(member), "a list")
            return
        for index, entry in enumerate(value):
            yield entry, origin.child(member, index)

    def malformed(self, what: str, value: Json, origin: Origin, wanted: str = "an object") -> None:
        """Report a value of a wrong shape, which is left out."""
        shape = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
        self.diagnostics.warn(
            "malformed",
            f"{what}: {shape.get(type(value), 'a number')} stands where {wanted} must",
            origin,
            "It is left out.",
        )
