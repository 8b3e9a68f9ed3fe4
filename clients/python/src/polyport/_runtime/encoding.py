"""A call as an HTTP request. Pure but for opening the files that it sends."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import urlsplit

from .headers import merged
from .operation import Call, Operation, Param, Part
from .params import cookie_pairs, extra_pairs, header_text, path_text, query_pairs, text_of
from .sentinels import NOT_GIVEN
from .servers import joined
from .uploads import CHUNK, FormPart, form_parts, multipart, read_upload
from .wire import json_bytes, to_wire

Pair = tuple[str, str]
Content = bytes | IO[bytes] | tuple[bytes | IO[bytes], ...] | None

#: What no header may hold (RFC 9110, 5.5).
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


@dataclass(frozen=True)
class EncodedRequest:
    """What the transport library is given. A content in pieces is sent one after the other."""

    method: str
    url: str
    headers: list[tuple[bytes, bytes]]
    content: Content
    opened: tuple[IO[bytes], ...]

    def close(self) -> None:
        """Close what was opened to be sent; files of the caller stay open."""
        for content in self.opened:
            with contextlib.suppress(OSError):
                content.close()


def encode(call: Call) -> EncodedRequest:
    """The HTTP request that `call` stands for.

    Raises:
        ValueError: for a header value with line breaks or other control characters.
        TypeError: for a body without a JSON form.
    """
    operation = call.operation
    query: list[Pair] = []
    cookies: list[Pair] = []
    headers: dict[str, str | None] = {}
    for param in operation.parameters:
        members = call.arguments.get(param.location, {})
        if param.name not in members:
            continue
        value = members[param.name]
        if param.location == "query":
            query += query_pairs(param, value)
        elif param.location == "header":
            headers[param.name] = header_text(param, value)
        elif param.location == "cookie":
            cookies += cookie_pairs(param, value)
    query += extra_pairs(call.extra_query)
    content, files, content_type = _body(call)
    sent = call.headers
    if cookies:  # beside those that are credentials or the caller's own
        pairs = [f"{name}={value}" for name, value in cookies]
        pairs += [value for name, value in sent.items() if name.lower() == "cookie"]
        sent = merged(sent, {"Cookie": "; ".join(pairs)})
    final = merged(
        {"Accept": operation.accept},
        {"Accept-Encoding": "identity"} if operation.streams else None,
        {"Content-Type": content_type} if content_type else None,
        headers,
        sent,
    )
    url = call.links[-1] if call.links else joined(call.base_url, call.path)
    if query:
        url += ("&" if "?" in url else "?") + "&".join(f"{k}={v}" for k, v in query)
    opened: list[Any] = [part.content for part in files if part.opened]
    source = call.body[1] if isinstance(call.body, tuple) else call.body
    if isinstance(source, os.PathLike):
        opened.append(content)
    ours = tuple(item for item in opened if not isinstance(item, bytes))
    return EncodedRequest(call.method, url, _header_bytes(final), content, ours)


def same_origin(a: str, b: str) -> bool:
    """Whether two URLs have one scheme, host and port."""
    one, two = urlsplit(a), urlsplit(b)
    return (one.scheme, one.hostname, _port(one.port, one.scheme)) == (
        two.scheme,
        two.hostname,
        _port(two.port, two.scheme),
    )


def _port(port: int | None, scheme: str) -> int:
    return port if port is not None else 443 if scheme == "https" else 80


def _header_bytes(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    for name, value in headers.items():
        if _CONTROLS.search(name) or _CONTROLS.search(value):
            raise ValueError(
                f"header {name!r} must not contain line breaks or other control characters"
            )
    return [
        (name.encode("latin-1"), value.strip(" \t").encode()) for name, value in headers.items()
    ]


def _body(call: Call) -> tuple[Content, list[FormPart], str | None]:
    form = call.operation.body
    if form is None or call.body is NOT_GIVEN:
        return None, [], None
    if form.kind == "multipart":
        parts = form_parts(call.body, form.parts)
        boundary = secrets.token_hex(16)
        media_type = f"multipart/form-data; boundary={boundary}"
        return multipart(parts, boundary), parts, media_type
    if form.kind == "form":
        return _form_text(call).encode(), [], form.content_type
    if form.kind == "binary":
        named = call.body[2] if isinstance(call.body, tuple) and len(call.body) == 3 else None
        return read_upload(call.body), [], named or form.content_type
    if form.kind == "text":
        return text_of(to_wire(call.body)).encode(), [], form.content_type
    if form.kind == "lines":
        return b"".join(json_bytes(item) + b"\n" for item in call.body), [], form.content_type
    return json_bytes(call.body), [], form.content_type


def _form_text(call: Call) -> str:
    assert call.operation.body is not None
    pairs: list[Pair] = []
    for name, value in to_wire(call.body).items():
        part = call.operation.body.parts.get(name, Part(content_type="text/plain"))
        style, explode = part.style, part.explode
        if part.content_type:  # no style is said
            is_json = part.content_type.endswith("json") or isinstance(value, dict)
            style, explode = "json" if is_json else "form", True
        pairs += query_pairs(Param("query", name, style, explode), value)
    return "&".join(f"{name}={value}" for name, value in pairs).replace("%20", "+")


def chunks(content: IO[bytes] | tuple[bytes | IO[bytes], ...]) -> Iterator[bytes]:
    """Open files in pieces, for a body that is sent as it is read."""
    for piece in content if isinstance(content, tuple) else (content,):
        if isinstance(piece, bytes):
            yield piece
            continue
        while chunk := piece.read(CHUNK):
            yield chunk


async def async_chunks(content: IO[bytes] | tuple[bytes | IO[bytes], ...]) -> AsyncIterator[bytes]:
    """The asynchronous twin of `chunks`."""
    for chunk in chunks(content):
        yield chunk


def content_length(content: IO[bytes] | tuple[bytes | IO[bytes], ...]) -> int | None:
    """The size of what is sent, when all of it has one."""
    sizes = [_size(piece) for piece in (content if isinstance(content, tuple) else (content,))]
    return None if None in sizes else sum(size or 0 for size in sizes)


def _size(piece: bytes | IO[bytes]) -> int | None:
    if isinstance(piece, bytes):
        return len(piece)
    try:
        return os.fstat(piece.fileno()).st_size
    except (AttributeError, OSError, ValueError):
        return None


def filled_path(operation: Operation[Any], arguments: Mapping[str, Mapping[str, Any]]) -> str:
    """The operation's path with its parameters put in, percent-encoded.

    Raises:
        ValueError: for a value that would name another endpoint: an empty one, or a segment `.` or `..`.
    """
    template = operation.path if operation.path.startswith("/") else f"/{operation.path}"
    values = arguments.get("path", {})
    texts = {
        f"{{{param.name}}}": path_text(param, values[param.name])
        for param in operation.parameters
        if param.location == "path" and param.name in values
    }
    path = re.sub(r"\{[^{}]+\}", lambda slot: texts.get(slot[0], slot[0]), template)
    own = template.split("/")
    for segment in path.split("/"):
        if segment in (".", "..") and segment not in own:
            raise ValueError(
                f"a path parameter of {template} must not make the segment {segment!r}"
            )
    return path


def plain_arguments(
    arguments: Mapping[str, Mapping[str, Any]],
) -> dict[str, dict[str, Any]]:
    """Arguments as plain JSON data, without those that were not given."""
    return {
        location: {
            name: to_wire(value) for name, value in members.items() if value is not NOT_GIVEN
        }
        for location, members in arguments.items()
        if members
    }
