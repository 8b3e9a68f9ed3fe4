"""How vendors say that a list comes in pages, in the words of `x-polyport-pagination`.

| extension | read |
|---|---|
| `x-speakeasy-pagination` | `offsetLimit` with an offset or a page, `cursor`; results, next cursor and number of pages by JSON path |
| `x-fern-pagination` | cursor and offset by `$request.x` and `$response.x.y`; the document's own at its root for `true` |
| `x-ms-pageable` | `itemName` (else `value`) where there is no link to a next page |
| `x-stainless-pagination-property` | what each parameter and member of the answer is for |

What only a URL leads to (`nextLinkName`, `type: url`, `next_uri`) is noted: such a call gives back its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..diagnostics import Diagnostics, Origin
from ..ir.model import Operation
from ..load.document import Document
from ..values import Json
from .views import items_of, text

PAGING = frozenset({"x-speakeasy-pagination", "x-fern-pagination", "x-ms-pageable", "x-stainless-pagination-property"})
Node = Mapping[str, Json]
Said = dict[str, Json]

#: Members within members of an answer that are looked at.
_DEEPEST = 2
#: What Stainless calls the purpose of a part -> our word, for parameters and for members of the answer.
_PARAMETERS = {
    "next_cursor_param": "cursor",
    "next_cursor_id_param": "cursor",
    "page_number_param": "page",
    "offset_count_param": "offset",
}
_MEMBERS = {
    "items": "items",
    "has_next_page": "has_more",
    "next_cursor_field": "next",
    "total_page_count_field": "total_pages",
}


def paging(
    document: Document, diagnostics: Diagnostics, operation: Operation, node: Node, parameters: Mapping[str, Node]
) -> Said | None:
    """What the extensions of an operation say of its pages; None when they say nothing that can be done.

    `parameters` are the schemas of its parameters by their wire names.
    """
    if isinstance(found := node.get("x-speakeasy-pagination"), dict):
        said = _speakeasy(found)
    elif (found := node.get("x-fern-pagination")) is not None:
        whole = document.tree.get("x-fern-pagination") if found is True else found
        said = _fern(whole) if isinstance(whole, dict) else None
    elif isinstance(found := node.get("x-ms-pageable"), dict):
        said = (
            None
            if text(found.get("nextLinkName"))
            else {"style": "single", "items": text(found.get("itemName")) or "value"}
        )
    else:
        return _stainless(document, operation, node, parameters)
    if said is None:
        diagnostics.note(
            "paging-by-link",
            f"{operation.id}: a link leads from page to page, or what is no query parameter; the call gives back one page",
            operation.origin,
        )
    return said


def _speakeasy(found: Node) -> Said | None:
    said: Said = {"style": "cursor"} if found.get("type") == "cursor" else {}
    for entry in items_of(found.get("inputs")):
        if isinstance(entry, dict) and entry.get("in") in (None, "parameters"):
            kind = text(entry.get("type"))
            if kind in ("cursor", "page", "offset", "limit"):
                said[kind] = text(entry.get("name"))
            if kind in ("page", "offset"):
                said["style"] = kind
    outputs = found.get("outputs")
    for ours, theirs in (("items", "results"), ("next", "nextCursor"), ("total_pages", "numPages")):
        if isinstance(outputs, dict) and (path := _path(outputs.get(theirs))):
            said[ours] = path
    return said if said.keys() & {"cursor", "page", "offset"} else None


def _fern(found: Node) -> Said | None:
    said: Said = {}
    if cursor := _path(found.get("cursor"), "$request"):
        said |= {"style": "cursor", "cursor": cursor[-1], "next": _path(found.get("next_cursor"), "$response")}
    elif offset := _path(found.get("offset"), "$request"):
        style = "offset" if found.get("step") is not None else "page"
        said |= {"style": style, style: offset[-1]}
    else:
        return None
    said["items"] = _path(found.get("results"), "$response")
    if more := _path(found.get("has-next-page"), "$response"):
        said["has_more"] = more
    if step := _path(found.get("step"), "$request"):
        said["limit"] = step[-1]
    return said


def _path(said: Json, root: str = "$") -> list[Json]:
    """`$.data.items` and `$response.data.items` as steps; nothing for what leads through a list."""
    path = text(said)
    if not path.startswith(root) or re.search(r"[\[(*?]", path):
        return []
    return [step for step in path.removeprefix(root).split(".") if step]


def _stainless(document: Document, operation: Operation, node: Node, parameters: Mapping[str, Node]) -> Said | None:
    said: Said = {}
    for name, schema in parameters.items():
        if word := _PARAMETERS.get(_purpose(schema)):
            said[word] = name
            said["style"] = word
    if not said:
        return None
    for purpose, path in _purposes(document, node, operation.origin):
        if word := _MEMBERS.get(purpose):
            said[word] = list(path)
    return said


def _purpose(node: Node) -> str:
    found = node.get("x-stainless-pagination-property")
    return text(found.get("purpose")) if isinstance(found, dict) else ""


def _purposes(document: Document, node: Node, origin: Origin) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The purposes of the members of a good answer, and of those of its objects."""
    responses = node.get("responses")
    for status, said in responses.items() if isinstance(responses, dict) else ():
        response, where = document.resolve(said, origin.child("responses", status))
        content = response.get("content") if isinstance(response, dict) and status.startswith("2") else None
        for content_type, media in content.items() if isinstance(content, dict) else ():
            if isinstance(media, dict):
                yield from _walk(document, media.get("schema"), where.child("content", content_type, "schema"), ())


def _walk(
    document: Document, schema: Json, origin: Origin, path: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    node, where = document.resolve(schema, origin)
    if not isinstance(node, dict):
        return
    for index, part in enumerate(items_of(node.get("allOf"))):
        if len(path) <= _DEEPEST:
            yield from _walk(document, part, where.child("allOf", index), path)
    properties = node.get("properties")
    for name, member in properties.items() if isinstance(properties, dict) else ():
        if isinstance(member, dict) and (purpose := _purpose(member)):
            yield purpose, (*path, name)
        elif len(path) < _DEEPEST:
            yield from _walk(document, member, where.child("properties", name), (*path, name))
