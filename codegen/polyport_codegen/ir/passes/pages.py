"""Lists that come in pages: recognised by the usual names of cursors, pages, links and envelopes, or said by an extension.

`x-polyport-pagination: {style: cursor, items: data, cursor: after, next: [meta, next_cursor], has_more: has_more}` on
an operation settles it (a list is the way to a member further in); `x-polyport-pagination: false` says that there is none.
`{style: link, items: data, next: [links, next]}` is for answers that link to the next page, in their `Link` header when
`next` is not said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...diagnostics import Diagnostics
from ...values import Json
from ..graph import unalias
from ..model import Api, Location, MediaKind, Operation, PageStyle, Pagination, Parameter
from ..shapes import leaves
from ..types import AnyJson, Decl, DeclId, Kind, ListOf, Nullable, ObjectDecl, Primitive, Ref, Type

_ITEMS = ("data", "items", "results", "records", "entries", "values", "value", "list")
_CURSORS = tuple(
    "cursor after starting_after page_token pageToken next_token nextToken after_id next_page_token "
    "continuation_token".split()
)
_NEXT = tuple(
    "next_cursor nextCursor next_page_token nextPageToken next_token nextToken next_page next cursor "
    "continuation_token".split()
)
_LAST = ("last_id", "lastId")
_MORE = ("has_more", "hasMore", "has_next", "has_next_page", "hasNextPage")
#: Members that lead to the next page; what is only called "next" counts when its format is that of a URL.
_LINKS = tuple(
    "@odata.nextLink odata.nextLink nextLink next_link nextlink nextUrl next_url nextURL nextUri next_uri nextPageUrl "
    "next_page_url nextPageLink next_page_link".split()
)
_PERHAPS_LINKS = ("next", "next_page", "nextPage")
_NESTED_LINKS = (("links", "next"), ("_links", "next"), ("_links", "next", "href"))
_OFFSETS = ("offset", "skip", "start_index")
_PAGES = ("page", "page_number", "pageNumber", "page_num")
_LIMITS = ("limit", "per_page", "page_size", "pageSize", "perPage", "max_results", "maxResults", "count", "size")
_TOTALS = ("total_pages", "totalPages", "page_count", "num_pages")


def run(api: Api, diagnostics: Diagnostics) -> Api:
    """Every operation with its `pagination`."""
    operations = {id: replace(o, pagination=paginate(o, api.decls, diagnostics)) for id, o in api.operations.items()}
    return replace(api, operations=operations)


def paginate(operation: Operation, decls: Mapping[DeclId, Decl], diagnostics: Diagnostics) -> Pagination | None:
    """How the operation's pages are walked; None when its answer is no list, or no GET gives it."""
    extension = operation.hints.pagination
    if extension is False or operation.result is None or operation.result.media is None:
        return None
    if operation.result.media.kind is not MediaKind.JSON:
        return None
    said = extension or {}
    if not said and operation.method != "GET":
        return None
    envelope = _target(operation.result.media.type, decls)
    found = _items(envelope, said, decls)
    if found is None:
        if said:
            diagnostics.warn(
                "pagination",
                f"{operation.id}: the answer has no list of items",
                operation.origin,
                "Say where with x-polyport-pagination: {items: data}.",
            )
        return None
    items, item_type = found
    names = {p.wire_name: p for p in operation.parameters if p.location is Location.QUERY}
    members = {f.wire_name: f.type for f in envelope.fields} if isinstance(envelope, ObjectDecl) else {}
    limit = _said(said, "limit") or _first(_LIMITS, names)
    has_more = _way(said, "has_more") or _found(_MORE, members)
    wanted = said.get("style")
    cursor = _said(said, "cursor") or _first(_CURSORS, names)
    next_ = (
        _way(said, "next")
        or _found(_NEXT, {n: t for n, t in members.items() if _is_cursor(t)})
        or _found(_LAST, members)
    )
    field = _said(said, "cursor_field") or ("id" if _has_id(item_type, decls) else "")
    if wanted in (None, "cursor") and cursor in names and (next_ or (has_more and field)):
        return Pagination(
            PageStyle.CURSOR,
            items,
            item_type,
            cursor,
            next_cursor=next_,
            cursor_field="" if next_ else field,
            has_more=has_more,
            limit_member=limit,
        )
    page = _said(said, "page") or _first(_PAGES, names)
    if wanted in (None, "page") and page in names and _number(names[page], decls):
        total = _way(said, "total_pages") or _found(_TOTALS, members)
        return Pagination(
            PageStyle.PAGE,
            items,
            item_type,
            page,
            has_more=has_more or _declared_link(envelope, decls) or _found(_PERHAPS_LINKS, members),
            first=_first_page(names[page], decls),
            total_pages=total,
            limit_member=limit,
        )
    offset = _said(said, "offset") or _first(_OFFSETS, names)
    if wanted in (None, "offset") and offset in names and _counts_from_zero(names[offset], decls):
        more = has_more or _declared_link(envelope, decls) or _found(_PERHAPS_LINKS, members)
        return Pagination(PageStyle.OFFSET, items, item_type, offset, has_more=more, limit_member=limit)
    if wanted == "link" or (wanted is None and not said.get("cursor")):
        link = _way(said, "next") if wanted == "link" else _declared_link(envelope, decls)
        if link and not _may_be_link(_at(envelope, link, decls), decls):
            _warn_of_link(operation, link, diagnostics)
            return None
        if link or wanted == "link" or any(h.wire_name.lower() == "link" for h in operation.result.headers):
            return Pagination(PageStyle.LINK, items, item_type, next_link=link)
    is_envelope = (
        bool(items)
        and (bool(said) or not operation.path.endswith("}"))
        and ("object" in members or bool(has_more) or wanted == "single")
    )
    return Pagination(PageStyle.SINGLE, items, item_type, has_more=()) if is_envelope else None


