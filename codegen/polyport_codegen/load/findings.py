"""What the two parsers say of a text, in the same words."""

from __future__ import annotations

import math
import sys

from ..diagnostics import Diagnostics, Origin

#: How deep values may nest. Every later stage recurses over them.
MAX_DEPTH = 256
#: How many values the aliases of one file may stand for ("a billion laughs" in nine lines).
MAX_ALIASED = 1_000_000


class ParseFailure(Exception):
    """A text that is not read: why, where (line and column from 1), and the way out."""

    def __init__(self, message: str, at: tuple[int, int], hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.at = at
        self.hint = hint or "Mend the file at that place."


def too_deep(at: tuple[int, int]) -> ParseFailure:
    """What nests deeper than any document does."""
    return ParseFailure(
        f"values nest deeper than {MAX_DEPTH} levels",
        at,
        "Give the inner parts names of their own and refer to them with `$ref`.",
    )


def long_number(digits: int, at: tuple[int, int]) -> ParseFailure:
    """What nothing can calculate with."""
    return ParseFailure(f"a number of {digits} digits", at, "Put quotes around it when it is a text.")


def duplicate(key: str, origin: Origin, diagnostics: Diagnostics, at: tuple[int, int]) -> None:
    """A key that stands in one mapping again, at `at`."""
    diagnostics.warn(
        "duplicate-key",
        f"the key {key!r} stands twice in one mapping; the last one counts",
        origin,
        "Remove or rename one of the two.",
        at,
    )


def finite(literal: str, origin: Origin, diagnostics: Diagnostics, at: tuple[int, int] | None) -> float:
    """The number, or the largest there is where it is beyond what JSON can be trusted with (RFC 8259, section 6)."""
    value = float(literal)
    if math.isinf(value):
        value = math.copysign(sys.float_info.max, value)
        diagnostics.warn(
            "number-range",
            f"{literal} is beyond the range of a number; it is read as {value}",
            origin,
            "Leave the limit out when there is none.",
            at,
        )
    return value


def lone_surrogate(origin: Origin, diagnostics: Diagnostics, at: tuple[int, int] | None = None) -> None:
    """A text that no encoding can write."""
    diagnostics.warn(
        "lone-surrogate",
        "half of a surrogate pair stands alone in a text; it is read as U+FFFD",
        origin,
        "Write the character itself, or both halves of its escape.",
        at,
    )
