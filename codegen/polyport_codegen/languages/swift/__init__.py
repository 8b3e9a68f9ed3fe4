"""The Swift target: a Swift package for Apple platforms and Linux, Foundation only, Swift 6 language mode."""

from __future__ import annotations

from dataclasses import dataclass

from ...diagnostics import Diagnostics
from ...ir.model import Api
from ...target import Generated, Settings, Target
from ...values import Words
from .naming import upper_camel


@dataclass(frozen=True, slots=True)
class SwiftTarget:
    """Generates the package; nothing of it is imported before it is used."""

    name: str = "swift"

    def default_package(self, words: Words) -> str:
        """The package and its module are named as the client."""
        return upper_camel(words)

    def generate(self, api: Api, settings: Settings, diagnostics: Diagnostics) -> Generated:
        """All files of the package."""
        from .render import render

        return render(api, settings, diagnostics)


TARGET: Target = SwiftTarget()
