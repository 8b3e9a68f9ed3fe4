"""The dispatcher for the vectors: from an operation's id and JSON arguments to a typed call, and typed reads by wire name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...ir.types import DeclId
from ...lower.calls import Form, FormKind, Place
from ...lower.deltas import deltas
from ...lower.walk import object_of
from ...target import OutFile
from .naming import literal
from .render_package import accumulator
from .samples import Samples
from .source import TEST, Project, Source
from .types import JSON, Argument, Call


@dataclass(frozen=True, slots=True)
class CallView:
    """One operation for the dispatcher."""

    #: Its id as a literal, and the function that makes the call.
    id: str
    function: str
    #: The methods of its two forms; empty for one that there is not.
    plain: str
    streaming: str
    required: Sequence[str]
    optional: Sequence[str]
    #: The members that have arguments, as literals; None where more cannot be given.
    members: Sequence[str] | None
    #: Codecs of an item of all pages and of an event; empty for none.
    item: str
    event: str
    #: The function that adds up its events; empty for none.
    sum: str
    observe: str


@dataclass(frozen=True, slots=True)
class ModelReads:
    """How a model's members are read by their names on the wire."""

    type: str
    reader: str
    #: Wire name as a literal, and property.
    members: Sequence[tuple[str, str]]
    additional: bool
    #: The tags of a union that it is a variant of, as further arguments.
    tags: str


@dataclass(frozen=True, slots=True)
class DispatcherView:
    """What `dispatcher.kt.j2` lays out."""

    client: str
    model: str
    json_element: str
    json_object: str
    calls: Sequence[CallView]
    models: Sequence[ModelReads]
    wrappers: Sequence[str]
    unknowns: Sequence[str]
    #: Operations and statuses as literals, and the type that their error bodies have.
    errors: Sequence[tuple[Sequence[str], str]]


@dataclass(frozen=True, slots=True)
class ExamplesView:
    """What `examples.kt.j2` lays out."""

    client: str
    examples: Sequence[str]


def dispatcher_files(project: Project, samples: Samples) -> Iterator[OutFile]:
    """Two files in the runtime's test package, so that they can use what is internal there."""
    package = project.package
    source = Source(project.packages, project.packages.core)
    source.imports.add(f"{project.packages.root}.{project.client}")
    unions = package.unions.values()
    view = DispatcherView(
        client=project.client,
        model=source.core("Model"),
        json_element=source.lib("JsonElement"),
        json_object=source.lib("JsonObject"),
        calls=[_call(project, source, call) for call in package.calls.values()],
        models=[_reads(project, source, id) for id in package.models],
        wrappers=[
            f"{source.decl(union.decl.id)}.{project.names[a.symbol]}"
            for union in unions
            for a in union.alternatives
            if a.model is None
        ],
        unknowns=[f"{source.decl(id)}.Unknown" for id in package.unions],
        errors=_errors(project, source),
    )
    yield project.file(source, "Dispatcher", project.render("dispatcher.kt.j2", view), TEST)
    yield _examples(project, samples)


def _examples(project: Project, samples: Samples) -> OutFile:
    """Every example of the documentation as a function, so that the compiler has seen it."""
    source = Source(project.packages, project.packages.core)
    source.imports.add(f"{project.packages.root}.{project.client}")
    if any(project.package.declared()):
        source.imports.add(f"{project.packages.models}.*")
    for name in ("OffsetDateTime", "LocalDate"):
        source.lib(name)
    source.imports.add("java.io.File")
    found = (
        samples.call(call, project.method(call, form), indent=8)
        for call in project.package.calls.values()
        for form in call.of.forms
    )
    examples = [example for example in found if example is not None]
    view = ExamplesView(project.client, examples)
    return project.file(source, "Examples", project.render("examples.kt.j2", view), TEST)


def _errors(project: Project, source: Source) -> list[tuple[list[str], str]]:
    """Which error bodies are of which type, for those that are models."""
    found: dict[str, list[str]] = {}
    for call in project.package.calls.values():
        for status, type in call.operation.errors:
            decl = object_of(type, project.package.api.decls)
            if decl is not None:
                found.setdefault(source.decl(decl.id), []).append(literal(f"{call.operation.id} {status}"))
    return [(keys, type) for type, keys in found.items()]


