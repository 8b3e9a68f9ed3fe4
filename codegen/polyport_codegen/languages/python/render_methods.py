"""Methods: what both twins of one have in common, made once, and what the synchronous or the asynchronous one adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter

from ...ir.model import MediaKind
from ...lower.calls import Form, FormKind, Place
from ...lower.layout import Group, Joined, Part, flat, layout
from ...lower.outline import call_docs, error_name
from .declarations import Description, Method, ResourceType
from .lower import Package
from .places import class_module, class_name
from .prose import code_section, described, docstring, section
from .types import BOOL, FLOAT, NONE, NOT_GIVEN, OBJECT, STR, Expr, Generic, Literals, Named, any_of
from .writer import Writer, alternatives, quoted, stacked

_MAPPING = Named("collections.abc", "Mapping")
_OPTIONS = (
    ("extra_headers", any_of(Generic(_MAPPING, (STR, any_of(STR, NONE))), NONE), "None"),
    ("extra_query", any_of(Generic(_MAPPING, (STR, OBJECT)), NONE), "None"),
    ("extra_body", any_of(Generic(_MAPPING, (STR, OBJECT)), NONE), "None"),
    ("timeout", any_of(FLOAT, NONE, NOT_GIVEN), "NOT_GIVEN"),
)
_OPTION_DOCS = (
    ("extra_headers, extra_query, extra_body", "Sent with this call only; a header that is None is left out."),
    ("timeout", "Seconds for one try of this call."),
)
_OPTIONS_VALUE = "CallOptions(extra_headers, extra_query, extra_body, timeout)"
_LEFT_OUT = "NOT_GIVEN"

#: What the runtime wraps answers in: for the synchronous class, and for the asynchronous one.
_STREAMS = (Named("._runtime.streaming", "Stream"), Named("._runtime.streaming", "AsyncStream"))
_PAGES = (Named("._runtime.pagination", "SyncPage"), Named("._runtime.pagination", "AsyncPages"))
_DOWNLOADS = (Named("._runtime.responses", "BinaryResponse"), Named("._runtime.responses", "AsyncBinaryResponse"))


@dataclass(frozen=True, slots=True)
class Alike:
    """What both twins of a method have in common, as text. All of it is independent of the module it stands in."""

    method: Method
    name: str
    #: Lines with their indentation and ends; empty without any.
    decorators: str
    #: The parameters of its signatures, a line each: those of its overloads, then those of the method itself.
    signatures: tuple[str, ...]
    #: What its docstring says, and its sections before the example.
    about: str
    sections: tuple[str, ...]
    sample: Part
    #: Statements before the call, and the arguments that the runtime is given beside the description.
    before: tuple[str, ...]
    passed: tuple[str, ...]


@dataclass(slots=True)
class Common:
    """Writes what the twins of methods have in common, and notes what that imports: `checked` what only checkers need."""

    package: Package
    runtime: Writer
    checked: Writer

    def methods(self, resource: ResourceType, samples: Mapping[str, Part]) -> list[Alike]:
        """The methods of a resource; `samples` has a call of each."""
        options = [self._parameter(*option) for option in _OPTIONS] if resource.methods else []
        return [self._method(method, options, samples[method.symbol]) for method in resource.methods]

    def _method(self, method: Method, options: list[str], sample: Part) -> Alike:
        self.runtime.use("._runtime.sentinels", "NOT_GIVEN")
        self.runtime.use("._runtime.settings", "CallOptions")
        before, passed = self._handed(method)
        return Alike(
            method,
            self._name(method.symbol),
            self._decorators(method),
            self._signatures(method, options),
            described(call_docs(method.call)),
            self._sections(method),
            sample,
            before,
            passed,
        )

    def _name(self, symbol: str) -> str:
        return self.package.names[symbol]

    def _decorators(self, method: Method) -> str:
        docs = method.call.operation.docs
        if not docs.deprecated:
            return ""
        self.runtime.use("typing_extensions", "deprecated")
        reason = docs.deprecation or "This operation is deprecated."
        text = layout(Group("@deprecated(", (quoted(" ".join(reason.split())),), ")"), column=4, level=1)
        return f"    {text}\n"

    def _signatures(self, method: Method, options: list[str]) -> tuple[str, ...]:
        """The parameters of all signatures. Those of the path may be given by position; all others have to be named."""
        path: list[str] = []
        named: list[tuple[bool, str]] = []
        for argument in method.arguments:
            default = "" if argument.asked.required else _LEFT_OUT
            text = self._parameter(self._name(argument.symbol), argument.type, default)
            if argument.asked.place is Place.PATH:
                path.append(text)
            else:
                named.append((default != "", text))

        def lines(named: list[tuple[bool, str]]) -> str:
            items = ("self", *path, "*", *(text for _, text in named), *options)
            return "\n".join([f"        {item}," for item in items])

        selector = method.call.selector
        if selector is None or not method.call.has_twin:
            return (lines(named),)
        self.runtime.use("typing", "overload")
        found = []
        for type, default in _selected_by(method):
            own = self._parameter(self._name(selector.symbol), type, default)
            found.append(lines(sorted([*named, (default != "", own)], key=itemgetter(0))))
        return tuple(found)

    def _parameter(self, name: str, type: Expr, default: str) -> str:
        """An argument of a method; one too long for a line has its alternatives one below the other."""
        annotation = self.checked.part(type)
        one = flat(annotation)
        equals = f" = {default}" if default else ""
        if isinstance(annotation, str) or len(name) + 2 + len(one) + len(equals) <= 90:
            return f"{name}: {one}{equals}"
        pieces = alternatives(annotation)
        if len(pieces) == 1:
            return layout(Joined((f"{name}: ", annotation, equals)), width=99, column=8, level=2)
        body = f"            {one}" if len(one) <= 88 else stacked(pieces, 3)
        return f"{name}: (\n{body}\n        ){equals}"

    def _sections(self, method: Method) -> tuple[str, ...]:
        entries = [(self._name(a.symbol), described(a.asked.docs, a.asked.default)) for a in method.arguments]
        selector = method.call.selector
        if method.call.has_twin and selector is not None:
            told = described(selector.docs) or "Whether the answer comes in pieces, as a stream of events."
            entries.append((self._name(selector.symbol), told))
        return (
            section("Args", [*((n, text) for n, text in entries if text), *_OPTION_DOCS], 8),
            section("Raises", self._raises(method), 8),
            section("Headers of the answer", _headers(method), 8),
        )

    def _raises(self, method: Method) -> list[tuple[str, str]]:
        """The documented errors: which class, for which statuses, and what their `data` is."""
        told = Writer(self.package.place, "")
        found: dict[tuple[str, str], list[str]] = {}
        for status, type in method.descriptions[0].errors:
            error = f"{error_name(status)}Error"
            found.setdefault((error, told.text(type)), []).append("other" if status == "default" else status)
        return [(error, f"{', '.join(statuses)}; its `data` is `{data}`.") for (error, data), statuses in found.items()]

    def _handed(self, method: Method) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What the runtime is given: statements before the call, and arguments. With both forms, two calls share it."""
        values = self._values(method)
        if method.call.has_twin and method.call.selector is not None:
            return self._shared(values)
        items = [Joined((f"{key}=", part)) for key, part in values.items() if part is not None]
        return (), tuple(layout(item, width=99, column=12, level=3) for item in items)

    def _shared(self, values: Mapping[str, Part | None]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        before: list[str] = []
        passed: list[str] = []
        for key, value in values.items():
            if isinstance(value, str) and value.isidentifier():
                passed.append(f"{key}={value}")
            elif value is not None:
                typed = ""
                if key == "arguments":
                    # Members of different types would be taken for `object`, and their mappings for nothing readable.
                    typed = f": {self.checked.use('._runtime.operation', 'Arguments')}"
                before.append(layout(Joined((f"_{key}{typed} = ", value)), column=8, level=2))
                passed.append(f"{key}=_{key}")
        return tuple(before), tuple(passed)

    def _values(self, method: Method) -> Mapping[str, Part | None]:
        """The arguments by place, the body, and the options; None for what there is not."""
        places = (Place.PATH, Place.QUERY, Place.HEADER, Place.COOKIE)
        groups = [(place, pairs) for place in places if (pairs := self._pairs(method, place))]
        arguments = Group("{", tuple(Joined((f'"{place.value}": ', _dict(pairs))) for place, pairs in groups), "}")
        plan = method.call.body
        body: Part | None = None
        if plan is not None:
            whole = plan.whole
            body = _dict(self._pairs(method, Place.MEMBER)) if whole is None else self._name(whole.symbol)
        return {"arguments": arguments if groups else None, "body": body, "options": _OPTIONS_VALUE}

    def _pairs(self, method: Method, place: Place) -> list[tuple[str, str]]:
        """Wire names and what to send for them, constants and the selector included."""
        call = method.call
        pairs = [(a.wire, self._name(a.symbol)) for a in call.arguments if a.place is place]
        pairs += [(c.wire, quoted(c.const.value)) for c in call.constants if c.place is place and c.const is not None]
        selector = call.selector
        if selector is not None and selector.place is place:
            pairs.append((selector.wire, self._name(selector.symbol) if call.has_twin else _selected(call.forms[0])))
        return pairs


@dataclass(slots=True)
class Twin:
    """Writes the methods of one of the two classes of a resource, and notes what they import."""

    package: Package
    resource: ResourceType
    asynchronous: bool
    runtime: Writer
    checked: Writer

    def method(self, alike: Alike) -> str:
        """A method with its overloads, as text with a blank line before it."""
        method = alike.method
        results = [self._result(description) for description in method.descriptions]
        if len(alike.signatures) > 1:
            results += [any_of(*results)] * 2
        heads = [self._head(alike, asked, result) for asked, result in zip(alike.signatures, results, strict=False)]
        overloads = [f"    @overload\n{alike.decorators}    {head} ...\n\n" for head in heads[:-1]]
        definition = f"    {heads[-1]}\n        {self._doc(alike)}\n        {self._body(alike)}\n"
        return "".join(["\n", *overloads, alike.decorators, definition])

    def _result(self, description: Description) -> Expr:
        kind = description.form.kind
        if kind.streams:
            whole = (description.whole,) if description.whole is not None else ()
            return Generic(_STREAMS[self.asynchronous], (description.result, *whole))
        if kind is FormKind.PAGES:
            return Generic(_PAGES[self.asynchronous], (description.result,))
        if kind is FormKind.BINARY:
            return _DOWNLOADS[self.asynchronous]
        if _may_be_bytes(description):
            return any_of(description.result, _DOWNLOADS[self.asynchronous])
        return description.result

    def _head(self, alike: Alike, parameters: str, result: Expr) -> str:
        waits = "async " if self.asynchronous and not _is_paged(alike.method) else ""
        returned = layout(self.checked.part(result), width=90, column=9, level=1)
        return f"{waits}def {alike.name}(\n{parameters}\n    ) -> {returned}:"

    def _waits(self, method: Method) -> str:
        return "await " if self.asynchronous and not _is_paged(method) else ""

    def _doc(self, alike: Alike) -> str:
        sample = layout(Joined((self._waits(alike.method), alike.sample)), width=80)
        return docstring(alike.about, 8, (*alike.sections, code_section("Example", sample)))

    def _body(self, alike: Alike) -> str:
        """A call of the runtime; with both forms, one of two calls with the same arguments."""
        method, call = alike.method, alike.method.call
        receiver = f"{self._waits(method)}{'self._client' if self.resource.path else 'self'}"
        if len(alike.signatures) == 1:
            description = method.descriptions[0]
            items = (self._constant(description), *alike.passed)
            lines = "".join([f"            {item},\n" for item in items])  # the options alone take most of a line
            return f"return {receiver}.{_caller(description)}(\n{lines}        )"
        assert call.selector is not None
        rest = "".join(f", {item}" for item in alike.passed)
        plain, streamed = method.descriptions
        return "\n        ".join(
            (
                *alike.before,
                f"if {self.package.names[call.selector.symbol]}{_comparison(method)}:",
                f"    return {receiver}.{_caller(streamed)}({self._constant(streamed)}{rest})",
                f"return {receiver}.{_caller(plain)}({self._constant(plain)}{rest})",
            )
        )

    def _constant(self, description: Description) -> str:
        """How a method names the description of its call."""
        name = f"_{self.package.names[description.symbol]}"
        if not self.asynchronous:
            return f"self.{name}"
        twin = class_name(self.package, self.resource.path, asynchronous=False)
        return f"{self.runtime.use(class_module(self.package, self.resource.path, asynchronous=False), twin)}.{name}"


def _headers(method: Method) -> list[tuple[str, str]]:
    result = method.call.operation.result
    return [(header.wire_name, described(header.docs)) for header in result.headers] if result is not None else []


def _is_paged(method: Method) -> bool:
    return method.plain is not None and method.plain.form.kind is FormKind.PAGES


def _caller(description: Description) -> str:
    """The runtime's method that makes a call of this form."""
    kind = description.form.kind
    if kind.streams:
        return "_stream"
    if _may_be_bytes(description):
        return "_either"
    return {FormKind.PAGES: "_page", FormKind.BINARY: "_download"}.get(kind, "_request")


def _selected(form: Form) -> str:
    """What chooses the only form there is."""
    return _LEFT_OUT if form.selects is None else quoted(form.selects)


def _may_be_bytes(description: Description) -> bool:
    return description.form.kind is FormKind.MIXED and MediaKind.BINARY in description.form.answers


def _selector_types(method: Method) -> tuple[tuple[Expr, ...], Expr, Expr]:
    """The selector's type in the plain form (nothing where it is left out), in the streaming form, and in both."""
    value = method.call.forms[-1].selects
    off = (Literals(method.selects_plain),) if method.selects_plain else ()
    return (off, Literals((value,)), STR) if isinstance(value, str) else (off, Literals((True,)), BOOL)


def _comparison(method: Method) -> str:
    value = method.call.forms[-1].selects
    return f" == {quoted(value)}" if isinstance(value, str) else ""


def _selected_by(method: Method) -> tuple[tuple[Expr, str], ...]:
    """The selector's type and default: in the plain form, the streaming one, either, and in the method itself."""
    off, on, both = _selector_types(method)
    default = _selector_default(method)
    missing = () if default != _LEFT_OUT else (NOT_GIVEN,)
    return (any_of(*off, *missing), default), (on, ""), (both, ""), (any_of(both, *missing), default)


def _selector_default(method: Method) -> str:
    """What the plain form sends without being told: nothing, or that it is off where the API insists on it."""
    off = method.call.forms[0].selects
    return _LEFT_OUT if off is None else quoted(off)


def _dict(pairs: list[tuple[str, str]]) -> Part:
    return Group("{", tuple(f"{quoted(key)}: {value}" for key, value in pairs), "}")
