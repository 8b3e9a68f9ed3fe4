"""What the generator has to say about its input: values, collected by every stage, printed once at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple


class Severity(Enum):
    """How much a diagnostic matters: an ERROR stops the run before anything is written."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class Origin(NamedTuple):
    """A place in the input: the file and the JSON pointer (RFC 6901) inside it.

    A tuple, since there are more of these than of anything else, and most are keys.
    """

    file: str
    pointer: str = ""

    def child(self, *tokens: str | int) -> Origin:
        """The place below this one, reached by the given unescaped reference tokens."""
        pointer = self.pointer
        for token in map(str, tokens):  # hot: most places that a document has pass here
            if "~" in token or "/" in token:
                token = token.replace("~", "~0").replace("/", "~1")
            pointer = f"{pointer}/{token}"
        return Origin(self.file, pointer)

    def __str__(self) -> str:
        return f"{self.file}#{self.pointer}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `code` is stable and greppable; `hint` is the way out.

    `at` is the line and column, from 1, when they are known; else they are looked up from `origin` when it is printed.
    """

    severity: Severity
    code: str
    message: str
    origin: Origin
    hint: str = ""
    at: tuple[int, int] | None = None


@dataclass(slots=True)
class Diagnostics:
    """The collector that is handed through the stages of one run."""

    items: list[Diagnostic] = field(default_factory=list)

    def note(self, code: str, message: str, origin: Origin, hint: str = "", at: tuple[int, int] | None = None) -> None:
        """Report something decided for the user that they may want to know."""
        self.items.append(Diagnostic(Severity.NOTE, code, message, origin, hint, at))

    def warn(self, code: str, message: str, origin: Origin, hint: str = "", at: tuple[int, int] | None = None) -> None:
        """Report something that could not be expressed and fell back to a raw form."""
        self.items.append(Diagnostic(Severity.WARNING, code, message, origin, hint, at))

    def error(self, code: str, message: str, origin: Origin, hint: str = "", at: tuple[int, int] | None = None) -> None:
        """Report input that cannot be used at all."""
        self.items.append(Diagnostic(Severity.ERROR, code, message, origin, hint, at))

    @property
    def has_errors(self) -> bool:
        """Whether anything reported forbids writing output."""
        return any(item.severity is Severity.ERROR for item in self.items)


class InputError(Exception):
    """Input that stops the run at once (a file that does not parse, a dangling `$ref`).

    `half_written`: files were changed and could not be put back; the message names them.
    """

    def __init__(self, diagnostic: Diagnostic, *, half_written: bool = False) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic
        self.half_written = half_written
