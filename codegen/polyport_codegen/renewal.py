"""The names lock brought up to date with what a run has made, target by target, and what lost its name told."""

from __future__ import annotations

from collections.abc import Iterator

from . import names_lock as locks
from .diagnostics import Diagnostics
from .ir.model import Api
from .ir.types import AliasDecl, Decl, EnumDecl, ObjectDecl, Ref
from .lower.published import Entry, Published
from .lower.servers import choices
from .target import Generated


class Renewal:
    """The renewal of the lock file `file` by one run. Of a target's surface nothing is kept but its lines."""

    def __init__(self, lock: locks.NamesLock, title: str, api: Api, file: str) -> None:
        self._file = file
        self._present = {str(id): decl for id, decl in api.decls.items()}
        self._moves: dict[str, tuple[locks.Move, ...]] = {}
        self._published = False
        self._lock, self._moves[locks.TREE] = locks.renew(lock, locks.TREE, _shared(api, title))

    def add(self, target: str, made: Generated) -> None:
        """What a target has published now."""
        if made.surface:
            self._lock, self._moves[target] = locks.renew(self._lock, target, made.surface, made.orders)
            self._published = True

    def text(self, diagnostics: Diagnostics) -> str | None:
        """The new text, after all targets; None when nothing has been published."""
        self._tell_what_is_shared_no_more(diagnostics)
        self._list_members(diagnostics)
        locks.report(self._file, self._moves, diagnostics)
        return locks.dump(self._lock) if self._published else None

    def _tell_what_is_shared_no_more(self, diagnostics: Diagnostics) -> None:
        for move in self._moves[locks.TREE]:
            own = self._present.get(move.published.id)
            if move.published.kind == "alias" and not move.now and own is not None:
                diagnostics.warn(
                    "published-unshared",
                    f"{own.id} was the same type as others and is one of its own now: its name means another type",
                    own.origin,
                    "Users who pass a value of the shared type must change their code.",
                )

    def _list_members(self, diagnostics: Diagnostics) -> None:
        found: list[tuple[str, Decl]] = list(self._present.items())
        members = {id: [f.wire_name for f in d.fields] for id, d in found if isinstance(d, ObjectDecl)}
        values = {id: [m.value for m in d.members] for id, d in found if isinstance(d, EnumDecl)}
        for kind, listed in (("members", members), ("values", values)):
            self._lock, lost = locks.list_members(self._lock, kind, listed)
            for place, gone in lost.items():
                if place in self._present:  # else the type is gone, which is told
                    diagnostics.warn(
                        "published-removed",
                        f"{place} has lost {kind} that were published: {', '.join(map(str, gone))}",
                        self._present[place].origin,
                        "Users of them must change their code; their names stay reserved.",
                    )


def _shared(api: Api, title: str) -> Iterator[Entry]:
    """What all languages call alike."""
    yield Entry(Published("client", "", ""), title)
    for operation in api.operations.values():
        yield Entry(Published("call", "", operation.key), operation.dotted)
    for scheme in api.security_schemes.values():
        if scheme.env:
            yield Entry(Published("credential", "", scheme.id), scheme.env)
    for server in choices(api.servers):
        yield Entry(Published("server", "", server.url), server.name)
    for decl in api.decls.values():
        if isinstance(decl, AliasDecl) and decl.inline and isinstance(decl.type, Ref):
            yield Entry(Published("alias", "", str(decl.id)), str(decl.type.id))
