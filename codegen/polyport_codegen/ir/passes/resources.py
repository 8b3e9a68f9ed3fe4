"""The resource tree: `POST /v1/chat/completions` becomes `chat.completions.create`.

A path's static segments are the resource, its last segment, the method and the operation's own name decide the verb
(see `verbs`). What meets in one name is settled by the operation's own words, so that no operation is lost and none
depends on the order of the document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...diagnostics import Diagnostics
from ...values import Words
from ..model import Api, Operation, OperationId, Resource
from ..types import Decl, DeclId, Docs
from ..words import respelled, singular, words_of
from .verbs import VERBS, Paths, action, usual, without

_VERSION = re.compile(r"v\d+([._-]?\d+)*([a-z]+\d*)?\Z", re.IGNORECASE)
_SKIPPED = frozenset({"api", "rest"})


@dataclass(frozen=True, slots=True)
class _Wish:
    operation: Operation
    resource: tuple[Words, ...]
    verb: Words


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """Every operation with its `resource` and `words`, and the tree of them.

    A name that the document or the configuration gives (`Hints.name`) is taken as it is; else a call keeps the name
    under which it was published, and gets none that a published call had which is gone (`Api.reserved`).
    """
    operations = list(api.operations.values())
    fixed = {o.id: 0 if o.hints.name else 1 for o in operations if o.hints.name or o.hints.published}
    methods: dict[str, set[str]] = defaultdict(set)
    for operation in operations:
        methods[unnamed(operation.path)].add(operation.method)
    parents = {path[:at] for path in methods for at in range(1, len(path)) if path[at] == "/"}
    paths = Paths({path: frozenset(found) for path, found in methods.items()}, frozenset(parents))
    wishes = [
        _said(o, o.hints.name) if o.hints.name else _placed(_wish(_untagged(o), paths, api.decls)) for o in operations
    ]
    if api.spellings:
        wishes = [_respelled(w, api.spellings) for w in wishes]
    wishes = [w if w.operation.hints.name else _published(w) for w in wishes]
    settled = _settle(wishes, fixed, api.reserved)
    placed = {w.operation.id: replace(w.operation, resource=w.resource, words=w.verb) for w in settled}
    return replace(api, operations=placed, root=_tree(placed, api.tag_docs))


def _said(operation: Operation, dotted: str) -> _Wish:
    *resource, verb = dotted.split(".")
    return _Wish(operation, tuple(words_of(r) for r in resource), words_of(verb))


def _untagged(operation: Operation) -> Operation:
    """The operation with its own words without its tag before them: `pulls/list-files` of `pulls` is list files."""
    tag = words_of(operation.tags[0]) if operation.tags else ()
    own = operation.words[len(tag) :] if operation.words[: len(tag)] == tag else ()
    return replace(operation, words=own) if own else operation


def _published(wish: _Wish) -> _Wish:
    said = wish.operation.hints.published
    return wish if said in ("", _name(wish.resource, wish.verb)) else _said(wish.operation, said)


def _name(resource: tuple[Words, ...], verb: Words) -> str:
    return ".".join("_".join(step) for step in (*resource, verb))


def unnamed(path: str) -> str:
    """The path with its parameters unnamed: `/orders/{}`."""
    return re.sub(r"{[^{}]*}", "{}", path)


def segments(path: str) -> list[str]:
    """The path's segments without those at its start that say which API it is: `api`, `v1`."""
    parts = [
        p for p in path.partition("#")[0].split("/") if p
    ]  # `/#Action=AssumeRole` is told apart by its call's name
    while len(parts) > 1 and "{" not in parts[0] and (_VERSION.match(parts[0]) or parts[0].lower() in _SKIPPED):
        parts.pop(0)
    return parts


