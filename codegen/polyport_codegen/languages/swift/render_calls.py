"""Resource types and the client as Swift text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Environment

from ...ir.access import SecurityScheme
from ...ir.model import Api, EventForm, Pagination, Parameter
from ...lower import calls
from ...lower.calls import BodyKind, Form, FormKind, Place
from ...lower.layout import Group, layout
from ...lower.outline import call_docs, headers_told
from ...lower.secrets import secret_headers
from ...lower.servers import servers_of
from ...target import Settings
from .declarations import Argument, BodyArgument, Method, ResourceType
from .files import chunks
from .naming import LOCALS, label, literal, lower_camel, quoted
from .prose import WIDTH, comment, deprecation, described, first_block, parameter_list
from .render_servers import servers_expression
from .render_types import constant, parameters
from .types import OptionalOf, expr, spelled

_OPTIONS = "options: CallOptions = CallOptions()"
_OPTIONS_DOC = ("options", "What this call does differently from the client's settings.")
_RETURNS = {
    FormKind.JSON: "The decoded answer.",
    FormKind.TEXT: "The text.",
    FormKind.BINARY: "The file, whose bytes are still on their way.",
    FormKind.MIXED: "The decoded answer, the text, or the file: what the server sent.",
    FormKind.EVENTS: "The events as they arrive. The call is made when the iteration begins.",
    FormKind.LINES: "The values as they arrive. The call is made when the iteration begins.",
    FormKind.PAGES: "All items, page by page. The first call is made when the iteration begins.",
}
#: The method of the runtime that makes the call.
_RUNS = {
    FormKind.NONE: "void",
    FormKind.JSON: "json",
    FormKind.TEXT: "text",
    FormKind.BINARY: "binary",
    FormKind.MIXED: "mixed",
}
_OPTIONAL_RUNS = {FormKind.JSON: "optionalJSON", FormKind.MIXED: "optionalMixed"}
_FORM = "application/x-www-form-urlencoded"
_DEFAULT_STYLES = {"path": ("simple", False), "header": ("simple", False)}


def _place(scheme: SecurityScheme) -> str:
    """Where a scheme's credential travels, in the runtime's terms."""
    return f".{scheme.shown}({literal(scheme.wire_name)})" if scheme.wire_name else f".{scheme.shown}"


class OperationRenderer:
    """Renders resources with the planner's names."""

    def __init__(
        self, env: Environment, names: Mapping[str, str], api: Api, settings: Settings, examples: Mapping[str, str]
    ) -> None:
        self._env = env
        self._names = names
        self._api = api
        self._settings = settings
        #: Example calls, by the method's symbol.
        self._examples = examples

    def resource(self, resource: ResourceType) -> tuple[str, ...]:
        """The files of a resource; the root is the client. One whose calls make it too long has them in extensions."""
        names = self._names
        title = " ".join(word for step in resource.path for word in step)
        template = self._env.get_template("resource.swift.j2" if resource.path else "client.swift.j2")
        children = [
            {
                "name": quoted(names[c.symbol]),
                "type": names[c.type_symbol],
                "docs": comment(described(c.docs, f"Calls of `{names[c.symbol]}`."), 4),
            }
            for c in resource.children
        ]
        methods = ["\n\n".join(map(str.rstrip, (self._operation(m), *self._methods(m)))) for m in resource.methods]
        inside, *more = chunks(methods)
        text = template.render(
            name=names[resource.symbol],
            docs=comment(described(resource.docs, f"Calls of {title}." if resource.path else self._api.title)),
            children=children,
            methods=inside,
            prefix=self._settings.env_prefix,
            **({} if resource.path else self._info()),
        )
        extension = self._env.get_template("extension.swift.j2")
        return (text, *(extension.render(name=names[resource.symbol], members=members) for members in more))

    def _info(self) -> dict[str, str]:
        """What the client tells the runtime of its API."""
        prefix = self._settings.env_prefix
        schemes = calls.schemes(self._api)
        made = [
            f"CredentialScheme({literal(s.id)}, {_place(s)}, variable: {literal(f'{prefix}_{s.env}')})" for s in schemes
        ]
        secrets = [literal(name) for name in secret_headers(self._api)]
        names = ", ".join(f"`{s.id}` ({prefix}_{s.env})" for s in schemes)
        return {
            "package": literal(f"{self._settings.package}/{self._settings.version}"),
            "prefix_literal": literal(prefix),
            "base_url": literal(self._settings.base_url),
            "servers": servers_expression(servers_of(self._api, self._settings.base_url), prefix),
            "schemes": layout(Group("[", made, "]", trailing=False), width=WIDTH - 1, column=17, level=2),
            "secret_headers": layout(Group("[", secrets, "]", trailing=False), width=WIDTH - 1, column=23, level=2),
            "scheme_names": f": {names}" if names else "",
        }

    def call(self, argument: Argument) -> str:
        """An argument in the declaration of a method."""
        name = self._names[argument.symbol]
        declared = f"{name} {name}_" if name in LOCALS else quoted(name)
        return f"{declared}: {spelled(argument.type, self._names)}{' = nil' if argument.is_optional else ''}"

    def local(self, symbol: str) -> str:
        """What an argument is called inside its method."""
        name = self._names[symbol]
        return f"{name}_" if name in LOCALS else quoted(name)

    def _operation(self, method: Method) -> str:
        op, form = method.call.operation, method.form
        items = [f"id: {literal(op.id)}", f"method: {literal(op.method)}", f"path: {literal(op.path)}"]
        if form.kind is FormKind.LINES:
            items.append("answer: .lines")
        elif form.kind is FormKind.EVENTS:
            items.append(f"answer: .events({', '.join(_events(form))})")
        elif form.kind in (FormKind.TEXT, FormKind.BINARY):
            items.append(f"answer: .{_RUNS[form.kind]}")
        elif form.kind is FormKind.MIXED:
            items.append(f"answer: .any([{', '.join(f'.{kind.value}' for kind in form.answers)}])")
        if form.accept != "application/json":
            items.append(f"accept: {literal(form.accept)}")
        if any(method.call.security):
            ways = (f"[{', '.join(literal(s.id) for s in together)}]" for together in method.call.security)
            items.append(f"security: [{', '.join(ways)}]")
        if op.server is not None:
            items.append(f"server: {literal(op.server)}")
        name = f"{self._names[method.symbol]}Operation"
        head = f"    private static let {name} = APIOperation("
        return layout(Group(head, items, ")", trailing=False), width=WIDTH, level=1)

    def _methods(self, method: Method) -> list[str]:
        """The method whose body is one argument, and before it the one that takes the body's members."""
        example = f"```swift\n{self._examples[method.symbol]}\n```"
        if method.flat is not None:
            out = [self._flat(method, example), self._method(method)]
        else:
            out = [self._method(method, example)]
        return out + [self._method(method, other=other) for other in method.others]

    def _head(self, method: Method, items: list[str], pairs: list[tuple[str, str]], example: str) -> dict[str, Any]:
        op = method.call.operation
        docs = "\n\n".join(part for part in (described(call_docs(method.call)), *self._told(method), example) if part)
        is_lazy = method.form.kind.streams or method.form.kind is FormKind.PAGES
        effects = "" if is_lazy else " async throws"
        result = f" -> {spelled(method.result, self._names)}" if method.result is not None else ""
        name = quoted(self._names[method.symbol])
        return {
            "docs": comment(docs, 4),
            "parameters": parameter_list([*pairs, _OPTIONS_DOC], 4),
            "returns": _returns(method),
            "throws": ""
            if is_lazy
            else "    /// - Throws: ``APIError``, or `CancellationError` when the task is cancelled.\n",
            "deprecation": deprecation(op.docs, 4),
            "signature": parameters(f"public func {name}(", [*items, _OPTIONS], f"{effects}{result} {{", 1),
        }

    def _told(self, method: Method) -> Iterator[str]:
        """What the answers say besides their bodies: headers, and the bodies of errors."""
        op = method.call.operation
        if headers := headers_told(op):
            yield f"`withRawResponse` gives the headers of the answer:\n\n{headers}"
        own = ((status, type) for status, type in op.errors if type != self._api.error_type)
        errors = [f"{status} `{spelled(expr(type, self._api.decls), self._names)}`" for status, type in own]
        if errors:
            yield f"`APIStatusError.decoded(as:)` reads the bodies of errors: {', '.join(errors)}."

    def _pairs(self, arguments: Sequence[Argument]) -> list[tuple[str, str]]:
        """The arguments that there is something to say of."""
        texts = ((a, first_block(a.asked.docs, default=a.asked.default)) for a in arguments)
        return [(self._names[a.symbol], text) for a, text in texts if text]

    def _flat(self, method: Method, example: str) -> str:
        """Takes the members of the body one by one, and hands them on as one value."""
        assert method.flat is not None
        assert method.body is not None
        ordered = method.flat_arguments
        members = [
            f"{label(self._names[m.property])}: {self.local(m.argument) if m.argument else constant(m.constant or False)}"
            for m in method.flat_members
        ]
        path, rest = _around_body(method)
        given = "body" if method.body.plan.required else "body.unlessEmpty()"
        passed = [
            *(f"{label(self._names[a.symbol])}: {self.local(a.symbol)}" for a in path),
            given,
            *(f"{label(self._names[a.symbol])}: {self.local(a.symbol)}" for a in rest),
        ]
        is_lazy = method.form.kind.streams or method.form.kind is FormKind.PAGES
        effects = "" if is_lazy else "try await "
        name = self._names[method.symbol]
        # What has the same name here would be called instead.
        hiding = {"body", "options", *(self._names[a.symbol] for a in ordered)}
        target = f"self.{name}" if name in hiding else quoted(name)
        lines = [
            *_lines(f"let body = {self._names[method.flat]}(", members),
            *_lines(f"return {effects}{target}(", [*passed, "options: options"]),
        ]
        items = [self.call(a) for a in ordered]
        values = self._head(method, items, self._pairs(ordered), example)
        return self._env.get_template("method.swift.j2").render(**values, lines=lines)

    def _method(self, method: Method, example: str = "", *, other: BodyArgument | None = None) -> str:
        """Builds the request and makes the call. `other`: with the body in one of its other forms."""
        path, rest = _around_body(method)
        items = [self.call(a) for a in path]
        pairs = self._pairs(path)
        body = other or method.body
        taken = {self._names[a.symbol] for a in method.arguments}
        name = "requestBody" if "body" in taken else "body"
        lines = [f"var call = core.request(Self.{self._names[method.symbol]}Operation, options)"]
        if other is not None and other.plan.whole is not None:
            # A member of the body may have the bare name.
            label_of = lower_camel(("as", *other.plan.whole.words))
            items.append(f"{label_of} {name}: {spelled(other.type, self._names)}")
            pairs.append((name, f"The body as {' or '.join(f'`{t}`' for t in other.plan.content_types)}."))
        elif body is not None:
            # A second method that could be called without a body would be ambiguous.
            default = "" if body.plan.required or method.flat is not None else " = nil"
            items.append(f"_ {name}: {spelled(body.type, self._names)}{default}")
            pairs.append((name, first_block(body.plan.docs) or "The body of the request."))
        items += [self.call(a) for a in rest]
        lines += [self._sent(method, p) for p in method.call.operation.parameters]
        if body is not None:
            lines += self._body(method, body, name)
        if len(lines) == 1:
            lines[0] = lines[0].replace("var call", "let call", 1)
        values = self._head(method, items, [*pairs, *self._pairs(rest)], example)
        if method.call.paging is not None:
            lines += _lines("let rule = PageRule(", _rule(method.call.paging.rule))
        lines.append(_made(method))
        return self._env.get_template("method.swift.j2").render(**values, lines=[line for line in lines if line])

    def _sent(self, method: Method, p: Parameter) -> str:
        call = method.call
        asked = call.argument(Place(p.location.value), p.wire_name)
        assert asked is not None
        if asked is call.selector:
            if method.form.selects is None:
                return ""
            value = constant(method.form.selects)
        else:
            value = constant(asked.const.value) if asked.const is not None else self.local(asked.symbol)
        standard = _DEFAULT_STYLES.get(p.location.value, ("form", True))
        more = f", .{p.style.value}" if p.style.value != standard[0] else ""
        if p.explode != standard[1]:
            more += f", explode: {constant(p.explode)}"
        if p.allow_reserved and p.location.value in ("path", "query"):
            more += ", allowReserved: true"
        return f"call.{p.location.value}({literal(p.wire_name)}, {value}{more})"

    def _body(self, method: Method, body: BodyArgument, name: str) -> list[str]:
        plan = body.plan
        if plan.kind is BodyKind.JSON:
            selector, value = method.call.selector, method.form.selects
            setting = ""
            if selector is not None and selector.place is Place.MEMBER and value is not None:
                setting = f", setting: {literal(selector.wire)}, to: {constant(value)}"
            media = f", contentType: {literal(plan.content_type)}" if plan.content_type != "application/json" else ""
            given = f"{name}?.jsonValue ?? .null" if plan.required and isinstance(body.type, OptionalOf) else name
            return [f"call.json({given}{media}{setting})"]
        if plan.kind is BodyKind.LINES:
            return [f"call.lines({name}, contentType: {literal(plan.content_type)})"]
        if plan.kind in (BodyKind.TEXT, BodyKind.BINARY):
            made = f".{plan.kind.value}({name}, contentType: {literal(plan.content_type)})"
        else:
            fields = f"{name}.form()" if body.is_struct else f"FormFields({name}.jsonValue)"
            made = f".{plan.kind.value}({fields})"
        sent = [f"call.body = {made}"] if plan.required else [f"if let {name} {{ call.body = {made} }}"]
        if plan.kind is BodyKind.FORM and plan.content_type != _FORM:  # with parameters of its own
            sent.append(f'call.headers.setDefault("Content-Type", {literal(plan.content_type)})')
        return sent


