"""Resources: one module per node of the tree, with the synchronous class, its twin and their raw views."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...ir.model import Api, MediaKind, Operation, Resource
from ...lower.layout import Group, Joined, Part, flat, layout
from .calls import (
    Argument,
    arguments,
    member_values,
    plain_constant,
    result_expr,
    selector_types,
    stream_constant,
)
from .docs import code_section, described, docstring, section
from .exprs import (
    NONE,
    NOT_GIVEN,
    Expr,
    Generic,
    Named,
    Writer,
    alternatives,
    any_of,
    import_line,
    import_lines,
    quoted,
)
from .naming import SHADOWED_BUILTINS
from .plan import Plan, resource_key
from .samples import call_sample
from .values import Values

_OPTIONS = (
    "extra_headers: Mapping[str, str | None] | None = None",
    "extra_query: Mapping[str, object] | None = None",
    "extra_body: Mapping[str, object] | None = None",
    "timeout: float | None | NotGiven = NOT_GIVEN",
)
_OPTION_DOCS = (
    ("extra_headers, extra_query, extra_body", "Sent with this call only; a header that is None is left out."),
    ("timeout", "Seconds for one try of this call."),
)


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


@dataclass(slots=True)
class ResourceWriter:
    """Writes one module of a resource. `runtime` notes what it imports, `checked` what only checkers need.

    The synchronous module has the constants, the asynchronous one imports them; the client itself has both classes.
    """

    api: Api
    plan: Plan
    resource: Resource
    runtime: Writer
    checked: Writer

    def module(self, twins: tuple[bool, ...]) -> ResourceModule:
        """The views of the module that has the synchronous class (False), the asynchronous one (True) or both."""
        key = resource_key(self.resource)
        classes = tuple(self._class(key, asynchronous) for asynchronous in twins)
        constants = tuple(self._constants()) if False in twins else ()
        at_run_time = {name for names in self.runtime.imports.values() for name in names}
        for module, names in list(self.checked.imports.items()):
            names -= at_run_time
            if not names and module not in ("builtins", "datetime"):
                del self.checked.imports[module]
        if self.checked.imports:
            self.runtime.use("typing", "TYPE_CHECKING")
        title = ".".join(self.plan.names[f"child:{k}"] for k in _keys(self.resource))
        return ResourceModule(
            self.runtime.module.removeprefix(".").replace(".", "/") + ".py",
            f'"""`client.{title}` of the API."""' if False in twins else f'"""The asynchronous `client.{title}`."""',
            import_lines(self.runtime.imports, self.runtime.module),
            import_lines(self.checked.imports, self.runtime.module, top=False),
            constants,
            classes,
        )

    def _constants(self) -> Iterator[str]:
        values = Values(self.api)
        for operation in self._operations():
            name = self._constant(operation)
            if operation.stream is None or operation.stream.selector is not None:
                yield layout(plain_constant(self.runtime, values, name, operation))
            if operation.stream is not None:
                yield layout(stream_constant(self.runtime, values, self._stream_constant(operation), operation))

    def _operations(self) -> list[Operation]:
        return [self.api.operations[id] for id in self.resource.operations]

    def _constant(self, operation: Operation) -> str:
        return self._from_home(f"_{self.plan.names[f'constant:{operation.id}']}")

    def _stream_constant(self, operation: Operation) -> str:
        return self._from_home(f"_{self.plan.names[f'constant:{operation.id}:stream']}")

    def _from_home(self, constant: str) -> str:
        """The constant, imported where this module is not the one that has it."""
        key = resource_key(self.resource)
        return self.runtime.use(module_of(self.plan, key, ""), constant) if key else constant

    def _class(self, key: str, asynchronous: bool) -> ClassView:
        prefix = "Async" if asynchronous else ""
        method_names = {self.plan.names[f"method:{o.id}"] for o in self._operations()}
        self.checked.shadowed = frozenset(method_names) & SHADOWED_BUILTINS
        methods = tuple(self._method(o, asynchronous) for o in self._operations())
        self.checked.shadowed = frozenset()
        name = self.plan.names[f"resource:{prefix}:{key}"] if key else ""
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
            tuple(self._children(prefix)),
        )

    def _children(self, prefix: str) -> Iterator[ChildView]:
        for child in self.resource.children:
            key = resource_key(child)
            full = module_of(self.plan, key, prefix)
            name = self.plan.names[f"resource:{prefix}:{key}"]
            doc = docstring(described(child.docs) or f"Calls of `{self.plan.names[f'child:{key}']}`.", 8)
            at = full.removeprefix(".resources") if self.resource.path else full
            self.runtime.use("functools", "cached_property")
            self.checked.use(full, name)
            self.checked.use(full, f"{name}WithRawResponse")
            raw_name = f"{name}WithRawResponse"
            lines = [import_line(at, [n], 92).replace("\n", "\n        ") for n in (name, raw_name)]
            yield ChildView(self.plan.names[f"child:{key}"], name, doc, *lines)

    def _method(self, operation: Operation, asynchronous: bool) -> MethodView:
        found = arguments(self.api, self.plan, operation)
        name = self.plan.names[f"method:{operation.id}"]
        selector = operation.stream.selector if operation.stream is not None else None
        decorators = self._decorators(operation)
        plain, streamed = self._results(operation, asynchronous)
        overloads: tuple[str, ...] = ()
        if selector is not None:
            off, on, both = selector_types(selector.value)
            result = any_of(plain, streamed)
            overloads = (
                self._head(operation, found, plain, asynchronous, (any_of(off, NOT_GIVEN), "NOT_GIVEN")),
                self._head(operation, found, streamed, asynchronous, (on, "")),
                self._head(operation, found, result, asynchronous, (both, "")),
            )
            head = self._head(operation, found, result, asynchronous, (any_of(both, NOT_GIVEN), "NOT_GIVEN"))
            self.runtime.use("typing", "overload")
        else:
            head = self._head(operation, found, plain if operation.stream is None else streamed, asynchronous, None)
        return MethodView(
            name,
            overloads,
            decorators,
            head,
            self._doc(operation, found, asynchronous),
            self._body(operation, found, asynchronous),
        )

    def _decorators(self, operation: Operation) -> tuple[str, ...]:
        if not operation.docs.deprecated:
            return ()
        self.runtime.use("typing_extensions", "deprecated")
        reason = operation.docs.deprecation or "This operation is deprecated."
        return (layout(Group("@deprecated(", (quoted(" ".join(reason.split())),), ")"), column=4, level=1),)

    def _results(self, operation: Operation, asynchronous: bool) -> tuple[Expr, Expr]:
        values = Values(self.api)
        prefix = "Async" if asynchronous else ""
        streamed: Expr = NONE
        if operation.stream is not None:
            event = values.read(operation.stream.media.type)
            streamed = Generic(Named("._runtime.streaming", f"{prefix}Stream"), (event,))
        plain = result_expr(values, operation)
        media = operation.result.media if operation.result is not None else None
        if operation.pagination is not None:
            page = "AsyncPages" if asynchronous else "SyncPage"
            plain = Generic(Named("._runtime.pagination", page), (plain,))
        elif media is not None and media.kind is MediaKind.BINARY:
            plain = Named("._runtime.responses", f"{prefix}BinaryResponse")
        return plain, streamed

    def _head(
        self,
        operation: Operation,
        found: list[Argument],
        result: Expr,
        asynchronous: bool,
        selector: tuple[Expr, str] | None,
    ) -> str:
        items: list[Part] = ["self"]
        keyword = [a for a in found if a.where != "path"]
        positional = [a for a in found if a.where == "path"]
        items += [self._parameter(a.name, a.type, a.default) for a in positional]
        items.append("*")
        names = [(a.name, a.type, a.default) for a in keyword]
        if selector is not None:
            names.append((self.plan.names[f"arguments:{operation.id}:selector"], *selector))
            names.sort(key=lambda item: item[2] != "")
        items += [self._parameter(*item) for item in names]
        items += _OPTIONS
        self.checked.use("collections.abc", "Mapping")
        self.checked.use("._runtime.sentinels", "NotGiven")
        self.runtime.use("._runtime.sentinels", "NOT_GIVEN")
        waits = asynchronous and operation.pagination is None
        name = self.plan.names[f"method:{operation.id}"]
        lines = [f"        {layout(item, width=99, column=8, level=2)}," for item in items if item]
        head = f"{'async ' if waits else ''}def {name}("
        returned = layout(self.checked.part(result), width=90, column=9, level=1)
        return "\n".join([head, *lines, f"    ) -> {returned}:"])

    def _parameter(self, name: str, type: Expr, default: str) -> Part:
        equals = f" = {default}" if default else ""
        line = Joined((f"{name}: ", self.checked.part(type), equals))
        return _in_parentheses(line)

    def _doc(self, operation: Operation, found: list[Argument], asynchronous: bool) -> str:
        entries = [(a.name, a.text) for a in found if a.text]
        if operation.stream is not None and operation.stream.selector is not None:
            name = self.plan.names[f"arguments:{operation.id}:selector"]
            entries.append((name, "Whether the answer comes in pieces, as a stream of events."))
        sample = call_sample(self.api, self.plan, operation, asynchronous=asynchronous, width=80)
        return docstring(
            described(operation.docs) or f"{operation.method} {operation.path}",
            8,
            (section("Args", [*entries, *_OPTION_DOCS], 8), code_section("Example", sample)),
        )

    def _body(self, operation: Operation, found: list[Argument], asynchronous: bool) -> str:
        receiver = "self._client" if self.resource.path else "self"
        self.runtime.use("._runtime.settings", "CallOptions")
        selector = operation.stream.selector if operation.stream is not None else None
        paged = operation.pagination is not None
        waits = "await " if asynchronous and not paged else ""
        if selector is not None:
            return self._selected(operation, found, f"{waits}{receiver}")
        media = operation.result.media if operation.result is not None else None
        how = "_request"
        if operation.stream is not None:
            how = "_stream"
        elif paged:
            how = "_page"
        elif media is not None and media.kind is MediaKind.BINARY:
            how = "_download"
        constant = self._constant(operation) if operation.stream is None else self._stream_constant(operation)
        call = self._call(operation, found, constant, "")
        return "return " + layout(Group(f"{waits}{receiver}.{how}(", tuple(call), ")"), column=15, level=2)

    def _selected(self, operation: Operation, found: list[Argument], receiver: str) -> str:
        """The body of a method with both forms: one of two calls with the same arguments."""
        name = self.plan.names[f"arguments:{operation.id}:selector"]
        lines: list[str] = []
        passed: list[str] = []
        for item in self._call(operation, found, "", name)[1:]:
            keyword, value = (item.parts[0], item.parts[1]) if isinstance(item, Joined) else ("", item)
            key = str(keyword).rstrip("=") or str(item).split("=", 1)[0]
            shown = value if keyword else str(item).split("=", 1)[1]
            if isinstance(shown, str) and shown.isidentifier():
                passed.append(f"{key}={shown}")
                continue
            # Members of different types would be taken for `object`, and their mappings for nothing that can be read.
            typed = ": dict[str, dict[str, object]]" if key == "arguments" else ""
            lines.append(layout(Joined((f"_{key}{typed} = ", shown)), column=8, level=2))
            passed.append(f"{key}=_{key}")
        rest = "".join(f", {item}" for item in passed)
        lines += [
            f"if {name}:",
            f"    return {receiver}._stream({self._stream_constant(operation)}{rest})",
            f"return {receiver}._request({self._constant(operation)}{rest})",
        ]
        return "\n        ".join(lines)

    def _call(self, operation: Operation, found: list[Argument], constant: str, selector: str) -> list[Part]:
        items: list[Part] = [constant]
        groups: list[Part] = []
        chosen = operation.stream.selector if operation.stream is not None else None
        for where in ("path", "query", "header", "cookie"):
            pairs = member_values(self.api, operation, found, where)
            if chosen is not None and chosen.location == where:
                pairs.append((chosen.wire_name, selector))
            if pairs:
                groups.append(Joined((f'"{where}": ', _dict(pairs))))
        if groups:
            items.append(Joined(("arguments=", Group("{", tuple(groups), "}"))))
        body = operation.body
        if body is not None and body.flatten is not None:
            pairs = member_values(self.api, operation, found, "body")
            if chosen is not None and chosen.location == "body":
                pairs.append((chosen.wire_name, selector))
            items.append(Joined(("body=", _dict(pairs))))
        elif body is not None:
            items.append(f"body={self.plan.names[f'arguments:{operation.id}:body:']}")
        items.append("options=CallOptions(extra_headers, extra_query, extra_body, timeout)")
        return items


def _dict(pairs: list[tuple[str, str]]) -> Part:
    return Group("{", tuple(f"{quoted(key)}: {value}" for key, value in pairs), "}")


def _in_parentheses(line: Joined) -> Part:
    """An argument too long for one line: its alternatives one below the other."""
    text = flat(line)
    name, rest = text.split(": ", 1)
    annotation, equals, default = rest.rpartition(" = ") if " = " in rest else (rest, "", "")
    pieces = alternatives(annotation)
    if len(text) <= 90 or len(pieces) == 1:
        return line
    if len(annotation) <= 88:
        return f"{name}: (\n            {annotation}\n        ){equals}{default}"
    lines = "\n".join(("            | " if i else "            ") + p for i, p in enumerate(pieces))
    return f"{name}: (\n{lines}\n        ){equals}{default}"


def _keys(resource: Resource) -> list[str]:
    steps = ["-".join(words) for words in resource.path]
    return ["/".join(steps[: i + 1]) for i in range(len(steps))]


def module_of(plan: Plan, key: str, prefix: str) -> str:
    """The module of a resource's class: `prefix` is empty or `Async`."""
    return f".resources.{plan.names[f'file:resource:{prefix}:{key}']}"


def resource_modules(api: Api, plan: Plan, resource: Resource) -> Iterator[ResourceModule]:
    """The module of a resource and the one of its asynchronous twin."""
    for prefix in ("", "Async"):
        module = module_of(plan, resource_key(resource), prefix)
        writer = ResourceWriter(api, plan, resource, Writer(plan.place, module), Writer(plan.place, module))
        yield writer.module((bool(prefix),))


def client_module(api: Api, plan: Plan) -> ResourceModule:
    """The module of the clients: the root of the tree, with both classes."""
    runtime = Writer(plan.place, "._client")
    for module, name in (
        ("._runtime.verbs", "SyncClient"),
        ("._runtime.verbs", "AsyncClient"),
        ("._info", "INFO"),
        ("functools", "cached_property"),
    ):
        runtime.use(module, name)
    return ResourceWriter(api, plan, api.root, runtime, Writer(plan.place, "._client")).module((False, True))
