"""How well a call introduces an API: what a person would show first in a README.

Every sign is one that any document gives: what is asked for and what comes back, how much of the API stands around the
call, and how far it is out of the way. No name of any API counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log2

from ..ir.passes.resources import unnamed
from ..ir.types import Decl, DeclId, ListOf, Nullable, Ref, Type
from ..values import Words
from .calls import BodyKind, Call, Form, Place
from .walk import Files, object_of

#: Words of a path or a resource for what is beside the point, or not ready.
_ASIDE = re.compile(
    r"alpha|beta|preview|experimental|legacy|internal|admin|organi[sz]ations?|tests?|debug|health|v\d+(alpha|beta)\d*"
)


#: What most APIs are used for first.
_PLAIN: Mapping[Words, float] = {
    ("create",): 1.0,
    ("generate",): 0.5,
    ("list",): 0.5,
    ("search",): 0.5,
    ("retrieve",): 0.0,
}


@dataclass(frozen=True, slots=True)
class Telling:
    """The weights of the calls of an API."""

    decls: Mapping[DeclId, Decl]
    #: Things of which there are several, by the end of the paths to them, and how many calls are about each.
    around: Mapping[str, int]
    several: Container[str]
    #: How many calls give a type.
    given: Mapping[Type, int]

    def weight(self, call: Call, form: Form) -> float:
        """How telling a call is in one of its forms; the more the better."""
        operation = call.operation
        required, body = call.required, call.body
        asked = [a for a in required if a.place in (Place.MEMBER, Place.BODY)]
        shown = _given(form)
        weight = log2(1 + self.around[_thing(operation.path, self.several)])
        weight += 0.3 * log2(1 + min(len(call.arguments), 6)) + 3 * call.has_twin
        weight += (1 + 0.4 * log2(1 + self.given[shown])) if isinstance(shown, Ref) else -1
        weight += _PLAIN.get(operation.words, -1.0)
        if body is not None and operation.method == "POST":
            weight += 1.5 if asked else -1.0
            weight -= sum(object_of(a.type, self.decls) is not None for a in asked)
        # what must be there already, before the call can be made
        weight -= 1.5 * sum(a.place is Place.PATH or a.words[-1] == "id" for a in required)
        weight -= 2 * sum(a.place in (Place.HEADER, Place.COOKIE) for a in required)
        weight -= 0.5 * max(0, len(required) - 3) + max(0, len(operation.resource) - 2)
        is_plain = body is None or body.kind in (BodyKind.JSON, BodyKind.FORM)
        if not is_plain or any(a.files is not Files.NONE for a in asked):
            weight -= 3
        if "deprecated" in operation.docs.text.lower():
            weight -= 3
        if any(_ASIDE.fullmatch(word) for step in operation.resource for word in step):
            weight -= 3
        weight -= 3 * (operation.method == "DELETE") + 2 * bool(operation.form_of) + 100 * operation.docs.deprecated
        return weight


def telling(calls: Iterable[Call], decls: Mapping[DeclId, Decl]) -> Telling:
    """What the weights of an API's calls need of all of them."""
    known = list(calls)
    paths = [unnamed(call.operation.path) for call in known]
    several = {path[:at] for path in paths for at in _ends(path)}
    given = Counter(type for call in known for type in {_given(form) for form in call.forms} if type is not None)
    return Telling(decls, Counter(_thing(path, several) for path in paths), several, given)


def _given(form: Form) -> Type | None:
    """The type of what comes back, of a list that of its items."""
    type = form.item if form.item is not None else form.type
    while isinstance(type, ListOf | Nullable):
        type = type.item if isinstance(type, ListOf) else type.inner
    return type


def _ends(path: str) -> Iterator[int]:
    return (m.start() for m in re.finditer(r"/{}", path))


def _thing(path: str, several: Container[str]) -> str:
    """What a call is about: the collection that its path is, or the last one that it takes an item of, by its name."""
    path = unnamed(path).rstrip("/")
    named = path if path in several or "/{}" not in path else path[: path.rindex("/{}")]
    return named.rpartition("/")[2]
