"""JSON and YAML text to plain values.

YAML is read by the core schema of YAML 1.2: `no`, `22:22` and `2024-01-01` are strings (YAML 1.2.2, section 10.3.2).
Keys are always strings, a key that stands twice in one mapping is a diagnostic instead of a silent loss, and an alias
stands for a copy of its own. A text of a stranger's must not bring the generator down: nesting, aliases and numbers
have bounds (`findings`), and all strings are such that UTF-8 can write them.
"""

from __future__ import annotations

from ..diagnostics import Diagnostic, Diagnostics, InputError, Origin, Severity
from ..values import Json
from .findings import ParseFailure, lone_surrogate
from .json_text import read_json
from .text import is_whole, whole
from .yaml_text import read_yaml


def parse(text: str, file: str, diagnostics: Diagnostics) -> Json:
    """The value of a file; None for an empty one. JSON when the first character says so, else YAML.

    Raises InputError, with line and column, when the text is neither.
    """
    origin = Origin(file)
    text = text.removeprefix("\ufeff")
    if not is_whole(text):
        lone_surrogate(origin, diagnostics)
        text = whole(text)
    try:
        if text.lstrip(" \t\r\n")[:1] in ("{", "["):
            try:
                return read_json(text, origin, diagnostics)
            except ParseFailure:
                if file.endswith(".json"):
                    raise
        return read_yaml(text, origin, diagnostics)
    except ParseFailure as failure:
        message = f"does not parse: {failure.message}"
        raise InputError(Diagnostic(Severity.ERROR, "parse", message, origin, failure.hint, failure.at)) from None