def _wish(operation: Operation, paths: Paths, decls: Mapping[DeclId, Decl]) -> _Wish:
    parts, path = segments(operation.path), unnamed(operation.path)
    static = [words_of(s) for s in parts if "{" not in s]
    hint = operation.hints.group or (operation.tags[0] if operation.tags else "")
    if not static:
        return _Wish(operation, (words_of(hint),) if hint else (), operation.words)
    tail = parts[-1]
    item = "{" in tail
    if item and ":" in tail:  # Google's custom methods: /models/{id}:generate
        custom = tail.rpartition(":")[2]
    else:
        custom = tail.rpartition(":")[2] if ":" in tail else ""
        if custom:
            static[-1] = words_of(tail.partition(":")[0])
    if custom and "{" not in custom:
        return _Wish(operation, tuple(static), words_of(custom))
    if edition := _edition(operation.key):
        # `PUT /files/{id}#add_shared_link` beside `PUT /files/{id}`
        before = () if edition[0] in VERBS else usual(operation, path, item, static[-1], paths, decls)
        return _Wish(operation, tuple(static), (*before, *edition))
    if not item:
        if dotted := _dotted(operation, tail):
            return _Wish(operation, (*static[:-1], *dotted[:-1]), dotted[-1])
        if static[-1] == operation.words and operation.words[0] in VERBS and len(operation.words) > 1:
            # a path that is the call's own name (`/getMe`) names no resource
            return _Wish(operation, tuple(static[:-1]) or ((words_of(hint),) if hint else ()), operation.words)
        if (verb := action(operation, path, static, paths)) is not None:
            return _Wish(operation, tuple(static[:-1]), verb)
    return _Wish(operation, tuple(static), usual(operation, path, item, static[-1], paths, decls))


def _edition(key: str) -> Words:
    """What a call's path says behind `#`, where two calls would have the same one otherwise; empty for none, or for data."""
    said = key.partition("#")[2]
    return words_of(said) if re.fullmatch(r"[A-Za-z][\w-]*", said) else ()


def _respelled(wish: _Wish, known: tuple[str, ...]) -> _Wish:
    resource = tuple(respelled(step, known) for step in wish.resource)
    return replace(wish, resource=resource, verb=respelled(wish.verb, known))


def _dotted(operation: Operation, segment: str) -> tuple[Words, ...]:
    """The steps of `/chat.postMessage`, when it is the call's own name."""
    steps = tuple(words_of(s) for s in segment.split(".") if s)
    same = tuple(word for step in steps for word in step) == operation.words
    return steps if len(steps) > 1 and same else ()


def _placed(wish: _Wish) -> _Wish:
    """The wish below what the configuration calls the start of its path, and below a flag that the path carries."""
    operation = wish.operation
    if operation.hints.base is not None:
        start, dotted = operation.hints.base
        taken = sum("{" not in s for s in segments(start))
        steps = tuple(words_of(step) for step in dotted.split("."))
        wish = replace(wish, resource=(*steps, *wish.resource[taken:]))
    # `/responses?beta=true` is another edition of `/responses`, not another method of it
    flags = tuple(p.words for p in operation.parameters if p.const is not None and p.const.value == "true")
    if flags and all(p.wire_name in operation.key.partition("?")[2] for p in operation.parameters if p.const):
        wish = replace(wish, resource=(*flags, *wish.resource))
    hints = operation.hints
    return replace(wish, resource=hints.resource or wish.resource, verb=hints.verb or wish.verb)


def _settle(
    wishes: list[_Wish], fixed: Mapping[OperationId, int], reserved: frozenset[str] = frozenset()
) -> list[_Wish]:
    """Operations that wish for the same name all take a longer one, made of what sets their paths or ids apart.

    Those that are `fixed` keep theirs, among them the one with the smallest number.
    """
    groups: dict[tuple[tuple[Words, ...], Words], list[_Wish]] = defaultdict(list)
    for wish in wishes:
        groups[wish.resource, wish.verb].append(wish)
    out: list[_Wish] = []
    for group in groups.values():
        keep = _keeper(group, fixed)
        for wish in group:
            free = _name(wish.resource, wish.verb) not in reserved
            if wish.operation.id in fixed or (free and (len(group) == 1 or wish is keep)):
                out.append(wish)
            else:
                out.append(replace(wish, verb=_longer(wish, keep)))
    names: dict[tuple[tuple[Words, ...], Words], OperationId] = {}
    final: list[_Wish] = []
    for wish in sorted(out, key=lambda w: (fixed.get(w.operation.id, 2), w.operation.id)):
        verb, number = wish.verb, 2
        # What was published last time is its own to keep.
        own = wish.verb if wish.operation.id in fixed else None
        while (wish.resource, verb) in names or (verb != own and _name(wish.resource, verb) in reserved):
            verb = wish.operation.words if number == 2 else (*wish.operation.words, str(number))
            number += 1
        names[wish.resource, verb] = wish.operation.id
        final.append(replace(wish, verb=verb))
    order = {w.operation.id: i for i, w in enumerate(wishes)}
    return sorted(final, key=lambda w: order[w.operation.id])


