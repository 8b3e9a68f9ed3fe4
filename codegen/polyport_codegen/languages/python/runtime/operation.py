"""The seam: one typed call goes down to a transport, a neutral outcome comes back up.

Above it: arguments, credentials, retries, hooks, deadlines, idempotency keys. Below it: the wire.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, Protocol, TypeVar

from .headers import Headers
from .sentinels import NOT_GIVEN
from .sse import ServerSentEvent

T = TypeVar("T")

#: What a call is given, by place (`path`, `query`, ...) and wire name.
Arguments = Mapping[str, Mapping[str, Any]]

Location = Literal["path", "query", "header", "cookie"]
ResultKind = Literal["json", "text", "binary", "none", "mixed", "sse", "jsonl"]
AnswerKind = Literal["json", "text", "binary", "none", "sse", "jsonl"]
BodyKind = Literal["json", "form", "multipart", "binary", "text", "lines"]


@dataclass(frozen=True)
class Param:
    """How one parameter travels (OpenAPI 3.1, Parameter Object). `style` "json" is JSON text."""

    location: Location
    name: str
    style: str = ""
    explode: bool | None = None
    allow_reserved: bool = False


@dataclass(frozen=True)
class Part:
    """How one member of a form or multipart body is written (OpenAPI 3.1, Encoding Object)."""

    content_type: str = ""
    style: str = "form"
    explode: bool = True
    #: Bytes are sent as their base64 text, and are no file.
    is_text: bool = False


@dataclass(frozen=True)
class BodyFormat:
    """How the request body is written. `parts` has what differs from the defaults, by member.

    A body that is not `required` is left out when none of its members is given.
    """

    kind: BodyKind = "json"
    content_type: str = "application/json"
    parts: Mapping[str, Part] = field(default_factory=dict)
    required: bool = True


@dataclass(frozen=True)
class Paging:
    """How to walk the pages of a list. Paths are member names from the answer's root."""

    style: Literal["cursor", "page", "offset", "link", "single"]
    items: tuple[str, ...]
    request_member: str = ""
    next_cursor: tuple[str, ...] = ()
    #: Of the style "link": without it the `Link` header says where the next page is.
    next_link: tuple[str, ...] = ()
    cursor_field: str = ""
    has_more: tuple[str, ...] = ()
    first: int = 1
    total_pages: tuple[str, ...] = ()
    limit_member: str = ""


#: The way to a member by wire names; `[]` leads to the items of a list.
Way = tuple[str, ...]


@dataclass(frozen=True)
class Deltas:
    """How the events of a stream add up to a `result`."""

    result: Any
    #: Texts in pieces.
    joined: tuple[Way, ...]
    #: Lists, and the member by which their items belong together.
    merged: tuple[tuple[Way, str], ...] = ()
    #: What holds texts in pieces: those that this version does not know are joined there too, but for
    #: known ones in `kept`, and for those whose names, or endings of names, say what a thing is.
    pieces: tuple[Way, ...] = ()
    kept: tuple[Way, ...] = ()
    names: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    #: What makes a result of the sum, in this order.
    renamed: tuple[tuple[Way, str], ...] = ()
    dropped: tuple[Way, ...] = ()
    constants: tuple[tuple[Way, str | int | float | bool], ...] = ()


@dataclass(frozen=True)
class Operation(Generic[T]):
    """All that is fixed about a call. `T` is what it gives: a result, one event, or one item.

    `id` is empty for endpoints that are not in the API's document.
    """

    id: str
    method: str
    path: str
    result: Any = None
    kind: ResultKind = "json"
    parameters: tuple[Param, ...] = ()
    body: BodyFormat | None = None
    accept: str = "application/json"
    terminator: str | None = None
    #: What an event gives: its data as JSON or as text, or all that it has as an object; and the names of
    #: whole events whose data is text.
    event: Literal["json", "text", "whole"] = "json"
    texts: tuple[str, ...] = ()
    paging: Paging | None = None
    #: The ids of security schemes: any tuple will do, all members of one together, `()` is none.
    security: tuple[tuple[str, ...], ...] = ()
    server: str | None = None
    #: A success may come without a body: then there is no result.
    optional: bool = False
    #: Of the kind "mixed": what the answer may be; its media type decides.
    answers: tuple[Literal["json", "text", "binary"], ...] = ()
    #: The types of error bodies by status: `404`, `4XX` or `default`.
    errors: Mapping[str, Any] = field(default_factory=dict)
    deltas: Deltas | None = None

    @property
    def streams(self) -> bool:
        """Whether the answer is a stream of events."""
        return self.kind in ("sse", "jsonl")

    def answer_kind(self, answer: Answer) -> AnswerKind:
        """What an answer is.

        Of the kind "mixed": a JSON type means JSON, `text/*` text, anything else bytes; what has no
        form of its own is taken by the first that can carry it: bytes, then text, then JSON.
        """
        if self.kind != "mixed":
            return self.kind
        if answer.status == 204:
            return "none"
        media = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if "json" in self.answers and (media == "application/json" or media.endswith("+json")):
            return "json"
        if "text" in self.answers and media.startswith("text/"):
            return "text"
        return next(kind for kind in ("binary", "text", "json") if kind in self.answers)

    def error_type(self, status: int) -> Any:
        """The type of an error's body; None where the document gives none."""
        fitting = (str(status), f"{status // 100}XX", "default")
        return next((self.errors[key] for key in fitting if key in self.errors), None)

    def stays_open(self, answer: Answer) -> bool:
        """Whether a successful answer is read after the call has returned."""
        kind = self.answer_kind(answer)
        return kind in ("sse", "jsonl") or (kind == "binary" and self.result is not bytes)


