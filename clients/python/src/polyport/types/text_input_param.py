"""Input of the Polyport API: `TextInputParam`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from .text_input_item_param import TextInputItemParam

TextInputParam: TypeAlias = str | Sequence[TextInputItemParam]
"""A text, or several of them, each as a text or as token ids. A list of token ids alone is
one text.
"""
