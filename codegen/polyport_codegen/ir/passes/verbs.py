"""What an operation does: its verb, out of its method, the end of its path and its own name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...values import Words
from ..graph import unalias
from ..model import MediaKind, Operation
from ..types import Decl, DeclId, ListOf, Nullable, ObjectDecl, Ref
from ..words import is_plural, singular

#: Last segments that are what is done, not what it is done to.
ACTIONS = frozenset(
    """accept activate advance apply approve archive attach authorize block calculate cancel capture clone close
    collect compact complete confirm copy count deactivate decline deliver demote deploy describe detach
    disable dismiss dispatch download edit enable estimate evaluate execute expire export extend fail finalize
    follow fork generate grant import increment invite invoke join leave lock login logout mark merge migrate
    move mute pause pay pin ping preview promote publish pull query reactivate rebuild redeliver redeploy
    refresh reject release remix rename reopen rerun resend reset respond restart restore resume retry reverse
    revoke rollback rotate run search send speak start stop submit subscribe succeed suspend sync test
    transfer translate trigger unarchive unassign unblock unfollow unlock unmute unpin unpublish unsubscribe
    unsuspend upload validate verify void""".split()
)
#: Words that begin the name of a call, as operation ids give them.
VERBS = ACTIONS | frozenset(
    """add assign attach check clear create delete detach exists find fetch get insert invite list make modify new patch
    post put read remove replace retrieve save set show unassign update upsert watch""".split()
)
_CREATES = ("create", "add", "new", "post", "make", "insert")
#: What else begins a last segment of several words that is what is done (`/create_reversal`).
_CHANGES = frozenset({*_CREATES, "update", "modify", "change", "set", "get", "remove", "replace", "assign"})
_RETRIEVES = ("get", "retrieve", "read", "show", "fetch")
_UPDATES = ("update", "modify", "set", "edit", "change", "put")


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths of an API, with their parameters unnamed: what stands beside, above and below one."""

    #: Path -> its methods.
    methods: Mapping[str, frozenset[str]]
    #: Paths that others stand under.
    parents: frozenset[str]

    def alone(self, path: str) -> bool:
        """Whether the path has one method and nothing under it."""
        return len(self.methods[path]) == 1 and path not in self.parents

    def has_items(self, path: str) -> bool:
        """Whether something stands under the path by an id."""
        return f"{path}/{{}}" in self.methods or f"{path}/{{}}" in self.parents


def action(operation: Operation, path: str, static: list[Words], paths: Paths) -> Words | None:
    """The verb when the last segment of a path that ends in a name is what is done to what stands before it.

    `POST /runs/{id}/cancel`, `POST /images/generations` of `createImage`, `GET /usage/costs` of `usage-costs`.
    """
    parent, last, own = static[-2] if len(static) > 1 else (), static[-1], operation.words
    if not parent:
        return None
    if paths.alone(path) and (found := _done(operation, path, parent, last, own)):
        return found
    beside = f"{path.rpartition('/')[0]}/{{}}/{path.rpartition('/')[2]}"
    if beside in paths.methods and not paths.has_items(path) and is_plural(parent) and own[0] in VERBS:
        # `/threads/runs` beside `/threads/{id}/runs`: a call of threads, not of one thread's runs
        rest = without(own, singular(parent))
        return rest if len(rest) > 1 and rest != own else None
    return None


def _done(operation: Operation, path: str, parent: Words, last: Words, own: Words) -> Words | None:
    one, of = singular(last), singular(parent)
    if operation.method in ("POST", "PUT"):
        if last[0] in ACTIONS and len(last) <= 3:
            return last
        if last[0] in _CHANGES and 1 < len(last) <= 4 and not is_plural(last):
            return last
        named = own[: len(last)] == last and len(own) > len(last)
        if "{" in path and named and not is_plural(last):
            return last
        if own[0] in _CREATES and own[1 : 1 + len(of)] == of:
            thing = own[1 + len(of) :]
            direct = "{" not in path.rpartition("/")[0].rpartition("/")[2]
            if not thing and (verb := _verb_of(one)):
                return verb
            if thing and thing != one and thing[0] in ACTIONS:
                return thing
            if thing == one and (one[0] in ACTIONS or (direct and is_plural(parent) and is_plural(last))):
                return one if one[0] in ACTIONS else ("create", *one)
    if operation.method == "GET":
        if own in ((*parent, *last), last) and own[0] not in VERBS:
            return last
        raw = operation.result is not None and operation.result.media is not None
        if raw and own[0] in VERBS and own[1:] in (parent, of) and not is_plural(last):
            return last  # `downloadFile` of `/files/{id}/content`
    return None


