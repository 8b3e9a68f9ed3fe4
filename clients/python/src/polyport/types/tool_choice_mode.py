"""Results of the Polyport API: `ToolChoiceMode`."""

from __future__ import annotations

from typing import Literal, TypeAlias

ToolChoiceMode: TypeAlias = Literal["none", "auto", "required"] | str
"""`none` never calls a tool, `auto` leaves it to the model, `required` calls at least one.
The default
is `auto` when there are tools.
"""
