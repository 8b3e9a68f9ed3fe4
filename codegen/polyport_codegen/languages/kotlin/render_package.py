"""What makes the sources a package: pom.xml, README.md, api.md and .gitignore."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...lower import outline
from ...lower.calls import schemes
from ...lower.deltas import Deltas, deltas
from ...lower.servers import servers_of, told
from ...lower.symbols import child_ids
from ...target import OutFile, Settings
from ...values import Words
from .naming import artifact_name
from .render_calls import CallRenderer
from .render_servers import server_sample
from .samples import Samples
from .source import Project, Source

#: Of generated sources, for each gigabyte that the compiler may take.
LETTERS_PER_GIGABYTE = 5_000_000


@dataclass(frozen=True, slots=True)
class ListedCall:
    """A line of api.md."""

    call: str
    #: The type; empty for nothing.
    returns: str
    http: str
    summary: str
    deprecated: bool


@dataclass(frozen=True, slots=True)
class ListedResource:
    """A section of the list of calls."""

    title: str
    summary: str
    calls: Sequence[ListedCall]


@dataclass(frozen=True, slots=True)
class ListView:
    """What api.md and its pages lay out."""

    title: str
    resources: Sequence[ListedResource]
    #: Of api.md, when the calls stand on pages of their own: their files and resources.
    pages: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Credential:
    """A security scheme that a user can give a credential for."""

    id: str
    variable: str
    summary: str


@dataclass(frozen=True, slots=True)
class PackageView:
    """What pom.xml and README.md say."""

    settings: Settings
    title: str
    client: str
    artifact: str
    summary: str
    has_models: bool
    #: Only where one key is not all there is.
    credentials: Sequence[Credential]
    #: Calls that compile; empty for none.
    example: str
    stream: str
    pages: str
    upload: str
    download: str
    #: The function that makes an answer of a stream: `toCompletion()`.
    whole: str
    #: What there is to choose, as Markdown; empty for nothing.
    servers: str
    server_sample: str


def package_files(project: Project, calls: CallRenderer, samples: Samples) -> Iterator[OutFile]:
    """The files beside the sources."""
    settings, api = project.settings, project.package.api
    artifact = artifact_name(settings.words)
    shared = {id: call.of for id, call in project.package.calls.items()}
    readme = outline.readme(api, shared)

    def shown(what: outline.Shown | None, indent: int = 0) -> str:
        if what is None:
            return ""
        call = project.package.calls[what.call.operation.id]
        return samples.call(call, project.method(call, what.form), indent=indent) or ""

    known = schemes(api)
    servers = servers_of(api, settings.base_url)
    view = PackageView(
        settings=settings,
        title=api.title or project.client,
        client=project.client,
        artifact=artifact,
        summary=" ".join((api.docs.summary or api.docs.description or f"The client of {api.title}.").split())[:300],
        has_models=any(project.package.declared()),
        credentials=[Credential(s.id, f"{settings.env_prefix}_{s.env}", outline.first_paragraph(s.docs)) for s in known]
        if len(known) > 1
        else [],
        example=shown(readme.plain, 13),
        stream=shown(readme.stream),
        pages=shown(readme.pages),
        upload=shown(readme.upload),
        download=shown(readme.download),
        whole=_whole(project, readme.stream),
        servers=told(servers, settings.env_prefix, "serverName", "serverVariables"),
        server_sample=server_sample(servers, project.client),
    )
    for name in ("pom.xml", "README.md"):
        yield OutFile(name, project.render(f"{name}.j2", view))
    yield from _lists(project, calls, view.title, outline.pages(api, shared))
    # Models are found by class for undocumented endpoints and for accumulating streams; shrinkers cannot see that.
    rule = f"-keepclassmembers class {settings.package}.models.** {{ public static ** Companion; }}\n"
    yield OutFile(f"src/main/resources/META-INF/proguard/{artifact}.pro", rule)
    yield OutFile(".gitignore", "target/\n")


def memory(size: int) -> Iterator[OutFile]:
    """What Maven's own process, and Kotlin's daemon after it, may take for sources of so many letters.

    Java takes a quarter of a machine's memory at most when it is not told, which is too little for a large API on a small
    machine: 19 million letters need about 4 GB.
    """
    gigabytes = math.ceil(size / LETTERS_PER_GIGABYTE)
    if gigabytes > 1:
        yield OutFile(".mvn/jvm.config", f"-Xmx{gigabytes}g\n")


def _whole(project: Project, stream: outline.Shown | None) -> str:
    rule = deltas(stream.call, project.package.api.decls) if stream is not None else None
    return accumulator(project, rule) if rule is not None else ""


def accumulator(project: Project, rule: Deltas) -> str:
    """The function that adds up the events of a stream."""
    return "accumulate" if rule.whole is None else f"to{project.packages.types[rule.whole.type].rpartition('.')[2]}"


def _lists(project: Project, calls: CallRenderer, title: str, pages: Sequence[outline.Page]) -> Iterator[OutFile]:
    """The list of all calls: api.md, or of a large API an index of pages."""
    for page in pages:
        view = ListView(title, [_listed(project, calls, section) for section in page.sections])
        yield OutFile(page.file, project.render("api.md.j2", view))
    if all(page.file != "api.md" for page in pages):
        index = [(page.file, _access(project, page.path)) for page in pages]
        yield OutFile("api.md", project.render("api.md.j2", ListView(title, [], index)))


def _access(project: Project, path: tuple[Words, ...]) -> str:
    return ".".join(["client", *(project.name(id) for id in child_ids(path))])


def _listed(project: Project, calls: CallRenderer, section: outline.Section) -> ListedResource:
    """A resource with its calls, as one line each."""
    source = Source(project.packages, project.packages.root)
    access = _access(project, section.path)
    lines = [
        ListedCall(
            call=f"{access}.{form.name}({', '.join(form.arguments)})",
            returns=form.returns,
            http=outline.route(call),
            summary=outline.first_paragraph(call.operation.docs),
            deprecated=call.operation.docs.deprecated,
        )
        for call in section.calls
        for one in project.package.calls[call.operation.id].all
        for form in calls.signatures(source, one)
    ]
    return ListedResource(access, outline.first_paragraph(section.docs), lines)
