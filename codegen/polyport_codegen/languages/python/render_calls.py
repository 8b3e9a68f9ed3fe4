"""Resources: one module per node of the tree, with the synchronous class, its twin and their raw views."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...ir.model import Api
from ...lower.layout import Group, Joined, Part, flat, layout
from .declarations import Argument, Description, Form, Method, Package, ResourceType, Selector
from .naming import SHADOWED_BUILTINS
from .prose import code_section, described, docstring, section
from .render_operations import constant
from .samples import call_sample
from .types import BOOL, FLOAT, NONE, NOT_GIVEN, OBJECT, STR, Expr, Generic, Literals, Named, any_of
from .writer import Writer, alternatives, import_line, import_lines, imported, quoted, stacked

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
    """A resource below: how it is reached, its class, and the statements that import it and its raw view."""

    name: str
    class_name: str
    raw_name: str
    doc: str
    imported: str
    raw_imported: str


@dataclass(frozen=True, slots=True)
class ClassView:
    """A resource class and its raw view."""

    name: str
    base: str
    doc: str
    raw_name: str
    raw_function: str
    methods: tuple[MethodView, ...]
    children: tuple[ChildView, ...]


@dataclass(frozen=True, slots=True)
class ResourceModule:
    """A module of `resources/`, or of the client itself, ready for its template."""

    path: str
    doc: str
    imports: list[list[str]]
    checked_imports: list[list[str]]
    constants: tuple[str, ...]
    classes: tuple[ClassView, ...]


@dataclass(frozen=True, slots=True)
class _Values:
    """What a call hands to the runtime: the arguments by place, and the body; None where there is none."""

    arguments: Part | None
    body: Part | None


@dataclass(slots=True)
class _Resource:
    """Writes one module of a resource. `runtime` notes what it imports, `checked` what only checkers need.

    The synchronous module has the constants, the asynchronous one imports them; the client itself has both classes.
    """

    api: Api
    package: Package
    resource: ResourceType
    runtime: Writer
    checked: Writer

    def module(self, twins: tuple[bool, ...]) -> ResourceModule:
        """The views of the module that has the synchronous class (False), the asynchronous one (True) or both."""
        classes = tuple(self._class(asynchronous) for asynchronous in twins)
        constants = tuple(self._constants()) if False in twins else ()
        at_run_time = {name for names in self.runtime.imports.values() for name in names}
        for module, names in list(self.checked.imports.items()):
            names -= at_run_time
            if not names and module not in ("builtins", "datetime"):
                del self.checked.imports[module]
        if self.checked.imports:
            self.runtime.use("typing", "TYPE_CHECKING")
        title = ".".join(self.package.way(self.resource.key))
        return ResourceModule(
            self.runtime.module.removeprefix(".").replace(".", "/") + ".py",
            f'"""`client.{title}` of the API."""' if False in twins else f'"""The asynchronous `client.{title}`."""',
            import_lines(self.runtime.imports, self.runtime.module),
            import_lines(self.checked.imports, self.runtime.module, top=False),
            constants,
            classes,
        )

    def _constants(self) -> Iterator[str]:
        for method in self.resource.methods:
            for description in method.descriptions:
                yield constant(self.runtime, self._constant(description), description)

    def _constant(self, description: Description) -> str:
        """The name of a description, imported where this module is not the one that has it."""
        name = f"_{self._name(description.symbol)}"
        key = self.resource.key
        return self.runtime.use(module_of(self.package, key, ""), name) if key else name

    def _name(self, symbol: str) -> str:
        return self.package.names[symbol]

    def _class(self, asynchronous: bool) -> ClassView:
        prefix = "Async" if asynchronous else ""
        key = self.resource.key
        names = {self._name(method.symbol) for method in self.resource.methods}
        names |= {self._name(f"child:{child.key}") for child in self.resource.children}
        self.checked.shadowed = frozenset(names) & SHADOWED_BUILTINS
        methods = tuple(self._method(method, asynchronous) for method in self.resource.methods)
        self.checked.shadowed = frozenset()
        name = self._name(f"resource:{prefix}:{key}") if key else ""
        if key:
            self.runtime.use("._runtime.resource", f"{prefix or 'Sync'}Resource")
        if methods:
            self.runtime.use("._runtime.responses", "async_raw" if asynchronous else "raw")
        return ClassView(
            name,
            f"{prefix or 'Sync'}Resource",
            docstring(described(self.resource.docs) or f"Calls of `{name}`.", 4),
            f"{name}WithRawResponse",
            "async_raw" if asynchronous else "raw",
            methods,
            tuple(self._child(child, prefix) for child in self.resource.children),
        )

    def _child(self, child: ResourceType, prefix: str) -> ChildView:
        full = module_of(self.package, child.key, prefix)
        name = self._name(f"resource:{prefix}:{child.key}")
        raw_name = f"{name}WithRawResponse"
        shown = self._name(f"child:{child.key}")
        at = full.removeprefix(".resources") if self.resource.key else full
        self.runtime.use("functools", "cached_property")
        doc = docstring(described(child.docs) or f"Calls of `{shown}`.", 8)
        classes = [self.checked.use(full, n) for n in (name, raw_name)]
        own = self.checked.own
        lines = [import_line(at, [imported(n, own)], 92).replace("\n", "\n        ") for n in (name, raw_name)]
        return ChildView(shown, classes[0], classes[1], doc, lines[0], lines[1])

    def _method(self, method: Method, asynchronous: bool) -> MethodView:
        results = [self._result(description, asynchronous) for description in method.descriptions]
        overloads: tuple[str, ...] = ()
        if method.selector is not None:
            off, on, both = _selector_types(method.selector.value)
            plain, streamed = results
            overloads = (
                self._head(method, plain, asynchronous, (any_of(off, NOT_GIVEN), _LEFT_OUT)),
                self._head(method, streamed, asynchronous, (on, "")),
                self._head(method, any_of(*results), asynchronous, (both, "")),
            )
            head = self._head(method, any_of(*results), asynchronous, (any_of(both, NOT_GIVEN), _LEFT_OUT))
            self.runtime.use("typing", "overload")
        else:
            head = self._head(method, results[0], asynchronous, None)
        return MethodView(
            self._name(method.symbol),
            overloads,
            self._decorators(method),
            head,
            self._doc(method, asynchronous),
            self._body(method, asynchronous),
        )

    def _decorators(self, method: Method) -> tuple[str, ...]:
        docs = method.operation.docs
        if not docs.deprecated:
            return ()
        self.runtime.use("typing_extensions", "deprecated")
        reason = docs.deprecation or "This operation is deprecated."
        return (layout(Group("@deprecated(", (quoted(" ".join(reason.split())),), ")"), column=4, level=1),)

    def _result(self, description: Description, asynchronous: bool) -> Expr:
        prefix = "Async" if asynchronous else ""
        if description.form is Form.STREAM:
            return Generic(Named("._runtime.streaming", f"{prefix}Stream"), (description.result,))
        if description.form is Form.PAGE:
            page = "AsyncPages" if asynchronous else "SyncPage"
            return Generic(Named("._runtime.pagination", page), (description.result,))
        if description.form is Form.DOWNLOAD:
            return Named("._runtime.responses", f"{prefix}BinaryResponse")
        return description.result

    def _head(self, method: Method, result: Expr, asynchronous: bool, selector: tuple[Expr, str] | None) -> str:
        positional = [(self._name(a.symbol), a.type, _default(a)) for a in method.arguments if a.place == "path"]
        keyword = [(self._name(a.symbol), a.type, _default(a)) for a in method.arguments if a.place != "path"]
        if selector is not None and method.selector is not None:
            keyword.append((self._name(method.selector.symbol), *selector))
            keyword.sort(key=lambda item: item[2] != "")
        items = [
            "self",
            *(self._parameter(*item) for item in positional),
            "*",
            *(self._parameter(*item) for item in keyword),
            *(self._parameter(*item) for item in _OPTIONS),
        ]
        self.runtime.use("._runtime.sentinels", "NOT_GIVEN")
        head = f"{'async ' if asynchronous and not _is_paged(method) else ''}def {self._name(method.symbol)}("
        returned = layout(self.checked.part(result), width=90, column=9, level=1)
        return "\n".join([head, *(f"        {item}," for item in items), f"    ) -> {returned}:"])

    def _parameter(self, name: str, type: Expr, default: str) -> str:
        """An argument of a method; one too long for a line has its alternatives one below the other."""
        annotation = self.checked.part(type)
        equals = f" = {default}" if default else ""
        line = Joined((f"{name}: ", annotation, equals))
        pieces = alternatives(annotation)
        if len(flat(line)) <= 90 or len(pieces) == 1:
            return layout(line, width=99, column=8, level=2)
        one = flat(annotation)
        body = f"            {one}" if len(one) <= 88 else stacked(pieces, 3)
        return f"{name}: (\n{body}\n        ){equals}"

    def _doc(self, method: Method, asynchronous: bool) -> str:
        operation = method.operation
        texts = [(self._name(a.symbol), described(a.docs, a.default)) for a in method.arguments]
        entries = [(name, text) for name, text in texts if text]
        if method.selector is not None:
            name = self._name(method.selector.symbol)
            entries.append((name, "Whether the answer comes in pieces, as a stream of events."))
        sample = call_sample(self.api, self.package, operation, asynchronous=asynchronous, width=80)
        return docstring(
            described(operation.docs) or f"{operation.method} {operation.path}",
            8,
            (section("Args", [*entries, *_OPTION_DOCS], 8), code_section("Example", sample)),
        )

    def _body(self, method: Method, asynchronous: bool) -> str:
        self.runtime.use("._runtime.settings", "CallOptions")
        waits = "await " if asynchronous and not _is_paged(method) else ""
        receiver = f"{waits}{'self._client' if self.resource.key else 'self'}"
        values = self._values(method)
        if method.selector is not None:
            return self._selected(method, method.selector, values, receiver)
        description = method.descriptions[0]
        items: list[Part] = [self._constant(description)]
        if values.arguments is not None:
            items.append(Joined(("arguments=", values.arguments)))
        if values.body is not None:
            items.append(Joined(("body=", values.body)))
        items.append(f"options={_OPTIONS_VALUE}")
        call = Group(f"{receiver}.{description.form.value}(", tuple(items), ")")
        return "return " + layout(call, column=15, level=2)

    def _selected(self, method: Method, selector: Selector, values: _Values, receiver: str) -> str:
        """The body of a method with both forms: one of two calls with the same arguments."""
        lines: list[str] = []
        passed: list[str] = []
        # Members of different types would be taken for `object`, and their mappings for nothing that can be read.
        for key, typed, value in (
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
        assert method.plain is not None
        assert method.stream is not None
        lines += [
            f"if {self._name(selector.symbol)}:",
            f"    return {receiver}._stream({self._constant(method.stream)}{rest})",
            f"return {receiver}._request({self._constant(method.plain)}{rest})",
        ]
        return "\n        ".join(lines)

    def _values(self, method: Method) -> _Values:
        places = ("path", "query", "header", "cookie")
        groups = [(place, pairs) for place in places if (pairs := self._pairs(method, place))]
        arguments = Group("{", tuple(Joined((f'"{place}": ', _dict(pairs))) for place, pairs in groups), "}")
        body: Part | None = None
        if method.operation.body is not None:
            whole = next((a for a in method.arguments if a.place == "body" and not a.wire_name), None)
            body = _dict(self._pairs(method, "body")) if whole is None else self._name(whole.symbol)
        return _Values(arguments if groups else None, body)

    def _pairs(self, method: Method, place: str) -> list[tuple[str, str]]:
        """Wire names and what to send for them, constants and the selector included."""
        pairs = [(a.wire_name, self._name(a.symbol)) for a in method.arguments if a.place == place]
        pairs += [(c.wire_name, quoted(c.value)) for c in method.constants if c.place == place]
        if method.selector is not None and method.selector.place == place:
            pairs.append((method.selector.wire_name, self._name(method.selector.symbol)))
        return pairs


_OPTIONS_VALUE = "CallOptions(extra_headers, extra_query, extra_body, timeout)"


def _is_paged(method: Method) -> bool:
    return method.plain is not None and method.plain.form is Form.PAGE


def _default(argument: Argument) -> str:
    if argument.constant is not None:
        return quoted(argument.constant)
    return _LEFT_OUT if argument.may_be_left_out else ""


def _selector_types(value: bool | str) -> tuple[Expr, Expr, Expr]:
    """The selector's type in the plain form, in the streaming form, and in both."""
    if value is True:
        return Literals((False,)), Literals((True,)), BOOL
    return NONE, Literals((value,)), STR


