"""DocC comments: what the document says, wrapped behind `///`."""

from __future__ import annotations

import json
from functools import lru_cache

from ...ir.types import Docs
from ...lower import outline
from ...lower.layout import wrap_text
from ...values import Json
from .naming import literal

WIDTH = 120


@lru_cache(maxsize=4096)  # the members of many types and the arguments of many calls say the same
def comment(text: str, indent: int = 0, width: int = WIDTH) -> str:
    """The text as `///` lines (no line end after the last). Empty text gives an empty string."""
    prefix = " " * indent + "///"
    return "\n".join(f"{prefix} {line}" if line else prefix for line in wrap_text(text, width - indent - 4))


def described(docs: Docs, fallback: str = "", *, default: Json = None) -> str:
    """The text of a comment: what is documented, or else `fallback`; then the default and a deprecation."""
    if default is None and not docs.deprecated:
        return docs.text or fallback
    parts = [docs.text or fallback]
    if default is not None:
        parts.append(f"Default: `{json.dumps(default, ensure_ascii=False)}`.")
    if docs.deprecated:
        parts.append(f"- Warning: Deprecated. {docs.deprecation}".rstrip())
    return "\n\n".join(part for part in parts if part)


def first_block(docs: Docs, *, default: Json = None) -> str:
    """One paragraph, with its list if it has one, for lists of parameters; empty when there is nothing to say."""
    text = outline.first_block(docs)
    if default is not None:
        between = "\n\n" if "\n" in text.strip() else " "
        text = f"{text.strip()}{between}Default: `{json.dumps(default, ensure_ascii=False)}`.".lstrip()
    return text


def deprecation(docs: Docs, indent: int) -> str:
    """The attribute of something deprecated, with its line end; empty for all else."""
    if not docs.deprecated:
        return ""
    message = literal(" ".join((docs.deprecation or "the API may stop supporting it").split()))
    return f"{' ' * indent}@available(*, deprecated, message: {message})\n"


def parameter_list(arguments: list[tuple[str, str]], indent: int) -> str:
    """The `- Parameters:` section, with its line end; empty without arguments."""
    if not arguments:
        return ""
    prefix = " " * indent + "///"
    lines = [f"{prefix} - Parameters:"]
    for name, text in arguments:
        lines += [f"{prefix}   {line}".rstrip() for line in _listed(name, text, WIDTH - indent - 10)]
    return "\n".join(lines) + "\n"


@lru_cache(maxsize=4096)
def _listed(name: str, text: str, width: int) -> tuple[str, ...]:
    first, *rest = wrap_text(f"{name}: {text}", width)
    return (f"- {first}", *(f"  {line}" for line in rest))
