"""A whole API as a Python package: everything that has a name is handed to the planner in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...ir.model import Api, OperationId
from ...lower import calls
from ...lower.planner import Symbol, plan, surface_of
from ...lower.published import NO_NAMES, Entry, Names, Published
from ...lower.signatures import signatures
from ...lower.symbols import TYPES, child_ids
from ...values import Words
from .declarations import Method, ResourceType, TypeFile
from .lower_calls import Calls, alike
from .lower_types import Forms, forms_of, homes_of, type_files, type_symbols
from .naming import IMPORTED_NAMES, PythonRules
from .types import Types


@dataclass(frozen=True, slots=True)
class Package:
    """Everything of one package: its names, and its declarations, which are made one by one as they are asked for.

    A large API has hundreds of thousands of symbols and members, which together take more memory than its document;
    so none of them is kept.
    """

    api: Api
    names: Mapping[str, str]
    #: What users see of it.
    surface: tuple[Entry, ...]
    forms: Forms
    calls: Calls
    #: Symbol of a type -> the symbol of the file it stands in.
    homes: Mapping[str, str]

    def files(self) -> Iterator[TypeFile]:
        """All modules of types."""
        return type_files(self.calls.types, self.forms)

    def resources(self) -> Iterator[ResourceType]:
        """The nodes of the resource tree, the client first, each before those below it."""
        return map(self.calls.resource, self.api.root.walk())

    def methods(self, id: OperationId) -> tuple[Method, ...]:
        """The methods of an operation: as documented, then those that write its body in another way."""
        return tuple(self.calls.methods(self.calls.known[id]))

    def signatures(self) -> Mapping[Published, str]:
        """How what users see of it is declared."""
        return signatures(self.api, _symbols(self.api, self.forms, self.calls), self.names)

    def place(self, symbol: str) -> tuple[str, str]:
        """Module (relative to the package) and name of a type."""
        return f".types.{self.names[self.homes[symbol]]}", self.names[symbol]

    def way(self, path: tuple[Words, ...]) -> list[str]:
        """The names that lead from the client to a resource."""
        return [self.names[id] for id in child_ids(path)]


def lower(api: Api, locked: Names = NO_NAMES) -> Package:
    """The package, with the names of all its symbols. `locked` are the names that were published."""
    forms, known = forms_of(api, locked), Calls(api, Types(api), calls.calls(api))
    symbols, rules = tuple(_symbols(api, forms, known)), PythonRules()
    names = alike(api.root, symbols, plan(symbols, rules, locked), locked)
    return Package(api, names, surface_of(symbols, names, rules), forms, known, homes_of(forms))


def _symbols(api: Api, forms: Forms, known: Calls) -> Iterator[Symbol]:
    for name in IMPORTED_NAMES:
        yield Symbol(f"fixed:types:{name}", "type", (name,), TYPES, fixed=name)
    yield from type_symbols(api, forms)
    yield from known.symbols()