def _has_id(item: Type, decls: Mapping[DeclId, Decl]) -> bool:
    """Whether every item has an `id`, as far as the document tells of its members."""
    return all(leaf is None or any(f.wire_name == "id" for f in leaf.fields) for leaf in leaves(item, decls))


def _said(extension: Mapping[str, Json], key: str) -> str:
    value = extension.get(key)
    return value if isinstance(value, str) else ""


def _way(extension: Mapping[str, Json], key: str) -> tuple[str, ...]:
    """A member of the answer, or the steps to one further in: `[meta, next]`."""
    value = extension.get(key)
    steps = value if isinstance(value, list) else [value]
    return tuple(step for step in steps if isinstance(step, str) and step)


def _found(wanted: tuple[str, ...], present: Mapping[str, object]) -> tuple[str, ...]:
    name = _first(wanted, present)
    return (name,) if name else ()


def _first(wanted: tuple[str, ...], present: Mapping[str, object]) -> str:
    return next((name for name in wanted if name in present), "")


def _is_cursor(type: Type) -> bool:
    type = type.inner if isinstance(type, Nullable) else type
    return isinstance(type, Primitive) and type.kind in (Kind.STRING, Kind.INTEGER) and type.format != "uri"


def _declared_link(envelope: ObjectDecl | ListOf | None, decls: Mapping[DeclId, Decl]) -> tuple[str, ...]:
    """The member that is a link to the next page by its name and type."""
    for way in (*((name,) for name in (*_LINKS, *_PERHAPS_LINKS)), *_NESTED_LINKS):
        type = _text(_at(envelope, way, decls), decls)
        if type is not None and (way[0] not in _PERHAPS_LINKS or type.format.startswith(("uri", "url"))):
            return way
    return ()


def _warn_of_link(operation: Operation, link: tuple[str, ...], diagnostics: Diagnostics) -> None:
    diagnostics.warn(
        "pagination",
        f"{operation.id}: {'.'.join(link)!r}, which leads to the next page, is no text",
        operation.origin,
        "Say where the link is with x-polyport-pagination: {style: link, next: [links, next]}.",
    )


def _number(parameter: Parameter, decls: Mapping[DeclId, Decl]) -> Primitive | None:
    """The type of a parameter that is a number, perhaps null."""
    type = unalias(parameter.type, decls)
    type = unalias(type.inner, decls) if isinstance(type, Nullable) else type
    return type if isinstance(type, Primitive) and type.kind in (Kind.INTEGER, Kind.NUMBER) else None


def _first_page(parameter: Parameter, decls: Mapping[DeclId, Decl]) -> int:
    """The number of the first page: the default, else 0 where that is the least that there may be."""
    if isinstance(parameter.default, int):
        return parameter.default
    type = _number(parameter, decls)
    return 0 if type is not None and type.constraints.minimum == 0 else 1


def _counts_from_zero(parameter: Parameter, decls: Mapping[DeclId, Decl]) -> bool:
    """Whether an offset is how many items are left out. One that begins at 1 is the place of the next item."""
    type = _number(parameter, decls)
    return type is not None and parameter.default in (None, 0) and (type.constraints.minimum or 0) <= 0


def _target(type: Type, decls: Mapping[DeclId, Decl]) -> ObjectDecl | ListOf | None:
    type = unalias(type, decls)
    target = decls[type.id] if isinstance(type, Ref) else type
    return target if isinstance(target, ObjectDecl | ListOf) else None


def _items(
    envelope: ObjectDecl | ListOf | None, said: Mapping[str, Json], decls: Mapping[DeclId, Decl]
) -> tuple[tuple[str, ...], Type] | None:
    if isinstance(envelope, ListOf):
        return (), envelope.item
    if envelope is None:
        return None
    ways = (way,) if (way := _way(said, "items")) else tuple((name,) for name in _ITEMS)
    for steps in ways:
        type = _at(envelope, steps, decls)
        listed = _list(type, decls) if type is not None else None
        if listed is not None:
            return steps, listed.item
    return None


def _at(envelope: ObjectDecl | ListOf | None, steps: tuple[str, ...], decls: Mapping[DeclId, Decl]) -> Type | None:
    """The type of the member that these names lead to; None where it is not declared."""
    type: Type | None = None
    at = envelope
    for step in steps:
        type = next((f.type for f in at.fields if f.wire_name == step), None) if isinstance(at, ObjectDecl) else None
        if type is None:
            return None
        at = _target(type.inner if isinstance(type, Nullable) else type, decls)
    return type


def _text(type: Type | None, decls: Mapping[DeclId, Decl]) -> Primitive | None:
    """The type as a text, when it is one, perhaps null."""
    type = unalias(type, decls) if type is not None else None
    type = unalias(type.inner, decls) if isinstance(type, Nullable) else type
    return type if isinstance(type, Primitive) and type.kind is Kind.STRING else None


def _may_be_link(type: Type | None, decls: Mapping[DeclId, Decl]) -> bool:
    """Whether a link can stand there: what the document does not tell is known when the answer comes."""
    return type is None or isinstance(type, AnyJson) or _text(type, decls) is not None


def _list(type: Type, decls: Mapping[DeclId, Decl]) -> ListOf | None:
    type = type.inner if isinstance(type, Nullable) else type
    if isinstance(type, ListOf):
        return type
    found = _target(type, decls) if isinstance(type, Ref) else None
    return found if isinstance(found, ListOf) else None
