"""Calls as Kotlin text: resources and the client, their methods, and the receivers of trailing blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...ir.access import SecurityScheme
from ...ir.model import Resource
from ...lower.calls import Form, FormKind, Place, schemes
from ...lower.layout import Group, Part, layout
from ...lower.outline import call_docs, headers_told
from ...lower.secrets import secret_headers
from ...lower.servers import servers_of, told
from ...lower.symbols import child_id, dotted, method_id, resource_id
from ...target import OutFile
from .descriptors import Descriptor, descriptor, form_of, location, page_plan
from .naming import artifact_name, literal, quoted
from .prose import WIDTH, comment, deprecated, member_comment
from .render_members import MemberRenderer
from .render_servers import servers_expression
from .samples import Samples
from .shapes import expression, group
from .source import Project, Source
from .types import JSON, Argument, Call
from .views import Property, Value, settable


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a resource."""

    docs: str
    deprecated: str
    #: A name for the JVM, where an enum among the arguments would mangle it; a literal, or empty.
    jvm: str
    signature: str
    #: The expression body of the form that takes bare strings; empty for the one that does the work.
    body: str
    statements: Sequence[str]
    #: The class of the trailing block's receiver.
    params: str
    #: `return client.call(...)`
    run: str
    arguments: str


@dataclass(frozen=True, slots=True)
class ChildView:
    """A resource below another: its property."""

    docs: str
    definition: str


@dataclass(frozen=True, slots=True)
class ResourceView:
    """What `resource.kt.j2` lays out."""

    name: str
    docs: str
    client: str
    children: Sequence[ChildView]
    methods: Sequence[Method]
    descriptors: Sequence[Descriptor]


@dataclass(frozen=True, slots=True)
class ClientView:
    """What `client.kt.j2` lays out: the resource at the root, and what only a client has."""

    resource: ResourceView
    #: A type parameter that no class in sight is called.
    result: str
    options: str
    call_options: str
    endpoints: str
    raw_response: str
    capturing: str
    info: str
    config: str
    artifact: str
    version: str
    env_prefix: str
    base_url: str
    servers: str
    schemes: str
    secret_headers: str


@dataclass(frozen=True, slots=True)
class ParamsView:
    """What `params.kt.j2` lays out."""

    name: str
    operation: str
    base: str
    arguments: str
    settable: str


