"""The resource tree: `POST /v1/chat/completions` becomes `chat.completions.create`.

A path's static segments are the resource, its last segment and the method decide the verb. What meets in one name is
settled by the operation's own words, so that no operation is lost and none depends on the order of the document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...diagnostics import Diagnostics
from ...values import Words
from ..model import Api, Operation, OperationId, Resource
from ..types import Docs, ListOf
from ..words import is_plural, singular, words_of

_VERSION = re.compile(r"v\d+([._-]?\d+)*([a-z]+\d*)?\Z", re.IGNORECASE)
_SKIPPED = frozenset({"api", "rest"})
#: Last segments that are what is done, not what it is done to.
_ACTIONS = frozenset(
    [
        "cancel",
        "start",
        "stop",
        "pause",
        "resume",
        "retry",
        "restart",
        "run",
        "search",
        "query",
        "validate",
        "verify",
        "confirm",
        "approve",
        "reject",
        "accept",
        "decline",
        "archive",
        "unarchive",
        "activate",
        "deactivate",
        "enable",
        "disable",
        "publish",
        "unpublish",
        "merge",
        "close",
        "reopen",
        "lock",
        "unlock",
        "complete",
        "submit",
        "count",
        "export",
        "import",
        "upload",
        "download",
        "sync",
        "refresh",
        "revoke",
        "rotate",
        "reset",
        "send",
        "preview",
        "clone",
        "copy",
        "fork",
        "move",
        "rename",
        "transfer",
        "restore",
        "translate",
        "ping",
        "test",
        "execute",
        "invoke",
        "generate",
        "grant",
        "edit",
        "speak",
        "compact",
        "login",
        "logout",
        "authorize",
        "pull",
        "describe",
    ]
)


@dataclass(frozen=True, slots=True)
class _Wish:
    operation: Operation
    resource: tuple[Words, ...]
    verb: Words


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """Every operation with its `resource` and `words`, and the tree of them.

    A name that the document or the configuration gives (`Hints.name`) is taken as it is.
    """
    operations = list(api.operations.values())
    fixed = frozenset(o.id for o in operations if o.hints.name)
    methods: dict[str, set[str]] = defaultdict(set)
    for operation in operations:
        methods[operation.path].add(operation.method)
    parents = {path[:at] for path in methods for at in range(1, len(path)) if path[at] == "/"}
    wishes = [_renamed(o) if o.id in fixed else _wish(o, methods, parents) for o in operations]
    settled = _settle(wishes, fixed)
    placed = {w.operation.id: replace(w.operation, resource=w.resource, words=w.verb) for w in settled}
    return replace(api, operations=placed, root=_tree(placed, api.tag_docs))


def _renamed(operation: Operation) -> _Wish:
    *resource, verb = operation.hints.name.split(".")
    return _Wish(operation, tuple(words_of(r) for r in resource), words_of(verb))


def _segments(path: str) -> list[str]:
    parts = [p for p in path.split("/") if p]
    # What stands before the first real name says which API it is, not which resource.
    while len(parts) > 1 and "{" not in parts[0] and (_VERSION.match(parts[0]) or parts[0].lower() in _SKIPPED):
        parts.pop(0)
    return parts


def _wish(operation: Operation, methods: Mapping[str, set[str]], parents: set[str]) -> _Wish:
    segments = _segments(operation.path)
    static = [words_of(s) for s in segments if "{" not in s]
    if not static:
        tag = operation.tags[0] if operation.tags else ""
        return _Wish(operation, (words_of(tag),) if tag else (), operation.words)
    item = "{" in segments[-1]
    tail, custom = segments[-1], ""
    if item and ":" in tail:  # Google's custom methods: /models/{id}:generate
        custom = tail.rpartition(":")[2]
    elif not item and ":" in tail and "{" not in tail:
        static[-1] = words_of(tail.partition(":")[0])
        custom = tail.rpartition(":")[2]
    if custom and "{" not in custom:
        return _Wish(operation, tuple(static), words_of(custom))
    if (
        not item
        and len(segments) > 1
        and operation.method in ("POST", "PUT")
        and _is_action(operation, static[-1], methods, parents)
    ):
        return _Wish(operation, tuple(static[:-1]), static[-1])
    return _Wish(operation, tuple(static), _verb(operation, item, static[-1], methods[operation.path]))


def _is_action(operation: Operation, last: Words, methods: Mapping[str, set[str]], parents: set[str]) -> bool:
    if methods[operation.path] != {operation.method} or operation.path in parents:
        return False
    if last[0] in _ACTIONS and len(last) <= 3:
        return True
    return (
        "{" in operation.path
        and operation.words[: len(last)] == last
        and len(operation.words) > len(last)
        and not is_plural(last)
    )


def _verb(operation: Operation, item: bool, last: Words, methods: set[str]) -> Words:
    method = operation.method
    if method == "GET":
        return ("list",) if not item and _gives_list(operation, last) else ("retrieve",)
    if method == "POST":
        return ("update",) if item and not methods & {"PATCH", "PUT"} else ("create",)
    if method == "PUT":
        return ("replace",) if "PATCH" in methods else ("update",)
    return {"PATCH": ("update",), "DELETE": ("delete",)}.get(method, (method.lower(),))


def _gives_list(operation: Operation, last: Words) -> bool:
    if operation.pagination is not None:
        return True
    type = operation.result.type if operation.result is not None else None
    return isinstance(type, ListOf) or is_plural(last)


def _settle(wishes: list[_Wish], fixed: frozenset[OperationId]) -> list[_Wish]:
    """Operations that wish for the same name all take a longer one, made of what sets their paths or ids apart."""
    groups: dict[tuple[tuple[Words, ...], Words], list[_Wish]] = defaultdict(list)
    for wish in wishes:
        groups[wish.resource, wish.verb].append(wish)
    out: list[_Wish] = []
    for group in groups.values():
        keep = _keeper(group, fixed)
        for wish in group:
            if len(group) == 1 or wish is keep or wish.operation.id in fixed:
                out.append(wish)
            else:
                out.append(replace(wish, verb=_longer(wish)))
    names: dict[tuple[tuple[Words, ...], Words], OperationId] = {}
    final: list[_Wish] = []
    for wish in sorted(out, key=lambda w: (w.operation.id not in fixed, w.operation.id)):
        verb, number = wish.verb, 2
        while (wish.resource, verb) in names:
            verb = wish.operation.words if number == 2 else (*wish.operation.words, str(number))
            number += 1
        names[wish.resource, verb] = wish.operation.id
        final.append(replace(wish, verb=verb))
    order = {w.operation.id: i for i, w in enumerate(wishes)}
    return sorted(final, key=lambda w: order[w.operation.id])


def _keeper(group: list[_Wish], fixed: frozenset[OperationId]) -> _Wish | None:
    """The one that keeps the short name: the only one with the fewest path parameters and constant parameters.

    None keeps it when one of them was renamed.
    """
    if any(w.operation.id in fixed for w in group):
        return None
    counts = [(w.operation.path.count("{"), sum(p.const is not None for p in w.operation.parameters)) for w in group]
    least = min(counts)
    return group[counts.index(least)] if counts.count(least) == 1 else None


def _longer(wish: _Wish) -> Words:
    parameters = re.findall(r"\{([^{}]+)\}", wish.operation.path)
    if wish.verb in (("list",), ("retrieve",), ("create",), ("update",), ("delete",), ("replace",)) and parameters:
        own = [w for w in words_of(parameters[0]) if w != "id"]
        resource = {w for step in wish.resource for w in (*step, *singular(step))}
        if own and not set(own) <= resource:
            return (*wish.verb, "for", *own)
    return wish.operation.words


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
