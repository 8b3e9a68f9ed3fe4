"""Example calls as Python code: a printer of the trees of `lower.samples`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...ir.model import Api
from ...lower import samples
from ...lower.calls import Form
from ...lower.layout import Group, Joined, Part
from ...lower.samples import Chosen, Entries, File, Fixed, Free, Items, Known, Null, Object, Sample, Scalar
from ...values import Json
from .declarations import Method, ResourceType
from .lower import Package
from .writer import quoted


def call_samples(api: Api, package: Package, resource: ResourceType) -> Mapping[str, Part]:
    """A call of every method of a resource, by the method's symbol: `client.messages.create(text="Hi")`."""
    return {method.symbol: call_sample(api, package, method) for method in resource.methods}


def call_sample(api: Api, package: Package, method: Method, form: Form | None = None) -> Part:
    """A call of a method; in its streaming form when `form` is that and there are both."""
    call = method.call
    name = ".".join(["client", *package.way(call.operation.resource), package.names[method.symbol]])
    items = list(_arguments(api, package, method))
    if form is not None and form is call.streaming and call.has_twin and call.selector is not None:
        items.append(f"{package.names[call.selector.symbol]}={quoted(form.selects)}")
    return Group(f"{name}(", tuple(items), ")")


def _arguments(api: Api, package: Package, method: Method) -> Iterator[Part]:
    for argument, sample in samples.arguments(api, method.call):
        yield Joined((f"{package.names[argument.symbol]}=", _value(sample)))


def _value(sample: Sample) -> Part:
    match sample:
        case Scalar(value=value) | Fixed(value=value) | Known(value=value):
            return quoted(value)
        case File():
            return 'Path("file.bin")'
        case Null():
            return "None"
        case Free(value=value):
            return _json(value)
        case Items(items=items):
            return Group("[", tuple(_value(item) for item in items), "]")
        case Entries(entries=entries):
            return _dict([(name, _value(value)) for name, value in entries])
        case Object(members=members):
            return _dict([(field.wire_name, _value(value)) for field, value in members])
        case Chosen(value=value):
            return _value(value)


def _dict(pairs: list[tuple[str, Part]]) -> Part:
    return Group("{", tuple(Joined((f"{quoted(name)}: ", value)) for name, value in pairs), "}")


def _json(value: Json) -> Part:
    if isinstance(value, dict):
        return _dict([(name, _json(v)) for name, v in value.items()])
    return Group("[", tuple(_json(item) for item in value), "]") if isinstance(value, list) else quoted(value)
