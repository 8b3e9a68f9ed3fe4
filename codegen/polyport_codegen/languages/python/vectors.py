"""The dispatcher of the vector tests: operation ids to methods, wire names to arguments."""

from __future__ import annotations

from ...lower.layout import Group, Joined, Part, layout
from .declarations import Description, Method, Package
from .lower_calls import operation_key
from .writer import quoted


def dispatch_table(package: Package) -> list[str]:
    """One entry an operation: the way to its method, its arguments, and how it streams."""
    return [layout(_entry(package, method), column=4, level=1) for method in package.methods.values()]


def _entry(package: Package, method: Method) -> Part:
    operation = method.operation
    key = operation_key(operation)
    names = package.names
    items: list[Part] = [quoted(".".join([*package.way(key), names[method.symbol]]))]
    pairs = [f"({quoted(a.place)}, {quoted(a.wire_name)}): {quoted(names[a.symbol])}" for a in method.arguments]
    items.append(Group("{", tuple(pairs), "}"))
    if operation.body is not None and operation.body.media.kind.value != "json":
        items.append(f"body_kind={quoted(operation.body.media.kind.value)}")
    module = f"resources.{names[f'file:resource::{key}']}" if key else "_client"
    if method.plain is not None:
        items.append(f"constant={_constant(package, module, method.plain)}")
    if method.stream is not None:
        items.append(f"stream_constant={_constant(package, module, method.stream)}")
    if method.selector is not None:
        items.append(f"selector=({quoted(names[method.selector.symbol])}, {quoted(method.selector.value)})")
    return Joined((f"{quoted(operation.id)}: ", Group("Target(", tuple(items), ")")))


def _constant(package: Package, module: str, description: Description) -> str:
    return quoted(f"{module}:_{package.names[description.symbol]}")
