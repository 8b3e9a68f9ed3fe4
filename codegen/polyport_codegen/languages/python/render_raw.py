"""The raw views: for each resource a class with the same calls, whose answers have status and headers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...lower.symbols import child_id
from .declarations import ResourceType
from .lower import Package
from .places import class_module, class_name, raw_module, raw_name
from .prose import docstring
from .render_calls import child_property
from .writer import Writer, imports_of


@dataclass(frozen=True, slots=True)
class RawModule:
    """A module with one raw view. `function` is the runtime's that retypes a method."""

    path: str
    doc: str
    #: All import statements.
    imports: str
    name: str
    owner: str
    function: str
    methods: tuple[str, ...]
    #: The resources below, with a blank line before each.
    children: str


def raw_modules(package: Package, resource: ResourceType) -> Iterator[RawModule]:
    """The raw views of both classes of a resource, or of the clients."""
    for asynchronous in (False, True):
        yield _raw_module(package, resource, asynchronous)


def _raw_module(package: Package, resource: ResourceType, asynchronous: bool) -> RawModule:
    module = raw_module(package, resource.path, asynchronous=asynchronous)
    runtime, checked = Writer(package.place, module), Writer(package.place, module)
    owner = class_name(package, resource.path, asynchronous=asynchronous)
    function = "async_raw" if asynchronous else "raw"
    checked.use(class_module(package, resource.path, asynchronous=asynchronous), owner)
    if resource.methods:
        runtime.use("._runtime.responses", function)
    children = []
    for child in resource.children:
        runtime.use("functools", "cached_property")
        name = raw_name(package, child.path, asynchronous=asynchronous)
        full = raw_module(package, child.path, asynchronous=asynchronous)
        checked.use(full, name)
        shown = package.names[child_id(child.path)]
        at = full.removeprefix(".resources._raw") if resource.path else full
        children.append(child_property(shown, child.docs, at, name, f"{name}(self._parent.{shown})"))
    return RawModule(
        module.removeprefix(".").replace(".", "/") + ".py",
        docstring(f"`{owner}` with raw responses.", 0),
        imports_of(runtime, checked),
        raw_name(package, resource.path, asynchronous=asynchronous),
        owner,
        function,
        tuple(package.names[method.symbol] for method in resource.methods),
        "".join(children),
    )
