"""What is decided once, for all languages. Each pass is `run(api, diagnostics) -> api`; this is their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ...diagnostics import Diagnostics
from ..model import Api
from . import (
    aliases,
    bodies,
    directions,
    errors,
    files,
    forms,
    nesting,
    pages,
    resources,
    results,
    servers,
    sharing,
    unions,
)

Pass = Callable[[Api, Diagnostics], Api]

PASSES: tuple[Pass, ...] = (
    aliases.run,
    bodies.run,
    files.run,
    results.run,
    pages.run,
    resources.run,
    forms.run,
    unions.run,
    directions.run,
    errors.run,
    nesting.run,
    sharing.run,
    servers.run,
)


def decide(api: Api, diagnostics: Diagnostics) -> Api:
    """All passes over an API as a reader left it; declarations come out in the order of their ids."""
    for run in PASSES:
        api = run(api, diagnostics)
    return replace(api, decls={id: api.decls[id] for id in sorted(api.decls)})
