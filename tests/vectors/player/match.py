"""Comparing a request with what a vector expects; the answer is a list of differences, for people."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, unquote

from player.multipart import multipart
from player.request import Request


def same_json(left: Any, right: Any) -> bool:
    """Whether two JSON values are equal: 1 equals 1.0, but true does not equal 1."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same_json(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same_json, left, right))
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left == right
    return type(left) is type(right) and bool(left == right)


def differences(expect: dict[str, Any], request: Request, previous: Request | None) -> list[str]:
    """What is wrong with `request`, empty when it is as expected. `previous` is the request before it in this run."""
    return [
        *_target_differences(expect, request),
        *_header_differences(expect, request, previous),
        *_body_differences(expect, request),
    ]


def _target_differences(expect: dict[str, Any], request: Request) -> Iterator[str]:
    if "method" in expect and request.method != expect["method"]:
        yield f"method {request.method}, expected {expect['method']}"
    if "path" in expect and _segments(request.path) != _segments(expect["path"]):
        yield f"path {request.path}, expected {expect['path']}"
    if "query" in expect and request.query != expect["query"]:
        yield f"query {request.query}, expected {expect['query']}"
    if "target" in expect and request.target != expect["target"]:
        yield f"target {request.target}, expected {expect['target']}"


def _segments(path: str) -> list[str]:
    return [unquote(segment) for segment in path.split("/")]


def _header_differences(expect: dict[str, Any], request: Request, previous: Request | None) -> Iterator[str]:
    for name, wanted in expect.get("headers", {}).items():
        if request.header(name) != wanted:
            yield f"header {name}: {request.header(name)!r}, expected {wanted!r}"
    for name, pattern in expect.get("header_patterns", {}).items():
        if not re.search(pattern, request.header(name) or ""):
            yield f"header {name}: {request.header(name)!r} does not match {pattern!r}"
    for name in expect.get("absent_headers", []):
        if request.header(name) is not None:
            yield f"header {name} is there: {request.header(name)!r}"
    for name in expect.get("same_header_as_previous", []):
        before = previous.header(name) if previous else None
        if before is None or request.header(name) != before:
            yield f"header {name}: {request.header(name)!r}, the request before had {before!r}"
    if "cookies" in expect:
        pairs = [pair.partition("=") for pair in (request.header("cookie") or "").split(";") if pair.strip()]
        cookies = {name.strip(): unquote(value.strip()) for name, _, value in pairs}
        if cookies != expect["cookies"]:
            yield f"cookies {cookies}, expected {expect['cookies']}"


def _body_differences(expect: dict[str, Any], request: Request) -> Iterator[str]:
    if "body" in expect:
        try:
            body = json.loads(request.body)
        except ValueError:
            yield f"the body is not JSON: {request.body[:200]!r}"
        else:
            if not same_json(body, expect["body"]):
                yield f"body {json.dumps(body)}, expected {json.dumps(expect['body'])}"
    if "body_text" in expect and request.body != expect["body_text"].encode():
        yield f"body {request.body[:200]!r}, expected {expect['body_text'].encode()[:200]!r}"
    if "body_base64" in expect and request.body != base64.b64decode(expect["body_base64"]):
        yield f"body {request.body[:200]!r}, expected {base64.b64decode(expect['body_base64'])[:200]!r}"
    if "form" in expect:
        form = parse_qs(request.body.decode(), keep_blank_values=True)
        if form != expect["form"]:
            yield f"form {form}, expected {expect['form']}"
    if "parts" in expect:
        yield from _part_differences(expect["parts"], request)
    if expect.get("no_body") and request.body:
        yield f"there is a body: {request.body[:200]!r}"


def _part_differences(wanted: list[dict[str, Any]], request: Request) -> Iterator[str]:
    """Multipart bodies: parts in their order; what a vector leaves out is not compared."""
    parts = multipart(request)
    names = [part.name for part in parts]
    if names != [want["name"] for want in wanted]:
        yield f"parts {names}, expected {[want['name'] for want in wanted]}"
        return
    for part, want in zip(parts, wanted, strict=True):
        if "filename" in want and part.filename != want["filename"]:
            yield f"part {part.name}: file name {part.filename!r}, expected {want['filename']!r}"
        if "content_type" in want and part.content_type.partition(";")[0] != want["content_type"]:
            yield f"part {part.name}: type {part.content_type!r}, expected {want['content_type']!r}"
        if "text" in want and part.content != want["text"].encode():
            yield f"part {part.name}: {part.content[:200]!r}, expected {want['text']!r}"
        if "base64" in want and part.content != base64.b64decode(want["base64"]):
            yield f"part {part.name}: {part.content[:200]!r}, expected {base64.b64decode(want['base64'])[:200]!r}"
        if "json" in want and not same_json(json.loads(part.content), want["json"]):
            yield f"part {part.name}: {part.content[:200]!r}, expected {json.dumps(want['json'])}"
