"""Taking a multipart body apart (RFC 2046, section 5.1; RFC 7578), byte for byte."""

from __future__ import annotations

import re
from dataclasses import dataclass

from player.request import Request


@dataclass(frozen=True)
class Part:
    """One part. `filename` is None and `content_type` empty where the part does not say."""

    name: str | None
    filename: str | None
    content_type: str
    content: bytes


def multipart(request: Request) -> list[Part]:
    """The parts of a request's body in their order; none when it is not a well-formed multipart body."""
    found = re.search(r'boundary="?([^";]+)', request.header("content-type") or "")
    if not found:
        return []
    pieces = (b"\r\n" + request.body).split(f"\r\n--{found[1]}".encode())
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        return []
    return [_part(piece) for piece in pieces[1:-1]]


def _part(piece: bytes) -> Part:
    head, _, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    headers: dict[str, str] = {}
    for line in head.decode().split("\r\n"):
        key, _, value = line.partition(":")
        headers[key.strip().lower()] = value.strip()
    disposition = headers.get("content-disposition", "")
    name = re.search(r'[; ]name="([^"]*)"', disposition)
    filename = re.search(r'[; ]filename="([^"]*)"', disposition)
    return Part(
        name=name[1] if name else None,
        filename=filename[1] if filename else None,
        content_type=headers.get("content-type", ""),
        content=content,
    )
