"""What a stream's events carry: JSON or text, or, where OpenAPI 3.2 tells events apart by name, all that they have.

    itemSchema: {oneOf: [{properties: {event: {const: tick}, data: {type: string}}},
                         {properties: {event: {const: order}, data: {contentSchema: {$ref: Order}}}}]}

becomes the union of `{event: tick, data: string}` and `{event: order, data: Order}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..diagnostics import Diagnostics
from ..ir.model import EventForm
from ..load.document import Document
from ..values import Json
from .places import end_of
from .views import Located, View, items_of, text, view_of

#: How deep choices within choices are looked into.
_DEPTH = 8
_CHOICES = ("oneOf", "anyOf")


@dataclass(frozen=True, slots=True)
class Events:
    """What is given of each event, the schema of that, and the names of whole events whose data is text."""

    schema: Located
    form: EventForm
    texts: tuple[str, ...] = ()


def is_text(document: Document, data: Located) -> bool:
    """Whether data is a text as it is, and no JSON text."""
    view = view_of(document, data)
    return view.types == frozenset({"string"}) and not view.null and not _is_json(view.scalars.get("contentMediaType"))


def whole_events(document: Document, event: Located, diagnostics: Diagnostics) -> Events:
    """What is given of events by the schema of whole ones: their data, unless it is several names that tell them apart."""
    read = (_read(document, event, _DEPTH), event[1])
    shapes = list(_shapes(document, view_of(document, read), (), None, _DEPTH))
    if len({name for names, _ in shapes for name in names}) > 1:
        texts = (names or ("",) for names, data in shapes if data is not None and is_text(document, data))
        return Events(read, EventForm.WHOLE, tuple(dict.fromkeys(name for names in texts for name in names)))
    parts = view_of(document, read).properties.get("data")
    if not parts:
        diagnostics.note(
            "raw-media", "the schema of these events has no member data: they are given as raw JSON", event[1]
        )
        return Events((True, event[1]), EventForm.JSON)
    return Events(parts[-1], EventForm.TEXT if is_text(document, parts[-1]) else EventForm.JSON)


def _shapes(
    document: Document, view: View, names: tuple[str, ...], data: Located | None, depth: int
) -> Iterator[tuple[tuple[str, ...], Located | None]]:
    """The names and the data that events can have together."""
    names = tuple(name for part in view.properties.get("event", ()) for name in _names(document, part)) or names
    data = view.properties["data"][-1] if view.properties.get("data") else data
    branches = [branch for choice in view.choices for branch in choice] if depth else []
    for branch in branches:
        yield from _shapes(document, view_of(document, branch), names, data, depth - 1)
    if not branches:
        yield names, data


def _names(document: Document, schema: Located) -> Iterator[str]:
    view = view_of(document, schema)
    yield from (value for value in (*view.const, *(view.enum or ())) if isinstance(value, str))


def _read(document: Document, located: Located, depth: int) -> Json:
    """The schema with what data holds in place of data that is JSON text; the very same where there is none."""
    node, origin = located
    found, where = end_of(document, located)
    if not isinstance(found, dict) or where.file != origin.file or not depth:
        return node
    out = dict(found)
    properties = found.get("properties")
    if isinstance(properties, dict) and "data" in properties:
        place = where.child("properties", "data")
        out["properties"] = {**properties, "data": _held(document, (properties["data"], place))}
    for key in ("allOf", *_CHOICES):
        parts = items_of(found.get(key))
        read = [_read(document, (part, where.child(key, i)), depth - 1) for i, part in enumerate(parts)]
        if any(one is not other for one, other in zip(parts, read, strict=True)):
            out[key] = read
    _hand_down(out)
    if out == found:
        return node
    if isinstance(node, dict) and isinstance(ref := node.get("$ref"), str):
        out.setdefault("title", ref.rpartition("/")[2])
    return out


def _held(document: Document, data: Located) -> Json:
    node, _ = end_of(document, data)
    if not isinstance(node, dict):
        return data[0]
    media = node.get("contentMediaType")
    if "contentSchema" not in node:
        return True if _is_json(media) else data[0]
    if media is not None and not _is_json(media):
        return data[0]
    held = node["contentSchema"]
    if isinstance(held, dict) and held.get("type") == "string":
        return {**held, "contentMediaType": "application/json"}
    return held


def _hand_down(out: dict[str, Json]) -> None:
    """What is said of the data of all events counts only for those choices that say nothing of it themselves."""
    properties = out.get("properties")
    data = properties.get("data") if isinstance(properties, dict) else None
    key = next((k for k in _CHOICES if any(_own(branch) for branch in items_of(out.get(k)))), None)
    if data is None or key is None or not isinstance(properties, dict):
        return
    out["properties"] = {name: value for name, value in properties.items() if name != "data"}
    out[key] = [
        branch if _own(branch) else {**(branch if isinstance(branch, dict) else {}), "properties": _with(branch, data)}
        for branch in items_of(out[key])
    ]


def _own(branch: Json) -> Json:
    properties = branch.get("properties") if isinstance(branch, dict) else None
    return isinstance(properties, dict) and "data" in properties


def _with(branch: Json, data: Json) -> dict[str, Json]:
    properties = branch.get("properties") if isinstance(branch, dict) else None
    return {**(properties if isinstance(properties, dict) else {}), "data": data}


def _is_json(media: Json) -> bool:
    name = text(media).partition(";")[0].strip().lower()
    return name == "application/json" or name.endswith("+json")