def _verb_of(noun: Words) -> Words | None:
    """`generation` is generate, `edit` edit; None for what is no verb that is known."""
    last = noun[-1]
    for verb in (last, f"{last.removesuffix('ion')}e", last.removesuffix("ion"), last.removesuffix("sion") + "d"):
        if verb in ACTIONS:
            return (*noun[:-1], verb)
    return None


def without(words: Words, part: Words) -> Words:
    """The words without the first run of others in them."""
    for at in range(len(words) - len(part) + 1):
        if words[at : at + len(part)] == part:
            return words[:at] + words[at + len(part) :]
    return words


def usual(
    operation: Operation, path: str, item: bool, last: Words, paths: Paths, decls: Mapping[DeclId, Decl]
) -> Words:
    """The verb that the method means: list or retrieve, create, update, replace, delete.

    What does to a whole collection what can be done to its items is told from that: `delete_all`.
    """
    verb = _usual(operation, path, item, last, paths, decls)
    items = paths.methods.get(f"{path}/{{}}", frozenset())
    alike = {"DELETE": {"DELETE"}, "PATCH": {"PATCH", "PUT"}, "PUT": {"PATCH", "PUT"}}.get(operation.method, set())
    return (*verb, "all") if items & alike else verb


def _usual(
    operation: Operation, path: str, item: bool, last: Words, paths: Paths, decls: Mapping[DeclId, Decl]
) -> Words:
    method, methods = operation.method, paths.methods[path]
    if method == "GET":
        return ("list",) if not item and gives_list(operation, last, decls) else ("retrieve",)
    if method == "POST":
        if item:
            return ("create",) if methods & {"PATCH", "PUT"} else ("update",)
        return ("update",) if _is_update(operation, path, last, methods, paths) else ("create",)
    if method == "PUT":
        return ("replace",) if "PATCH" in methods else ("update",)
    return {"PATCH": ("update",), "DELETE": ("delete",)}.get(method, (method.lower(),))


def _is_update(operation: Operation, path: str, last: Words, methods: frozenset[str], paths: Paths) -> bool:
    """Whether a POST changes what a GET of the same path gives: a thing of which there is one."""
    if "GET" not in methods or methods & {"PUT", "PATCH"} or paths.has_items(path):
        return False
    own = operation.words[operation.words[0] == "post" :]  # an id of method and path says nothing
    said = next((word for word in own if word in VERBS), "")
    return said in _UPDATES or (not is_plural(last) and said not in _CREATES)


def gives_list(operation: Operation, last: Words, decls: Mapping[DeclId, Decl]) -> bool:
    """Whether a GET answers with several things: it has pages, or answers a list, or is called by several."""
    if operation.pagination is not None:
        return True
    type = operation.result.type if operation.result is not None else None
    type = unalias(type.inner if isinstance(type, Nullable) else type, decls) if type is not None else None
    if isinstance(type, ListOf):
        return True
    media = operation.result.media if operation.result is not None else None
    if media is not None and media.kind is MediaKind.BINARY:
        return False
    if operation.words[0] in _RETRIEVES and isinstance(type, Ref):
        decl = decls.get(type.id)
        if isinstance(decl, ObjectDecl):
            unsure = operation.words[0] in ("get", "fetch")
            return unsure and is_plural(last) and any(isinstance(unalias(f.type, decls), ListOf) for f in decl.fields)
    return is_plural(last)