@dataclass(frozen=True, slots=True)
class Signature:
    """One form of a call in words: for lists of all calls."""

    name: str
    arguments: tuple[str, ...]
    returns: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a method gives, and the call of the runtime that gets it."""

    returns: str
    run: str
    #: What that call needs after the descriptor, the arguments and the options.
    codecs: tuple[Part, ...] = ()

    def part(self, descriptor: str) -> Part:
        """The call of the runtime."""
        return Group(f"client.{self.run}(", [descriptor, "sent", "options", *self.codecs], ")")


@dataclass(frozen=True, slots=True)
class CallRenderer:
    """Writes the client and the classes of `resources`."""

    project: Project
    members: MemberRenderer
    samples: Samples

    def files(self) -> Iterator[OutFile]:
        """The client, a file for each resource, and one for each call that has optional arguments."""
        for resource in self.project.package.api.root.walk():
            yield self._resource(resource)
            for id in resource.operations:
                call = self.project.package.calls[id]
                yield from (self._params(c) for c in call.all if c.optional)

    def _resource(self, resource: Resource) -> OutFile:
        project = self.project
        packages, names = project.packages, project.names
        root = not resource.path
        name = names[resource_id(resource.path)]
        source = Source(packages, packages.root if root else packages.resources, frozenset({name}))
        calls = [c for id in resource.operations for c in project.package.calls[id].all]
        docs = project.package.api.docs if root else resource.docs
        said = [docs.text or f"The calls under `{dotted(resource.path)}`."]
        if root:
            said = self._client_docs()
        view = ResourceView(
            name=name,
            docs=comment(said).at(0),
            client=source.core("ApiClient"),
            children=[self._child(source, child) for child in resource.children],
            methods=[m for call in calls for m in self._methods(source, call)],
            descriptors=[descriptor(project, source, call) for call in calls],
        )
        if not root:
            return project.file(source, name, project.render("resource.kt.j2", view))
        return project.file(source, name, project.render("client.kt.j2", self._client(source, view)))

    def _child(self, source: Source, child: Resource) -> ChildView:
        type = source.resource(self.project.names[resource_id(child.path)])
        name = self.project.name(child_id(child.path))
        fallback = f"The calls under `{dotted(child.path)}`."
        # Every Java object has a `getClass`.
        jvm = '@get:JvmName("getClass_")\n    ' if name == "`class`" else ""
        definition = jvm + expression(f"public val {name}: {type}", f"{type}(client)", 4, 4)
        return ChildView(comment([child.docs.text or fallback], 4).at(4), definition)

    def _client_docs(self) -> list[str]:
        api, prefix = self.project.package.api, self.project.settings.env_prefix
        return [
            api.docs.text,
            f"The client of {api.title or self.project.client}. One client serves any number of calls at a time; what it does "
            f"not set comes from `{prefix}_BASE_URL`, `{prefix}_API_KEY` and `{prefix}_LOG`.",
            told(servers_of(api, self.project.settings.base_url), prefix, "serverName", "serverVariables"),
            f"```kotlin\nval client = {self.project.client} {{ maxRetries = 5 }}\n```",
        ]

    def _client(self, source: Source, resource: ResourceView) -> ClientView:
        settings = self.project.settings
        api = self.project.package.api
        known = [self._scheme(source, scheme) for scheme in schemes(api)]
        return ClientView(
            resource=resource,
            result="T" if resource.name != "T" else "R",
            options=source.core("ClientOptions"),
            call_options=source.core("CallOptions"),
            endpoints=source.core("Endpoints"),
            raw_response=source.core("RawResponse"),
            capturing=source.core("capturingResponse"),
            info=source.core("ClientInfo"),
            config=source.core("ClientConfig"),
            artifact=literal(artifact_name(settings.words)),
            version=literal(settings.version),
            env_prefix=literal(settings.env_prefix),
            base_url=literal(settings.base_url),
            servers=servers_expression(source, servers_of(api, settings.base_url)),
            schemes=group(known, "mapOf(", ")", 5, 38) if known else "emptyMap()",
            secret_headers=group([literal(name) for name in secret_headers(api)], "setOf(", ")", 5, 36),
        )

    def _scheme(self, source: Source, scheme: SecurityScheme) -> str:
        kind = f"{source.core('SecurityKind')}.{scheme.shown.upper()}"
        args = [kind, literal(scheme.wire_name), literal(scheme.env)]
        return f"{literal(scheme.id)} to {source.core('SecurityScheme')}({', '.join(args)})"

    # -- methods -----------------------------------------------------------------------------------------------------

    def _methods(self, source: Source, call: Call) -> Iterator[Method]:
        """The methods of one operation: plain or streaming or both, and each with bare strings for unions.

        `POST /chats` with the body `{required: [text], properties: {text: ..., seed: ...}}` becomes

            suspend fun create(text: String, options: CallOptions? = null, block: ChatsCreateParams.() -> Unit = {}): Chat

        with `var seed: Long?` in `ChatsCreateParams`.
        """
        values = [
            self.members.value(source, self.project.name(a.of.symbol), a.of.wire, a.type, nullable=a.nullable)
            for a in call.required
        ]
        for form in call.of.forms:
            yield self._method(source, call, form, values, bare=False)
            if any(v.union for v in values):
                yield self._method(source, call, form, values, bare=True)

    def _method(self, source: Source, call: Call, form: Form, values: list[Value], *, bare: bool) -> Method:
        name = self.project.method_name(call, form)
        answer = self.answer(source, call, form)
        params = self._params_class(source, call)
        items = [v.declared_bare if bare else v.declared for v in values]
        items += [f"options: {source.core('CallOptions')}? = null", f"block: {params}.() -> Unit = {{}}"]
        head = f"public {'' if form.kind.streams else 'suspend '}fun {quoted(name)}("
        after = "" if answer.returns == "Unit" and not bare else f": {answer.returns}"
        signature = layout(Group(head, items, ")"), width=WIDTH - 4 - len(after), column=4, level=1) + after
        if bare and call.operation.docs.deprecated:
            source.suppressed.add("DEPRECATION")  # it calls the other one
        mangled = any(self.project.package.is_value_class(a.type) for a in call.required)
        passed = ", ".join([*(v.passed_bare for v in values), "options", "block"])
        run = layout(answer.part(form_of(self.project, source, call, form)), width=WIDTH - 8, column=8, level=2)
        return Method(
            docs=self._method_docs(source, call, form),
            deprecated=deprecated(call.operation.docs),
            jvm=literal(name) if mangled else "",
            signature=signature,
            body=expression("", f"{quoted(name)}({passed})", 4, WIDTH) if bare else "",
            statements=[] if bare else self._statements(source, call, form, values),
            params=params,
            run=run if answer.returns == "Unit" else f"return {run}",
            arguments=source.core("Arguments"),
        )

    def _method_docs(self, source: Source, call: Call, form: Form) -> str:
        example = self.samples.call(call, self.project.method(call, form), indent=12)
        said = [call_docs(call.of).text]
        if call.method != method_id(call.operation) and call.of.body is not None:
            types = " or ".join(f"`{type}`" for type in call.of.body.content_types)
            said.append(f"With the body as {types}.")
        if headers := headers_told(call.operation):
            said.append(f"`withRawResponse` gives the headers of the answer:\n\n{headers}")
        if form.kind.streams:
            said.append("The flow makes the call when it is collected, each time anew.")
        if example:
            said.append(f"```kotlin\n{example}{'.collect { println(it) }' if form.kind.streams else ''}\n```")
        tags = [(f"param {self.project.names[a.of.symbol]}", a.of.docs.text) for a in call.required if a.of.docs.text]
        tags += self._failures(source, call)
        return comment(said, 4, tags).at(4)

    def _failures(self, source: Source, call: Call) -> Iterator[tuple[str, str]]:
        """What the bodies of failures are, as far as they have a class: one tag for each."""
        statuses: dict[str, list[str]] = {}
        for status, type in call.operation.errors:
            found = self.project.type_of(type).inner
            if found.name == "Decl":
                statuses.setdefault(self.project.packages.types[found.decl], []).append(status)
        for body, known in statuses.items():
            often = "any failure" if "default" in known else ", ".join(known)
            yield f"throws {source.core('APIStatusException')}", f"for {often}, with a body for `bodyAs<{body}>()`"

    def signatures(self, source: Source, call: Call) -> Iterator[Signature]:
        """The forms of a call in words."""
        arguments = tuple(self.project.name(a.of.symbol) for a in call.required)
        for form in call.of.forms:
            returns = self.answer(source, call, form).returns
            name = quoted(self.project.method_name(call, form))
            yield Signature(name, arguments, "" if returns == "Unit" else returns)

    def _params_class(self, source: Source, call: Call) -> str:
        """The receiver of the call's trailing block."""
        if not call.optional:
            return source.core("EmptyParams")
        return source.resource(self.project.names[call.params])

    def _statements(self, source: Source, call: Call, form: Form, values: list[Value]) -> list[str]:
        out = []
        for argument in call.constants:
            assert argument.of.const is not None
            value = source.value(argument.type, argument.of.const.value)
            out.append(_put(source, argument, literal(argument.of.wire), source.codec(argument.type), value))
        for argument, given in zip(call.required, values, strict=True):
            codec = f"{source.core('NullableCodec')}({given.codec})" if argument.nullable else given.codec
            out.append(_put(source, argument, given.wire, codec, given.name))
        if call.of.selector is not None and form.selects is not None:
            codec = source.core("BooleanCodec" if isinstance(form.selects, bool) else "StringCodec")
            place = call.of.selector.place
            where = "" if place is Place.MEMBER else f"{location(source, place)}, "
            out.append(f"sent.put({where}{literal(call.of.selector.wire)}, {codec}, {literal(form.selects)})")
        return out

    def answer(self, source: Source, call: Call, form: Form) -> Answer:
        """What one form of a call gives."""
        type = self.project.type_of(form.type) if form.type is not None else JSON
        match form.kind:
            case FormKind.EVENTS | FormKind.LINES:
                return Answer(
                    f"{source.core('EventFlow')}<{source.type(type)}>", form.kind.value, (source.codec(type),)
                )
            case FormKind.PAGES:
                assert form.item is not None
                assert call.of.paging is not None
                item, body = self.project.type_of(form.item), type.inner
                returns = f"{source.core('Page')}<{source.type(item)}, {source.type(body)}>"
                plan = page_plan(source, call.of.paging.rule)
                return Answer(returns, "page", (source.codec(body), source.codec(item), plan))
            case FormKind.JSON if form.optional:
                return Answer(f"{source.type(type.inner)}?", "callOptional", (source.codec(type.inner),))
            case FormKind.JSON:
                return Answer(source.type(type), "call", (source.codec(type),))
            case FormKind.TEXT:
                return Answer("String", "text")
            case FormKind.BINARY:
                return Answer(source.core("BinaryResponse"), "binary")
            case FormKind.NONE:
                return Answer("Unit", "send")
            case FormKind.MIXED:
                forms = ", ".join(f"{source.core('AnswerForm')}.{kind.name}" for kind in form.answers)
                value = source.type(type) if form.type is not None else "Nothing"
                returns = f"{source.core('MixedResponse')}<{value}>{'?' if form.optional else ''}"
                codec = source.codec(type) if form.type is not None else source.core("NoCodec")
                run = "mixedOptional" if form.optional else "mixed"
                return Answer(returns, run, (f"setOf({forms})", codec))

    # -- the optional arguments --------------------------------------------------------------------------------------

    def _params(self, call: Call) -> OutFile:
        name = self.project.names[call.params]
        source = Source(self.project.packages, self.project.packages.resources, frozenset({name}))
        view = ParamsView(
            name=name,
            operation=call.operation.id,
            base=source.core("CallBuilder"),
            arguments=source.core("Arguments"),
            settable=settable([self._optional(source, a) for a in call.optional], 4),
        )
        return self.project.file(source, name, self.project.render("params.kt.j2", view))

    def _optional(self, source: Source, argument: Argument) -> Property:
        """A property of the receiver of the trailing block."""
        of, type = argument.of, argument.type
        codec, wire = source.codec(type), literal(of.wire)
        match of.place:
            case Place.BODY if argument.is_upload:
                read, write = "readUpload()", "writeUpload(value)"
            case Place.BODY:
                read, write = f"readWhole({codec})", f"writeWhole({codec}, value)"
            case Place.MEMBER if argument.is_upload:
                files = "Files" if type.is_list else "File"
                read, write = f"read{files}({wire})", f"write{files}({wire}, value)"
            case Place.MEMBER:
                verb = "writeNullable" if argument.nullable else "write"
                read, write = f"read({wire}, {codec})", f"{verb}({wire}, {codec}, value)"
            case place:
                where = f"{location(source, place)}, {wire}, {codec}"
                read, write = f"readParameter({where})", f"writeParameter({where}, value)"
        return Property(
            name=self.project.name(of.symbol),
            type=source.type(type) + "?",
            docs=member_comment(of.docs, of.default),
            deprecated=deprecated(of.docs),
            jvm=self.members.jvm_name(of.symbol, type),
            definition="",
            read=read,
            write=write,
            text_union=self.members.text_union(source, type),
        )


def _put(source: Source, argument: Argument, wire: str, codec: str, value: str) -> str:
    """The statement that sends one argument."""
    match argument.of.place:
        case Place.BODY if argument.is_upload:
            return f"sent.upload = {value}"
        case Place.BODY:
            return f"sent.whole = {codec}.encode({value})"
        case Place.MEMBER if argument.is_upload:
            return f"sent.files[{wire}] = {value if argument.type.is_list else f'listOf({value})'}"
        case Place.MEMBER:
            return f"sent.put({wire}, {codec}, {value})"
        case place:
            return f"sent.put({location(source, place)}, {wire}, {codec}, {value})"
