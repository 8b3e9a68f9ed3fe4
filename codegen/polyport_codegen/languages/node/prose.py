"""Documentation as comments."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache

from ...ir.types import Docs
from ...lower.layout import wrap_text
from ...values import Json
from .text import INDENT, WIDTH

#: What would make a source file a binary one, or end a line where an editor shows none.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


#: Code, which is left alone, or what TypeScript takes for a tag, in the middle of a line too.
_CODE_OR_TAG = re.compile(r"`[^`\n]*`|(?<!\S)@(?=\S)")


def jsdoc(docs: Docs, level: int = 0, *, default: Json = None, extra: Sequence[str] = ()) -> str:
    """The comment before a declaration with its line end; empty when there is nothing to say."""
    text = docs.text
    if not text and default is None and not docs.deprecated and not extra:
        return ""
    prefix = INDENT * level
    lines = list(_filled(text, WIDTH - len(prefix) - 3)) if text else []
    tags: list[str] = []
    if default is not None and not isinstance(default, (list, dict)):
        tags.append(f"@default {json.dumps(default, ensure_ascii=False)}")
    if docs.deprecated:
        tags.append(f"@deprecated {docs.deprecation}".rstrip())
    tags = [f"@{_safe(tag[1:])}" for tag in (*tags, *extra)]
    wrapped = [
        line
        for tag in tags
        for line in (wrap_text(tag, WIDTH - len(prefix) - 3) if "\n" not in tag else tag.split("\n"))
    ]
    if lines and wrapped:
        lines.append("")
    lines += wrapped
    if not lines:
        return ""
    if len(lines) == 1 and len(prefix) + len(lines[0]) + 7 <= WIDTH:
        return f"{prefix}/** {lines[0]} */\n"
    body = "".join(f"{prefix} * {line}".rstrip() + "\n" for line in lines)
    return f"{prefix}/**\n{body}{prefix} */\n"


@lru_cache(maxsize=4096)  # the members of many types and the params of many calls say the same
def _filled(text: str, width: int) -> tuple[str, ...]:
    return tuple(wrap_text(_safe(text), width))


def _safe(text: str) -> str:
    """The text without what ends a comment or begins a tag. Editors show a backslash before a sign as the sign alone."""
    text = text.replace("*/", "*\\/")
    return _CODE_OR_TAG.sub(lambda m: m[0] if m[0] != "@" else "\\@", text) if "@" in text else text


def clean(text: str) -> str:
    """The text without control characters, and with line ends that every editor knows."""
    return _CONTROL.sub("", re.sub("\r\n?|[\u2028\u2029\x85]", "\n", text))
