"""OpenAPI Overlay: how a user adjusts a document that is not theirs, without touching it.

Each action has a `target` (JSONPath, RFC 9535) and one of `update` (merged: objects member by member, lists extended),
`remove: true`, and `copy`, a JSONPath to what is merged in. See https://spec.openapis.org/overlay/v1.0.0 and v1.1.0.
The document is as its author wrote it: an OpenAPI 3.0 document is adjusted in the words of 3.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from ..diagnostics import Diagnostic, Diagnostics, InputError, Origin, Severity
from ..values import Json
from .parse import parse
from .text import Reader

_MEMBERS = {"overlay", "info", "extends", "actions"}
_ACTION = {"target", "description", "update", "remove", "copy"}


def apply_overlays(tree: dict[str, Json], files: Sequence[str], diagnostics: Diagnostics, read: Reader) -> None:
    """Apply the overlays to a root file's value, in order. An action that finds nothing is a warning."""
    for file in files:
        origin = Origin(file)
        try:
            overlay = parse(read(file), file, diagnostics)
        except OSError as error:
            raise _stop(origin, f"cannot read the overlay: {error.strerror}", "Check `overlays`.") from None
        if not isinstance(overlay, dict) or not str(overlay.get("overlay", "")).startswith("1."):
            raise _stop(origin, "not an overlay", "It begins with `overlay: 1.0.0`.")
        actions = overlay.get("actions")
        if not isinstance(actions, list):
            raise _stop(origin, "an overlay needs a list of `actions`", "See https://spec.openapis.org/overlay/.")
        _known(overlay, _MEMBERS, origin, diagnostics)
        for index, action in enumerate(actions):
            _apply(tree, action, origin.child("actions", index), diagnostics)


def _stop(origin: Origin, message: str, hint: str) -> InputError:
    return InputError(Diagnostic(Severity.ERROR, "overlay", message, origin, hint))


def _known(node: dict[str, Json], known: set[str], origin: Origin, diagnostics: Diagnostics) -> None:
    for key in node:
        if key not in known and not key.startswith("x-"):
            diagnostics.warn(
                "overlay-unknown", f"{key!r} is not read", origin.child(key), f"Known: {', '.join(sorted(known))}."
            )


def _find(path: str, tree: dict[str, Json], origin: Origin) -> list[Any]:
    from jsonpath import JSONPathError, finditer

    try:
        return list(finditer(path, tree))
    except (JSONPathError, RecursionError) as error:
        reason = str(error).partition("\n")[0]
        raise _stop(origin, f"{path!r} is no JSONPath: {reason}", "See RFC 9535.") from None


def _apply(tree: dict[str, Json], action: Json, origin: Origin, diagnostics: Diagnostics) -> None:
    if not isinstance(action, dict) or not isinstance(target := action.get("target"), str):
        raise _stop(origin, "an action needs a `target`", "It is a JSONPath such as `$.paths['/pets'].get`.")
    _known(action, _ACTION, origin, diagnostics)
    removes = action.get("remove") is True
    if not removes and "update" not in action and "copy" not in action:
        raise _stop(origin, "an action needs `update`, `remove: true` or `copy`", "Say what it does.")
    matches = _find(target, tree, origin.child("target"))
    if not matches:
        diagnostics.warn(
            "overlay-target",
            f"{target!r} finds nothing",
            origin.child("target"),
            "The document has changed, the path is wrong, or it leads through a `$ref` into another file, which overlays do "
            "not reach.",
        )
    for match in reversed(matches):
        if removes:
            _remove(match, origin)
        else:
            _update(match, _news(action, tree, origin), origin)


def _news(action: dict[str, Json], tree: dict[str, Json], origin: Origin) -> list[Any]:
    """What is merged in, in order; each match gets a copy of its own."""
    found = [deepcopy(action["update"])] if "update" in action else []
    if isinstance(path := action.get("copy"), str):
        sources = _find(path, tree, origin.child("copy"))
        if len(sources) != 1:
            raise _stop(origin.child("copy"), f"{path!r} finds {len(sources)} nodes", "`copy` names exactly one.")
        found.append(deepcopy(sources[0].obj))
    return found


def _remove(match: Any, origin: Origin) -> None:
    if match.parent is None:
        raise _stop(origin, "the whole document cannot be removed", "Name a part of it.")
    parent, key = match.parent.obj, match.parts[-1]
    if (key in parent) if isinstance(parent, dict) else (isinstance(key, int) and key < len(parent)):
        del parent[key]


def _update(match: Any, news: list[Any], origin: Origin) -> None:
    value = match.obj
    for new in news:
        value = _merge(value, new)
    if value is match.obj:
        return
    if match.parent is None:
        raise _stop(origin.child("update"), "the whole document cannot be replaced", "Update it with a mapping.")
    match.parent.obj[match.parts[-1]] = value


def _merge(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in new.items():
            old[key] = _merge(old[key], value) if key in old else value
        return old
    if isinstance(old, list):
        old.extend(new if isinstance(new, list) else [new])
        return old
    return new
