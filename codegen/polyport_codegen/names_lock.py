"""The names lock: what every target has called what it published, so that an addition never renames anything.

A file for version control, `polyport.names.lock`. It is YAML of three levels: target, kind and place, then a line for
each thing with its id and its name, sorted, so that a change is a line and two branches merge line by line:

    kotlin:
      argument POST /orders/{}:
        "query limit": limit
      type:
        "#/components/schemas/Order": Order
        "#/components/schemas/Basket": {removed: Basket}

The target `tree` holds what all languages share: the dotted name of each call, which inline types are the same, and
which members and values there are. Those are called as on the wire: a target has a line for one only where it could not
be (`a_b` beside `a-b`). What is gone stays, as removed, and its name is not given to anything else; should it come back,
it has its name again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .diagnostics import Diagnostic, Diagnostics, InputError, Origin, Severity
from .lower.published import BY_WIRE, Entry, Names, Published
from .values import Json

#: The section of what all languages share.
TREE = "tree"
_HEAD = (
    "# Published names: commit this file. A line says what a thing is called in a target; change no name here, say\n"
    "# `renames` or `moved` in the configuration. See docs/generator.md.\n"
)
_TAIL = "# The end: a file without this line has lost names.\n"
_ORDER = "order"  # the published order of what stands in a place
#: The kinds of entries whose names are lists, as JSON. In the tree: the members of an object and the values of an enum that
#: were published (those that are gone in a list of their own, at the end), and what is listed so.
_MEMBERS = {"members": "member", "values": "value"}
_LISTS = frozenset({_ORDER, *_MEMBERS})
#: What is told when it loses its name; what follows from these is not said again.
_TOLD = frozenset({"client", "call", "type", "argument", "credential", "server", "variant"})
#: What is told when it has another name; when it is gone, its owner tells.
_TOLD_OF = frozenset({*_TOLD, "member", "value"})
_INNER = frozenset({"argument", "member", "value", "variant"})
#: Whose names may be any text: a title, an id, a server's own name, a list; in Node an argument is called as on the wire.
_FREE = frozenset({"client", "alias", "argument", "server", *_LISTS})
_PLAIN = re.compile(r"[A-Za-z_][\w.-]*\Z")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})  # of YAML, in one version or another
_KEY = re.compile(r'("(?:[^"\\]|\\.)*"|[^\s"#{\[][^"#]*?):(?: (.+))?\Z')
#: The ids of the client's own classes, among those of resources.
_CLIENTS = frozenset({"", "async "})
_NAME = re.compile(r"[\w$`]+(\.[\w$`]+)*\Z")
_REMOVED = re.compile(r"\{removed: (.+)\}\Z")


@dataclass(frozen=True, slots=True)
class Remembered:
    """The name of one thing, and whether the thing is gone. For a list: what it lists, as JSON."""

    name: str
    removed: bool = False


#: Kind and place -> id -> name, of one target.
Section = Mapping[tuple[str, str], Mapping[str, Remembered]]


@dataclass(frozen=True, slots=True)
class NamesLock:
    """All sections of the file."""

    sections: Mapping[str, Section] = field(default_factory=dict)

    def shared(self, kind: str) -> dict[str, str]:
        """What all languages call alike, by id, also what is gone: calls' dotted names, credentials' variables."""
        return {id: found.name for id, found in self.sections.get(TREE, {}).get((kind, ""), {}).items()}

    def client(self) -> str:
        """What the client was called, as a title; empty when nothing is published."""
        return self.names(TREE).names.get(Published("client", "", ""), "")

    def names_of_client(self, target: str, name: str) -> Names:
        """What the planner has to keep when the configuration calls the client by this `name`: with another one than
        before, its classes are not kept."""
        names = self.names(target)
        if self.client() in ("", name):
            return names
        kept = {p: n for p, n in names.names.items() if p.kind != "resource" or p.id not in _CLIENTS}
        return replace(names, names=kept)

    def types(self) -> dict[str, str]:
        """The ids of the types that are published, and the type that each is another name of: most often itself."""
        listed = [(kind, entries) for section in self.sections.values() for (kind, _), entries in section.items()]
        own = {
            id: id for kind, entries in listed if kind == "type" for id, found in entries.items() if not found.removed
        }
        shared = {
            id: found.name
            for kind, entries in listed
            if kind == "alias"
            for id, found in entries.items()
            if not found.removed
        }
        return {**own, **shared}

    def whole_bodies(self) -> frozenset[str]:
        """The keys of calls whose bodies were published as one argument."""
        listed = (item for section in self.sections.values() for item in section.items())
        return frozenset(
            place
            for (kind, place), entries in listed
            if kind == "argument" and "body" in entries and not entries["body"].removed
        )

    def by_wire(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The members and values that were published: kind and place -> ids, the first ones first."""
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for listed, kind in _MEMBERS.items():
            for place, remembered in self.sections.get(TREE, {}).get((listed, ""), {}).items():
                here, gone = _listed(remembered.name)
                items = (*here, *gone)
                found[kind, place] = tuple(map(str if kind == "member" else json.dumps, items))
        return found

    def names(self, target: str) -> Names:
        """What the planner of this target has to keep."""
        names: dict[Published, str] = {}
        orders: dict[str, tuple[str, ...]] = {}
        for (kind, place), entries in self.sections.get(target, {}).items():
            for id, remembered in entries.items():
                if kind == _ORDER:
                    orders[id] = tuple(map(str, json.loads(remembered.name)))
                elif kind not in _LISTS:
                    names[Published(kind, place, id)] = remembered.name
        return Names(names, orders, self.by_wire() if target in self.sections else {})


