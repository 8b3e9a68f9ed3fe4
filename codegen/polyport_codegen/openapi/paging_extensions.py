"""How vendors say that a list comes in pages, in the words of `x-polyport-pagination`.

| extension | read |
|---|---|
| `x-speakeasy-pagination` | `offsetLimit` with an offset or a page, `cursor`, `url`; results and what leads on by JSON path |
| `x-fern-pagination` | cursor, offset, `next_uri` and `next_path` by `$request.x`, `$response.x.y`; the document's own for `true` |
| `x-ms-pageable` | `itemName` (else `value`), `nextLinkName` (without it there is one page); a link needs no `operationName` |
| `x-stainless-pagination-property` | what each parameter and member of the answer is for |

What a member of the request's body leads to is noted: such a call gives back its page.
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
#: How a runtime expression leads into a body (OpenAPI 3.1, Runtime Expressions), and the steps of a JSON path.
_POINTER = ".body#/"
_STEP = re.compile(r"""\.([^.\[\](*?]+)|\['([^']+)'\]|\["([^"]+)"\]""")
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
        said = _microsoft(found)
    else:
        return _stainless(document, operation, node, parameters)
    if said is None:
        diagnostics.note(
            "pagination",
            f"{operation.id}: what leads from page to page is no query parameter and no link; the call gives back one page",
            operation.origin,
        )
    return said


def _microsoft(found: Node) -> Said | None:
    said: Said = {"style": "single", "items": _steps(text(found.get("itemName")) or "value")}
    link = found.get("nextLinkName")
    if isinstance(link, str) and link:
        return said | {"style": "link", "next": _steps(link)}
    return said if link is None or link == "" else None


def _steps(name: str) -> list[Json]:
    """A member's name; `.` leads further in, but not in OData's own names (`@odata.nextLink`)."""
    return [name] if "odata." in name else [step for step in name.split(".") if step]


def _speakeasy(found: Node) -> Said | None:
    said: Said = {"style": "cursor"} if found.get("type") == "cursor" else {}
    outputs = found.get("outputs")
    if found.get("type") == "url" and isinstance(outputs, dict) and (link := _path(outputs.get("nextUrl"))):
        said = {"style": "link", "next": link}
        return said | ({"items": items} if (items := _path(outputs.get("results"))) else {})
    for entry in items_of(found.get("inputs")):
        if isinstance(entry, dict) and entry.get("in") in (None, "parameters"):
            kind = text(entry.get("type"))
            if kind in ("cursor", "page", "offset", "limit"):
                said[kind] = text(entry.get("name"))
            if kind in ("page", "offset"):
                said["style"] = kind
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
    elif link := _path(found.get("next_uri"), "$response") or _path(found.get("next_path"), "$response"):
        said |= {"style": "link", "next": link}
    else:
        return None
    said["items"] = _path(found.get("results"), "$response")
    if more := _path(found.get("has-next-page"), "$response"):
        said["has_more"] = more
    if step := _path(found.get("step"), "$request"):
        said["limit"] = step[-1]
    return said


def _path(said: Json, root: str = "$") -> list[Json]:
    """`$.data.items`, `$['data'].items`, `$response.data.items` and `$response.body#/data/items` as steps; nothing for
    what leads through a list."""
    path = text(said)
    if not path.startswith(root):
        return []
    path = path.removeprefix(root)
    if path.startswith(_POINTER):
        return [step.replace("~1", "/").replace("~0", "~") for step in path.removeprefix(_POINTER).split("/")]
    steps: list[Json] = []
    at = 0
    while at < len(path):
        found = _STEP.match(path, at)
        if found is None:
            return []
        steps.append(found[found.lastindex or 0])
        at = found.end()
    return steps


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
