"""Resources: a module for the class of each node of the tree, and one for its asynchronous twin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...ir.model import Resource
from ...ir.types import Docs
from ...lower.layout import Part
from ...lower.symbols import child_id
from .declarations import ResourceType
from .lower import Package
from .naming import SHADOWED_BUILTINS
from .places import class_module, class_name, raw_module, raw_name
from .prose import described, docstring
from .render_methods import Alike, Common, Twin
from .render_operations import constant
from .writer import Writer, import_line, imports_of


@dataclass(frozen=True, slots=True)
class ClassModule:
    """A module with one class, ready for its template: that of a resource, or a client."""

    path: str
    doc: str
    #: All import statements.
    imports: str
    name: str
    base: str
    class_doc: str
    #: The descriptions of its calls, and the resources below. Here and in `methods` each has a blank line before it.
    members: str
    methods: str


def class_modules(
    package: Package, resource: ResourceType, samples: Mapping[str, Part], docs: tuple[str, str]
) -> Iterator[ClassModule]:
    """The module of a node's class, and the one of its asynchronous twin. `samples` has a call of each method, `docs`
    what each class says."""
    names = package.names
    taken = {names[method.symbol] for method in resource.methods}
    taken |= {names[child_id(child.path)] for child in resource.children}
    shadowed = frozenset(taken & SHADOWED_BUILTINS)
    runtime, checked = (Writer(package.place, "", shadowed=shadowed) for _ in range(2))
    methods = Common(package, runtime, checked).methods(resource, samples)
    for asynchronous, doc in zip((False, True), docs, strict=True):
        module = class_module(package, resource.path, asynchronous=asynchronous)
        twin = Twin(package, resource, asynchronous, runtime.copy(module), checked.copy(module))
        yield _module(twin, methods, doc)


def _module(twin: Twin, methods: list[Alike], doc: str) -> ClassModule:
    """The view of a module. The synchronous class has the descriptions of the calls; its twin takes them from there."""
    package, resource, runtime, checked = twin.package, twin.resource, twin.runtime, twin.checked
    prefix = "Async" if twin.asynchronous else "Sync"
    if resource.path:
        base = runtime.use("._runtime.resource", f"{prefix}Resource")
    else:
        base = runtime.use("._runtime.verbs", f"{prefix}Client")
        runtime.use("._info", "INFO")
        runtime.use("functools", "cached_property")
        raw = raw_name(package, (), asynchronous=twin.asynchronous)
        checked.use(raw_module(package, (), asynchronous=twin.asynchronous), raw)
    text = "".join([twin.method(alike) for alike in methods])
    children = [_child(twin, child) for child in resource.children]
    constants = [] if twin.asynchronous else [f"\n    {text}\n" for text in _constants(twin)]
    at_run_time = {name for names in runtime.imports.values() for name in names}
    for module, names in list(checked.imports.items()):
        names -= at_run_time
        if not names and (module not in ("builtins", "datetime") or module in runtime.imports):
            del checked.imports[module]
    way = ".".join(package.way(resource.path))
    return ClassModule(
        runtime.module.removeprefix(".").replace(".", "/") + ".py",
        f'"""The asynchronous `client.{way}`."""' if twin.asynchronous else f'"""`client.{way}` of the API."""',
        imports_of(runtime, checked),
        class_name(package, resource.path, asynchronous=twin.asynchronous),
        base,
        docstring(doc, 4),
        "".join([*constants, *children]),
        text,
    )


def _constants(twin: Twin) -> Iterator[str]:
    for method in twin.resource.methods:
        for description in method.descriptions:
            yield constant(twin.runtime, f"_{twin.package.names[description.symbol]}", description)


def _child(twin: Twin, child: Resource) -> str:
    name = class_name(twin.package, child.path, asynchronous=twin.asynchronous)
    full = class_module(twin.package, child.path, asynchronous=twin.asynchronous)
    twin.runtime.use("functools", "cached_property")
    twin.checked.use(full, name)
    at = full.removeprefix(".resources") if twin.resource.path else full
    made = f"{name}({'self._client' if twin.resource.path else 'self'})"
    return child_property(twin.package.names[child_id(child.path)], child.docs, at, name, made)


def child_property(shown: str, docs: Docs, module: str, name: str, made: str) -> str:
    """The member that leads to a resource, whose class `name` is imported from `module` when it is first asked for."""
    imported = import_line(module, [name], 92).replace("\n", "\n        ")
    doc = docstring(described(docs) or f"Calls of `{shown}`.", 8)
    return (
        f"\n    @cached_property\n    def {shown}(self) -> {name}:\n        {doc}\n        {imported}\n\n"
        f"        return {made}\n"
    )
