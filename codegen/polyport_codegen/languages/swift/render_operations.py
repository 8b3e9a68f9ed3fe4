"""Resource types and the client as Swift text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment

from ...ir.access import SecurityScheme
from ...ir.model import Api, MediaKind, Pagination
from ...lower.layout import Group, layout
from ...target import Settings
from .declarations import Argument, Method, ResourceType, SentParameter
from .docs import WIDTH, comment, deprecation, described, first_paragraph, parameter_list
from .expr import spelled
from .naming import LOCALS, label, literal, quoted
from .render_types import constant, parameters

_OPTIONS = "options: CallOptions = CallOptions()"
_OPTIONS_DOC = ("options", "What this call does differently from the client's settings.")
_RETURNS = {
    "json": "The decoded answer.",
    "optionalJSON": "The decoded answer; nil when the server gives none.",
    "text": "The text.",
    "binary": "The file, whose bytes are still on their way.",
    "events": "The events as they arrive. The call is made when the iteration begins.",
    "pages": "All items, page by page. The first call is made when the iteration begins.",
}


def security(scheme: SecurityScheme) -> str | None:
    """A security scheme in the runtime's terms; None for one that clients only document."""
    if scheme.shown in ("bearer", "basic"):
        return f".{scheme.shown}"
    return f".{scheme.shown}({literal(scheme.wire_name)})" if scheme.shown in ("header", "query", "cookie") else None


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

    def resource(self, resource: ResourceType) -> str:
        """The file of a resource; the root is the client."""
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
        schemes = (security(s) for s in self._api.security_schemes.values())
        return template.render(
            name=names[resource.symbol],
            docs=comment(described(resource.docs, f"Calls of {title}." if resource.path else self._api.title)),
            children=children,
            operations=[self._operation(m) for m in resource.methods],
            methods=[text for m in resource.methods for text in self._methods(m)],
            prefix=self._settings.env_prefix,
            base_url=literal(self._settings.base_url),
            user_agent=literal(f"{self._settings.package}/{self._settings.version}"),
            security=", ".join(dict.fromkeys(s for s in schemes if s)),
        )

    def call(self, argument: Argument) -> str:
        """An argument in the declaration of a method."""
        name = self._names[argument.symbol]
        declared = f"{name} {name}_" if name in LOCALS else quoted(name)
        return f"{declared}: {spelled(argument.type, self._names)}{' = nil' if argument.is_optional else ''}"

    def local(self, symbol: str) -> str:
        """What an argument is called inside its method."""
        name = self._names[symbol]
        return f"{name}_" if name in LOCALS else quoted(name)

    def _operation(self, method: Method) -> dict[str, str]:
        op = method.operation
        items = [f"id: {literal(op.id)}", f"method: {literal(op.method)}", f"path: {literal(op.path)}"]
        accept = "application/json"
        if method.kind == "events":
            assert op.stream is not None
            accept = op.stream.media.content_type
            if op.stream.media.kind is MediaKind.JSONL:
                items.append("answer: .lines")
            else:
                items.append(
                    f"answer: .events(terminator: {literal(op.stream.terminator) if op.stream.terminator else 'nil'})"
                )
        elif method.kind in ("text", "binary"):
            items.append(f"answer: .{method.kind}")
        if method.kind != "events" and op.result is not None and op.result.media is not None:
            accept = op.result.media.content_type
        if accept != "application/json":
            items.append(f"accept: {literal(accept)}")
        schemes = (security(self._api.security_schemes[s]) for s in op.schemes if s in self._api.security_schemes)
        if known := [s for s in schemes if s]:
            items.append(f"security: [{', '.join(known)}]")
        if op.server is not None:
            items.append(f"server: {literal(op.server)}")
        name = f"{self._names[method.symbol]}Operation"
        head = f"private static let {name} = APIOperation("
        return {"name": name, "text": layout(Group(head, items, ")", trailing=False), width=WIDTH, column=4, level=1)}

    def _methods(self, method: Method) -> list[str]:
        """The method whose body is one argument, and before it the one that takes the body's members."""
        example = f"```swift\n{self._examples[method.symbol]}\n```"
        if method.flat is not None:
            out = [self._flat(method, example), self._method(method)]
        else:
            out = [self._method(method, example)]
        if method.body is not None and method.body.others and method.kind != "events":
            out.append(self._method(method, raw=True))
        return out

    def _head(self, method: Method, items: list[str], pairs: list[tuple[str, str]], example: str) -> dict[str, Any]:
        op = method.operation
        docs = described(method.docs, f"`{op.method} {op.path}`")
        if example:
            docs += f"\n\n{example}"
        returns = parameter_returns(method)
        is_lazy = method.kind in ("events", "pages")
        effects = "" if is_lazy else " async throws"
        result = f" -> {spelled(method.result, self._names)}" if method.result is not None else ""
        name = quoted(self._names[method.symbol])
        return {
            "docs": comment(docs, 4),
            "parameters": parameter_list([*pairs, _OPTIONS_DOC], 4),
            "returns": returns,
            "throws": ""
            if is_lazy
            else "    /// - Throws: ``APIError``, or `CancellationError` when the task is cancelled.\n",
            "deprecation": deprecation(method.docs, 4),
            "signature": parameters(f"public func {name}(", [*items, _OPTIONS], f"{effects}{result} {{", 1),
        }

    def _pairs(self, arguments: tuple[Argument, ...]) -> list[tuple[str, str]]:
        return [
            (
                self._names[a.symbol],
                first_paragraph(a.docs, f"The API's `{a.symbol.rpartition('/')[2]}`.", default=a.default),
            )
            for a in arguments
        ]

    def _flat(self, method: Method, example: str) -> str:
        """Takes the members of the body one by one, and hands them on as one value."""
        assert method.flat is not None
        assert method.body is not None
        required = [a for a in method.arguments if not a.is_optional]
        extra = [a for a in method.arguments if a.is_optional]
        flat = method.flat_arguments
        ordered = (*required, *(a for a in flat if not a.is_optional), *(a for a in flat if a.is_optional), *extra)
        members = [
            f"{label(self._names[m.property])}: {self.local(m.argument) if m.argument else constant(m.constant or False)}"
            for m in method.flat_members
        ]
        passed = [f"{label(self._names[a.symbol])}: {self.local(a.symbol)}" for a in required]
        passed.append("body" if method.body.required else "body.unlessEmpty()")
        passed += [f"{label(self._names[a.symbol])}: {self.local(a.symbol)}" for a in extra]
        effects = "" if method.kind in ("events", "pages") else "try await "
        name = self._names[method.symbol]
        # An argument of the same name would be called instead.
        target = f"self.{name}" if any(self._names[a.symbol] == name for a in ordered) else quoted(name)
        lines = [
            *_lines(f"let body = {self._names[method.flat]}(", members),
            *_lines(f"return {effects}{target}(", [*passed, "options: options"]),
        ]
        items = [self.call(a) for a in ordered]
        values = self._head(method, items, self._pairs(ordered), example)
        return self._env.get_template("method.swift.j2").render(**values, lines=lines)

    def _method(self, method: Method, example: str = "", *, raw: bool = False) -> str:
        """Builds the request and makes the call. `raw`: with a body of one of the other media types."""
        required = tuple(a for a in method.arguments if not a.is_optional)
        extra = tuple(a for a in method.arguments if a.is_optional)
        items = [self.call(a) for a in required]
        pairs = self._pairs(required)
        body = method.body
        taken = {self._names[a.symbol] for a in method.arguments}
        name = "requestBody" if "body" in taken else "body"
        lines = [f"var call = core.request(Self.{self._names[method.symbol]}Operation, options)"]
        if body is not None and raw:
            items.append(f"raw {name}: Upload")
            pairs.append(("raw", f"The body as bytes of one of the types {', '.join(body.others)}."))
        elif body is not None:
            # A second method that could be called without a body would be ambiguous.
            default = "" if body.required or method.flat is not None else " = nil"
            items.append(f"_ {name}: {spelled(body.type, self._names)}{default}")
            pairs.append((name, first_paragraph(body.docs, "The body of the request.")))
        items += [self.call(a) for a in extra]
        sent = [self._sent(p) for p in method.parameters]
        lines += sent
        if body is not None:
            lines += self._body(method, name, raw)
        selector = method.operation.stream.selector if method.is_streaming_twin and method.operation.stream else None
        if selector is not None and selector.location != "body":
            lines.append(f"call.{selector.location}({literal(selector.wire_name)}, {constant(selector.value)})")
        if len(lines) == 1:
            lines[0] = lines[0].replace("var call", "let call", 1)
        values = self._head(method, items, [*pairs, *self._pairs(extra)], example)
        if method.kind == "pages":
            assert method.operation.pagination is not None
            lines += _lines("let rule = PageRule(", _rule(method.operation.pagination))
        lines.append(
            {
                "events": "return EventStream(core: core, request: call)",
                "pages": "return PagedList(core: core, request: call, rule: rule)",
                "void": "try await core.void(call)",
            }.get(method.kind, f"return try await core.{method.kind}(call)")
        )
        return self._env.get_template("method.swift.j2").render(**values, lines=lines)

    def _sent(self, p: SentParameter) -> str:
        value = constant(p.constant) if p.constant is not None else self.local(p.argument or "")
        standard = {"path": ("simple", False), "header": ("simple", False)}.get(p.location, ("form", True))
        more = f", .{p.style}" if p.style != standard[0] else ""
        if p.explode != standard[1]:
            more += f", explode: {constant(p.explode)}"
        if p.allow_reserved and p.location in ("path", "query"):
            more += ", allowReserved: true"
        return f"call.{p.location}({literal(p.wire_name)}, {value}{more})"

    def _body(self, method: Method, name: str, raw: bool) -> list[str]:
        body = method.body
        assert body is not None
        if raw:
            return [f"call.body = .binary({name}, contentType: {literal(body.others[0])})"]
        if body.kind == "json":
            selector = (
                method.operation.stream.selector if method.is_streaming_twin and method.operation.stream else None
            )
            setting = ""
            if selector is not None and selector.location == "body":
                setting = f", setting: {literal(selector.wire_name)}, to: {constant(selector.value)}"
            return [f"call.json({name}{setting})"]
        value = {
            "multipart": f".multipart({name}{'.form()' if body.is_struct else '.fields'})",
            "form": f".form({name}{'.form()' if body.is_struct else '.fields'})",
            "text": f".text({name}, contentType: {literal(body.content_type)})",
            "binary": f".binary({name}, contentType: {literal(body.content_type)})",
        }[body.kind].replace(f"{name}.fields", f"FormFields({name}.jsonValue)")
        return [f"call.body = {value}"] if body.required else [f"if let {name} {{ call.body = {value} }}"]


def parameter_returns(method: Method) -> str:
    """The `- Returns:` line, with its line end; empty when nothing comes back."""
    text = _RETURNS.get(method.kind, "")
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
