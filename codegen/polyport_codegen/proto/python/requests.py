"""Writes the codec functions of requests: the arguments of a call <-> its request message."""

from __future__ import annotations

from ..model import RequestMessage
from .objects import read_members, write_members
from .writer import Writer, literal

_LOCATIONS = ("path", "query", "header", "cookie")


def write_request(w: Writer, message: RequestMessage) -> None:
    """`to_X(arguments, message)`. Parameters that the document does not name cannot travel; members of the body can."""
    with w.block(f"def to_{message.name}(arguments: Mapping[str, Any], message: Any) -> None:"):
        for location in _LOCATIONS:
            parameters = [p for p in message.parameters if p.location == location]
            if not parameters:
                w.line(f'refuse(arguments, "{location}")')
                continue
            w.line(f'rest = dict(arguments.get("{location}") or {{}})')
            write_members(w, parameters, spelled=False)
            w.line(f'refuse({{"{location}": rest}}, "{location}")')
        if message.flattened:
            w.line('rest = object_of(arguments.get("body"))')
            selector = message.selector
            if selector is not None and selector.location == "body":
                w.line(f"rest.pop({literal(selector.wire_name)}, None)")
            write_members(w, message.body)
        elif message.body:
            w.line('rest = {"body": arguments["body"]} if "body" in arguments else {}')
            write_members(w, message.body)
        if message.body or message.flattened:
            with w.block("if rest:"):
                w.line("message.unknown_json = to_text(rest)")


def read_request(w: Writer, message: RequestMessage) -> None:
    """`from_X(message, streaming)`: the arguments, with the selector of the streaming form filled in or left out."""
    with w.block(f"def from_{message.name}(message: Any, streaming: bool) -> dict[str, Any]:"):
        w.line("arguments: dict[str, Any] = {}")
        place = literal(f"{message.name}.unknown_json")
        for location in _LOCATIONS:
            parameters = [p for p in message.parameters if p.location == location]
            if parameters:
                w.line("target = {}" if _before(message, location) else "target: dict[str, Any] = {}")
                read_members(w, parameters, message.name, "target", fills=True)
                with w.block("if target:"):
                    w.line(f'arguments["{location}"] = target')
        if message.body:
            w.line("body: dict[str, Any] = {}")
            read_members(w, message.body, message.name, "body", fills=True)
            with w.block("if message.unknown_json:"):
                w.line(f"merge(body, message.unknown_json, {place})")
        elif message.flattened:
            w.line("body: dict[str, Any] = {}")
            with w.block("if message.unknown_json:"):
                w.line(f"merge(body, message.unknown_json, {place})")
        _select(w, message)
        if message.flattened:
            if message.body_required:
                w.line('arguments["body"] = body')
            else:
                with w.block("if body:"):
                    w.line('arguments["body"] = body')
        elif message.body:
            w.line("arguments.update(body)")
        w.line("return arguments")


def _before(message: RequestMessage, location: str) -> bool:
    earlier = _LOCATIONS[: _LOCATIONS.index(location)]
    return any(p.location in earlier for p in message.parameters)


def _select(w: Writer, message: RequestMessage) -> None:
    selector = message.selector
    if selector is None:
        return
    key = literal(selector.wire_name)
    if selector.location == "body":
        if message.flattened:
            w.line(f"body.pop({key}, None)")
            with w.block("if streaming:"):
                w.line(f"body[{key}] = {literal(selector.value)}")
        return
    with w.block("if streaming:"):
        w.line(f'arguments.setdefault("{selector.location}", {{}})[{key}] = {literal(selector.value)}')
