"""A whole API as a Python package: everything that has a name is handed to the planner in one go."""

from __future__ import annotations

from ...ir.model import Api
from ...lower import calls
from ...lower.planner import Symbol, plan
from ...lower.published import NO_NAMES, Names
from ...lower.symbols import TYPES
from .declarations import Method, Package
from .lower_calls import Calls, alike
from .lower_types import forms_of, type_files, type_symbols
from .naming import IMPORTED_NAMES, PythonRules
from .types import Types


def lower(api: Api, locked: Names = NO_NAMES) -> Package:
    """The package's declarations, and the names of all its symbols. `locked` are the names that were published."""
    types, forms = Types(api), forms_of(api, locked)
    known = Calls(api, types, calls.calls(api))
    fixed = [Symbol(f"fixed:types:{name}", "type", (name,), TYPES, fixed=name) for name in IMPORTED_NAMES]
    symbols = (*fixed, *type_symbols(api, forms), *known.symbols())
    files = tuple(type_files(types, forms))
    root = known.resource(api.root)
    names = alike(api.root, symbols, plan(symbols, PythonRules(), locked), locked)
    methods: dict[str, list[Method]] = {id: [] for id in api.operations}
    for method in (method for node in root.walk() for method in node.methods):
        methods[method.call.operation.id].append(method)
    return Package(
        symbols,
        names,
        files,
        root,
        {id: found[0] for id, found in methods.items()},
        {id: tuple(found[1:]) for id, found in methods.items()},
        {declaration.symbol: file.symbol for file in files for declaration in file.declarations},
    )
