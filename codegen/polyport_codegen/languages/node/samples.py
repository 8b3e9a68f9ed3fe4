"""Example calls that a reader can copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...ir.model import Api, OperationId
from ...lower.calls import FormKind
from ...lower.layout import Group, Joined, Part, layout
from ...lower.samples import Chosen, Entries, File, Fixed, Free, Items, Known, Null, Object, Sample, Scalar, arguments
from ...lower.symbols import child_ids
from .declarations import Method, Package
from .params import positional
from .text import INDENT, WIDTH, Code, data_part


@dataclass(frozen=True, slots=True)
class Example:
    """An example call: `client.chat.completions.create` and its arguments."""

    target: str
    method: Method
    #: The argument before the params, if there is one.
    before: tuple[object, ...]
    #: None when the call needs none.
    params: dict[str, object] | None

    def text(self, *, streaming: bool = False, lead: str = "", level: int = 0) -> str:
        """The call as code; with the selector set for the streaming form."""
        params, form = self.params, self.method.streaming
        value = form.value if streaming and form is not None else self.method.call.forms[0].selects
        if form is not None and value is not None:
            params = {**(params or {}), form.selector: value}
        parts = [data_part(value) for value in (*self.before, *([] if params is None else [params]))]
        return layout(_hug(f"{lead}{self.target}(", parts), width=WIDTH - 5, indent=INDENT, level=level)


def _hug(head: str, arguments: list[Part]) -> Part:
    """A single object argument keeps its braces beside the call's brackets."""
    if len(arguments) == 1:
        return Joined([head, arguments[0], ")"])
    return Group(head, arguments, ")")


@dataclass(slots=True)
class Examples:
    """Example calls of one package."""

    api: Api
    package: Package
    names: Mapping[str, str]
    _calls: dict[OperationId, Example] = field(default_factory=dict)

    def calls(self) -> Mapping[OperationId, Example]:
        """An example of every operation, by its id."""
        if not self._calls:
            for resource in self.package.resources:
                for method in resource.methods:
                    operation = method.call.operation
                    steps = [*child_ids(operation.resource), method.symbol]
                    target = ".".join(["client", *(self.names[step] for step in steps)])
                    self._calls[operation.id] = self._example(target, method)
        return self._calls

    def text(self, id: OperationId) -> str:
        """The example of an operation as statements."""
        call = self.calls()[id]
        if call.method.form == "pages":
            return f"for await (const item of {call.text()}) console.log(item);"
        if call.method.form == "stream":
            return f"for await (const event of {call.text(lead='await ')}) console.log(event);"
        if call.method.call.forms[0].kind is FormKind.NONE:
            return f"{call.text(lead='await ')};"
        return f"{call.text(lead='const result = await ')};"

    def streaming_text(self, id: OperationId) -> str:
        """The example of the streaming form."""
        text = self.calls()[id].text(streaming=True, lead="const stream = await ")
        return f"{text};\nfor await (const event of stream) console.log(event);"

    def _example(self, target: str, method: Method) -> Example:
        first = positional(method.call)
        before: list[object] = []
        params: dict[str, object] = {}
        for argument, sample in arguments(self.api, method.call):
            if argument is first:
                before.append(_data(sample))
            else:
                params[argument.key] = _data(sample)
        needed = method.params is not None and (params or method.params_required)
        return Example(target, method, tuple(before), params if needed else None)


def _data(sample: Sample) -> object:
    """The sample as JSON-like data."""
    match sample:
        case Scalar(value=value) | Fixed(value=value) | Known(value=value) | Free(value=value):
            return value
        case File():
            return Code("new Blob(['...'])")
        case Null():
            return None
        case Items(items=items):
            return [_data(item) for item in items]
        case Entries(entries=entries):
            return {name: _data(value) for name, value in entries}
        case Object(members=members):
            return {member.wire_name: _data(value) for member, value in members}
        case Chosen(value=value):
            return _data(value)
