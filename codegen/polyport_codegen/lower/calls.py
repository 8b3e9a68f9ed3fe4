"""Operations as calls: what a caller is asked for, what is sent by itself, and in which form the answer comes.

A language renders a `Call`; it decides nothing of it. Names are symbols (`symbols`), types are the model's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from ..ir.access import SecurityScheme, SecurityUse
from ..ir.model import (
    Api,
    Body,
    Encoding,
    EventForm,
    Location,
    Media,
    MediaKind,
    Operation,
    OperationId,
    Pagination,
    Parameter,
    Result,
    Selector,
)
from ..ir.types import Const, DeclId, Docs, EnumDecl, Field, ListOf, ObjectDecl, Ref, Type
from ..ir.words import words_of
from ..values import Json, Words
from .planner import Symbol
from .published import NO_NAMES, Names, Published
from .symbols import argument_id, arguments_scope, calls_scope, dotted, method_id, spelled, streaming_id
from .walk import Files, files, resolved


class Place(Enum):
    """Where an argument travels."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"
    #: A member of the body's object.
    MEMBER = "member"
    #: The body as a whole.
    BODY = "body"


#: The order in which arguments are asked for, within the required and the optional ones.
_ORDER = (Place.PATH, Place.BODY, Place.MEMBER, Place.QUERY, Place.HEADER, Place.COOKIE)


@dataclass(frozen=True, slots=True)
class Argument:
    """What a caller gives (or what is sent by itself, in `Call.constants`)."""

    #: The id of its symbol.
    symbol: str
    place: Place
    #: The name on the wire; empty for the body as a whole.
    wire: str
    words: Words
    #: As in the document, null included.
    type: Type
    #: Must be given. A member that its object requires is optional when the body itself may be left out.
    required: bool
    docs: Docs = Docs()
    default: Json = None
    #: The one value, which is sent without asking.
    const: Const | None = None
    files: Files = Files.NONE
    #: A name made of wire names that no other argument of the call has, for languages that keep wire names.
    key: str = ""
    #: What it was made of; neither for the body as a whole.
    parameter: Parameter | None = None
    field: Field | None = None


