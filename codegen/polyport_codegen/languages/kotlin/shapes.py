"""Small pieces of Kotlin text: brackets, expression bodies, lists of strings, and the comments of what always has one."""

from __future__ import annotations

from collections.abc import Sequence

from ...ir.types import Docs
from ...lower.layout import Group, layout
from .naming import literal
from .prose import WIDTH, comment


def group(items: Sequence[str], open: str, close: str, level: int = 0, column: int = 0, width: int = WIDTH) -> str:
    """Items between brackets, on one line where they fit."""
    return layout(Group(open, items, close), width=width, column=column, level=level)


def expression(head: str, body: str, indent: int, column: int, width: int = WIDTH) -> str:
    """A function's head with its expression body: on the same line where it fits. `column` is where the head begins."""
    last = head.rpartition("\n")[2]
    start = len(last) if "\n" in head else column + len(head)
    if "\n" not in body and start + 3 + len(body) <= width:
        return f"{head} = {body}"
    return f"{head} =\n{' ' * (indent + 4)}{body}"


def described(docs: Docs, fallback: str, indent: int = 0, width: int = WIDTH) -> str:
    """The comment of what always gets one."""
    return comment([docs.text or fallback], indent, width=width).at(indent)


def path_list(path: Sequence[str]) -> str:
    """The way to a member."""
    return f"listOf({', '.join(literal(step) for step in path)})"


def strings(function: str, values: Sequence[str]) -> str:
    """A call of a function such as `listOf` with strings."""
    return f"{function}({', '.join(literal(v) for v in values)})"
