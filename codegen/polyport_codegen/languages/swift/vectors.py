"""The vector dispatcher: for tests only."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Environment

from ...target import OutFile, Settings
from .declarations import Package


def vector_tests(
    env: Environment, names: Mapping[str, str], settings: Settings, package: Package, folder: str
) -> list[OutFile]:
    """The files of the vector tests."""
    return []
