"""Example calls as Swift code: a printer of the trees of `lower.samples`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...ir.model import Api
from ...lower import samples
from ...lower.calls import FormKind, Place
from ...lower.layout import Group, Joined, Part, layout
from ...lower.samples import Chosen, Entries, File, Fixed, Free, Items, Known, Null, Object, Sample, Scalar
from ...lower.symbols import child_ids, type_id, value_id, variant_ids
from ...values import Json
from .declarations import Argument, Factory, Method, Package, Property, ResourceType, Struct, Union
from .naming import label, literal, quoted
from .render_types import constant, json_constant
from .types import ArrayOf, OptionalOf, TriStateOf

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Example:
    """An example call. `code` is the call alone: `client.models.list()`."""

    resource: ResourceType
    method: Method
    code: str


def way_to(resource: ResourceType, names: Mapping[str, str]) -> str:
    """`.chat.completions`."""
    return "".join(f".{quoted(names[id])}" for id in child_ids(resource.path))


def examples(api: Api, names: Mapping[str, str], package: Package) -> Iterator[Example]:
    """A call of every method."""
    types = {d.symbol: d for group in package.files.values() for d in group if isinstance(d, Struct | Union)}
    printer = _Printer(names, types)
    for resource in package.resources:
        for method in resource.methods:
            head = f"client{way_to(resource, names)}.{quoted(names[method.symbol])}("
            call = Group(head, list(_arguments(api, method, printer)), ")", trailing=False)
            yield Example(resource, method, layout(call, width=_WIDTH - 24))


def usage(example: Example, names: Mapping[str, str]) -> str:
    """The call as a reader would write it."""
    kind, code = example.method.form.kind, example.code
    if kind.streams:
        return f"for try await event in {code} {{\n    print(event)\n}}"
    if kind is FormKind.PAGES:
        return f"for try await item in {code} {{\n    print(item)\n}}"
    if kind is FormKind.NONE:
        return f"try await {code}"
    if kind is FormKind.BINARY:
        return f'let file = try await {code}\ntry await file.write(to: URL(fileURLWithPath: "file.bin"))'
    return f"let {_result_name(example.method)} = try await {code}"


def _result_name(method: Method) -> str:
    result = method.result.wrapped if isinstance(method.result, OptionalOf) else method.result
    if method.form.kind is FormKind.TEXT:
        return "text"
    return "items" if isinstance(result, ArrayOf) else "answer"


def _arguments(api: Api, method: Method, printer: _Printer) -> Iterator[Part]:
    """The arguments of the method that a reader would call, in its order."""
    shown = {argument.symbol: sample for argument, sample in samples.arguments(api, method.call)}
    if method.flat is None:
        ranks = {a.symbol: a.rank for a in method.arguments}
        order = {Place.PATH: 0, Place.BODY: 1}
        shown_first = sorted(
            samples.arguments(api, method.call),
            key=lambda pair: (order.get(pair[0].place, 2), ranks.get(pair[0].symbol, 0)),
        )
        for argument, sample in shown_first:
            value = printer.part(sample)
            is_body = argument.place is Place.BODY
            yield value if is_body else _labelled(printer.names[argument.symbol], value)
        return
    for asked in method.flat_arguments:
        found = shown.get(asked.symbol) or _needed(api, asked)
        if found is not None:
            yield _labelled(printer.names[asked.symbol], printer.sent(found, isinstance(asked.type, TriStateOf)))


def _needed(api: Api, argument: Argument) -> Sample | None:
    """A member that the initialiser insists on, though the whole body could be left out."""
    field = argument.asked.field
    return samples.made_up_member(api, field) if field is not None and not argument.is_optional else None


@dataclass(frozen=True, slots=True)
class _Printer:
    """Writes samples with the planner's names."""

    names: Mapping[str, str]
    declarations: Mapping[str, Struct | Union]

    def part(self, sample: Sample) -> Part:
        """The value as an expression, where its type is known from the context."""
        match sample:
            case Scalar(value=value) | Fixed(value=value):
                return constant(value)
            case File():
                return 'Upload(URL(fileURLWithPath: "file.bin"))'
            case Null():
                return "nil"
            case Free(value=value):
                return _json(value)
            case Items(items=items):
                return _list([self.part(item) for item in items])
            case Entries(entries=entries):
                return _dictionary([_named(name, self.part(value)) for name, value in entries])
            case Known(decl=decl, member=member, value=value):
                return f".{quoted(self.names[value_id(decl.id, value)])}" if member is not None else constant(value)
            case Object():
                head = f"{self.names[type_id(sample.decl.id)]}("
                return Group(head, self._members(sample), ")", trailing=False)
            case Chosen():
                return self._union(sample)

    def sent(self, sample: Sample, is_tri_state: bool) -> Part:
        """The value as an argument: where nil would mean absence, null has a name of its own."""
        return ".null" if is_tri_state and isinstance(sample, Null) else self.part(sample)

    def _members(self, sample: Object, factory: Factory | None = None) -> Sequence[Part]:
        """The arguments of the initialiser, or of a factory, which has filled in the tag."""
        struct = self.declarations[type_id(sample.decl.id)]
        assert isinstance(struct, Struct)
        values = {field.wire_name: value for field, value in sample.members}
        filled = factory.filled[0] if factory is not None and factory.filled is not None else None
        out: list[Part] = []
        for index, property in enumerate(_asked(struct, filled)):
            if property.wire_name in values:
                value = self.sent(values[property.wire_name], property.is_tri_state)
                is_bare = factory is not None and factory.is_bare and index == 0
                out.append(value if is_bare else _labelled(self.names[property.symbol], value))
        return out

    def _union(self, sample: Chosen) -> Part:
        union = self.declarations[type_id(sample.decl.id)]
        assert isinstance(union, Union)
        symbol = variant_ids(sample.decl)[sample.index]
        case = next(c for c in union.cases if c.symbol == symbol)
        value = sample.value
        if any(lit.case == symbol for lit in union.literals) and isinstance(value, Scalar | Known | Items):
            # A leading dot would name a case of the union.
            return constant(value.value) if isinstance(value, Scalar | Known) else self.part(value)
        name = quoted(self.names[symbol])
        if case.factory is not None and isinstance(value, Object):
            return Group(f".{name}(", self._members(value, case.factory), ")", trailing=False)
        return Joined((f".{name}(", self.part(value), ")"))


def _asked(struct: Struct, filled: str | None) -> list[Property]:
    asked = [p for p in struct.properties if p.constant is None and not p.is_read_only and p.symbol != filled]
    return sorted(asked, key=lambda p: p.rank)


def _labelled(name: str, value: Part) -> Part:
    return Joined((f"{label(name)}: ", value))


def _named(key: str, value: Part) -> Part:
    return Joined((f"{literal(key)}: ", value))


def _list(items: list[Part]) -> Part:
    return Group("[", items, "]", trailing=False)


def _dictionary(items: list[Part]) -> Part:
    return Group("[", items, "]", trailing=False) if items else "[:]"


def _json(value: Json) -> Part:
    """A JSON value as a literal."""
    if value is None:
        return "nil"
    if isinstance(value, dict):
        return _dictionary([_named(k, _json(v)) for k, v in value.items()])
    return _list([_json(v) for v in value]) if isinstance(value, list) else json_constant(value)
