"""The API itself: resources, operations, parameters, bodies, answers, security.

Everything a language needs is decided here once; nothing here knows a language. See `types` for values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Literal

from ..diagnostics import Origin
from ..values import Json, Words
from .access import Security, SecurityScheme, Server
from .types import FOR_ALL, Const, Decl, DeclId, Docs, Field, Meant, Nullable, Type

OperationId = str


class Location(Enum):
    """Where a parameter travels (OpenAPI 3.1, Parameter Object, `in`)."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"


class Style(Enum):
    """How a parameter is written (OpenAPI 3.1, Style Values)."""

    SIMPLE = "simple"
    LABEL = "label"
    MATRIX = "matrix"
    FORM = "form"
    SPACE_DELIMITED = "spaceDelimited"
    PIPE_DELIMITED = "pipeDelimited"
    DEEP_OBJECT = "deepObject"
    #: The value as JSON text (`content: application/json`).
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A path, query, header or cookie parameter. A `Const` type is sent by itself and not asked of the user."""

    location: Location
    wire_name: str
    words: Words
    type: Type
    required: bool
    style: Style
    explode: bool
    #: In a query reserved characters stay as they are (OpenAPI, `allowReserved`), in a path the slashes do: the value may be
    #: several segments.
    allow_reserved: bool = False
    default: Json = None
    docs: Docs = Docs()
    origin: Origin = Origin("")
    meant: Meant = FOR_ALL

    @property
    def nullable(self) -> bool:
        """Whether null is one of the values (sent as the text `null` or left out: the style decides)."""
        return isinstance(self.type, Nullable)

    @property
    def const(self) -> Const | None:
        """The fixed value, when there is only one."""
        return self.type if isinstance(self.type, Const) else None


class MediaKind(Enum):
    """What a media type means to a client."""

    JSON = "json"
    SSE = "sse"
    JSONL = "jsonl"
    TEXT = "text"
    BINARY = "binary"
    MULTIPART = "multipart"
    FORM = "form"


class EventForm(Enum):
    """What a client gets of a server-sent event (WHATWG HTML, 9.2)."""

    #: Its data, which is JSON text.
    JSON = "json"
    #: Its data as it is.
    TEXT = "text"
    #: An object of what the event has of `event`, `data`, `id` and `retry`: `data` as JSON, or as it is.
    WHOLE = "whole"


_PLAINEST = {MediaKind.JSON: "application/json", MediaKind.TEXT: "text/plain"}


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one member of a multipart or form body is written (OpenAPI 3.1, Encoding Object), when it is not as usual: null
    not at all, an item of a list as a value of its own, an object as JSON text, anything else as text."""

    member: str
    #: JSON: the value is JSON text, in a multipart body each item of a list. Empty: `style` counts: a
    #: part is a `name=value` pair of that style as it is before percent-encoding.
    content_type: str = ""
    style: Style = Style.FORM
    explode: bool = True