@dataclass(frozen=True)
class Call:
    """One call on its way down. `arguments` and a JSON `body` are plain JSON data, by wire name.

    `path` has the path parameters put in, percent-encoded.

    `links` are the URLs of the later pages of a list up to this one, where each page links to the
    next: a transport fetches the last of them in place of `base_url`, `path` and query parameters.
    `cursors` are those that led from page to page where pages have cursors.

    `timeout` bounds one try in seconds (None: no bound), `idle_timeout` the silence in a stream.
    `secrets` are the names of the headers that carry credentials, in lower case; no log shows them.
    """

    operation: Operation[Any]
    base_url: str
    path: str
    arguments: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    body: Any = NOT_GIVEN
    headers: Mapping[str, str] = field(default_factory=dict)
    extra_query: Mapping[str, Any] = field(default_factory=dict)
    timeout: float | None = None
    connect_timeout: float | None = None
    idle_timeout: float | None = None
    attempt: int = 0
    secrets: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    cursors: tuple[Any, ...] = ()

    @property
    def method(self) -> str:
        """The HTTP method, in upper case."""
        return self.operation.method


class Answer(Protocol):
    """What every outcome tells without waiting."""

    @property
    def status(self) -> int:
        """The HTTP status, or the one that stands for the transport's own."""
        ...

    @property
    def headers(self) -> Headers:
        """The response headers or metadata."""
        ...

    @property
    def retry_after(self) -> float | None:
        """Seconds that the server asked to wait."""
        ...

    @property
    def content(self) -> bytes:
        """The body, once it is loaded."""
        ...

    def value(self) -> Any:
        """The decoded answer, once it is loaded: JSON data, text, or None for no content."""
        ...


class Outcome(Answer, Protocol):
    """What comes back from a synchronous transport."""

    def load(self) -> None:
        """Read the whole body and let the connection go."""
        ...

    def messages(self) -> Iterator[Any]:
        """What the stream's events give, by `Operation.event`; a cut or an error event raises."""
        ...

    def events(self) -> Iterator[ServerSentEvent]:
        """The stream's events as they came; a cut or an error event raises."""
        ...

    def iter_bytes(self) -> Iterator[bytes]:
        """The body in pieces."""
        ...

    def close(self) -> None:
        """Let the connection go, whatever is left unread."""
        ...


class AsyncOutcome(Answer, Protocol):
    """What comes back from an asynchronous transport."""

    async def load(self) -> None:
        """Read the whole body and let the connection go."""
        ...

    def messages(self) -> AsyncIterator[Any]:
        """What the stream's events give, by `Operation.event`; a cut or an error event raises."""
        ...

    def events(self) -> AsyncIterator[ServerSentEvent]:
        """The stream's events as they came; a cut or an error event raises."""
        ...

    def iter_bytes(self) -> AsyncIterator[bytes]:
        """The body in pieces."""
        ...

    async def close(self) -> None:
        """Let the connection go, whatever is left unread."""
        ...


class Transport(Protocol):
    """Carries calls. Raises `APIConnectionError` when there is no answer; never retries."""

    def send(self, call: Call, /) -> Outcome:
        """Send the call and wait for the head of its answer, of any status."""
        ...

    def close(self) -> None:
        """Let all connections go."""
        ...


class AsyncTransport(Protocol):
    """The asynchronous twin of `Transport`."""

    async def send(self, call: Call, /) -> AsyncOutcome:
        """Send the call and wait for the head of its answer, of any status."""
        ...

    async def close(self) -> None:
        """Let all connections go."""
        ...
