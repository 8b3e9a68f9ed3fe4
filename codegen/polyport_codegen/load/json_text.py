"""JSON text to values: the fast parser reads it, `scan` finds the places of what it did not like."""

from __future__ import annotations

import json
import re
import sys

from ..diagnostics import Diagnostics, Origin
from ..values import Json
from .findings import MAX_DEPTH, ParseFailure, duplicate, finite, lone_surrogate, long_number, too_deep
from .scan import line_and_column, members
from .text import whole


def read_json(text: str, origin: Origin, diagnostics: Diagnostics) -> Json:
    """The value of a text. Raises ParseFailure."""
    return _Reader(text, origin, diagnostics).value()


class _Reader:
    def __init__(self, text: str, origin: Origin, diagnostics: Diagnostics) -> None:
        self._text = text
        self._origin = origin
        self._diagnostics = diagnostics
        self._twice = False

    def value(self) -> Json:
        try:
            value: Json = json.loads(
                self._text, object_pairs_hook=self._object, parse_float=self._float, parse_constant=self._constant
            )
        except json.JSONDecodeError as error:
            raise ParseFailure(error.msg, (error.lineno, error.colno), self._way_out(error.pos)) from None
        except RecursionError:
            raise self._too_deep() from None
        except ValueError:  # Python's own limit (CVE-2020-10735)
            raise self._long_number() from None
        self._check_depth(value)
        if self._twice:
            for member in members(self._text):
                if member.again:
                    where = self._origin.child(*member.path)
                    duplicate(str(member.key), where, self._diagnostics, self._at(member.offset))
        if re.search(r"\\u[dD][89a-fA-F]", self._text):
            value = self._mended(value, self._origin)
        return value

    def _object(self, pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        value = dict(pairs)
        self._twice = self._twice or len(value) != len(pairs)
        return value

    def _float(self, literal: str) -> float:
        if len(literal) < 300 and "e" not in literal.lower():
            return float(literal)
        return finite(literal, self._origin, self._diagnostics, self._at(self._text.find(literal)))

    def _way_out(self, offset: int) -> str:
        """What to do about what usually makes a text no JSON; empty for anything else."""
        if self._text.startswith(("//", "/*", "#"), offset):
            return "JSON has no comments: take them out, or give the file a name that ends in .yaml and write YAML."
        if self._text[offset : offset + 1] in ("}", "]") or self._text[:offset].rstrip().endswith(","):
            return "JSON allows no comma after the last member."
        if self._text[offset : offset + 1] == "'" or self._text[offset : offset + 1].isalpha():
            return "JSON wants names and texts in double quotes."
        return ""

    def _constant(self, word: str) -> Json:
        found = re.search(rf'(?<![\w"]){re.escape(word)}(?![\w"])', self._text)
        raise ParseFailure(f"{word} is no JSON value", self._at(found.start() if found else 0))

    def _at(self, offset: int) -> tuple[int, int]:
        return line_and_column(self._text, offset)

    def _long_number(self) -> ParseFailure:
        found = re.search(rf"\d{{{sys.get_int_max_str_digits() + 1},}}", self._text)
        return long_number(len(found[0]) if found else 0, self._at(found.start() if found else 0))

    def _check_depth(self, value: Json) -> None:
        level: list[Json] = [value]
        for _ in range(MAX_DEPTH + 1):
            level = [
                inner
                for outer in level
                for inner in (outer.values() if isinstance(outer, dict) else outer if isinstance(outer, list) else ())
                if isinstance(inner, dict | list)
            ]
            if not level:
                return
        raise self._too_deep()

    def _too_deep(self) -> ParseFailure:
        return too_deep(self._at(next((m.offset for m in members(self._text) if m.depth > MAX_DEPTH), 0)))

    def _mended(self, value: Json, origin: Origin) -> Json:
        if isinstance(value, str):
            mended = whole(value)
            if mended != value:
                lone_surrogate(origin, self._diagnostics)
            return mended
        if isinstance(value, list):
            return [self._mended(item, origin.child(i)) for i, item in enumerate(value)]
        if isinstance(value, dict):
            return {whole(key): self._mended(item, origin.child(whole(key))) for key, item in value.items()}
        return value