def _around_body(method: Method) -> tuple[list[Argument], list[Argument]]:
    """The arguments before the body, and those after it."""
    path = [a for a in method.arguments if a.asked.place is Place.PATH]
    return path, [a for a in method.arguments if a.asked.place is not Place.PATH]


def _made(method: Method) -> str:
    """The call itself, which the method gives back."""
    kind = method.form.kind
    if kind is FormKind.PAGES:
        return "return PagedList(core: core, request: call, rule: rule)"
    if kind.streams:
        return "return EventStream(core: core, request: call)"
    if kind is FormKind.NONE:
        return "try await core.void(call)"
    return f"return try await core.{(_OPTIONAL_RUNS if _is_optional(method) else _RUNS)[kind]}(call)"


def _is_optional(method: Method) -> bool:
    return method.form.optional and method.form.kind in _OPTIONAL_RUNS


def _returns(method: Method) -> str:
    """The `- Returns:` line, with its line end; empty when nothing comes back."""
    text = _RETURNS.get(method.form.kind, "")
    if _is_optional(method):
        text = f"{text.rstrip('.')}; nil when the server gives none."
    return f"    /// - Returns: {text}\n" if text else ""


def _path(names: tuple[str, ...]) -> str:
    return f"[{', '.join(literal(n) for n in names)}]"


