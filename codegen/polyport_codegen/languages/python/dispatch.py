"""The dispatcher of the vector tests: operation ids to methods, wire names to arguments."""

from __future__ import annotations

from ...ir.model import Api, Operation
from ...lower.layout import Group, Joined, Part, layout
from .calls import arguments
from .exprs import quoted
from .plan import Plan


def dispatch_table(api: Api, plan: Plan) -> list[str]:
    """One entry an operation: the way to its method, its arguments, and how it streams."""
    return [layout(_entry(api, plan, operation), column=4, level=1) for operation in api.operations.values()]


def _entry(api: Api, plan: Plan, operation: Operation) -> Part:
    steps = ["/".join("-".join(w) for w in operation.resource[: i + 1]) for i in range(len(operation.resource))]
    path = [plan.names[f"child:{key}"] for key in steps]
    items: list[Part] = [quoted(".".join([*path, plan.names[f"method:{operation.id}"]]))]
    pairs = [f"({quoted(a.where)}, {quoted(a.wire_name)}): {quoted(a.name)}" for a in arguments(api, plan, operation)]
    items.append(Group("{", tuple(pairs), "}"))
    if operation.body is not None and operation.body.media.kind.value != "json":
        items.append(f"body_kind={quoted(operation.body.media.kind.value)}")
    file = plan.names.get(f"file:resource::{steps[-1]}" if steps else "")
    module = f"resources.{file}" if file else "_client"
    if operation.stream is None or operation.stream.selector is not None:
        items.append(_constant(plan, "constant", module, f"constant:{operation.id}"))
    if operation.stream is not None:
        items.append(_constant(plan, "stream_constant", module, f"constant:{operation.id}:stream"))
    if operation.stream is not None and operation.stream.selector is not None:
        name = plan.names[f"arguments:{operation.id}:selector"]
        items.append(f"selector=({quoted(name)}, {quoted(operation.stream.selector.value)})")
    return Joined((f"{quoted(operation.id)}: ", Group("Target(", tuple(items), ")")))


def _constant(plan: Plan, name: str, module: str, symbol: str) -> str:
    return f"{name}={quoted(f'{module}:_{plan.names[symbol]}')}"