@dataclass(frozen=True, slots=True)
class Media:
    """One media type of a body. `type` is that of the JSON value, of one event (sse, jsonl), or of the form; a string
    for text, bytes (`Primitive` of format `binary`) for binary."""

    #: As documented, perhaps with parameters, perhaps a range (`image/*`).
    content_type: str
    kind: MediaKind
    type: Type
    encodings: tuple[Encoding, ...] = ()
    examples: tuple[Json, ...] = ()
    #: TEXT and BINARY: the schema describes members or items, for which this is a notation (XML, CSV, MessagePack).
    structured: bool = False
    #: SSE: what is given of an event, and for WHOLE the names of those whose data is text ("" for events without one).
    event: EventForm = EventForm.JSON
    texts: tuple[str, ...] = ()

    @property
    def sent_as(self) -> str:
        """The content type to send: the documented one, or for a range the plainest type of its kind."""
        if "*" not in self.content_type and "/" in self.content_type:
            return self.content_type
        return _PLAINEST.get(self.kind, "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Body:
    """A request body. `media` is the one that clients send (the first documented, until `passes.bodies` chose);
    `others` can be sent raw."""

    required: bool
    media: Media
    others: tuple[Media, ...] = ()
    #: The object whose members are asked for one by one as arguments of the call; None when the body is one argument.
    flatten: DeclId | None = None
    #: The name of the one argument when not flattened.
    words: Words = ("body",)
    docs: Docs = Docs()


@dataclass(frozen=True, slots=True)
class Header:
    """A documented response header."""

    wire_name: str
    type: Type
    docs: Docs = Docs()


@dataclass(frozen=True, slots=True)
class Response:
    """A documented answer. `status` is `200`, `4XX` or `default`."""

    status: str
    media: tuple[Media, ...] = ()
    headers: tuple[Header, ...] = ()
    docs: Docs = Docs()


@dataclass(frozen=True, slots=True)
class Result:
    """What a successful plain call gives back. No `forms`: nothing (204 and the like).

    kind JSON: the decoded `type`; TEXT: the text; BINARY: a download; SSE and JSONL never stand here, see `Stream`.
    With several forms (never two of a kind) the one answer may be any of them: its `Content-Type` decides. A JSON type
    means the JSON form, `text/*` the text form, anything else the binary form; what has no form of its own is taken
    by the first form that can carry it: binary, then text, then JSON.
    """

    #: The most telling form first: JSON, text, binary.
    forms: tuple[Media, ...] = ()
    #: The media types that are asked for (RFC 9110, 12.5.1): those of the forms; empty without a form.
    accept: str = ""
    #: The answer may also come without a body (a 204 is documented beside it): then the call gives back nothing.
    optional: bool = False
    #: Documented headers of the successful answers, each once.
    headers: tuple[Header, ...] = ()

    @property
    def media(self) -> Media | None:
        """The first form; None when there is no body."""
        return self.forms[0] if self.forms else None

    @property
    def type(self) -> Type | None:
        """The JSON type of the result, when it is JSON."""
        return self.media.type if self.media is not None and self.media.kind is MediaKind.JSON else None


@dataclass(frozen=True, slots=True)
class Selector:
    """The request member that asks for the streaming form: `stream: true`."""

    location: str  # "body", "query" or "header"
    wire_name: str
    value: bool | str = True


@dataclass(frozen=True, slots=True)
class Stream:
    """The streaming form of an operation. `media.kind` is SSE or JSONL and `media.type` is the type of one event."""

    media: Media
    #: How it is asked for beside the plain form; None when the operation always streams (`Operation.result` is None).
    selector: Selector | None = None
    #: The data that ends the stream (`[DONE]`); its absence at the end means a cut. None: the end of the body ends it.
    terminator: str | None = None


class PageStyle(Enum):
    """How the next page is asked for."""

    #: The request takes a cursor that the answer gives (`next_cursor`, or the last item's id with `has_more`).
    CURSOR = "cursor"
    #: The request takes a page number, counted up.
    PAGE = "page"
    #: The request takes an offset, moved on by the number of items seen.
    OFFSET = "offset"
    #: The answer has a link to the next page, which is fetched as it is.
    LINK = "link"
    #: There is only one page, but the answer is a list envelope and is walked like one.
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Pagination:
    """How to walk the pages of a list. Paths are member names from the answer's root.

    The end: no items; `has_more` false, null or empty; the cursor absent, null or empty; the total reached; for PAGE and
    OFFSET, where the answer says neither, also a page with fewer items than asked for (a server may give fewer than that
    on every page). For LINK only a link that is absent, null or empty.
    """

    style: PageStyle
    items: tuple[str, ...]
    item_type: Type
    #: The query parameter (wire name) that is changed for the next page; empty for LINK and SINGLE.
    request_member: str = ""
    #: CURSOR: where the answer says the next cursor; empty when it is `cursor_field` of the last item.
    next_cursor: tuple[str, ...] = ()
    #: LINK: where the answer says the next page's URL; empty when its `Link` header does (RFC 8288, `rel="next"`).
    next_link: tuple[str, ...] = ()
    #: CURSOR without `next_cursor`: the member of the last item that is the cursor, usually `id`.
    cursor_field: str = ""
    #: A flag, or for PAGE and OFFSET what names the next page: a link, a number.
    has_more: tuple[str, ...] = ()
    #: PAGE: the first page's number.
    first: int = 1
    #: PAGE: where the answer says how many pages there are; empty when it does not.
    total_pages: tuple[str, ...] = ()
    #: The query parameter with the page size; empty when there is none.
    limit_member: str = ""


@dataclass(frozen=True, slots=True)
class StreamHint:
    """How the document says that an operation streams (`x-polyport-stream`). Empty members are left to the pass."""

    #: The request member that asks for the stream.
    selector: str = ""
    #: The type of one event, when it is not that of the event stream's schema.
    event: Type | None = None
    terminator: str | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What the document or the configuration says of an operation for the passes to decide by."""

    #: A dotted name in the resource tree (`chat.completions.create`), taken as it is.
    name: str = ""
    #: The dotted name under which it was published before, which it keeps unless `name` says otherwise.
    published: str = ""
    #: Its body was published as one argument, which it stays, whatever members it gets.
    whole: bool = False
    #: The part of the API that it belongs to, where its path says nothing (`x-oaiMeta: {group}`).
    group: str = ""
    #: Its resource and its method, where the document gives one of them (`x-fern-sdk-group-name`).
    resource: tuple[Words, ...] = ()
    verb: Words = ()
    #: The start of its path, and the dotted name that the configuration gives to that.
    base: tuple[str, str] | None = None
    #: False: it does not stream, whatever its members are called.
    stream: StreamHint | Literal[False] | None = None
    #: The members of `x-polyport-pagination`; False: it has no pages.
    pagination: Mapping[str, Json] | Literal[False] | None = None


@dataclass(frozen=True, slots=True)
class Webhook:
    """A call that the API makes to its user: a webhook, or a callback that an operation asks for.

    `body`, `parameters` are what the user gets (typed like answers), `responses` what the user may answer.
    """

    #: The name that the document gives it, and for a callback also the URL's expression: `onEvent {$request.body#/url}`.
    id: str
    words: Words
    method: str  # upper case
    #: Callbacks: where it goes, as a runtime expression (OpenAPI 3.1, Callback Object). Empty for webhooks.
    expression: str = ""
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    responses: tuple[Response, ...] = ()
    #: How the API proves to the user that it is the sender.
    security: Security = ()
    docs: Docs = Docs()
    tags: tuple[str, ...] = ()
    #: Its place, which stays when it is reordered: `webhook orderPaid POST`.
    key: str = ""
    origin: Origin = Origin("")


@dataclass(frozen=True, slots=True)
class Operation:
    """One call of the API.

    `words` is the method's name (`create`), `resource` the way to it (`(("chat",), ("completions",))`). With `stream`
    set and a selector, `result` is the plain form; without a selector the operation has only the streaming form.

    A reader gives the words of the id as `words` (at least one) and leaves `resource`, `result`, `stream`, `pagination`
    and `errors` to the passes, which decide them from the rest.
    """

    id: OperationId
    method: str  # upper case
    path: str
    resource: tuple[Words, ...]
    words: Words
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    responses: tuple[Response, ...] = ()
    result: Result | None = None
    stream: Stream | None = None
    pagination: Pagination | None = None
    security: Security = ()
    #: Documented JSON types of error bodies: the status as in `Response.status`, most exact first (404, 4XX, default).
    errors: tuple[tuple[str, Type], ...] = ()
    #: The servers of this operation alone (its own, else its path's); empty: those of the API.
    servers: tuple[Server, ...] = ()
    #: What stands for these servers in descriptors: the URL of the first, unless other servers have the same there. None:
    #: there are none.
    server: str | None = None
    callbacks: tuple[Webhook, ...] = ()
    docs: Docs = Docs()
    tags: tuple[str, ...] = ()
    hints: Hints = Hints()
    #: The call's place, which stays when its id or a path parameter is renamed: `POST /orders/{}`.
    key: str = ""
    #: The operation that this is another form of: the same request, but an answer of another media type. Such forms
    #: are for clients only, see `Api.documented`.
    form_of: OperationId = ""
    origin: Origin = Origin("")

    @property
    def dotted(self) -> str:
        """The way to the call as one text: `chat.completions.create`."""
        return ".".join("_".join(step) for step in (*self.resource, self.words))

    @property
    def schemes(self) -> tuple[str, ...]:
        """The ids of all security schemes that may count, each once."""
        return tuple(dict.fromkeys(use.scheme for together in self.security for use in together))


@dataclass(frozen=True, slots=True)
class Resource:
    """A node of the resource tree. The root has an empty `path`; an operation stands in exactly one node."""

    path: tuple[Words, ...]
    operations: tuple[OperationId, ...] = ()
    children: tuple[Resource, ...] = ()
    docs: Docs = Docs()

    @property
    def words(self) -> Words:
        """The last step's name; empty for the root."""
        return self.path[-1] if self.path else ()

    def walk(self) -> Iterator[Resource]:
        """This node and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


def _pruned(resource: Resource, kept: Mapping[OperationId, Operation]) -> Resource:
    ids = tuple(id for id in resource.operations if id in kept)
    return replace(resource, operations=ids, children=tuple(_pruned(c, kept) for c in resource.children))


@dataclass(frozen=True, slots=True)
class Api:
    """A whole API, frozen. Mappings are in a stable order: declarations by id, operations as documented."""

    title: str
    version: str
    #: The client's name in words: `("polyport",)`.
    words: Words
    docs: Docs
    servers: tuple[Server, ...]
    security_schemes: Mapping[str, SecurityScheme]
    decls: Mapping[DeclId, Decl]
    operations: Mapping[OperationId, Operation]
    root: Resource
    #: Types of documented error bodies, by status as in `Response.status`, over all operations when they agree.
    error_type: Type | None = None
    #: What the document says of its tags, by their names.
    tag_docs: Mapping[str, Docs] = field(default_factory=dict)
    webhooks: tuple[Webhook, ...] = ()
    #: Names in their own case, which the configuration lists.
    spellings: tuple[str, ...] = ()
    #: Dotted names of published calls that are gone: nothing else gets them.
    reserved: frozenset[str] = frozenset()
    #: Ids (as texts) of types that were published, and the type that each is another name of: most often itself.
    known_types: Mapping[str, str] = field(default_factory=dict)
    origin: Origin = Origin("")

    @property
    def called(self) -> str:
        """The title as it stands in a sentence after "the": `OpenAI API`, also where the title has no "API"."""
        title = " ".join(self.title.split())
        return title if title.lower().endswith("api") else f"{title} API".lstrip()

    def documented(self) -> Api:
        """The API without forms of operations as operations of their own: what a server has."""
        kept = {id: o for id, o in self.operations.items() if not o.form_of}
        return (
            replace(self, operations=kept, root=_pruned(self.root, kept)) if len(kept) < len(self.operations) else self
        )

    def decl(self, id: DeclId) -> Decl:
        """The declaration with this id (KeyError when there is none)."""
        return self.decls[id]

    def body_fields(self, operation: Operation) -> tuple[Field, ...]:
        """The members asked for one by one when the operation's body is flattened, else nothing.

        The selector of the streaming form is left out: the two forms fill it in by themselves.
        """
        if operation.body is None or operation.body.flatten is None:
            return ()
        decl = self.decls[operation.body.flatten]
        selector = operation.stream.selector if operation.stream else None
        hidden = selector.wire_name if selector is not None and selector.location == "body" else None
        fields: tuple[Field, ...] = getattr(decl, "fields", ())
        return tuple(f for f in fields if f.wire_name != hidden and not f.read_only)
