"""The targets, by name. A new one is a folder and a line here; it is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # the names of the targets are wanted before anything of the model is
    from .target import Target

#: The languages that there are clients in, by the word after `--lang`: the folders in `languages/`.
LANGUAGES = ("python", "node", "kotlin", "swift")
#: Name after `--lang` -> the package that exposes `TARGET`.
TARGETS = {
    **{name: f"polyport_codegen.languages.{name}" for name in LANGUAGES},
    "proto": "polyport_codegen.proto",
    "server": "polyport_codegen.server",
}


def load_target(name: str) -> Target:
    """The target with this name; KeyError when there is none."""
    return cast("Target", import_module(TARGETS[name]).TARGET)