def _rule(p: Pagination) -> list[str]:
    """The arguments of the rule by which pages follow each other."""
    items = [f"style: .{p.style.value}", f"items: {_path(p.items)}"]
    if p.request_member:
        items.append(f"parameter: {literal(p.request_member)}")
    if p.next_cursor:
        items.append(f"nextCursor: {_path(p.next_cursor)}")
    if p.next_link:
        items.append(f"nextLink: {_path(p.next_link)}")
    if p.cursor_field:
        items.append(f"cursorField: {literal(p.cursor_field)}")
    if p.has_more:
        items.append(f"hasMore: {_path(p.has_more)}")
    if p.first != 1:
        items.append(f"first: {p.first}")
    if p.total_pages:
        items.append(f"totalPages: {_path(p.total_pages)}")
    if p.limit_member:
        items.append(f"limit: {literal(p.limit_member)}")
    return items


def _lines(head: str, items: list[str]) -> list[str]:
    """A call as the lines of a method's body."""
    return layout(Group(head, items, ")", trailing=False), width=WIDTH - 8).split("\n")


def _events(form: Form) -> list[str]:
    """How a stream of events ends, and what is given of them where that is not their JSON."""
    items = [f"terminator: {literal(form.terminator) if form.terminator else 'nil'}"]
    if form.event is EventForm.TEXT:
        items.append("form: .text")
    elif form.event is EventForm.WHOLE:
        items.append(f"form: .whole(texts: [{', '.join(map(literal, form.texts))}])")
    return items