def _dict(pairs: list[tuple[str, str]]) -> Part:
    return Group("{", tuple(f"{quoted(key)}: {value}" for key, value in pairs), "}")


def module_of(package: Package, key: str, prefix: str) -> str:
    """The module of a resource's class: `prefix` is empty or `Async`."""
    return f".resources.{package.names[f'file:resource:{prefix}:{key}']}"


def resource_modules(api: Api, package: Package) -> Iterator[ResourceModule]:
    """The modules of all resources, each followed by the one of its asynchronous twin."""
    for resource in package.root.walk():
        for prefix in ("", "Async") if resource.key else ():
            module = module_of(package, resource.key, prefix)
            writer = _Resource(api, package, resource, Writer(package.place, module), Writer(package.place, module))
            yield writer.module((bool(prefix),))


def client_module(api: Api, package: Package, name: str) -> ResourceModule:
    """The module of the clients: the root of the tree, with both classes. `name` is that of the synchronous one."""
    own = frozenset(f"{n}{raw}" for n in (name, f"Async{name}") for raw in ("", "WithRawResponse"))
    runtime, checked = (Writer(package.place, "._client", own=own) for _ in range(2))
    for module, item in (
        ("._runtime.verbs", "SyncClient"),
        ("._runtime.verbs", "AsyncClient"),
        ("._info", "INFO"),
        ("functools", "cached_property"),
    ):
        runtime.use(module, item)
    return _Resource(api, package, package.root, runtime, checked).module((False, True))
