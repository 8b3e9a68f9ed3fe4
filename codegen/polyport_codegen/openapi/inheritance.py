"""What a discriminator says: the member that tells variants apart, and the schemas that its mapping means."""

from __future__ import annotations

from collections.abc import Callable

from ..diagnostics import Diagnostics, InputError, Origin
from ..ir.types import DeclId, Discriminator
from ..load.document import Document
from .views import View

#: The id of the declaration that a `$ref` standing at a place names.
Named = Callable[[str, Origin], DeclId]


def discriminator(document: Document, view: View, named: Named, diagnostics: Diagnostics) -> Discriminator | None:
    """The discriminator of a schema, with what its mapping means; a mapping to nothing is reported and left out."""
    if view.discriminator is None:
        return None
    member, mapping, origin = view.discriminator
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
    return Discriminator(member, tuple(pairs))


def _mapped(document: Document, target: str, origin: Origin, named: Named) -> DeclId | None:
    """The schema that a mapping's value means: one of that name, when there is one, else what it refers to.

    OpenAPI 3.1, "Discriminator Object": "Acme.Cat" may be either.
    """
    name = target.replace("~", "~0").replace("/", "~1")
    by_name = f"#/components/schemas/{name}", Origin(document.root, origin.pointer)
    for ref, place in (by_name, (target, origin)):
        try:
            return named(ref, place)
        except InputError:
            continue
    return None