class FormKind(Enum):
    """How an answer is given to the caller."""

    #: Nothing comes back.
    NONE = "none"
    #: One JSON value.
    JSON = "json"
    TEXT = "text"
    #: A download.
    BINARY = "binary"
    #: Any of several of these three: the answer's `Content-Type` decides.
    MIXED = "mixed"
    #: Items, page by page; each page is one JSON value.
    PAGES = "pages"
    #: Server-sent events, of which `Form.event` says what is given.
    EVENTS = "events"
    #: JSON values, one a line.
    LINES = "lines"

    @property
    def streams(self) -> bool:
        """Whether values arrive one by one over one answer."""
        return self in (FormKind.EVENTS, FormKind.LINES)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a call: the plain one or the streaming one."""

    kind: FormKind
    #: JSON, PAGES and MIXED: the whole answer as JSON; EVENTS and LINES: one event; None where none of it is JSON.
    type: Type | None = None
    #: PAGES: one item.
    item: Type | None = None
    #: The `Accept` header.
    accept: str = "application/json"
    #: The answer may come without a body, which gives nothing back.
    optional: bool = False
    #: MIXED: what the answer may be, the most telling first; see `ir.model.Result` for how it is told.
    answers: tuple[MediaKind, ...] = ()
    #: EVENTS: the data that ends the stream; without it the stream was cut. None: the end of the body ends it.
    terminator: str | None = None
    #: EVENTS: what is given of an event, and for WHOLE the names of those whose data is text.
    event: EventForm = EventForm.JSON
    texts: tuple[str, ...] = ()
    #: What the selector is set to in this form; None: it is left out.
    selects: bool | str | None = None


class BodyKind(Enum):
    """How a request body is written."""

    JSON = "json"
    MULTIPART = "multipart"
    FORM = "form"
    TEXT = "text"
    #: Bytes as the caller gives them.
    BINARY = "binary"
    #: JSON values, one a line: the argument is a list.
    LINES = "lines"


_BODY_KINDS = {
    MediaKind.JSON: BodyKind.JSON,
    MediaKind.MULTIPART: BodyKind.MULTIPART,
    MediaKind.FORM: BodyKind.FORM,
    MediaKind.TEXT: BodyKind.TEXT,
    MediaKind.JSONL: BodyKind.LINES,
}


@dataclass(frozen=True, slots=True)
class BodyPlan:
    """How the body is sent. Either `members` (asked for one by one) or `whole` is there, never both."""

    kind: BodyKind
    content_type: str
    type: Type
    required: bool
    docs: Docs = Docs()
    #: The object whose members are asked for one by one, and those members with constants, in its own order.
    flat: DeclId | None = None
    members: tuple[Argument, ...] = ()
    whole: Argument | None = None
    #: How single members of a form are written, by wire name; those that are not here as their type says.
    encodings: Mapping[str, Encoding] | None = None
    #: How the body can be written instead; each is one argument, named by its kind (`json`, `text`, `bytes`, ...), or by
    #: its media type where several have that kind (`merge patch json`).
    others: tuple[BodyPlan, ...] = ()
    #: BINARY: all content types that the bytes may be of; the first is `content_type`.
    content_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paging:
    """How the next page is asked for. `request` and `limit` are the arguments that the rule changes and reads."""

    rule: Pagination
    request: Argument | None = None
    limit: Argument | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """An operation, ready to be rendered."""

    operation: Operation
    #: Required ones first; within these: path, body, query, header, cookie, each as documented.
    arguments: tuple[Argument, ...]
    #: Required parameters and members with only one value.
    constants: tuple[Argument, ...] = ()
    #: The parameter or member that chooses between the forms; it is no argument, each form sets it.
    selector: Argument | None = None
    body: BodyPlan | None = None
    paging: Paging | None = None
    #: The credentials that are shown: any of these will do, all members of one together. An empty one: also without;
    #: none at all: no need. What nobody can show (`SecurityScheme.shown` is other) is not here.
    security: tuple[tuple[SecurityScheme, ...], ...] = ()
    plain: Form | None = None
    streaming: Form | None = None

    @property
    def forms(self) -> tuple[Form, ...]:
        """The plain form and the streaming one, as far as they are there."""
        return tuple(form for form in (self.plain, self.streaming) if form is not None)

    @property
    def has_twin(self) -> bool:
        """Whether there are both forms."""
        return self.plain is not None and self.streaming is not None

    @property
    def required(self) -> tuple[Argument, ...]:
        """The arguments that must be given."""
        return tuple(a for a in self.arguments if a.required)

    @property
    def optional(self) -> tuple[Argument, ...]:
        """The arguments that may be left out."""
        return tuple(a for a in self.arguments if not a.required)

    def argument(self, place: Place, wire: str) -> Argument | None:
        """The argument, constant or selector that travels there under that name."""
        known = (*self.arguments, *self.constants, *((self.selector,) if self.selector is not None else ()))
        return next((a for a in known if (a.place, a.wire) == (place, wire)), None)


def calls(api: Api, locked: Names = NO_NAMES) -> Mapping[OperationId, Call]:
    """All operations as calls, as documented. `locked`: what was published, for languages that go by `Argument.key`."""
    return {id: call_of(api, operation, locked) for id, operation in api.operations.items()}


def call_of(api: Api, operation: Operation, locked: Names = NO_NAMES) -> Call:
    """One operation as a call."""
    everything = _keyed(operation, [*_parameters(operation), *_body_arguments(api, operation)], locked)
    chosen = operation.stream.selector if operation.stream is not None else None
    selector = next((a for a in everything if chosen is not None and _is_selector(a, chosen)), None)
    asked = [a for a in everything if a is not selector and a.const is None]
    asked.sort(key=lambda a: (not a.required, _ORDER.index(a.place)))
    call = Call(
        operation,
        tuple(asked),
        tuple(a for a in everything if a is not selector and a.const is not None),
        selector,
        _body(api, operation, [a for a in everything if a is not selector]),
    )
    plain = (
        _plain(operation, _off(api, chosen, selector))
        if operation.result is not None or operation.stream is None
        else None
    )
    security = tuple(dict.fromkeys(_shown(api, uses) for uses in operation.security))
    return replace(call, paging=_paging(call), security=security, plain=plain, streaming=_streaming(operation, chosen))


def schemes(api: Api) -> tuple[SecurityScheme, ...]:
    """The schemes whose credentials clients can show."""
    return tuple(scheme for scheme in api.security_schemes.values() if scheme.shown != "other")


def _shown(api: Api, uses: tuple[SecurityUse, ...]) -> tuple[SecurityScheme, ...]:
    found = (api.security_schemes[use.scheme] for use in uses)
    return tuple(scheme for scheme in found if scheme.shown != "other")


def symbols(call: Call, *, twins: bool) -> Iterator[Symbol]:
    """The symbols of a call's methods and arguments. `twins`: the streaming form is a method of its own; without it
    the two forms are one method, which has the selector among its arguments."""
    operation = call.operation
    scope, words = calls_scope(operation.resource), operation.words
    longer = ((*words, *(word for step in operation.resource[-1:] for word in step)), (*words, "call"))
    place, key = dotted(operation.resource), operation.key or operation.id
    published = Published("method", place, key)
    yield Symbol(method_id(operation), "method", words, scope, longer, 1, published=published)
    if twins and call.has_twin:
        streaming = tuple((*w, "streaming") for w in longer)
        published = Published("streaming", place, key)
        twin = (*words, "streaming")
        yield Symbol(streaming_id(operation), "method", twin, scope, streaming, 1, published=published)
    hidden = () if twins or call.selector is None else (call.selector,)
    for argument in (*call.arguments, *hidden):
        yield _symbol(operation, argument)


def _symbol(operation: Operation, argument: Argument) -> Symbol:
    """Arguments of the path keep their names best, then other parameters, then the body's."""
    place = argument.place
    in_body = place in (Place.MEMBER, Place.BODY)
    rank = 0 if place is Place.PATH else 2 if in_body else 1
    words = ("body" if in_body else place.value, *argument.words)
    wishes = (words, *spelled(words, argument.wire))
    scope = arguments_scope(operation)
    published = Published("argument", operation.key or operation.id, published_id(operation, argument))
    return Symbol(argument.symbol, "argument", argument.words, scope, wishes, rank, published=published)


