"""OpenAPI Overlay 1.0: how a user adjusts a document that is not theirs, without touching it.

Each action has a `target` (JSONPath, RFC 9535) and either `update` (merged: objects member by member, lists extended)
or `remove: true`. See https://spec.openapis.org/overlay/v1.0.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..diagnostics import Diagnostic, Diagnostics, InputError, Origin, Severity
from ..values import Json
from .document import Document, Reader
from .parse import parse


def apply_overlays(document: Document, files: Sequence[str], diagnostics: Diagnostics, read: Reader) -> None:
    """Apply the overlays to the root file in order. An action that finds nothing is a warning."""
    for file in files:
        try:
            overlay = parse(read(file), file, diagnostics)
        except OSError as error:
            raise _stop(Origin(file), f"cannot read the overlay: {error.strerror}") from None
        if not isinstance(overlay, dict) or not str(overlay.get("overlay", "")).startswith("1."):
            raise _stop(Origin(file), "not an overlay", "It begins with `overlay: 1.0.0`.")
        actions = overlay.get("actions")
        for index, action in enumerate(actions if isinstance(actions, list) else []):
            _apply(document.tree, action, Origin(file).child("actions", index), diagnostics)


def _stop(origin: Origin, message: str, hint: str = "") -> InputError:
    return InputError(Diagnostic(Severity.ERROR, "overlay", message, origin, hint))


def _apply(tree: dict[str, Json], action: Json, origin: Origin, diagnostics: Diagnostics) -> None:
    from jsonpath import JSONPathError, finditer

    if not isinstance(action, dict) or not isinstance(target := action.get("target"), str):
        raise _stop(origin, "an action needs a `target`")
    try:
        matches: list[Any] = list(finditer(target, tree))
    except JSONPathError as error:
        raise _stop(origin.child("target"), f"{target!r} is no JSONPath: {error}") from None
    if not matches:
        diagnostics.warn(
            "overlay-target",
            f"{target!r} finds nothing",
            origin.child("target"),
            "The document has changed, or the path is wrong.",
        )
    for match in reversed(matches):
        key = match.parts[-1] if match.parts else None
        if action.get("remove") is True:
            if match.parent is None:
                raise _stop(origin, "the whole document cannot be removed")
            del match.parent.obj[key]
        elif "update" in action:
            merged = _merge(match.obj, action["update"])
            if match.parent is not None and merged is not match.obj:
                match.parent.obj[key] = merged


def _merge(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in new.items():
            old[key] = _merge(old[key], value) if key in old else value
        return old
    if isinstance(old, list):
        old.extend(new if isinstance(new, list) else [new])
        return old
    return new
