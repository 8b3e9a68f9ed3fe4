"""Discriminators: the member that tells variants apart, the schemas that its mapping means, and the families of schemas
that have a discriminator at their head instead of a choice.

`Pet: {discriminator: {propertyName: kind}, properties: ...}` with `Cat: {allOf: [{$ref: Pet}, ...]}` means (OpenAPI 3.1,
"Discriminator Object") that a `Pet` may be a `Cat`: `Pet` is the union of all schemas whose `allOf` leads to it. What it
has of members stays with each of them, and it is a variant itself only where the document gives it a value of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from ..diagnostics import Diagnostics, InputError, Origin
from ..ir.types import DeclId, Discriminator
from ..load.document import Document
from ..values import Json
from .places import end_of
from .views import Located, View, items_of, text

#: The id of the declaration that a `$ref` standing at a place names.
Named = Callable[[str, Origin], DeclId]


def discriminator(document: Document, view: View, named: Named, diagnostics: Diagnostics) -> Discriminator | None:
    """The discriminator of a schema, with what its mapping means; a mapping to nothing is reported and left out."""
    if view.discriminator is None:
        return None
    member, mapping, origin, others = view.discriminator
    pairs: list[tuple[str, DeclId]] = []
    for value, target in mapping.items():
        id = _mapped(document, target, origin.child(value), named)
        if id is not None:
            pairs.append((value, id))
            continue
        diagnostics.warn(
            "discriminator-mapping",
            f"the mapping's {target!r} is neither the name of a schema nor a reference to one",
            origin.child(value),
            "Correct it; until then the variant goes by its own name.",
        )
    default = _mapped(document, others, origin, named) if others else None
    if others and default is None:
        diagnostics.warn(
            "discriminator-mapping",
            f"the defaultMapping {others!r} is neither the name of a schema nor a reference to one",
            Origin(origin.file, origin.pointer.rpartition("/")[0]).child("defaultMapping"),
            "Correct it; until then other values are unknown.",
        )
    return Discriminator(member, tuple(pairs), default=default)


def _mapped(document: Document, target: str, origin: Origin, named: Named) -> DeclId | None:
    """The schema that a mapping's value means: one of that name, in the file of the mapping or in the root, when there
    is one, else what it refers to.

    OpenAPI 3.1, "Discriminator Object": "Acme.Cat" may be either.
    """
    for file in dict.fromkeys((origin.file, document.root)):
        if target in _schemas(document, file):
            name = quote(target.replace("~", "~0").replace("/", "~1"))
            return named(f"#/components/schemas/{name}", Origin(file))
    try:
        return named(target, origin)
    except InputError:
        return None


def _schemas(document: Document, file: str) -> dict[str, Json]:
    """The named schemas of a file of the document."""
    tree = document.follow("#", Origin(file))[0]
    components = tree.get("components") if isinstance(tree, dict) else None
    schemas = components.get("schemas") if isinstance(components, dict) else None
    return schemas if isinstance(schemas, dict) else {}


@dataclass(slots=True)
class Families:
    """Who builds on whom, over the named schemas of the root document and those that stand beside a parent in another
    file; found out when it is first asked."""

    document: Document
    _children: dict[Origin, list[Located]] = field(default_factory=dict)
    _read: set[Origin] = field(default_factory=set)

    def descendants(self, parent: Origin) -> list[Located]:
        """The named schemas whose `allOf` leads to a schema, each once, children before grandchildren."""
        self._look(_schemas(self.document, self.document.root), self.document.origin.child("components", "schemas"))
        if parent.file != self.document.root:
            around = Origin(parent.file, parent.pointer.rpartition("/")[0])
            beside = self.document.follow(f"#{quote(around.pointer)}", Origin(around.file))[0]
            self._look(beside if isinstance(beside, dict) and parent.pointer else {}, around)
        found: dict[Origin, Located] = {}
        todo = list(self._children.get(parent, ()))
        while todo:
            child = todo.pop(0)
            end = end_of(self.document, child)[1]
            if end not in found and end != parent:
                found[end] = child
                todo.extend(self._children.get(end, ()))
        return list(found.values())

    def _look(self, schemas: dict[str, Json], base: Origin) -> None:
        """Note the parents of the schemas that stand at a place, once."""
        if base in self._read:
            return
        self._read.add(base)
        for name, node in schemas.items():
            named = node, base.child(name)
            for above in _parents(self.document, end_of(self.document, named)):
                self._children.setdefault(above, []).append(named)


def _parents(document: Document, located: Located) -> Iterator[Origin]:
    """The schemas that an `allOf` names, also through parts that stand in it."""
    node, origin = located
    for index, part in enumerate(items_of(node.get("allOf"))) if isinstance(node, dict) else ():
        if isinstance(part, dict):
            place = origin.child("allOf", index)
            if isinstance(ref := part.get("$ref"), str):
                yield end_of(document, document.follow(ref, place.child("$ref")))[1]
            yield from _parents(document, (part, place))


def heads_family(view: View) -> bool:
    """Whether the discriminator is the schema's own, and not one that it inherits."""
    if view.discriminator is None:
        return False
    origin = view.discriminator[2]
    return origin.file == view.origin.file and origin.pointer.startswith(view.origin.pointer + "/")


def own_value(node: Json) -> str:
    """The value that a schema gives itself in its family (`x-ms-discriminator-value`), not one that it inherits."""
    if not isinstance(node, dict):
        return ""
    own = [node, *(part for part in items_of(node.get("allOf")) if isinstance(part, dict) and "$ref" not in part)]
    return next((value for part in own if (value := text(part.get("x-ms-discriminator-value")))), "")
