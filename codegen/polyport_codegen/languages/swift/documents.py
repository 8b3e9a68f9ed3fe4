"""README.md and api.md of the package."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Environment

from ...ir.model import Api
from ...target import OutFile, Settings
from .declarations import Package


def documents(env: Environment, names: Mapping[str, str], api: Api, settings: Settings, package: Package) -> list[OutFile]:
    """The documents for people."""
    return []
