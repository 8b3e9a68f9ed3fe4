"""Jinja2 set up for code: undefined values are errors, blocks leave no blank lines, nothing is HTML-escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def environment(package: str, filters: Mapping[str, Callable[..., Any]] | None = None) -> Environment:
    """The templates in the folder `templates/` of a package. Line statements are not used; keep layout readable."""
    env = Environment(
        loader=PackageLoader(package),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # the output is source code, never HTML
        auto_reload=False,
    )
    env.filters.update(filters or {})
    return env
