"""The documents of a package: README, api.md (or a page for each resource), the quickstart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from ...ir.model import Api, OperationId
from ...ir.types import Ref
from ...lower import outline
from ...lower.calls import schemes
from ...lower.layout import wrap_text
from ...lower.outline import Shown
from ...lower.servers import servers_of, told
from ...lower.symbols import type_id
from ...target import OutFile, Settings
from .declarations import Method, Package
from .naming import client_name
from .prose import clean
from .render_calls import return_text
from .render_servers import server_sample
from .render_types import Names
from .samples import Example, Examples
from .text import WIDTH

Template = Callable[..., OutFile]

#: More types than this get a page of their own.
_MOST_TYPES = 200


@dataclass(frozen=True, slots=True)
class _Line:
    """One call in the list of all."""

    call: str
    result: str
    http: str
    summary: str
    deprecated: bool


@dataclass(frozen=True, slots=True)
class _Section:
    """A resource in the list of all calls."""

    title: str
    text: str
    lines: list[_Line]


class Documents:
    """Writes the documents of one package."""

    def __init__(self, package: Package, api: Api, settings: Settings, names: Names, examples: Examples) -> None:
        self._package = package
        self._api = api
        self._settings = settings
        self._names = names
        self._examples = examples
        self._client = client_name(settings.words)
        self._methods: Mapping[OperationId, Method] = {
            m.call.operation.id: m for resource in package.resources for m in resource.methods
        }

    def files(self, template: Template) -> Iterator[OutFile]:
        """All of them."""
        page = self._readme()
        yield template("README.md", "README.md", **page)
        yield template("examples/quickstart.ts", "quickstart.ts", **page)
        calls = {id: method.call for id, method in self._methods.items()}
        pages = outline.pages(self._api, calls)
        types = sorted(self._names[id] for id in self._names.names if id.startswith("type:"))
        listed_types = wrap_text(", ".join(f"`{name}`" for name in types) + ".", WIDTH)
        apart = len(pages) > 1 or len(types) > _MOST_TYPES
        common = {"client": self._client, "package": self._settings.package}
        listed = []
        for page_ in pages:
            sections = [self._section(section) for section in page_.sections]
            if page_.file == "api.md":
                shown = [] if apart or not types else listed_types
                yield template("api.md", "api.md", sections=sections, types=shown, apart=apart, **common)
            else:
                listed.append((page_.file, sections[0].title, sum(len(s.lines) for s in sections)))
                yield template(page_.file, "api-page.md", sections=sections, **common)
        if listed:
            yield template("api.md", "api-index.md", pages=listed, **common)
        if apart:
            yield template("api-types.md", "api-types.md", types=listed_types, **common)

    def _section(self, section: outline.Section) -> _Section:
        lines = [self._line(self._methods[call.operation.id]) for call in section.calls]
        return _Section(lines[0].call.partition("(")[0].rpartition(".")[0], clean(section.docs.text), lines)

    def _line(self, method: Method) -> _Line:
        operation = method.call.operation
        arguments = [self._names[method.positional.symbol]] if method.positional is not None else []
        if method.params is not None:
            arguments.append("params" if method.params_required else "params?")
        call = f"{self._examples.calls()[operation.id].target}({', '.join([*arguments, 'options?'])})"
        summary = clean(outline.first_paragraph(operation.docs))
        result = return_text(method, self._names)
        return _Line(call, result, outline.route(method.call), summary, operation.docs.deprecated)

    def _readme(self) -> dict[str, object]:
        settings, names, examples = self._settings, self._names, self._examples
        picked = outline.readme(self._api, {id: method.call for id, method in self._methods.items()})
        plain, stream = self._of(picked.plain), self._of(picked.stream)
        alone = next(
            (r for r in self._package.resources if r.path and plain is not None and plain in r.methods),
            None,
        )
        error = self._api.error_type
        servers = servers_of(self._api, settings.base_url)
        return {
            "client": self._client,
            "package": settings.package,
            "title": self._api.title,
            "description": clean(self._api.docs.text),
            "prefix": settings.env_prefix,
            "construction": self._construction(),
            "schemes": schemes(self._api),
            "servers": told(servers, settings.env_prefix, "server", "serverVariables"),
            "server_sample": server_sample(servers, self._client),
            "plain": self._text(picked.plain),
            "call": _shortest(examples.calls().values()),
            "streaming": self._text(picked.stream),
            "accumulates": stream is not None and stream.streaming is not None and stream.streaming.whole is not None,
            "pages": self._call_text(picked.pages),
            "upload": self._text(picked.upload).replace("new Blob(['...'])", "file").replace("file: file", "file"),
            "download": self._call_text(picked.download),
            "error_body": names[type_id(error.id)] if isinstance(error, Ref) else "",
            "alone": names[alone.symbol] if alone is not None else "",
            "alone_path": "/".join(alone.path) if alone is not None else "",
            "license": settings.license,
        }

    def _of(self, shown: Shown | None) -> Method | None:
        return self._methods[shown.call.operation.id] if shown is not None else None

    def _text(self, shown: Shown | None) -> str:
        """The example of a call in one of its forms, as statements."""
        if shown is None:
            return ""
        id = shown.call.operation.id
        return self._examples.streaming_text(id) if shown.form is shown.call.streaming else self._examples.text(id)

    def _call_text(self, shown: Shown | None) -> str:
        return self._examples.calls()[shown.call.operation.id].text() if shown is not None else ""

    def _construction(self) -> str:
        """How a README makes a client, with a word of what comes from the environment."""
        prefix = self._settings.env_prefix
        if self._settings.base_url:
            made = f"const client = new {self._client}();"
            said = f"// {prefix}_API_KEY and {prefix}_BASE_URL, or {{ apiKey, baseURL }}"
        else:
            made = f"const client = new {self._client}({{ baseURL: 'https://...' }});"
            said = f"// or {prefix}_BASE_URL, and {prefix}_API_KEY"
        return f"{made} {said}" if len(made) + len(said) < WIDTH else f"{said}\n{made}"


def _shortest(calls: Collection[Example]) -> str:
    """The shortest example; of those whose way alone is longer than one that is known, no text is made."""
    short = min(calls, key=lambda call: len(call.target), default=None)
    room = len(short.text()) if short is not None else 0
    return min((call.text() for call in calls if len(call.target) + len("()") <= room), key=len, default="")
