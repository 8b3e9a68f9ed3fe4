"""Documentation comments and deprecations."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from ...ir.types import Docs
from ...lower.layout import wrap_text
from ...values import Json
from .source import literal

_WIDTH = 120


def kdoc(paragraphs: Sequence[str], indent: int = 0, tags: Sequence[tuple[str, str]] = ()) -> str:
    """A KDoc comment with its line end, or nothing for no text. `tags`: (`param name`, text)."""
    pad = " " * indent
    width = _WIDTH - indent - 3
    blocks = [wrap_text(escape(p), width) for p in paragraphs if p.strip()]
    lines: list[str] = []
    for block in blocks:
        if lines:
            lines.append("")
        lines.extend(block)
    tagged: list[str] = []
    for tag, text in tags:
        first, *rest = wrap_text(f"@{tag} {escape(' '.join(text.split()))}".rstrip(), width - 2)
        tagged.extend([first, *(f"  {line}" for line in rest)])
    if tagged:
        lines.extend(["", *tagged] if lines else tagged)
    if not lines:
        return ""
    if len(lines) == 1 and not tagged:
        return f"{pad}/** {lines[0]} */\n"
    body = "".join(f"{pad} * {line}".rstrip() + "\n" for line in lines)
    return f"{pad}/**\n{body}{pad} */\n"


def escape(text: str) -> str:
    """Text that can neither end the comment, nor open another in it, nor be taken for a tag."""
    text = text.replace("*/", "*&#47;").replace("/*", "/&#42;")
    return re.sub(r"(?m)^(\s*)@", r"\1&#64;", text)


def deprecated(docs: Docs, indent: int = 0) -> str:
    """The annotation line of what the document calls deprecated."""
    if not docs.deprecated:
        return ""
    reason = " ".join(docs.deprecation.split()) or "Deprecated by the API."
    return f"{' ' * indent}@Deprecated({literal(reason)})\n"


def member_text(docs: Docs, default: Json, wire: str) -> list[str]:
    """The paragraphs for a member: its text (or at least its name on the wire), its default and an example."""
    out = [docs.text or f"`{wire}`"]
    notes = []
    if default is not None:
        notes.append(f"Default: `{_shown(default)}`.")
    elif docs.examples and not docs.text:
        notes.append(f"Example: `{_shown(docs.examples[0])}`.")
    return [p for p in (*out, *notes) if p]


def _shown(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "..."
