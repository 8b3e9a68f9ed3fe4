"""The Kotlin target: everything above, in order."""

from __future__ import annotations

from dataclasses import dataclass

from ...diagnostics import Diagnostics
from ...ir.model import Api
from ...lower.planner import plan
from ...target import Generated, Settings
from ...values import Words
from .lower import lower
from .naming import KotlinRules, symbols
from .render import Renderer


@dataclass(frozen=True, slots=True)
class KotlinTarget:
    """A Maven package: sources, tests when wanted, pom.xml, README.md and api.md."""

    name: str = "kotlin"

    def default_package(self, words: Words) -> str:
        """The root package and Maven group."""
        return "".join(words)

    def generate(self, api: Api, settings: Settings, diagnostics: Diagnostics) -> Generated:
        """All files of the package."""
        names = plan(symbols(api), KotlinRules())
        return Generated(tuple(Renderer(lower(api, diagnostics), names, settings).files()))


TARGET = KotlinTarget()
