"""Documentation comments and deprecations."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ...ir.types import Docs
from ...lower.layout import wrap_text
from ...values import Json
from .naming import literal

WIDTH = 120
#: What no source file should hold: control characters but line ends and tabs, and the marks that reorder text.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
#: What KDoc takes for the beginning of a tag.
_TAG = re.compile(r"(?m)^(\s*)@")


class Comment(NamedTuple):
    """The lines of a KDoc comment, none for no comment."""

    lines: tuple[str, ...] = ()
    #: Whether it is written over several lines even if one would do.
    tagged: bool = False

    def at(self, indent: int) -> str:
        """The comment with its line end, or nothing."""
        if not self.lines:
            return ""
        pad = " " * indent
        if len(self.lines) == 1 and not self.tagged:
            return f"{pad}/** {self.lines[0]} */\n"
        body = "".join(f"{pad} * {line}\n" if line else f"{pad} *\n" for line in self.lines)
        return f"{pad}/**\n{body}{pad} */\n"


_NOTHING = Comment()


def comment(
    paragraphs: Sequence[str], indent: int = 0, tags: Sequence[tuple[str, str]] = (), width: int = WIDTH
) -> Comment:
    """Paragraphs filled for a comment at `indent`. `tags`: (`param name`, text)."""
    width -= indent + 3
    lines: list[str] = []
    for paragraph in paragraphs:
        if paragraph.strip():
            if lines:
                lines.append("")
            lines.extend(_filled(paragraph, width))
    tagged: list[str] = []
    for tag, text in tags:
        tagged.extend(_tagged(tag, text, width))
    if tagged and lines:
        lines.append("")
    return Comment((*lines, *tagged), bool(tagged))


@lru_cache(maxsize=4096)  # a builder says what its model says, and many calls take the same arguments
def _filled(paragraph: str, width: int) -> tuple[str, ...]:
    return tuple(wrap_text(escape(paragraph), width))


@lru_cache(maxsize=4096)
def _tagged(tag: str, text: str, width: int) -> tuple[str, ...]:
    first, *rest = wrap_text(f"@{tag} {escape(' '.join(text.split()))}".rstrip(), width - 2)
    return (first, *(f"  {line}" for line in rest))


def escape(text: str) -> str:
    """Text that can neither end the comment, nor open another in it, nor be taken for a tag."""
    if not text.isprintable():
        text = _UNPRINTABLE.sub("", text)
    text = text.replace("*/", "*&#47;").replace("/*", "/&#42;")
    return _TAG.sub(r"\1&#64;", text) if "@" in text else text


def deprecated(docs: Docs) -> str:
    """The reason for the annotation of what the document calls deprecated, as a literal; empty for all else."""
    if not docs.deprecated:
        return ""
    return literal(" ".join(docs.deprecation.split()) or "Deprecated by the API.")


def member_comment(docs: Docs, default: Json, width: int = WIDTH) -> Comment:
    """The comment of a member: its text, its default and, where it has no text, an example. Nothing says nothing."""
    text = docs.text
    # Written once for the model and once, further in, for its builder: at 8.
    if default is not None:
        return comment([text, f"Default: `{_shown(default)}`."], 8, width=width)
    if docs.examples and not text:
        text = f"Example: `{_shown(docs.examples[0])}`."
    return Comment(_filled(text, width - 11)) if text else _NOTHING


def _shown(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "..."
