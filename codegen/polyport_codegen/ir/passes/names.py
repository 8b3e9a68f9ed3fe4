"""What the configuration says of names, before anything is decided by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...diagnostics import Diagnostics
from ...values import Words
from ..model import Api, OperationId
from ..words import words_of


def client_words(name: str) -> Words:
    """The client's name out of a title: without "API", "client" or "SDK" at its end."""
    words = words_of(name) if name else ("client",)
    return words[:-1] if len(words) > 1 and words[-1] in ("api", "client", "sdk") else words


def apply(api: Api, name: str, renames: Mapping[OperationId, str], diagnostics: Diagnostics) -> Api:
    """The API with the client's `name` (empty: its own), and each `renames` as its operation's hint."""
    for id in renames:
        if id not in api.operations:
            diagnostics.warn("unknown-rename", f"the configuration renames {id!r}, which is no operation", api.origin)
    operations = {
        id: replace(o, hints=replace(o.hints, name=renames[id])) if id in renames else o
        for id, o in api.operations.items()
    }
    return replace(api, words=client_words(name or api.title), operations=operations)
