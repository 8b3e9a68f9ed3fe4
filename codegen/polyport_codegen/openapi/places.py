"""Where schemas stand: the ids and words that declarations made from them would get, and what they refer to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..diagnostics import Origin
from ..ir.types import DeclId
from ..ir.words import singular
from ..load.document import Document
from ..values import Words
from .views import Located, keywords, ref_of, view_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where a schema stands: the id and words that a declaration made from it would get."""

    id: DeclId
    words: Words
    context: tuple[Words, ...] = ()
    inline: bool = True
    depth: int = 0

    def below(self, step: str, words: Words) -> Place:
        """The place of something nested, one step down: its words follow the parent's."""
        return Place(
            self.id.child(step), (*self.words, *words), ((*self.words, *words, "value"),), True, self.depth + 1
        )

    def item(self, step: str, word: str = "item") -> Place:
        """The place of an item of a list or map: the singular of the parent's words."""
        one = singular(self.words)
        words = one if one != self.words else (*self.words, word)
        return Place(self.id.child(step), words, ((*self.words, word),), True, self.depth + 1)


def plain_ref(located: Located) -> tuple[str, Origin] | None:
    """The one `$ref` of a schema that says nothing else of shape (annotations do not count), and where it stands."""
    node, origin = located
    if not isinstance(node, dict):
        return None
    shaping = keywords(node)
    if node.get("type") == "object" and len(shaping) == 2:  # said once more beside what refers to an object
        shaping.discard("type")
    if shaping in ({"$ref"}, {"$dynamicRef"}):
        return ref_of(node, origin)
    if shaping == {"allOf"} and isinstance(node["allOf"], list):
        parts = [(p, origin.child("allOf", i)) for i, p in enumerate(node["allOf"]) if keywords(p)]
        return plain_ref(parts[0]) if len(parts) == 1 else None
    return None


def distinct(document: Document, parts: Sequence[Located]) -> Sequence[Located]:
    """Of several schemas that must all hold, those that say something: not the same one twice, nothing without shape,
    and no parent beside a child that consists of it."""
    if len(parts) == 1:
        return parts
    by_end: dict[Origin, Located] = {}
    for part in parts:
        if not isinstance(part[0], dict) or keywords(part[0]):
            by_end.setdefault(_end(document, part), part)
    if len(by_end) > 1:
        merged = {end: view_of(document, part).merged for end, part in by_end.items()}
        for end in list(by_end):
            if len(by_end) > 1 and any(end in merged[other] for other in by_end if other != end):
                del by_end[end]
    return list(by_end.values()) or parts[-1:]


def _end(document: Document, located: Located) -> Origin:
    """Where the schema stands that a chain of plain references means."""
    seen = {located[1]}
    while (ref := plain_ref(located)) is not None:
        located = document.follow(*ref)
        if located[1] in seen:
            break
        seen.add(located[1])
    return located[1]


def end_of(document: Document, located: Located) -> Located:
    """What a chain of bare references ends at, or where it leads back to itself."""
    node, origin = located
    seen = {origin}
    while isinstance(node, dict) and len(node) == 1 and (ref := ref_of(node, origin)) is not None:
        node, origin = document.follow(*ref)
        if origin in seen:
            break
        seen.add(origin)
    return node, origin