def published_id(operation: Operation, argument: Argument) -> str:
    """What an argument is to the names lock. Those of the path are counted: the wire does not show their names."""
    if argument.place is Place.PATH:
        named = re.findall(r"{([^{}]*)}", operation.path)
        return f"path {named.index(argument.wire) + 1}" if argument.wire in named else f"path {argument.wire}"
    if argument.place is Place.BODY:
        return "body"
    return f"{'body' if argument.place is Place.MEMBER else argument.place.value} {argument.wire}"


# -- arguments ---------------------------------------------------------------------------------------------------------


def _parameters(operation: Operation) -> Iterator[Argument]:
    for p in operation.parameters:
        place = Place(p.location.value)
        yield Argument(
            symbol=argument_id(operation, place.value, p.wire_name),
            place=place,
            wire=p.wire_name,
            words=p.words,
            type=p.type,
            required=p.required,
            docs=p.docs,
            default=p.default,
            const=p.const if p.required else None,
            parameter=p,
            key=p.wire_name,
        )


def _body_arguments(api: Api, operation: Operation) -> Iterator[Argument]:
    body = operation.body
    if body is None:
        return
    if body.flatten is None:
        kind = _body_kind(body.media)
        type = ListOf(body.media.type) if kind is BodyKind.LINES else body.media.type
        symbol = argument_id(operation, "body", "")
        shape = Files.ONE if kind is BodyKind.BINARY else Files.NONE
        yield Argument(symbol, Place.BODY, "", body.words, type, body.required, body.docs, files=shape)
        return
    decl = api.decl(body.flatten)
    assert isinstance(decl, ObjectDecl)
    for f in decl.fields:
        if not f.read_only:
            yield Argument(
                symbol=argument_id(operation, "body", f.wire_name),
                place=Place.MEMBER,
                wire=f.wire_name,
                words=f.words,
                type=f.type,
                required=f.required and body.required,
                docs=f.docs,
                default=f.default,
                const=f.const if f.required else None,
                files=files(f.type, api.decls) if body.media.kind is MediaKind.MULTIPART else Files.NONE,
                field=f,
                key=f.wire_name,
            )


def _keyed(operation: Operation, found: list[Argument], locked: Names) -> list[Argument]:
    """Every argument with its key: members of the body keep their wire names, and others what they were published as."""
    place = operation.key or operation.id
    names = [a.wire for a in found if a.place is not Place.BODY]
    taken = {a.wire for a in found if a.place is Place.MEMBER}
    kept: dict[str, str] = {}
    if locked.names:
        for a in found:
            known = locked.names.get(Published("argument", place, published_id(operation, a)))
            if known and a.place is not Place.MEMBER and known not in taken:
                kept[a.symbol] = known
    taken |= {name for name in names if names.count(name) == 1} | set(kept.values())
    out = []
    for a in found:
        key = kept.get(a.symbol) or (a.wire if a.place is not Place.BODY else "_".join(a.words))
        is_free = names.count(key) < 2 and key not in kept.values() and not (a.place is Place.BODY and key in taken)
        if a.place is not Place.MEMBER and a.symbol not in kept and not is_free:
            key = f"{key}_in_{a.place.value}" if a.place is not Place.BODY else "request_body"
            while key in taken:
                key += "_"
        taken.add(key)
        out.append(a if key == a.key else replace(a, key=key))
    return out


def _is_selector(argument: Argument, selector: Selector) -> bool:
    place = Place.MEMBER if selector.location == "body" else Place(selector.location)
    return (argument.place, argument.wire) == (place, selector.wire_name)


# -- the body ----------------------------------------------------------------------------------------------------------


