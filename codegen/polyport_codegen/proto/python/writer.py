"""Lines of Python with their indentation, and what is known about the messages they mention."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from ..model import Message, ObjectMessage, RequestMessage, UnionMessage


class Writer:
    """Collects lines. `chain` is the word of the next condition: `elif` after an `if` that was begun before."""

    def __init__(self, messages: Mapping[str, Message]) -> None:
        self.chain = "if"
        self._messages = messages
        self._lines: list[str] = []
        self._depth = 0

    @property
    def text(self) -> str:
        """Everything written."""
        return "\n".join(self._lines) + "\n"

    def line(self, text: str = "") -> None:
        """One line at the present depth."""
        self._lines.append("    " * self._depth + text if text else "")

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Lines below a head."""
        self.line(head)
        self._depth += 1
        yield
        self._depth -= 1

    def take(self) -> str:
        """`if`, or `elif` when a chain was begun."""
        word, self.chain = self.chain, "if"
        return word

    def kind(self, name: str) -> str:
        """What a message is to its users: `object` (of a dict, always fits), `union` (of anything), or `wrapper`."""
        message = self._messages[name]
        if isinstance(message, ObjectMessage | RequestMessage):
            return "object"
        return "union" if isinstance(message, UnionMessage) else "wrapper"


def literal(value: str | int | float | bool) -> str:
    """A Python literal; strings in double quotes."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
