"""The dispatcher of the vector tests: operation ids to methods, wire names to arguments."""

from __future__ import annotations

from ...lower.calls import BodyKind, Place
from ...lower.layout import Group, Joined, Part, layout
from ...lower.symbols import resource_id
from ...values import Words
from .declarations import Argument, Description, Method
from .lower import Package
from .lower_calls import file_id
from .writer import quoted

_IN_BODY = (Place.MEMBER, Place.BODY)


def dispatch_table(package: Package) -> list[str]:
    """One entry an operation: the way to its method, its arguments, and how it streams."""
    owners = {
        method.symbol: f"{_module(package, node.path)}:{package.names[resource_id(node.path)]}"
        for node in package.resources()
        for method in node.methods
    }
    return [
        layout(_entry(package, method, owners[method.symbol]), column=4, level=1)
        for method in (package.methods(id)[0] for id in package.api.operations)
    ]


def _module(package: Package, path: tuple[Words, ...]) -> str:
    return f"resources.{package.names[file_id(path, asynchronous=False)]}" if path else "_client"


def _entry(package: Package, method: Method, owner: str) -> Part:
    call, names = method.call, package.names
    items: list[Part] = [quoted(".".join([*package.way(call.operation.resource), names[method.symbol]]))]
    items.append(Group("{", tuple(_argument(package, argument) for argument in method.arguments), "}"))
    if call.body is not None and call.body.kind is not BodyKind.JSON:
        items.append(f"body_kind={quoted(call.body.kind.value)}")
    for name, description in (("constant", method.plain), ("stream_constant", method.streaming)):
        if description is not None:
            items.append(f"{name}={_constant(package, owner, description)}")
    if call.has_twin and call.selector is not None and call.streaming is not None:
        items.append(f"selector=({quoted(names[call.selector.symbol])}, {quoted(call.streaming.selects)})")
    return Joined((f"{quoted(call.operation.id)}: ", Group("Target(", tuple(items), ")")))


def _argument(package: Package, argument: Argument) -> str:
    place = "body" if argument.asked.place in _IN_BODY else argument.asked.place.value
    return f"({quoted(place)}, {quoted(argument.asked.wire)}): {quoted(package.names[argument.symbol])}"


def _constant(package: Package, owner: str, description: Description) -> str:
    return quoted(f"{owner}._{package.names[description.symbol]}")
