"""The Node.js target: TypeScript SDKs for Node, Deno, Bun, Workers and browsers."""

from __future__ import annotations

from collections import defaultdict

from ...diagnostics import Diagnostics
from ...ir.model import Api
from ...lower.planner import Symbol
from ...target import Generated, Settings
from ...values import Words
from .declarations import Declaration, Package
from .lower_operations import OperationLowering
from .lower_types import TypeLowering, file_owners
from .naming import kebab
from .render import render


def lower(api: Api, diagnostics: Diagnostics) -> Package:
    """The API as declarations of TypeScript."""
    package = Package()
    types = TypeLowering(api, diagnostics)
    groups: dict[str, list[Declaration]] = defaultdict(list)
    owners = file_owners(api)
    for id, decl in api.decls.items():
        file = f"file:{id}"
        package.symbols.append(Symbol(file, "file", decl.words, "types", decl.context, 1 if decl.inline else 0))
        for symbol, declaration in types.declarations(id):
            package.symbols.append(symbol)
            groups[f"file:{owners[id]}"].append(declaration)
    package.groups = dict(groups)
    operations = OperationLowering(api, types)
    package.resources = [operations.resource(node) for node in api.root.walk()]
    package.symbols += operations.symbols
    return package


class NodeTarget:
    """`polyport generate --lang node`."""

    name = "node"

    def default_package(self, words: Words) -> str:
        """`acme-pets`."""
        return kebab(words)

    def generate(self, api: Api, settings: Settings, diagnostics: Diagnostics) -> Generated:
        """The files of an npm package."""
        return Generated(tuple(render(lower(api, diagnostics), api, settings)))


TARGET = NodeTarget()
