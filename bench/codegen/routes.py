"""Where our resource tree agrees with that of a hand-polished SDK of the same API.

    python -m bench.codegen.routes openai.yaml [--sdk openai] [--resource /threads=beta.threads] [--all]

The SDK is a Python package whose resource classes call `self._post("/path")` in methods (those of the public `openai`
package do); its sources are read, never imported. A route is a method and a path with its parameters unnamed; it agrees
when our dotted name is one that the SDK gives to it. 1 when fewer agree than `--least`.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.load.document import load
from polyport_codegen.pipeline import BuildOptions, build

#: The SDK's call to its client -> the HTTP method.
_CALLS = {
    "_get": "GET",
    "_get_api_list": "GET",
    "_post": "POST",
    "_put": "PUT",
    "_patch": "PATCH",
    "_delete": "DELETE",
}
#: Route -> dotted names.
Routes = Mapping[str, frozenset[str]]


def route(method: str, path: str) -> str:
    """`GET /files/{}/content`."""
    return f"{method} {re.sub(r'{[^{}]*}', '{}', path).rstrip('/')}"


def sdk_routes(package: str) -> Routes:
    """Every route that the package's synchronous resources call, with its dotted names."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"the package {package!r} is not installed")
    sources = _Sources(Path(spec.origin).parent)
    client = sources.parsed(sources.root / "_client.py")
    found: dict[str, set[str]] = {}
    for node in client.body:
        # The client is the class that makes requests itself; the others only wrap its resources.
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "SyncAPIClient" for base in node.bases):
            _walk(sources, (), node, sources.root / "_client.py", found)
    return {key: frozenset(names) for key, names in found.items()}


class _Sources:
    """The package's modules, parsed once each."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._parsed: dict[Path, ast.Module] = {}

    def parsed(self, file: Path) -> ast.Module:
        """The module in a file."""
        if file not in self._parsed:
            self._parsed[file] = ast.parse(file.read_text())
        return self._parsed[file]

    def find(self, name: str, file: Path) -> tuple[ast.ClassDef, Path] | None:
        """The class that a name means in a module, there or where it is imported from."""
        for node in ast.walk(self.parsed(file)):
            if isinstance(node, ast.ClassDef) and node.name == name:
                return node, file
            if isinstance(node, ast.ImportFrom) and node.level and any(a.name == name for a in node.names):
                base = file.parents[node.level - 1].joinpath(*(node.module or "").split("."))
                target = base.with_suffix(".py") if base.with_suffix(".py").exists() else base / "__init__.py"
                return self.find(name, target) if target.exists() else None
        return None


def _walk(sources: _Sources, way: tuple[str, ...], node: ast.ClassDef, file: Path, found: dict[str, set[str]]) -> None:
    for member in node.body:
        if not isinstance(member, ast.FunctionDef) or len(way) > 8:
            continue
        child = _resource(member)
        if child is not None and (there := sources.find(child, file)) is not None:
            _walk(sources, (*way, member.name), *there, found)
        for call in ast.walk(member) if way else ():
            called = call.func if isinstance(call, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in _CALLS and isinstance(call, ast.Call):
                path = _path(call.args[0]) if call.args else None
                if path is not None:
                    found.setdefault(route(_CALLS[called.attr], path), set()).add(".".join((*way, member.name)))


def _resource(member: ast.FunctionDef) -> str | None:
    """The class of an attribute that is a resource: `def completions(self) -> Completions`."""
    cached = any(ast.unparse(d) == "cached_property" for d in member.decorator_list)
    if not cached or member.name.startswith("with_") or member.returns is None:
        return None
    said = member.returns
    return (str(said.value) if isinstance(said, ast.Constant) else ast.unparse(said)).rpartition(".")[2]


def _path(node: ast.expr) -> str | None:
    if isinstance(node, ast.Call) and node.args:
        node = node.args[0]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def our_routes(api: Api) -> Mapping[str, str]:
    """Every route of a model with its dotted name in Python's spelling."""
    return {o.key: ".".join("_".join(w).lower() for w in (*o.resource, o.words)) for o in api.operations.values()}


def main(argv: Sequence[str] | None = None) -> int:
    """Print what differs and how many agree."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spec", type=Path)
    parser.add_argument("--sdk", default="openai", help="the installed package to compare with")
    parser.add_argument("--resource", action="append", default=[], metavar="/PATH=DOTTED", help="a prefix rule")
    parser.add_argument("--least", type=int, default=0, help="exit with 1 when fewer agree")
    parser.add_argument("--all", action="store_true", help="print the routes that agree, too")
    options = parser.parse_args(argv)
    theirs = sdk_routes(options.sdk)
    diagnostics = Diagnostics()
    rules = dict(rule.split("=", 1) for rule in options.resource)
    api = build(load(str(options.spec), diagnostics), BuildOptions(resources=rules), diagnostics)
    ours = our_routes(api)
    shared = sorted(ours.keys() & theirs.keys(), key=lambda key: key.split()[1])
    good = [key for key in shared if ours[key] in theirs[key]]
    for key in shared:
        if options.all or key not in good:
            mark = " " if key in good else "*"
            print(f"{mark} {key:<75} {ours[key]:<60} {' | '.join(sorted(theirs[key]))}")
    print(f"{len(good)} of {len(shared)} shared routes agree ({len(ours)} ours, {len(theirs)} theirs)")
    return 0 if len(good) >= options.least else 1


if __name__ == "__main__":
    sys.exit(main())
