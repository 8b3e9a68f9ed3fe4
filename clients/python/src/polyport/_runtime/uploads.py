"""Files in requests: from a path, bytes, a (name, content, type) tuple or an open file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import unquote

from .operation import Param, Part
from .params import query_pairs, text_of, text_of_json
from .wire import to_wire

Content = bytes | bytearray | IO[bytes] | os.PathLike[str]

#: What a file argument takes.
Upload = Content | tuple[str, Content] | tuple[str, Content, str]

CHUNK = 65536


#: The media types of files by the end of their names, the same on every machine.
_TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "flac": "audio/flac",
    "gif": "image/gif",
    "gz": "application/gzip",
    "heic": "image/heic",
    "html": "text/html",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "m4a": "audio/mp4",
    "md": "text/markdown",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "mpeg": "video/mpeg",
    "mpga": "audio/mpeg",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "svg": "image/svg+xml",
    "tar": "application/x-tar",
    "txt": "text/plain",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "yaml": "application/yaml",
    "zip": "application/zip",
}


def type_of_name(filename: str) -> str:
    """The media type that a file's name tells."""
    return _TYPES.get(filename.rpartition(".")[2].lower(), "application/octet-stream")


@dataclass(frozen=True)
class FormPart:
    """One part of a multipart body, ready for the transport library."""

    name: str
    filename: str | None
    content: bytes | IO[bytes]
    content_type: str | None
    #: Whether the content is a file that was opened here, and is to be closed once it is sent.
    opened: bool = False

    @property
    def head(self) -> bytes:
        """What stands before the content: names are escaped as browsers do (WHATWG HTML, 4.10.21.8)."""
        text = f'Content-Disposition: form-data; name="{_quoted(self.name)}"'
        if self.filename is not None:
            text += f'; filename="{_quoted(self.filename)}"'
        if self.content_type is not None:
            text += f"\r\nContent-Type: {self.content_type}"
        return f"{text}\r\n\r\n".encode()


def _quoted(name: str) -> str:
    return name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")


def multipart(parts: Sequence[FormPart], boundary: str) -> tuple[bytes | IO[bytes], ...]:
    """A form as RFC 7578 wants it, in pieces."""
    pieces: list[bytes | IO[bytes]] = []
    for part in parts:
        pieces += [f"--{boundary}\r\n".encode() + part.head, part.content, b"\r\n"]
    return (*pieces, f"--{boundary}--\r\n".encode())


def is_upload(value: Any) -> bool:
    """Whether a value is a file and not JSON."""
    if isinstance(value, tuple):
        return len(value) in (2, 3) and isinstance(value[0], str) and is_upload(value[1])
    return isinstance(value, (bytes, bytearray, os.PathLike)) or hasattr(value, "read")


def read_upload(value: Any) -> bytes | IO[bytes]:
    """The content of a file argument, an open file from its beginning on."""
    content = value[1] if isinstance(value, tuple) else value
    if isinstance(content, os.PathLike):
        return open(content, "rb")
    if isinstance(content, bytearray):
        return bytes(content)
    if not isinstance(content, bytes) and getattr(content, "seekable", lambda: False)():
        content.seek(0)
    result: bytes | IO[bytes] = content
    return result


def form_parts(body: Mapping[str, Any], formats: Mapping[str, Part]) -> list[FormPart]:
    """The parts of a multipart body, in order: none for null, several of one name for a list."""
    parts: list[FormPart] = []
    for name, value in body.items():
        if value is None:
            continue
        form = formats.get(name, _NO_STYLE)
        if not form.content_type and form is not _NO_STYLE and not _has_upload(value):
            parts += _styled(name, value, form)
            continue
        many = isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray))
        if many and not is_upload(value):
            parts += [_part(name, item, form) for item in value if item is not None]
        else:
            parts.append(_part(name, value, form))
    return parts


_NO_STYLE = Part()


def _has_upload(value: Any) -> bool:
    return is_upload(value) or (isinstance(value, list) and any(map(is_upload, value)))


def _styled(name: str, value: Any, form: Part) -> list[FormPart]:
    """A part for each pair that the style gives; nothing in a form is percent-encoded."""
    pairs = query_pairs(Param("query", name, form.style, form.explode), to_wire(value))
    return [FormPart(unquote(key), None, unquote(text).encode(), None) for key, text in pairs]


def _part(name: str, value: Any, form: Part) -> FormPart:
    if is_upload(value) and not form.is_text:
        return _file_part(name, value, form)
    plain = to_wire(value)
    if isinstance(plain, (dict, list)):
        content_type = form.content_type or "application/json"
        return FormPart(name, None, text_of_json(plain).encode(), content_type)
    if form.content_type.endswith("json"):
        return FormPart(name, None, text_of_json(plain).encode(), form.content_type)
    return FormPart(name, None, text_of(plain).encode(), form.content_type or None)


def _file_part(name: str, value: Any, form: Part) -> FormPart:
    content = value[1] if isinstance(value, tuple) else value
    path = content if isinstance(content, os.PathLike) else getattr(content, "name", None)
    guess = os.path.basename(os.fspath(path)) if isinstance(path, (str, os.PathLike)) else name
    filename = value[0] if isinstance(value, tuple) else guess
    named_type = value[2] if isinstance(value, tuple) and len(value) == 3 else None
    single = "" if set(",*") & set(form.content_type) else form.content_type
    content_type = named_type or single or type_of_name(filename)
    opened = isinstance(content, os.PathLike)
    return FormPart(name, filename, read_upload(value), content_type, opened)