def _bad(file: str, message: str, hint: str, line: int = 1) -> InputError:
    return InputError(Diagnostic(Severity.ERROR, "names-lock", message, Origin(file), hint, (line, 1)))


_RESTORE = "Take the file from version control, and run `polyport generate`."


def parse(text: str | None, file: str) -> NamesLock:
    """Read the file; None: there is none.

    Raises InputError with the line of what cannot be read (a conflict that was not resolved), of a name that is none,
    of a second name for one thing, and for a file that has lost its end: what it forgot would get another name.
    """
    if text is None:
        return NamesLock()
    if not text.strip():
        raise _bad(file, "the file is empty", "Take it from version control; to begin anew, delete it.")
    sections: dict[str, dict[tuple[str, str], dict[str, Remembered]]] = {}
    section: dict[tuple[str, str], dict[str, Remembered]] = {}
    entries: dict[str, Remembered] = {}
    kind = ""
    for number, line in enumerate(text.split("\n"), 1):
        body = line.strip(" \r")
        if not body or body.startswith("#"):
            continue
        match = _KEY.match(body)
        depth = len(line) - len(line.lstrip(" "))
        try:
            if match is None or depth not in (0, 2, 4) or (depth == 4) != (match[2] is not None):
                raise ValueError(body)
            key = _read(match[1])
            if depth == 0:
                section = sections.setdefault(key, {})
            elif depth == 2:
                kind, _, place = key.partition(" ")
                entries = section.setdefault((kind, place), {})
            else:
                found = _value(match[2])
                if kind not in _FREE and not _NAME.match(found.name):
                    raise ValueError(body)
                known = _add(entries, key, found, kind in _LISTS)
                if kind not in ("alias", *_LISTS) and known.name != found.name and not known.removed:
                    message = f"{key!r} has two names: {known.name!r} and {found.name!r}"
                    raise _bad(file, message, "Keep the line of the name that was published.", number)
        except ValueError:
            conflict = body.startswith(("<<<<<<<", "=======", ">>>>>>>"))
            hint = "Keep the lines of both sides of the conflict." if conflict else _RESTORE
            raise _bad(file, f"line {number} cannot be read: {body[:60]!r}", hint, number) from None
    if text.startswith("#") and _TAIL.strip() not in text.rstrip().rpartition("\n")[2]:
        raise _bad(file, "the file has lost its end, and names with it", _RESTORE, text.count("\n") + 1)
    return NamesLock(sections)


def _add(entries: dict[str, Remembered], id: str, found: Remembered, is_list: bool) -> Remembered:
    if is_list:
        ours, theirs = _listed(entries[id].name if id in entries else "[]"), _listed(found.name)
        entries[id] = _listing([*ours[0], *theirs[0]], [*ours[1], *theirs[1]])
        return entries[id]
    # After a merge of two branches one may say that a thing is gone and the other that it is there.
    if id not in entries or entries[id].removed:
        entries[id] = found
    return found if found.removed else entries[id]


def _read(text: str) -> str:
    return str(json.loads(text)) if text.startswith('"') else text


