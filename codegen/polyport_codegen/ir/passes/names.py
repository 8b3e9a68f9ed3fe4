"""What the configuration says of names, before anything is decided by them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from ...diagnostics import Diagnostics
from ...values import Words
from ..access import SecurityScheme
from ..model import Api, OperationId
from ..types import Decl, UnionDecl
from ..words import capital, respelled, title_words, words_of
from .resources import segments, unnamed
from .servers import named

#: What follows one of these in a title is no name.
_DESCRIBES = frozenset({"openapi", "swagger", "spec", "specification"})
#: Words at the end of a title that are no part of the name, and before them those that only say which edition it is.
_ENDINGS = frozenset({"api", "apis", "client", "sdk"})
_EDITIONS = frozenset({"rest", "http", "official", "public"})
_VERSION = re.compile(r"v\d+")
_POSSESSIVE = re.compile(r"(?<=\w)['\u2019]s\b")
_NOTHING: Mapping[str, str] = MappingProxyType({})


def client_words(name: str, known: Sequence[str] = ()) -> Words:
    """The client's name out of a title: without "API", "client" or "SDK" at its end, and in ASCII.

    It names packages and environment variables, too, which take nothing else.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = title_words(_POSSESSIVE.sub("", plain), known) if plain.strip() else ("client",)
    words = tuple(word for word in words if word.isascii()) or ("client",)
    return _without_noise(words)


def _without_noise(words: Words) -> Words:
    """The words before those that only say that this describes an API, and before that in what edition."""
    described = (at for at, word in enumerate(words) if word in _DESCRIBES and words[:at] not in ((), ("the",)))
    kept = words[: next(described, len(words))]
    if kept == words and (len(kept) < 2 or kept[-1] not in _ENDINGS):
        return kept
    while len(kept) > 1 and (kept[-1] in _ENDINGS or kept[-1] in _EDITIONS or _VERSION.fullmatch(kept[-1])):
        kept = kept[:-1]
    return kept


def apply(
    api: Api,
    diagnostics: Diagnostics,
    *,
    name: str = "",
    renames: Mapping[OperationId, str] = _NOTHING,
    resources: Mapping[str, str] = _NOTHING,
    words: Sequence[str] = (),
    published: Mapping[str, str] = _NOTHING,
    whole: Container[str] = (),
    variables: Mapping[str, str] = _NOTHING,
    servers: Mapping[str, str] = _NOTHING,
    known_types: Mapping[str, str] = _NOTHING,
) -> Api:
    """The API with the client's `name` (empty: its own), and what `renames` and `resources` say as operations' hints.

    `resources` gives the start of a path a dotted name; the longest start that fits an operation is its own. `words`
    are names in their own case (`DeepSeek`) that titles, tags, resources, methods and types are to write so.
    `published` gives calls (`Operation.key`) the dotted names that they had before, `whole` are those whose bodies were one
    argument, `variables` those of security schemes (`SecurityScheme.env`), also of such as are gone, `servers` the names of
    servers by their URLs, `known_types` is `Api.known_types`.
    """
    for id in renames:
        if id not in api.operations:
            diagnostics.warn(
                "unknown-rename",
                f"the configuration renames {id!r}, which is no operation",
                api.origin,
                "Give an operationId.",
            )
    used: set[str] = set()
    operations = {}
    for id, operation in api.operations.items():
        hints = operation.hints
        starts = [start for start in resources if _starts(operation.path, start)]
        used.update(starts)
        if starts:
            start = max(starts, key=len)
            hints = replace(hints, base=(start, resources[start]))
        if id in renames:
            hints = replace(hints, name=renames[id])
        if operation.key in published:
            hints = replace(hints, published=published[operation.key])
        if operation.key in whole:
            hints = replace(hints, whole=True)
        operations[id] = replace(operation, hints=hints, servers=named(operation.servers))
    for start in resources:
        if start not in used:
            diagnostics.warn(
                "unknown-rename",
                f"the configuration names {start!r}, with which no path begins",
                api.origin,
                "Give whole segments, such as /threads.",
            )
    keys = {o.key for o in api.operations.values()}
    reserved = frozenset(name for key, name in published.items() if key not in keys)
    decls = {id: _respelled(decl, words) for id, decl in api.decls.items()} if words else api.decls
    client = client_words(name or api.title, words)
    # a title that is that of a description, and of no API, is nothing to call an API by
    about = not _DESCRIBES.isdisjoint(words_of(api.title)) and _DESCRIBES.isdisjoint(client)
    if untitled := not api.title.strip():
        diagnostics.note(
            "client-name",
            f"the document has no title: the client is called {' '.join(map(capital, client))!r}",
            api.origin.child("info"),
            "Give `info.title`, or `name` in the configuration.",
        )
    return replace(
        api,
        title=" ".join(map(capital, client)) if about or untitled else api.title,
        words=client,
        servers=named(api.servers, servers),
        operations=operations,
        decls=decls,
        spellings=tuple(words),
        reserved=reserved,
        security_schemes=_kept(api.security_schemes, variables) if variables else api.security_schemes,
        known_types=known_types,
    )


def _kept(schemes: Mapping[str, SecurityScheme], known: Mapping[str, str]) -> Mapping[str, SecurityScheme]:
    """The schemes with the variables that were published; another one of that name gets a number."""
    out = {id: replace(scheme, env=known[id]) for id, scheme in schemes.items() if scheme.env and id in known}
    taken = set(known.values())
    for id, scheme in schemes.items():
        if id not in out:
            name, number = scheme.env, 2
            while name in taken:
                name, number = f"{scheme.env}_{number}", number + 1
            out[id] = replace(scheme, env=name)
            taken |= {name} - {""}
    return {id: out[id] for id in schemes}


def _respelled(decl: Decl, known: Sequence[str]) -> Decl:
    context = tuple(respelled(c, known) for c in decl.context)
    decl = replace(decl, words=respelled(decl.words, known), context=context)
    if isinstance(decl, UnionDecl):
        variants = tuple(replace(v, words=respelled(v.words, known)) for v in decl.variants)
        return replace(decl, variants=variants)
    return decl


def _starts(path: str, start: str) -> bool:
    """Whether a path begins with another, whole segments of it, with or without the version before it."""
    wanted = [s for s in unnamed(start).split("/") if s]
    given = [s for s in unnamed(path).split("/") if s]
    return bool(wanted) and wanted in (given[: len(wanted)], segments(unnamed(path))[: len(wanted)])