def _call(project: Project, source: Source, call: Call) -> CallView:
    operation, of = call.operation, call.of
    words = (*(word for step in operation.resource for word in step), *operation.words)
    members = None
    if of.body is not None and of.body.flat is not None:
        members = [literal(a.wire) for a in of.body.members]
    item = of.plain.item if of.plain is not None else None
    event = of.streaming.type if of.streaming is not None else None
    return CallView(
        id=literal(operation.id),
        function=f"call{''.join(w[:1].upper() + w[1:] for w in words)}",
        plain=project.method(call, of.plain) if of.plain is not None else "",
        streaming=project.method(call, of.streaming) if of.streaming is not None else "",
        required=[_required(project, source, a) for a in call.required],
        optional=[_optional(project, source, a) for a in call.optional],
        members=members,
        item=source.codec(project.type_of(item)) if item is not None else "",
        event=source.codec(project.type_of(event)) if event is not None else "",
        sum=_sum(project, source, call),
        observe=_observe(project, source, of.plain),
    )


def _sum(project: Project, source: Source, call: Call) -> str:
    rule = deltas(call.of, project.package.api.decls)
    name = accumulator(project, rule) if rule is not None else ""
    if name:
        source.imports.add(f"{project.packages.core if name == 'accumulate' else project.packages.models}.{name}")
    return name


def _observe(project: Project, source: Source, form: Form | None) -> str:
    """How the observation takes the result `it`."""
    match form:
        case Form(kind=FormKind.JSON | FormKind.PAGES, type=type) if type is not None:
            found = project.type_of(type)
            codec = (
                f"{source.core('NullableCodec')}({source.codec(found.inner)})" if form.optional else source.codec(found)
            )
            return f"result(it{'.body' if form.kind is FormKind.PAGES else ''}, {codec})"
        case Form(kind=FormKind.TEXT):
            return f"result(it, {source.core('StringCodec')})"
        case Form(kind=FormKind.BINARY):
            return "binary(it)"
        case Form(kind=FormKind.MIXED, type=type):
            return f"mixed(it, {source.codec(project.type_of(type)) if type is not None else source.core('NoCodec')})"
    return "nothing()"


def _required(project: Project, source: Source, argument: Argument) -> str:
    codec = source.codec(argument.type)
    if argument.nullable:
        codec = f"{source.core('NullableCodec')}({codec})"
    return f"{project.name(argument.of.symbol)} = {_given(argument, codec)}"


def _given(argument: Argument, codec: str) -> str:
    wire = literal(argument.of.wire)
    match argument.of.place:
        case Place.MEMBER if argument.is_upload:
            return f"given.{'files' if argument.type.is_list else 'file'}({wire})"
        case Place.MEMBER:
            return f"given.member({wire}, {codec})"
        case Place.BODY:
            return "given.upload()" if argument.is_upload else f"given.whole({codec})"
        case place:
            return f"given.parameter(Location.{place.name}, {wire}, {codec})"


def _optional(project: Project, source: Source, argument: Argument) -> str:
    name, wire = project.name(argument.of.symbol), literal(argument.of.wire)
    codec = source.codec(argument.type)
    match argument.of.place:
        case Place.MEMBER if argument.type != JSON and not argument.is_upload:
            return f"if (given.hasMember({wire})) {name} = given.memberOrNull({wire}, {codec})"
        case Place.MEMBER:
            condition = f"given.hasMember({wire})"
        case Place.BODY:
            condition = "given.hasBody"
        case place:
            condition = f"given.has(Location.{place.name}, {wire})"
    return f"if ({condition}) {name} = {_given(argument, codec)}"


def _reads(project: Project, source: Source, id: DeclId) -> ModelReads:
    model = project.package.models[id]
    tags = next((t for u in model.unions if (t := project.package.unions[u].decl.tags)), ())
    return ModelReads(
        type=source.decl(id),
        reader=f"read{project.packages.types[id].replace('.', '_')}",
        members=[(literal(m.wire), project.name(m.symbol)) for m in model.members],
        additional=model.additional is not None,
        tags="".join(f", {literal(tag)}" for tag in tags),
    )