def _body_kind(media: Media) -> BodyKind:
    return _BODY_KINDS.get(media.kind, BodyKind.BINARY)


def _body(api: Api, operation: Operation, found: list[Argument]) -> BodyPlan | None:
    body: Body | None = operation.body
    if body is None:
        return None
    return BodyPlan(
        kind=_body_kind(body.media),
        content_type=body.media.sent_as,
        type=body.media.type,
        required=body.required,
        docs=body.docs,
        flat=body.flatten,
        members=tuple(a for a in found if a.place is Place.MEMBER),
        whole=next((a for a in found if a.place is Place.BODY), None),
        encodings={e.member: e for e in body.media.encodings},
        others=tuple(_others(api, operation, body)),
        content_types=(body.media.sent_as,),
    )


def _others(api: Api, operation: Operation, body: Body) -> Iterator[BodyPlan]:
    kinds = [_body_kind(media) for media in (body.media, *body.others)]
    raw = tuple(media.sent_as for media, kind in zip(body.others, kinds[1:], strict=True) if kind is BodyKind.BINARY)
    seen: set[Words] = set()
    for media, kind in zip(body.others, kinds[1:], strict=True):
        name: Words = ("bytes",) if kind is BodyKind.BINARY else (kind.value,)
        if kind is not BodyKind.BINARY and kinds.count(kind) > 1:
            name = words_of(media.content_type.partition(";")[0].partition("/")[2])
        if name not in seen:
            seen.add(name)
            yield _other(api, operation, media, name, raw if kind is BodyKind.BINARY else (media.sent_as,))


def _other(api: Api, operation: Operation, media: Media, words: Words, types: tuple[str, ...]) -> BodyPlan:
    kind = _body_kind(media)
    symbol = argument_id(operation, f"body as {media.content_type}", "")
    type = ListOf(media.type) if kind is BodyKind.LINES else media.type
    shape = Files.ONE if kind is BodyKind.BINARY else Files.NONE
    whole = Argument(symbol, Place.BODY, "", words, type, required=True, files=shape)
    encodings = {e.member: e for e in media.encodings}
    return BodyPlan(kind, types[0], media.type, True, whole=whole, encodings=encodings, content_types=types)


# -- answers -----------------------------------------------------------------------------------------------------------


def _off(api: Api, chosen: Selector | None, selector: Argument | None) -> bool | str | None:
    """What the selector is set to in the plain form: nothing, unless a value must be given or the server streams by
    default."""
    if selector is None or chosen is None or not (selector.required or selector.default == chosen.value):
        return None
    if chosen.value is True:
        return False
    type = resolved(selector.type, api.decls)
    decl = api.decls[type.id] if isinstance(type, Ref) else None
    others = (m.value for m in decl.members if m.value != chosen.value) if isinstance(decl, EnumDecl) else iter(())
    return next((value for value in others if isinstance(value, str)), None)


def _plain(operation: Operation, off: bool | str | None) -> Form:
    media = operation.result.media if operation.result is not None else None
    if media is None:
        return Form(FormKind.NONE, selects=off)
    optional = operation.result is not None and operation.result.optional
    accept = operation.result.accept if operation.result is not None else ""
    form = Form(FormKind.JSON, media.type, None, accept or media.content_type, optional, selects=off)
    page = operation.pagination
    if operation.result is not None and len(operation.result.forms) > 1 and page is None:
        return _mixed(form, operation.result)
    if media.kind is MediaKind.JSON:
        return form if page is None else replace(form, kind=FormKind.PAGES, item=page.item_type)
    kind = FormKind.TEXT if media.kind is MediaKind.TEXT else FormKind.BINARY
    return replace(form, kind=kind, type=None)


def _mixed(form: Form, result: Result) -> Form:
    json = next((media.type for media in result.forms if media.kind is MediaKind.JSON), None)
    return replace(form, kind=FormKind.MIXED, type=json, answers=tuple(media.kind for media in result.forms))


def _streaming(operation: Operation, chosen: Selector | None) -> Form | None:
    stream = operation.stream
    if stream is None:
        return None
    kind = FormKind.LINES if stream.media.kind is MediaKind.JSONL else FormKind.EVENTS
    return Form(
        kind,
        stream.media.type,
        accept=stream.media.content_type,
        terminator=stream.terminator,
        event=stream.media.event,
        texts=stream.media.texts,
        selects=chosen.value if chosen is not None else None,
    )


def _paging(call: Call) -> Paging | None:
    rule = call.operation.pagination
    if rule is None:
        return None
    return Paging(rule, _paged(call, rule.request_member), _paged(call, rule.limit_member))


def _paged(call: Call, wire: str) -> Argument | None:
    return call.argument(Place(Location.QUERY.value), wire) if wire else None
