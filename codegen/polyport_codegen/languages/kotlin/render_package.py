"""What makes the sources a package: pom.xml, README.md, api.md and .gitignore."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...target import OutFile, Settings
from .naming import artifact_name, quoted
from .render_calls import CallRenderer
from .samples import Samples
from .source import Project, Source


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
    """A section of api.md."""

    title: str
    calls: Sequence[ListedCall]


@dataclass(frozen=True, slots=True)
class PackageView:
    """What pom.xml, README.md and api.md say."""

    settings: Settings
    title: str
    client: str
    artifact: str
    summary: str
    has_models: bool
    resources: Sequence[ListedResource]
    #: Calls that compile; empty for none.
    example: str
    streaming: str


def package_files(project: Project, calls: CallRenderer, samples: Samples) -> Iterator[OutFile]:
    """The files beside the sources."""
    settings, api = project.settings, project.package.api
    artifact = artifact_name(settings.words)
    view = PackageView(
        settings=settings,
        title=api.title or project.client,
        client=project.client,
        artifact=artifact,
        summary=" ".join((api.docs.summary or api.docs.description or f"The client of {api.title}.").split())[:300],
        has_models=any(project.package.declared()),
        resources=list(_listing(project, calls)),
        example=_example(project, samples, streaming=False),
        streaming=_example(project, samples, streaming=True),
    )
    for name in ("pom.xml", "README.md", "api.md"):
        yield OutFile(name, project.render(f"{name}.j2", view))
    # Models are found by class for undocumented endpoints and for accumulating streams; shrinkers cannot see that.
    rule = f"-keepclassmembers class {settings.package}.models.** {{ public static ** Companion; }}\n"
    yield OutFile(f"src/main/resources/META-INF/proguard/{artifact}.pro", rule)
    yield OutFile(".gitignore", "target/\n")


def _listing(project: Project, calls: CallRenderer) -> Iterator[ListedResource]:
    """Every resource with its calls, as one line each."""
    source = Source(project.packages, project.packages.root)
    for resource in project.package.api.root.walk():
        if not resource.operations:
            continue
        access = project.access(project.package.api.operations[resource.operations[0]])
        lines = []
        for id in resource.operations:
            call = project.package.calls[id]
            operation = call.operation
            for form in calls.signatures(source, call):
                lines.append(
                    ListedCall(
                        call=f"{access}.{form.name}({', '.join(form.arguments)})",
                        returns=form.returns,
                        http=f"{operation.method} {operation.path}",
                        summary=" ".join((operation.docs.summary or operation.docs.description).split())[:160],
                        deprecated=operation.docs.deprecated,
                    )
                )
        yield ListedResource(access, lines)


def _example(project: Project, samples: Samples, *, streaming: bool) -> str:
    """A call that compiles: the first of this form that is not deprecated and has a result; empty for none."""
    for resource in project.package.api.root.walk():
        for id in resource.operations:
            call = project.package.calls[id]
            operation = call.operation
            if operation.docs.deprecated or streaming not in call.forms:
                continue
            if not streaming and (operation.result is None or operation.result.media is None):
                continue
            method = quoted(project.method_name(operation, streaming=streaming))
            found = samples.call(call, f"{project.access(operation)}.{method}", indent=13)
            if found is not None:
                return found
    return ""