def _value(text: str) -> Remembered:
    if match := _REMOVED.match(text):
        return Remembered(_read(match[1]), True)
    if text.startswith("["):
        if not all(isinstance(item, str | int | float) for part in _listed(text) for item in part):
            raise ValueError(text)
        return Remembered(text)
    return Remembered(_read(text))


def _listed(text: str) -> tuple[list[Json], list[Json]]:
    """What a list has, and what is gone from it."""
    items = json.loads(text)
    return (items[:-1], items[-1]) if items and isinstance(items[-1], list) else (items, [])


def _listing(items: Iterable[Json], gone: Iterable[Json] = ()) -> Remembered:
    """A list without what it has twice; 1, 1.0 and true are three."""
    here = {repr(item): item for item in items}
    left = {repr(item): item for item in gone if repr(item) not in here}
    return Remembered(json.dumps([*here.values(), *([[*left.values()]] if left else ())], ensure_ascii=False))


def _write(text: str) -> str:
    plain = _PLAIN.match(text) and text.lower() not in _WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)


def dump(lock: NamesLock) -> str:
    """The text of the file; empty when there is nothing to remember."""
    parts = [_HEAD]  # one for each place: a large API has millions of lines
    for target, section in sorted(lock.sections.items()):
        if any(section.values()):
            parts.append(f"{_write(target)}:\n")
        for (kind, place), entries in sorted(section.items()):
            if entries:
                lines = [f"  {_write(f'{kind} {place}' if place else kind)}:\n"]
                for id, found in sorted(entries.items()):
                    value = found.name if kind in _LISTS else _write(found.name)
                    lines.append(f"    {_write(id)}: {f'{{removed: {value}}}' if found.removed else value}\n")
                parts.append("".join(lines))
    return "".join([*parts, _TAIL]) if len(parts) > 1 else ""


@dataclass(frozen=True, slots=True)
class Move:
    """A published name that is not what it was. `now` is empty when the thing is gone."""

    published: Published
    was: str
    now: str = ""


def renew(
    lock: NamesLock, target: str, entries: Iterable[Entry], orders: Mapping[str, Sequence[str]] | None = None
) -> tuple[NamesLock, tuple[Move, ...]]:
    """The lock with the names of one target brought up to date, and what did not keep its name.

    `list_members` comes after it: until then the lock still says which members and values were published before.
    """
    old = lock.sections.get(target, {})
    listed = {header: set(ids) for header, ids in lock.by_wire().items()} if old else {}
    new: dict[tuple[str, str], dict[str, Remembered]] = {}
    moves: list[Move] = []
    plain: dict[tuple[str, str], set[str]] = {}
    lost: list[tuple[tuple[str, str], Move]] = []
    for entry in entries:
        published, name = entry.published, entry.name
        header = (published.kind, published.place)
        is_locked = published.id in old.get(header, ())
        if published.kind not in BY_WIRE or is_locked or name != entry.alone:
            new.setdefault(header, {})[published.id] = Remembered(name)
            if published.kind in BY_WIRE and not is_locked and published.id in listed.get(header, ()):
                lost.append((header, Move(published, entry.alone, name)))
        else:
            plain.setdefault(header, set()).add(name)
    # Where two were published, this target may have given the name to the other one all along.
    moves += [move for header, move in lost if move.was not in plain.get(header, ())]
    for place, ids in (orders or {}).items():
        new.setdefault((_ORDER, ""), {})[place] = _listing(ids)
    for (kind, place), remembered in old.items():
        present = new.setdefault((kind, place), {})
        if kind in _LISTS:
            for id, found in remembered.items():
                present.setdefault(id, found)
            continue
        for id, found in remembered.items():
            if id not in present:
                present[id] = Remembered(found.name, removed=True)
                if not found.removed:
                    moves.append(Move(Published(kind, place, id), found.name))
            elif present[id].name != found.name:
                moves.append(Move(Published(kind, place, id), found.name, present[id].name))
                # What users may still call by the old name must not come to mean something else.
                present[f"{id} (was {found.name})"] = Remembered(found.name, removed=True)
    return NamesLock({**lock.sections, target: new}), tuple(moves)


