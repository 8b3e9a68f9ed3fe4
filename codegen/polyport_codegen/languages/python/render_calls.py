"""Resources: a module for the class of each node of the tree, and one for its asynchronous twin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

from ...ir.model import MediaKind
from ...lower.calls import Argument as Asked
from ...lower.calls import Form, FormKind, Place
from ...lower.layout import Group, Joined, Part, flat, layout
from ...lower.outline import call_docs, error_name
from ...lower.planner import LONGEST
from ...lower.symbols import child_id, resource_id
from .declarations import Description, Method, Package, ResourceType
from .lower_calls import async_id, file_id
from .naming import SHADOWED_BUILTINS
from .prose import code_section, described, docstring, section
from .render_operations import constant
from .types import BOOL, FLOAT, NONE, NOT_GIVEN, OBJECT, STR, Expr, Generic, Literals, Named, any_of
from .writer import Writer, alternatives, import_line, import_lines, quoted, stacked

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


@dataclass(frozen=True, slots=True)
class MethodView:
    """A method as finished text: its overloads, its head, its docstring, its body."""

    name: str
    overloads: tuple[str, ...]
    decorators: tuple[str, ...]
    head: str
    doc: str
    body: str


@dataclass(frozen=True, slots=True)
class ChildView:
    """A resource below: how it is reached, its class, and the statement that imports it."""

    name: str
    class_name: str
    doc: str
    imported: str


@dataclass(frozen=True, slots=True)
class ClassModule:
    """A module with one class, ready for its template: that of a resource, or a client."""

    path: str
    doc: str
    imports: list[list[str]]
    checked_imports: list[list[str]]
    name: str
    base: str
    class_doc: str
    constants: tuple[str, ...]
    methods: tuple[MethodView, ...]
    children: tuple[ChildView, ...]


@dataclass(frozen=True, slots=True)
class _Values:
    """What a call hands to the runtime: the arguments by place, and the body; None where there is none."""

    arguments: Part | None
    body: Part | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """The parameters of a method as text; of those that must be named it is told which may be left out."""

    path: list[str]
    named: list[tuple[bool, str]]
    options: list[str]


@dataclass(slots=True)
class _Class:
    """Writes the class of a node. `runtime` notes what the module imports, `checked` what only checkers need.

    The synchronous class has the descriptions of the calls; the asynchronous one takes them from there.
    """

    package: Package
    samples: Mapping[str, Part]
    resource: ResourceType
    asynchronous: bool
    runtime: Writer
    checked: Writer

    def module(self, doc: str) -> ClassModule:
        """The view of the module; `doc` is what the class says."""
        prefix = "Async" if self.asynchronous else ""
        taken = {self._name(method.symbol) for method in self.resource.methods}
        taken |= {self._name(child_id(child.path)) for child in self.resource.children}
        self.checked.shadowed = self.runtime.shadowed = frozenset(taken) & SHADOWED_BUILTINS
        methods = tuple(self._method(method) for method in self.resource.methods)
        children = tuple(self._child(child) for child in self.resource.children)
        constants = () if self.asynchronous else tuple(self._constants())
        base = self.runtime.use("._runtime.resource", f"{prefix or 'Sync'}Resource") if self.resource.path else ""
        at_run_time = {name for names in self.runtime.imports.values() for name in names}
        for module, names in list(self.checked.imports.items()):
            names -= at_run_time
            if not names and (module not in ("builtins", "datetime") or module in self.runtime.imports):
                del self.checked.imports[module]
        if self.checked.imports:
            self.runtime.use("typing", "TYPE_CHECKING")
        way = ".".join(self.package.way(self.resource.path))
        return ClassModule(
            self.runtime.module.removeprefix(".").replace(".", "/") + ".py",
            f'"""The asynchronous `client.{way}`."""' if self.asynchronous else f'"""`client.{way}` of the API."""',
            import_lines(self.runtime.imports, self.runtime.module),
            import_lines(self.checked.imports, self.runtime.module, top=False),
            class_name(self.package, self.resource, asynchronous=self.asynchronous),
            base,
            docstring(doc, 4),
            constants,
            methods,
            children,
        )

    def _constants(self) -> Iterator[str]:
        for method in self.resource.methods:
            for description in method.descriptions:
                yield constant(self.runtime, f"_{self._name(description.symbol)}", description)

    def _constant(self, description: Description) -> str:
        """How a method names the description of its call."""
        name = f"_{self._name(description.symbol)}"
        if not self.asynchronous:
            return f"self.{name}"
        twin = class_name(self.package, self.resource, asynchronous=False)
        return f"{self.runtime.use(class_module(self.package, self.resource, asynchronous=False), twin)}.{name}"

    def _name(self, symbol: str) -> str:
        return self.package.names[symbol]

    def _child(self, child: ResourceType) -> ChildView:
        name = class_name(self.package, child, asynchronous=self.asynchronous)
        full = class_module(self.package, child, asynchronous=self.asynchronous)
        shown = self._name(child_id(child.path))
        self.runtime.use("functools", "cached_property")
        self.checked.use(full, name)
        doc = docstring(described(child.docs) or f"Calls of `{shown}`.", 8)
        at = full.removeprefix(".resources") if self.resource.path else full
        return ChildView(shown, name, doc, import_line(at, [name], 92).replace("\n", "\n        "))

    def _method(self, method: Method) -> MethodView:
        results = [self._result(description) for description in method.descriptions]
        asked = self._asked(method)
        overloads: tuple[str, ...] = ()
        selector = method.call.selector
        if method.call.has_twin and selector is not None:
            plain, streamed = results
            off, on, both = _selector_types(method)
            default = _selector_default(method)
            missing = () if default != _LEFT_OUT else (NOT_GIVEN,)
            overloads = (
                self._head(method, asked, plain, (any_of(*off, *missing), default)),
                self._head(method, asked, streamed, (on, "")),
                self._head(method, asked, any_of(*results), (both, "")),
            )
            head = self._head(method, asked, any_of(*results), (any_of(both, *missing), default))
            self.runtime.use("typing", "overload")
        else:
            head = self._head(method, asked, results[0], None)
        name = self._name(method.symbol)
        return MethodView(name, overloads, self._decorators(method), head, self._doc(method), self._body(method))

    def _decorators(self, method: Method) -> tuple[str, ...]:
        docs = method.call.operation.docs
        if not docs.deprecated:
            return ()
        self.runtime.use("typing_extensions", "deprecated")
        reason = docs.deprecation or "This operation is deprecated."
        return (layout(Group("@deprecated(", (quoted(" ".join(reason.split())),), ")"), column=4, level=1),)

    def _result(self, description: Description) -> Expr:
        prefix = "Async" if self.asynchronous else ""
        kind = description.form.kind
        if kind.streams:
            whole = (description.whole,) if description.whole is not None else ()
            return Generic(Named("._runtime.streaming", f"{prefix}Stream"), (description.result, *whole))
        if kind is FormKind.PAGES:
            page = "AsyncPages" if self.asynchronous else "SyncPage"
            return Generic(Named("._runtime.pagination", page), (description.result,))
        download = Named("._runtime.responses", f"{prefix}BinaryResponse")
        if kind is FormKind.BINARY:
            return download
        return any_of(description.result, download) if _may_be_bytes(description) else description.result

    def _asked(self, method: Method) -> _Asked:
        """The parameters of a method, for all its signatures."""
        path: list[str] = []
        named: list[tuple[bool, str]] = []
        for argument in method.arguments:
            default = "" if argument.asked.required else _LEFT_OUT
            text = self._parameter(self._name(argument.symbol), argument.type, default)
            if argument.asked.place is Place.PATH:
                path.append(text)
            else:
                named.append((default != "", text))
        return _Asked(path, named, [self._parameter(*option) for option in _OPTIONS])

    def _head(self, method: Method, asked: _Asked, result: Expr, selector: tuple[Expr, str] | None) -> str:
        """The signature. Arguments of the path may be given by position; all others have to be named."""
        named = asked.named
        if selector is not None and method.call.selector is not None:
            own = self._parameter(self._name(method.call.selector.symbol), *selector)
            named = sorted([*named, (selector[1] != "", own)], key=itemgetter(0))
        items = ["self", *asked.path, "*", *(text for _, text in named), *asked.options]
        self.runtime.use("._runtime.sentinels", "NOT_GIVEN")
        waits = "async " if self.asynchronous and not _is_paged(method) else ""
        returned = layout(self.checked.part(result), width=90, column=9, level=1)
        lines = [f"        {item}," for item in items]
        return "\n".join([f"{waits}def {self._name(method.symbol)}(", *lines, f"    ) -> {returned}:"])

    def _parameter(self, name: str, type: Expr, default: str) -> str:
        """An argument of a method; one too long for a line has its alternatives one below the other."""
        annotation = self.checked.part(type)
        equals = f" = {default}" if default else ""
        if isinstance(annotation, str):
            return f"{name}: {annotation}{equals}"
        line = Joined((f"{name}: ", annotation, equals))
        pieces = alternatives(annotation)
        if len(flat(line)) <= 90 or len(pieces) == 1:
            return layout(line, width=99, column=8, level=2)
        one = flat(annotation)
        body = f"            {one}" if len(one) <= 88 else stacked(pieces, 3)
        return f"{name}: (\n{body}\n        ){equals}"

    def _doc(self, method: Method) -> str:
        entries = [(self._name(a.symbol), described(a.asked.docs, a.asked.default)) for a in method.arguments]
        selector = method.call.selector
        if method.call.has_twin and selector is not None:
            told = described(selector.docs) or "Whether the answer comes in pieces, as a stream of events."
            entries.append((self._name(selector.symbol), told))
        waits = "await " if self.asynchronous and not _is_paged(method) else ""
        sample = layout(Joined((waits, self.samples[method.symbol])), width=80)
        return docstring(
            described(call_docs(method.call)),
            8,
            (
                section("Args", [*((n, text) for n, text in entries if text), *_OPTION_DOCS], 8),
                section("Raises", self._raises(method), 8),
                section("Headers of the answer", _headers(method), 8),
                code_section("Example", sample),
            ),
        )

    def _raises(self, method: Method) -> list[tuple[str, str]]:
        """The documented errors: which class, for which statuses, and what their `data` is."""
        told = Writer(self.package.place, "")
        found: dict[tuple[str, str], list[str]] = {}
        for status, type in method.descriptions[0].errors:
            error = f"{error_name(status)}Error"
            found.setdefault((error, told.text(type)), []).append("other" if status == "default" else status)
        return [(error, f"{', '.join(statuses)}; its `data` is `{data}`.") for (error, data), statuses in found.items()]

    def _body(self, method: Method) -> str:
        self.runtime.use("._runtime.settings", "CallOptions")
        waits = "await " if self.asynchronous and not _is_paged(method) else ""
        receiver = f"{waits}{'self._client' if self.resource.path else 'self'}"
        values = self._values(method)
        if method.call.has_twin and method.call.selector is not None:
            return self._selected(method, method.call.selector, values, receiver)
        description = method.descriptions[0]
        items: list[Part] = [self._constant(description)]
        if values.arguments is not None:
            items.append(Joined(("arguments=", values.arguments)))
        if values.body is not None:
            items.append(Joined(("body=", values.body)))
        items.append(f"options={_OPTIONS_VALUE}")
        call = Group(f"{receiver}.{_caller(description)}(", tuple(items), ")")
        return "return " + layout(call, column=15, level=2)

    def _selected(self, method: Method, selector: Asked, values: _Values, receiver: str) -> str:
        """The body of a method with both forms: one of two calls with the same arguments."""
        lines: list[str] = []
        passed: list[str] = []
        for key, typed, value in (
            # Members of different types would be taken for `object`, and their mappings for nothing that can be read.
            ("arguments", ": Arguments", values.arguments),
            ("body", "", values.body),
            ("options", "", _OPTIONS_VALUE),
        ):
            if isinstance(value, str) and value.isidentifier():
                passed.append(f"{key}={value}")
            elif value is not None:
                if typed:
                    self.checked.use("._runtime.operation", "Arguments")
                lines.append(layout(Joined((f"_{key}{typed} = ", value)), column=8, level=2))
                passed.append(f"{key}=_{key}")
        rest = "".join(f", {item}" for item in passed)
        plain, streamed = method.descriptions
        lines += [
            f"if {self._name(selector.symbol)}{_comparison(method)}:",
            f"    return {receiver}.{_caller(streamed)}({self._constant(streamed)}{rest})",
            f"return {receiver}.{_caller(plain)}({self._constant(plain)}{rest})",
        ]
        return "\n        ".join(lines)

    def _values(self, method: Method) -> _Values:
        places = (Place.PATH, Place.QUERY, Place.HEADER, Place.COOKIE)
        groups = [(place, pairs) for place in places if (pairs := self._pairs(method, place))]
        arguments = Group("{", tuple(Joined((f'"{place.value}": ', _dict(pairs))) for place, pairs in groups), "}")
        plan = method.call.body
        body: Part | None = None
        if plan is not None:
            whole = plan.whole
            body = _dict(self._pairs(method, Place.MEMBER)) if whole is None else self._name(whole.symbol)
        return _Values(arguments if groups else None, body)

    def _pairs(self, method: Method, place: Place) -> list[tuple[str, str]]:
        """Wire names and what to send for them, constants and the selector included."""
        call = method.call
        pairs = [(a.wire, self._name(a.symbol)) for a in call.arguments if a.place is place]
        pairs += [(c.wire, quoted(c.const.value)) for c in call.constants if c.place is place and c.const is not None]
        selector = call.selector
        if selector is not None and selector.place is place:
            pairs.append((selector.wire, self._name(selector.symbol) if call.has_twin else _selected(call.forms[0])))
        return pairs


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


def _selector_default(method: Method) -> str:
    """What the plain form sends without being told: nothing, or that it is off where the API insists on it."""
    off = method.call.forms[0].selects
    return _LEFT_OUT if off is None else quoted(off)


def _dict(pairs: list[tuple[str, str]]) -> Part:
    return Group("{", tuple(f"{quoted(key)}: {value}" for key, value in pairs), "}")


def class_name(package: Package, resource: ResourceType, *, asynchronous: bool) -> str:
    """The class of a node, or its asynchronous twin."""
    return package.names[async_id(resource.path) if asynchronous else resource_id(resource.path)]


def class_module(package: Package, resource: ResourceType, *, asynchronous: bool) -> str:
    """The module that the class of a node stands in, relative to the package."""
    if not resource.path:
        return "._async_client" if asynchronous else "._client"
    return f".resources.{package.names[file_id(resource.path, asynchronous=asynchronous)]}"


def resource_modules(package: Package, samples: Mapping[str, Part]) -> Iterator[ClassModule]:
    """The modules of all resources, each followed by the one of its asynchronous twin. `samples`: a call of each method."""
    for resource in package.root.walk():
        for asynchronous in (False, True) if resource.path else ():
            doc = described(resource.docs) or f"Calls of `client.{'.'.join(package.way(resource.path))}`."
            yield _class(package, samples, resource, asynchronous=asynchronous).module(doc)


def client_module(package: Package, samples: Mapping[str, Part], doc: str, *, asynchronous: bool) -> ClassModule:
    """The module of a client: the root of the tree. `doc` is what the class says."""
    writer = _class(package, samples, package.root, asynchronous=asynchronous)
    writer.runtime.use("._runtime.verbs", "AsyncClient" if asynchronous else "SyncClient")
    writer.runtime.use("._info", "INFO")
    writer.runtime.use("functools", "cached_property")
    raw = raw_name(package, package.root, asynchronous=asynchronous)
    writer.checked.use(raw_module(package, package.root, asynchronous=asynchronous), raw)
    return writer.module(doc)


def _class(package: Package, samples: Mapping[str, Part], resource: ResourceType, *, asynchronous: bool) -> _Class:
    module = class_module(package, resource, asynchronous=asynchronous)
    runtime, checked = Writer(package.place, module), Writer(package.place, module)
    return _Class(package, samples, resource, asynchronous, runtime, checked)


def raw_name(package: Package, resource: ResourceType, *, asynchronous: bool) -> str:
    """The class that has the same calls with raw responses: called alike for both twins."""
    longest = max(len(class_name(package, resource, asynchronous=twin)) for twin in (False, True))
    suffix = "WithRawResponse" if longest + len("WithRawResponse") <= LONGEST else "Raw"
    return class_name(package, resource, asynchronous=asynchronous) + suffix


def raw_module(package: Package, resource: ResourceType, *, asynchronous: bool) -> str:
    """The module that it stands in."""
    if not resource.path:
        return "._async_client_raw" if asynchronous else "._client_raw"
    return f".resources._raw.{package.names[file_id(resource.path, asynchronous=asynchronous)]}"
