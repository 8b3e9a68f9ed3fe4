"""JSON pointers to lines and columns, by a second scan that runs only when a diagnostic is printed.

All pointers of a file are found in one pass: what no pointer leads into is skipped by the fast parser.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from json import decoder
from typing import Any

import yaml

from .yaml_text import events

_scan_string: Any = vars(decoder)["scanstring"]  # the parser's own, which typeshed leaves out
_SPACE = re.compile(r"[ \t\r\n]*")
_Trie = dict[str, Any]
_END = ""  # the key under which a trie node keeps the pointers that end there

#: Line and column, both counted from 1.
Position = tuple[int, int]


def tokens(pointer: str) -> list[str]:
    """The unescaped reference tokens of a JSON pointer (RFC 6901)."""
    return [t.replace("~1", "/").replace("~0", "~") for t in pointer.split("/")[1:]]


def locate(text: str, pointers: Iterable[str]) -> Mapping[str, Position]:
    """Where the values (of members: their keys) stand. A pointer to nothing gets its nearest parent's place."""
    wanted = set(pointers)
    trie: _Trie = {}
    for pointer in wanted:
        node = trie
        for token in tokens(pointer):
            node = node.setdefault("/" + token, {})
        node.setdefault(_END, []).append(pointer)
    found: dict[str, Position] = {}
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        try:
            _json(text, trie, found)
        except (ValueError, StopIteration, IndexError, RecursionError):
            found.clear()
    if not found:
        with suppress(
            yaml.YAMLError, StopIteration, RecursionError, UnicodeEncodeError
        ):  # half a file is enough for what was found
            _Yaml(text, found).value(trie, None)
    return {pointer: _nearest(pointer, found) for pointer in wanted}


def _nearest(pointer: str, found: Mapping[str, Position]) -> Position:
    while pointer and pointer not in found:
        pointer = pointer.rpartition("/")[0]
    return found.get(pointer, (1, 1))


def _mark(node: _Trie, prefix: str, position: Position, found: dict[str, Position]) -> None:
    found.setdefault(prefix, position)
    for pointer in node.get(_END, ()):
        found[pointer] = position


def _json(text: str, trie: _Trie, found: dict[str, Position]) -> None:
    decode = json.JSONDecoder().raw_decode
    line_starts = [0, *(m.end() for m in re.finditer("\n", text))]

    def position(index: int) -> Position:
        from bisect import bisect_right

        line = bisect_right(line_starts, index) - 1
        return line + 1, index - line_starts[line] + 1

    def skip_space(index: int) -> int:
        match = _SPACE.match(text, index)
        return match.end() if match else index

    def value(index: int, node: _Trie, prefix: str) -> int:
        opener = text[index]
        if opener not in "{[" or not any(key != _END for key in node):
            return int(decode(text, index)[1])
        index = skip_space(index + 1)
        item = 0
        while text[index] not in "}]":
            start = index
            if opener == "{":
                key, index = _scan_string(text, index + 1, True)
                index = skip_space(skip_space(index) + 1)
            else:
                key = str(item)
            child = node.get("/" + key)
            if child is None:
                index = int(decode(text, index)[1])
            else:
                path = f"{prefix}/{key.replace('~', '~0').replace('/', '~1')}"
                _mark(child, path, position(start), found)
                index = value(index, child, path)
            index = skip_space(index)
            if text[index] == ",":
                index = skip_space(index + 1)
            item += 1
        return index + 1

    start = skip_space(1 if text[:1] == "\ufeff" else 0)
    _mark(trie, "", position(start), found)
    value(start, trie, "")


class _Yaml:
    def __init__(self, text: str, found: dict[str, Position]) -> None:
        self._events = events(text)
        self._found = found
        while not isinstance(next(self._events), yaml.DocumentStartEvent):
            pass

    def value(self, node: _Trie, event: Any, prefix: str = "") -> None:
        if event is None:
            event = next(self._events)
            self._place(node, prefix, event)
        if isinstance(event, yaml.MappingStartEvent):
            while not isinstance(key := next(self._events), yaml.MappingEndEvent):
                child = node.get("/" + key.value) if isinstance(key, yaml.ScalarEvent) else None
                if child is None:
                    self._skip(key)
                    self._skip(next(self._events))
                    continue
                path = f"{prefix}/{key.value.replace('~', '~0').replace('/', '~1')}"
                self._place(child, path, key)
                self.value(child, next(self._events), path)
        elif isinstance(event, yaml.SequenceStartEvent):
            index = 0
            while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
                child = node.get(f"/{index}")
                if child is None:
                    self._skip(item)
                else:
                    self._place(child, f"{prefix}/{index}", item)
                    self.value(child, item, f"{prefix}/{index}")
                index += 1

    def _skip(self, event: Any) -> None:
        """Pass over what no pointer leads into."""
        depth = 0
        while True:
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth == 0:
                return
            event = next(self._events)

    def _place(self, node: _Trie, path: str, event: Any) -> None:
        _mark(node, path, (event.start_mark.line + 1, event.start_mark.column + 1), self._found)
