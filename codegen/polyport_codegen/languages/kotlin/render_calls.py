"""Calls to methods: signatures, bodies, and the descriptors that the transport sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...ir.access import SecurityScheme
from ...ir.model import Location, MediaKind, Operation, Pagination, Parameter, Result, Stream
from ...lower.layout import Group, Part, layout
from .calls import Argument, Call
from .kdoc import member_text
from .lower import Lowering
from .naming import quoted
from .source import Source, literal

if TYPE_CHECKING:
    from .render import Renderer

_STYLES = {
    "simple": "SIMPLE",
    "label": "LABEL",
    "matrix": "MATRIX",
    "form": "FORM",
    "spaceDelimited": "SPACE_DELIMITED",
    "pipeDelimited": "PIPE_DELIMITED",
    "deepObject": "DEEP_OBJECT",
    "json": "JSON",
}
_BODIES = {
    MediaKind.JSON: "JSON",
    MediaKind.FORM: "FORM",
    MediaKind.MULTIPART: "MULTIPART",
    MediaKind.BINARY: "BINARY",
    MediaKind.TEXT: "TEXT",
    MediaKind.SSE: "TEXT",
    MediaKind.JSONL: "TEXT",
}


@dataclass(frozen=True, slots=True)
class CallRenderer:
    """Resolves calls for the templates."""

    lowering: Lowering
    names: Mapping[str, str]

    def methods(self, renderer: Renderer, source: Source, call: Call) -> Iterator[dict[str, Any]]:
        """The methods of one operation: plain or streaming or both, and each with bare strings for unions.

        `POST /chats` with the body `{required: [text], properties: {text: ..., seed: ...}}` becomes

            suspend fun create(text: String, options: CallOptions? = null, block: ChatsCreateParams.() -> Unit = {}): Chat

        with `var seed: Long?` in `ChatsCreateParams`.
        """
        operation = call.operation
        for streaming in self.forms(operation):
            name = self.method_name(operation, streaming=streaming)
            values = [renderer.argument(source, a.member) for a in call.required]
            example = renderer.examples.call(call, f"{renderer.access(operation)}.{quoted(name)}", indent=12)
            yield self._method(source, call, streaming, name, values, example, bare=False)
            if any(v["union"] for v in values):
                yield self._method(source, call, streaming, name, values, example, bare=True)

    def method_name(self, operation: Operation, *, streaming: bool) -> str:
        """The name of one form's method."""
        both = streaming and operation.result is not None
        return self.names[f"{'streaming' if both else 'method'}:{operation.id}"]

    def forms(self, operation: Operation) -> list[bool]:
        """Which forms there are: False the plain one, True the streaming one."""
        forms = [] if operation.result is None and operation.stream is not None else [False]
        return [*forms, True] if operation.stream is not None else forms

    def _method(
        self,
        source: Source,
        call: Call,
        streaming: bool,
        name: str,
        values: list[dict[str, Any]],
        example: str | None,
        *,
        bare: bool,
    ) -> dict[str, Any]:
        operation = call.operation
        params_class = self.params_class(source, call)
        params = [f"{v['name']}: {'String' if bare and v['union'] else v['type']}" for v in values]
        params.append(f"options: {source.core('CallOptions')}? = null")
        params.append(f"block: {params_class}.() -> Unit = {{}}")
        returns, run = self._answer(source, operation, streaming)
        head = "public fun " if streaming else "public suspend fun "
        signature = head + quoted(name)
        after = "" if returns == "Unit" and not bare else f": {returns}"
        passed = [f"{v['union']}.of({v['name']})" if v["union"] else v["name"] for v in values]
        tags = [
            (f"param {self.names[a.member.symbol]}", a.member.docs.text) for a in call.required if a.member.docs.text
        ]
        mangled = any(self.lowering.is_value_class(a.member.type) for a in call.required)
        return {
            "signature": layout(Group(signature + "(", params, ")"), width=116 - len(after), column=4, level=1) + after,
            "example": f"```kotlin\n{example}{'.collect { println(it) }' if streaming else ''}\n```" if example else "",
            "bare": f"{quoted(name)}({', '.join([*passed, 'options', 'block'])})" if bare else None,
            "docs": operation.docs,
            "tags": tags,
            "jvm": literal(name) if mangled else None,
            "statements": [] if bare else self._statements(source, call, streaming, values),
            "params": params_class,
            "returns": returns != "Unit",
            "run": layout(run(self.operation_expression(operation, streaming)), width=112, column=8, level=2),
            "streaming": streaming,
        }

    def params_class(self, source: Source, call: Call) -> str:
        """The receiver of the call's trailing block."""
        if not call.optional:
            return source.core("EmptyParams")
        name = self.names[f"params:{call.operation.id}"]
        if source.package != source.packages.resources:
            source.imports.add(f"{source.packages.resources}.{name}")
        return name

    def _statements(self, source: Source, call: Call, streaming: bool, values: list[dict[str, Any]]) -> list[str]:
        out = []
        for argument in call.constants:
            member = argument.member
            out.append(
                self._put(source, argument, literal(member.wire), source.codec(member.type), literal(member.const))
            )
        for argument, value in zip(call.required, values, strict=True):
            codec = value["codec"]
            if argument.member.nullable:
                codec = f"{source.core('NullableCodec')}({codec})"
            out.append(self._put(source, argument, value["wire"], codec, value["name"]))
        selector = call.operation.stream.selector if streaming and call.operation.stream else None
        if selector is not None:
            codec = source.core("BooleanCodec" if isinstance(selector.value, bool) else "StringCodec")
            wire, value_text = literal(selector.wire_name), literal(selector.value)
            if selector.location == "body":
                out.append(f"sent.put({wire}, {codec}, {value_text})")
            else:
                place = f"{source.core('Location')}.{selector.location.upper()}"
                out.append(f"sent.put({place}, {wire}, {codec}, {value_text})")
        return out

    def _put(self, source: Source, argument: Argument, wire: str, codec: str, value: str) -> str:
        match argument.place:
            case "member":
                return f"sent.put({wire}, {codec}, {value})"
            case "file":
                return f"sent.files[{wire}] = {value if argument.member.type.name == 'List' else f'listOf({value})'}"
            case "body":
                if argument.member.type.name == "Upload":
                    return f"sent.upload = {value}"
                return f"sent.whole = {codec}.encode({value})"
            case place:
                return f"sent.put({source.core('Location')}.{place.upper()}, {wire}, {codec}, {value})"

    def _answer(self, source: Source, operation: Operation, streaming: bool) -> tuple[str, Callable[[str], Part]]:
        """The return type, and the call of the runtime, given the operation's descriptor."""

        def run(method: str, *codecs: Part) -> Callable[[str], Part]:
            return lambda descriptor: Group(f"client.{method}(", [descriptor, "sent", "options", *codecs], ")")

        if streaming:
            stream = _must(operation.stream)
            type = self.lowering.type_of(stream.media.type)
            kind = "lines" if stream.media.kind is MediaKind.JSONL else "events"
            return f"{source.lib('Flow')}<{source.type(type)}>", run(kind, source.codec(type))
        result = operation.result or Result()
        if operation.pagination is not None and result.type is not None:
            item = self.lowering.type_of(operation.pagination.item_type)
            body = self.lowering.type_of(result.type).inner
            plan = self._page_plan(source, operation.pagination)
            returns = f"{source.core('Page')}<{source.type(item)}, {source.type(body)}>"
            return returns, run("page", source.codec(body), source.codec(item), plan)
        if result.media is None:
            return "Unit", run("send")
        if result.type is not None:
            type = self.lowering.type_of(result.type)
            if result.optional:
                return f"{source.type(type.inner)}?", run("callOptional", source.codec(type.inner))
            return source.type(type), run("call", source.codec(type))
        if result.media.kind is MediaKind.TEXT:
            return "String", run("text")
        return source.core("BinaryResponse"), run("binary")

    def _page_plan(self, source: Source, pagination: Pagination) -> Part:
        args = [f"{source.core('PageStyle')}.{pagination.style.name}", _list(pagination.items)]
        for name, value in (
            ("requestMember", pagination.request_member),
            ("cursorField", pagination.cursor_field),
            ("limitMember", pagination.limit_member),
        ):
            if value:
                args.append(f"{name} = {literal(value)}")
        for name, path in (
            ("nextCursor", pagination.next_cursor),
            ("hasMore", pagination.has_more),
            ("totalPages", pagination.total_pages),
        ):
            if path:
                args.append(f"{name} = {_list(path)}")
        if pagination.first != 1:
            args.append(f"first = {pagination.first}")
        return Group(f"{source.core('PagePlan')}(", args, ")")

    # -- the optional arguments --------------------------------------------------------------------------------------

    def optional(self, renderer: Renderer, source: Source, argument: Argument) -> dict[str, Any]:
        """A property of the receiver of the trailing block."""
        member = argument.member
        upload = argument.place == "file" or (argument.place == "body" and member.type.name == "Upload")
        many = member.type.name == "List"
        codec = "" if upload else source.codec(member.type)
        wire = literal(member.wire)
        match argument.place:
            case "file":
                files = "Files" if many else "File"
                get, put = f"read{files}({wire})", f"write{files}({wire}, value)"
            case "body" if upload:
                get, put = "readUpload()", "writeUpload(value)"
            case "body":
                get, put = f"readWhole({codec})", f"writeWhole({codec}, value)"
            case "member":
                write = "writeNullable" if member.nullable else "write"
                get, put = f"read({wire}, {codec})", f"{write}({wire}, {codec}, value)"
            case place:
                where = f"{source.core('Location')}.{place.upper()}, {wire}, {codec}"
                get, put = f"readParameter({where})", f"writeParameter({where}, value)"
        union = self.lowering.string_union(member.type)
        return {
            "name": quoted(self.names[member.symbol]),
            "type": source.type(member.type) + "?",
            "get": get,
            "put": put,
            "jvm": renderer.member(source, member)["jvm"] if not upload else None,
            "docs": member.docs,
            "text": member_text(member.docs, member.default, member.wire),
            "text_union": source.decl(member.type.decl) if union is not None else None,
        }

    # -- descriptors -------------------------------------------------------------------------------------------------

    def descriptor(self, source: Source, call: Call) -> dict[str, Any]:
        """The function that makes an operation's descriptor."""
        operation = call.operation
        args: list[Part] = [
            f"id = {literal(operation.id)}",
            f"method = {literal(operation.method)}",
            f"path = {literal(operation.path)}",
        ]
        if operation.parameters:
            args.append(Group("parameters = listOf(", [self._parameter(source, p) for p in operation.parameters], ")"))
        if operation.body is not None:
            args.append(self._body_spec(source, operation))
        accept = self._accept(operation.result)
        if accept != "application/json":
            args.append(f"accept = {literal(accept)}")
        if operation.schemes:
            args.append(f"security = {_list(operation.schemes)}")
        if operation.server is not None:
            args.append(f"server = {literal(operation.server)}")
        name = f"{self.names[f'method:{operation.id}']}Operation"
        if operation.stream is not None and operation.result is None:
            args.append(f"accept = {literal(operation.stream.media.content_type)}")
            if operation.stream.terminator is not None:
                args.append(f"terminator = {literal(operation.stream.terminator)}")
        head = f"private fun {name}(): {source.core('Operation')} ="
        return {
            "head": head,
            "body": layout(Group(f"{source.core('Operation')}(", args, ")"), width=112, column=8, level=2),
        }

    def operation_expression(self, operation: Operation, streaming: bool) -> str:
        """The expression for the descriptor of one form."""
        name = f"{self.names[f'method:{operation.id}']}Operation()"
        if streaming and operation.result is not None:
            stream = _must(operation.stream)
            terminator = literal(stream.terminator) if stream.terminator is not None else "null"
            return f"{name}.streaming({literal(stream.media.content_type)}, {terminator})"
        return name

    def _accept(self, result: Result | None) -> str:
        if result is None or result.media is None or result.media.kind is MediaKind.JSON:
            return "application/json"
        return result.media.content_type

    def _parameter(self, source: Source, parameter: Parameter) -> str:
        args = [
            f"{source.core('Location')}.{parameter.location.name}",
            literal(parameter.wire_name),
            f"{source.core('Style')}.{_STYLES[parameter.style.value]}",
            literal(parameter.explode),
        ]
        if parameter.allow_reserved and parameter.location in (Location.QUERY, Location.PATH):
            args.append("allowReserved = true")
        return f"{source.core('Parameter')}({', '.join(args)})"

    def _body_spec(self, source: Source, operation: Operation) -> Part:
        body = operation.body
        assert body is not None
        args: list[Part] = [
            f"{source.core('BodyKind')}.{_BODIES[body.media.kind]}",
            literal(body.media.content_type),
            literal(body.required),
        ]
        if body.media.encodings:
            pairs = [
                f"{literal(e.member)} to {source.core('MemberEncoding')}({literal(e.content_type) if e.content_type else 'null'}, "
                f"{source.core('Style')}.{_STYLES[e.style.value]}, {literal(e.explode)})"
                for e in body.media.encodings
            ]
            args.append(Group("encodings = mapOf(", pairs, ")"))
        if body.media.kind is MediaKind.MULTIPART:
            names = [literal(f.wire_name) for f in self.lowering.api.body_fields(operation)]
            args.append(Group("members = listOf(", names, ")"))
        return Group(f"body = {source.core('BodySpec')}(", args, ")")

    def scheme(self, source: Source, scheme: SecurityScheme) -> str:
        """An entry of the map of security schemes."""
        args = [f"{source.core('SecurityKind')}.{scheme.shown.upper()}"]
        if scheme.wire_name:
            args.append(literal(scheme.wire_name))
        return f"{literal(scheme.id)} to {source.core('SecurityScheme')}({', '.join(args)})"


def _must(stream: Stream | None) -> Stream:
    assert stream is not None
    return stream


def _list(values: tuple[str, ...]) -> str:
    return f"listOf({', '.join(literal(v) for v in values)})" if values else "emptyList()"
