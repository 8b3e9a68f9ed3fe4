"""What makes the sources a package: pom.xml, README.md, api.md and .gitignore."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...target import OutFile
from .calls import lower_call
from .naming import artifact_name, quoted
from .source import Source

if TYPE_CHECKING:
    from .render import Renderer


def package_files(renderer: Renderer) -> Iterator[OutFile]:
    """The files beside the sources."""
    settings, api = renderer.settings, renderer.api
    values: dict[str, Any] = {
        "settings": settings,
        "title": api.title or renderer.client,
        "client": renderer.client,
        "group_id": settings.package,
        "artifact": artifact_name(settings.words),
        "summary": " ".join((api.docs.summary or api.docs.description or f"The client of {api.title}.").split())[:300],
        "package": settings.package,
        "resources": list(_listing(renderer)),
        "example": _example(renderer, streaming=False),
        "streaming": _example(renderer, streaming=True),
    }
    for name in ("pom.xml", "README.md", "api.md"):
        yield OutFile(name, renderer.env.get_template(f"{name}.j2").render(**values))
    # Models are found by class for undocumented endpoints and for accumulating streams; shrinkers cannot see that.
    rule = f"-keepclassmembers class {settings.package}.models.** {{ public static ** Companion; }}\n"
    yield OutFile(f"src/main/resources/META-INF/proguard/{artifact_name(settings.words)}.pro", rule)
    yield OutFile(".gitignore", "target/\n")


def _listing(renderer: Renderer) -> Iterator[dict[str, Any]]:
    """Every resource with its calls, as one line each."""
    source = Source(renderer.packages, renderer.packages.root)
    for resource in renderer.api.root.walk():
        if not resource.operations:
            continue
        access = renderer.access(renderer.api.operations[resource.operations[0]])
        lines = []
        for id in resource.operations:
            operation = renderer.api.operations[id]
            call = lower_call(renderer.lowering, operation)
            for method in renderer.calls.methods(renderer, source, call):
                if method["bare"] is None:
                    name = method["signature"].partition("fun ")[2].partition("(")[0]
                    required = ", ".join(quoted(renderer.names[a.member.symbol]) for a in call.required)
                    returns = method["signature"].rpartition("): ")[2] if method["returns"] else ""
                    lines.append(
                        {
                            "call": f"{access}.{name}({required})",
                            "returns": returns,
                            "http": f"{operation.method} {operation.path}",
                            "summary": " ".join((operation.docs.summary or operation.docs.description).split())[:160],
                            "deprecated": operation.docs.deprecated,
                        }
                    )
        yield {"title": access, "calls": lines}


def _example(renderer: Renderer, *, streaming: bool) -> str | None:
    """A call that compiles: the first of this form that is not deprecated and has a result."""
    for resource in renderer.api.root.walk():
        for id in resource.operations:
            operation = renderer.api.operations[id]
            if operation.docs.deprecated or streaming not in renderer.calls.forms(operation):
                continue
            if not streaming and (operation.result is None or operation.result.media is None):
                continue
            call = lower_call(renderer.lowering, operation)
            method = (
                f"{renderer.access(operation)}.{quoted(renderer.calls.method_name(operation, streaming=streaming))}"
            )
            found = renderer.examples.call(call, method, indent=13)
            if found is not None:
                return found
    return None
