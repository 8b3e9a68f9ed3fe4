"""A property of a struct as text, in each of the places where its struct names it."""

from __future__ import annotations

from typing import NamedTuple


class PropertyView(NamedTuple):
    """Names and types resolved; every text below has its line end."""

    name: str
    #: The name of what is stored: a deprecated property is computed.
    stored: str
    wire: str
    #: With its `?`.
    type: str
    docs: str
    #: The attribute with its line end; empty for most.
    deprecation: str
    is_boxed: bool
    #: How it is read and written: `required`, `optional` or `constant`, and what that needs besides.
    method: str
    or_else: str
    constant: str | None
    is_read_only: bool
    is_tri_state: bool
    #: It has no nil to begin with.
    is_needed: bool

    def declared(self) -> str:
        """The declaration, with a blank line after it."""
        docs = f"{self.docs}\n" if self.docs else ""
        if not self.deprecation:
            return f"{docs}    {'@Boxed ' if self.is_boxed else ''}public var {self.name}: {self.type}\n\n"
        return (
            f"    {'@Boxed ' if self.is_boxed else ''}var {self.stored}: {self.type}\n\n"
            f"{docs}{self.deprecation}"
            f"    public var {self.name}: {self.type} {{\n"
            f"        get {{ {self.stored} }}\n"
            f"        set {{ {self.stored} = newValue }}\n"
            "    }\n\n"
        )

    def made(self) -> str:
        """What the initialiser does with it."""
        head = f"        self.{self.stored} = "
        if self.constant is not None:
            return f"{head}{self.constant}\n"
        if self.is_read_only:
            return f"{head}.standIn\n        _extras.omit({self.wire})\n" if self.is_needed else f"{head}nil\n"
        if self.is_tri_state:
            return f"{head}_extras.given({self.wire}, {self.name})\n"
        return f"{head}{self.name}\n"

    def read(self) -> str:
        """The statement that takes it out of JSON."""
        return f"        self.{self.stored} = fields.{self.method}({self.wire}{self.or_else})\n"

    def written(self) -> str:
        """The statement that puts it into JSON."""
        return f"        fields.{self.method}({self.wire}, self.{self.stored}{self.or_else})\n"