def _keeper(group: list[_Wish], fixed: Mapping[OperationId, int]) -> _Wish | None:
    """The one that keeps the short name: the only one with the fewest path parameters and constant parameters.

    None keeps it when one of them was renamed.
    """
    if any(w.operation.id in fixed for w in group):
        return None
    counts = [(w.operation.path.count("{"), sum(p.const is not None for p in w.operation.parameters)) for w in group]
    least = min(counts)
    return group[counts.index(least)] if counts.count(least) == 1 else None


#: Words that say of a parameter only that it names something.
_NAMING = frozenset({"id", "number", "name", "slug", "key", "uuid"})


def _longer(wish: _Wish, keeper: _Wish | None) -> Words:
    """A name made of a parameter that sets the path apart from that which keeps the short name, else of the call's own.

    Where that only spells the method and the path, the summary comes first.
    """
    if (spelled := _is_spelled(wish.operation)) and (said := _summed_up(wish)):
        return said
    parameters = re.findall(r"\{([^{}]+)\}", wish.operation.path)
    if keeper is not None:
        theirs = re.findall(r"\{([^{}]+)\}", keeper.operation.path)
        parameters = [name for name in parameters if name not in theirs]
    if len(wish.verb) == 1 and parameters:
        named = words_of(parameters[0])
        by = [w for w in named if w not in _NAMING] or [w for w in named if w != "id"]
        last = {*wish.resource[-1], *singular(wish.resource[-1])} if wish.resource else set()
        if by and not set(by) <= last:
            return (*wish.verb, "for", *by)
    own = wish.operation.words
    if spelled and parameters:
        own = (*wish.verb, "by", *words_of(parameters[-1]))
    return own if own != wish.verb else words_of(wish.operation.id)


def _is_spelled(operation: Operation) -> bool:
    """Whether the call's own name only spells its method and path: `get_files_id` of `GET /files/{file_id}`."""
    method, *rest = operation.words
    place = f"{operation.path}#{operation.key.partition('#')[2]}"
    said = {word for step in re.split(r"[/{}#]", place) if step for word in words_of(step)}
    return method == operation.method.lower() and bool(rest) and said | {"id"} >= set(rest)


_ARTICLES = frozenset({"a", "all", "an", "the"})


def _summed_up(wish: _Wish) -> Words:
    """What a call does by its summary, without what its resource says: `Restore a folder` is restore. Empty where it does not
    say that shortly."""
    words = tuple(w for w in words_of(wish.operation.docs.summary) if w not in _ARTICLES)
    if not words or words[0] not in VERBS or len(words) > 5:
        return ()
    thing = wish.resource[-1] if wish.resource else ()
    short = without(without(words, thing), singular(thing)) if thing else words
    return () if short == wish.verb or len(short) > 2 else short


def _tree(operations: Mapping[OperationId, Operation], tag_docs: Mapping[str, Docs]) -> Resource:
    members: dict[tuple[Words, ...], list[OperationId]] = defaultdict(list)
    children: dict[tuple[Words, ...], dict[tuple[Words, ...], None]] = defaultdict(dict)
    docs = {words_of(tag): d for tag, d in tag_docs.items()}
    for operation in operations.values():
        members[operation.resource].append(operation.id)
        for depth in range(len(operation.resource)):
            children[operation.resource[:depth]][operation.resource[: depth + 1]] = None

    def node(path: tuple[Words, ...]) -> Resource:
        about = docs.get(tuple(word for step in path for word in step), Docs())
        return Resource(path, tuple(members[path]), tuple(node(c) for c in sorted(children[path])), about)

    return node(())
