"""What users of the output see, by ids that never move: the surface of a target, and the names it has published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Published(NamedTuple):
    """One published thing of a target.

    `kind` is one of `KINDS`. `place` is where its name must be unique, told by ids and not by names: empty for types of
    a flat scope, the owner's id for nested types and members, the dotted resource for methods, the call for arguments.
    `id` stays when names change: a declaration's id, a call (`POST /orders/{}`), `query limit`, a member's wire name.
    """

    kind: str
    place: str
    id: str


#: The kinds of published things.
KINDS: Mapping[str, str] = {
    "client": "what the class, the package and the environment's variables are called by, as a title",
    "call": "the dotted name in the resource tree, the same for all languages",
    "alias": "the owner of a type that it shares with others, and that type",
    "type": "the type of a declaration",
    "param": "the form of a type that is only sent, where it has a name of its own",
    "resource": "the class of a resource",
    "accessor": "the member that leads to a resource",
    "method": "a call",
    "streaming": "the streaming form of a method, where it has a name of its own",
    "argument": "an argument of a call",
    "credential": "a security scheme, by the end of the environment's variable for its credential",
    "server": "a server by its URL: what users choose it by",
    "member": "a member of an object",
    "value": "a known value of an enum",
    "variant": "a variant of a union",
    "factory": "the function that makes a variant, where it has a name of its own",
}
#: The kinds whose names come from the wire: they are remembered where they are not what the id alone gives.
BY_WIRE = frozenset({"member", "value"})


class Entry(NamedTuple):
    """A published thing with its name in one target."""

    published: Published
    name: str
    #: Of the kinds BY_WIRE: the name that the id alone gives, if nothing else were there.
    alone: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """The names that one target has published, also those of things that are gone, which stay reserved."""

    names: Mapping[Published, str] = field(default_factory=dict)
    #: The members of a place (the arguments of a call) in their published order, where order matters to users.
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: What was published of the kinds BY_WIRE: kind and place -> ids, what came first before what came later.
    by_wire: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def gone(self, present: Container[Published]) -> Mapping[tuple[str, str], Sequence[str]]:
        """The names of what is not present, by kind and place: nothing else there may have them."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for published, name in self.names.items():
            if published not in present:
                found[published.kind, published.place].append(name)
        return found

    def places(self) -> Mapping[str, frozenset[str]]:
        """The places of every type: where it is nested, and the empty one where it stands alone."""
        found: dict[str, set[str]] = defaultdict(set)
        for published in self.names:
            if published.kind == "type":
                found[published.id].add(published.place)
        return {id: frozenset(places) for id, places in found.items()}

    def order(self, place: str, ids: Sequence[str]) -> list[str]:
        """The ids in their published order; new ones follow in the order given."""
        present = set(ids)
        known = dict.fromkeys(id for id in self.orders.get(place, ()) if id in present)
        return [*known, *(id for id in ids if id not in known)]


NO_NAMES = Names()
