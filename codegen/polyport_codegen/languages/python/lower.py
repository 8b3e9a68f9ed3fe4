"""A whole API as a Python package: everything that has a name is handed to the planner in one go."""

from __future__ import annotations

from ...ir.model import Api
from ...lower.planner import Symbol, plan
from .declarations import Package
from .lower_calls import Calls, call_symbols
from .lower_types import forms_of, type_files, type_symbols
from .naming import IMPORTED_NAMES, PythonRules
from .types import Types


def lower(api: Api) -> Package:
    """The package's declarations, and the names of all its symbols."""
    fixed = [Symbol(f"fixed:classes:{n}", "class", (n,), "classes", fixed=n) for n in IMPORTED_NAMES]
    types, forms = Types(api), forms_of(api)
    names = plan([*fixed, *type_symbols(api, forms), *call_symbols(api)], PythonRules())
    files = tuple(type_files(types, forms))
    root = Calls(api, types).resource(api.root)
    methods = {method.operation.id: method for node in root.walk() for method in node.methods}
    return Package(
        names,
        files,
        root,
        {id: methods[id] for id in api.operations},
        {declaration.symbol: file.symbol for file in files for declaration in file.declarations},
    )
