"""The dispatcher for the vectors: from an operation's id and JSON arguments to a typed call, and typed reads by wire name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...ir.model import MediaKind
from ...ir.types import DeclId
from ...target import OutFile
from .naming import literal, quoted
from .samples import Samples
from .source import TEST, Project, Source
from .types import Argument, Call


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
    examples = []
    for call in project.package.calls.values():
        for streaming in call.forms:
            name = quoted(project.method_name(call.operation, streaming=streaming))
            found = samples.call(call, f"{project.access(call.operation)}.{name}", indent=8)
            if found is not None:
                examples.append(found)
    view = ExamplesView(project.client, examples)
    return project.file(source, "Examples", project.render("examples.kt.j2", view), TEST)


def _call(project: Project, source: Source, call: Call) -> CallView:
    operation = call.operation
    access = project.access(operation)
    names = {
        streaming: f"{access}.{quoted(project.method_name(operation, streaming=streaming))}" for streaming in call.forms
    }
    words = (*(word for step in operation.resource for word in step), *operation.words)
    body = operation.body
    members = None
    if body is not None and body.flatten is not None and body.media.kind is MediaKind.JSON:
        everything = (*call.required, *call.optional, *call.constants)
        members = [literal(a.member.wire) for a in everything if a.place in ("member", "file")]
    return CallView(
        id=literal(operation.id),
        function=f"call{''.join(w[:1].upper() + w[1:] for w in words)}",
        plain=names.get(False, ""),
        streaming=names.get(True, ""),
        required=[_required(project, source, a) for a in call.required],
        optional=[_optional(project, source, a) for a in call.optional],
        members=members,
        item=source.codec(project.type_of(operation.pagination.item_type)) if operation.pagination else "",
        event=source.codec(project.type_of(operation.stream.media.type)) if operation.stream else "",
        observe=_observe(project, source, call),
    )


def _observe(project: Project, source: Source, call: Call) -> str:
    """How the observation takes the result `it`."""
    result = call.operation.result
    if result is None or result.media is None:
        return "nothing()"
    if result.type is not None:
        type = project.type_of(result.type)
        codec = f"NullableCodec({source.codec(type.inner)})" if result.optional else source.codec(type)
        return f"result(it{'.body' if call.operation.pagination else ''}, {codec})"
    return "result(it, StringCodec)" if result.media.kind is MediaKind.TEXT else "binary(it)"


def _required(project: Project, source: Source, argument: Argument) -> str:
    member = argument.member
    codec = source.codec(member.type)
    if member.nullable:
        codec = f"{source.core('NullableCodec')}({codec})"
    return f"{project.member_name(member)} = {_given(argument, codec)}"


def _given(argument: Argument, codec: str) -> str:
    wire = literal(argument.member.wire)
    many = argument.member.type.is_list
    match argument.place:
        case "member":
            return f"given.member({wire}, {codec})"
        case "file":
            return f"given.{'files' if many else 'file'}({wire})"
        case "body":
            return "given.upload()" if argument.is_upload else f"given.whole({codec})"
        case place:
            return f"given.parameter(Location.{place.upper()}, {wire}, {codec})"


def _optional(project: Project, source: Source, argument: Argument) -> str:
    member = argument.member
    name = project.member_name(member)
    codec = source.codec(member.type)
    wire = literal(member.wire)
    match argument.place:
        case "member":
            return f"if (given.hasMember({wire})) {name} = given.memberOrNull({wire}, {codec})"
        case "file":
            return f"if (given.hasMember({wire})) {name} = {_given(argument, codec)}"
        case "body":
            return f"if (given.hasBody) {name} = {_given(argument, codec)}"
        case place:
            return f"if (given.has(Location.{place.upper()}, {wire})) {name} = {_given(argument, codec)}"


def _reads(project: Project, source: Source, id: DeclId) -> ModelReads:
    model = project.package.models[id]
    tags = next((t for u in model.unions if (t := project.package.unions[u].decl.tags)), ())
    return ModelReads(
        type=source.decl(id),
        reader=f"read{project.packages.types[id]}",
        members=[(literal(m.wire), project.member_name(m)) for m in model.members],
        additional=model.additional is not None,
        tags="".join(f", {literal(tag)}" for tag in tags),
    )