def list_members(
    lock: NamesLock, kind: str, listed: Mapping[str, Sequence[Json]]
) -> tuple[NamesLock, Mapping[str, Sequence[Json]]]:
    """The lock with what an API has of a kind, `members` or `values`, place by place (new ones come last), and what each
    place has lost since the last time."""
    tree = lock.sections.get(TREE, {})
    known = dict(tree.get((kind, ""), {}))
    lost: dict[str, Sequence[Json]] = {}
    for place in {**known, **listed}:
        here = {json.dumps(item): item for item in sorted(listed.get(place, ()), key=json.dumps)}
        before, gone = _listed(known[place].name if place in known else "[]")
        left = [item for item in before if json.dumps(item) not in here]
        if left:
            lost[place] = left
        stay = [item for item in before if json.dumps(item) in here]
        if here or left or gone:
            known[place] = _listing([*stay, *here.values()], [*gone, *left])
    return NamesLock({**lock.sections, TREE: {**tree, (kind, ""): known}}), lost


def normal(id: str) -> str:
    """An id as people write it in `moved`: `Order` is a schema of the components, `post /orders/{id}` a call."""
    method, _, path = id.partition(" ")
    if path.startswith("/"):
        return f"{method.upper()} {re.sub(r'{[^{}]*}', '{}', path)}"
    return id if "#" in id or "/" in id else f"#/components/schemas/{id}"


def moved(
    lock: NamesLock, moves: Mapping[str, str], present: Container[str], file: str, diagnostics: Diagnostics
) -> NamesLock:
    """The lock after schemas and calls have moved, old id -> new id, with everything that stands in them.

    `present` are the ids that the document has now. What has been found gone in an earlier run may still be said to
    have moved: then it gets its name back.
    """
    known = {id for section in lock.sections.values() for entries in section.values() for id in entries}
    known |= {id.partition(">")[0] for id in known}
    pairs: dict[str, str] = {}
    for said, where in moves.items():
        old, new = normal(said), normal(where)
        if old not in known:
            continue  # it has moved before
        if old in present:
            message = f"{said!r} is still in the document: it keeps its name"
            diagnostics.warn("moved", message, Origin(file), "Take it out of `moved`.")
        elif new not in present:
            message = f"{where!r}, where {said!r} is said to be now, is not in the document"
            diagnostics.warn("moved", message, Origin(file), "Give a schema's name, a call (GET /pets/{id}), or an id.")
        else:
            pairs[old] = new

    def follow(id: str) -> str:
        for old, new in pairs.items():
            if id == old or id.startswith(f"{old}>"):
                return new + id[len(old) :]
        return id

    sections: dict[str, Section] = {}
    for target, section in lock.sections.items():
        out: dict[tuple[str, str], dict[str, Remembered]] = {}
        followed = [
            ((kind, follow(place)), follow(id), (kind, place), id) for (kind, place), e in section.items() for id in e
        ]
        for header, id, old_header, old_id in sorted(followed):
            found = section[old_header][old_id]
            is_here = (header, id) == (old_header, old_id)
            taken = section.get(header, {}).get(id)
            if is_here:
                out.setdefault(header, {}).setdefault(id, found)
            elif taken is None or taken.removed or found.removed:
                out.setdefault(header, {})[id] = replace(found, removed=False)
            else:
                out.setdefault(old_header, {})[old_id] = found
        sections[target] = out
    return NamesLock(sections)


def report(lock: str, moves: Mapping[str, Sequence[Move]], diagnostics: Diagnostics) -> None:
    """Tell what lost its name, each thing once for all targets that called it so. `moves` is by target."""
    told: dict[Move, list[str]] = {}
    for target, listed in moves.items():
        gone = {m.published.id for m in listed if not m.now}
        for move in listed:
            p = move.published
            home = p.id.partition(">")[0]
            with_its_home = not move.now and (p.place in gone or (home != p.id and home in gone))
            if not with_its_home and p.kind in (_TOLD_OF if move.now else _TOLD):
                told.setdefault(move, []).append(target)
    for move, targets in sorted(told.items(), key=lambda item: item[0].published):
        p = move.published
        what = f"the {p.kind}" + (f" {p.id!r}" if p.id else "") + (f" of {p.place!r}" if p.kind in _INNER else "")
        where = "" if targets == [TREE] else f" in {', '.join(targets)}"
        if move.now:
            diagnostics.warn(
                "published-renamed",
                f"{what} was published as {move.was!r} and is now {move.now!r}{where}",
                Origin(lock),
                "Users of the old name must change their code.",
            )
        else:
            diagnostics.warn(
                "published-removed",
                f"{what} was published as {move.was!r}{where} and is gone; its name stays reserved",
                Origin(lock),
                "If it only moved, say `moved: {old id: new id}` in the configuration.",
            )
