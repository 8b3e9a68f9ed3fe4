"""A document with its files: `$ref`s keep their identity and are resolved when asked."""

from __future__ import annotations

import os.path
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote

from ..diagnostics import Diagnostic, Diagnostics, InputError, Origin, Severity
from ..values import Json
from .addresses import Addresses
from .dialect import speaks_old, upgrade
from .overlay import apply_overlays
from .parse import parse
from .positions import Position, locate, tokens
from .text import Reader, read_file


@dataclass(slots=True)
class Document:
    """The root file and, loaded on demand, those that it refers to."""

    root: str
    read: Reader
    diagnostics: Diagnostics
    _trees: dict[str, Json] = field(default_factory=dict)
    #: UTF-8: one character beyond U+FFFF makes a text four times as large.
    _texts: dict[str, bytes] = field(default_factory=dict)
    _addresses: Addresses = field(init=False)
    _old_dialect: bool = False
    _told: set[Origin] = field(default_factory=set)
    #: The files by where they lie: one that is named by several ways is one.
    _names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._addresses = Addresses(self.diagnostics)

    @property
    def origin(self) -> Origin:
        """The root of the root file."""
        return Origin(self.root)

    @property
    def tree(self) -> dict[str, Json]:
        """The root file's value."""
        tree = self._tree(self.root, None)
        assert isinstance(tree, dict)  # checked by `load`
        return tree

    @property
    def files(self) -> tuple[str, ...]:
        """The files read so far, the root first."""
        return tuple(self._trees)

    def address(self, origin: Origin) -> str:
        """A place as a text that does not depend on where the root file lies: `#/a/b`, `models/x.yaml#/a`."""
        if origin.file == self.root:
            return f"#{origin.pointer}"
        return f"{posixpath.relpath(origin.file, posixpath.dirname(self.root) or '.')}#{origin.pointer}"

    def text(self, file: str) -> str:
        """The text of a file that was read."""
        return self._texts[file].decode("utf-8", "surrogatepass")

    def _tree(self, file: str, asked_from: Origin | None) -> Json:
        if file not in self._trees:
            text = self._read(file, asked_from)
            self._keep(parse(text, file, self.diagnostics), file, text)
        return self._trees[file]

    def _keep(self, tree: Json, file: str, text: str) -> None:
        self._modernise(tree, file, text)
        self._trees[file] = tree
        self._names.setdefault(os.path.realpath(file), file)
        self._addresses.add(file, text, tree)

    def _modernise(self, tree: Json, file: str, text: str) -> None:
        """Rewrite what is written as in 3.0, whatever the document calls itself."""
        if self._old_dialect:
            upgrade(tree)
        elif speaks_old(text):
            upgrade(tree)
            self.diagnostics.note(
                "old-dialect",
                "`nullable` and true `exclusiveMinimum` mean nothing since OpenAPI 3.1; they are read as in 3.0",
                Origin(file),
                "Write type: [string, 'null'] and a number.",
            )

    def _read(self, file: str, asked_from: Origin | None) -> str:
        try:
            text = self.read(file)
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            hint = "Name an OpenAPI document: a YAML or JSON file."
            if isinstance(error, PermissionError):
                hint = "Change its permissions."
            elif asked_from is not None and "\\" in file:
                hint = "Write slashes in paths, not backslashes."
            elif asked_from is not None:
                hint = "Correct the path: it is relative to the file that holds it."
            raise _stop("unreadable", f"cannot read {file}: {reason}", asked_from or Origin(file), hint) from None
        self._texts[file] = text.encode("utf-8", "surrogatepass")
        return text

    def follow(self, ref: str, origin: Origin) -> tuple[Json, Origin]:
        """The value that a `$ref` standing at `origin` points to, one step, and where that is.

        Raises InputError when it dangles or points to the network.
        """
        path, _, fragment = ref.partition("#")
        resource = self._addresses.called(path, origin) if path else self._addresses.around(origin)
        if resource is None:
            path = _LOCAL.sub("", path)
            if re.match(r"[a-z]:[/\\]", path, re.IGNORECASE):
                hint = "Write a path that is relative to the file that holds it, with slashes: ../models/Pet.yaml."
                raise _stop("unreadable", f"$ref {ref!r} begins with the letter of a drive", origin, hint)
            if re.match(r"[a-z][a-z0-9+.-]*:", path, re.IGNORECASE):
                raise _stop(
                    "remote-ref",
                    f"$ref {ref!r} points to the network",
                    origin,
                    "Keep a copy in a file beside this one.",
                )
            resource = Origin(self._known_as(_join(origin.file, unquote(path))))
        tree = self._tree(resource.file, origin)
        try:
            return self._inside(resource, unquote(fragment), tree, ref, origin)
        except InputError:
            if not resource.pointer or path:
                raise
            found = self._inside(Origin(resource.file), unquote(fragment), tree, ref, origin)
        if origin not in self._told:
            self._told.add(origin)
            self.diagnostics.note(
                "anchor-ref",
                f"the schema around it has an `$id`, in which {ref!r} points to nothing: it is looked up in the file",
                origin,
                "Take the `$id` out, or write the file's name before the #.",
            )
        return found

    def _known_as(self, file: str) -> str:
        """The name under which a file was first read, whichever way leads to it: `../api/root.yaml` is `root.yaml`."""
        if file in self._trees or "\0" in file:
            return file
        return self._names.setdefault(os.path.realpath(file), file)

    def _inside(self, resource: Origin, fragment: str, tree: Json, ref: str, asked_from: Origin) -> tuple[Json, Origin]:
        """What a fragment means in a file or in a schema with an address of its own. Raises InputError."""
        pointer = resource.pointer + fragment
        if fragment and not fragment.startswith("/"):
            found = self._addresses.anchor(resource, fragment, tree)
            if found is None:
                raise _stop(
                    "anchor-ref",
                    f"$ref {ref!r} names an anchor, and no schema in {resource.file} has `$anchor: {fragment}`",
                    asked_from,
                    "Use a JSON pointer such as '#/components/schemas/Name'.",
                )
            pointer = found.pointer
        node = tree
        for token in tokens(pointer):
            if isinstance(node, dict) and token in node:
                node = node[token]
            elif isinstance(node, list) and _INDEX.match(token) and int(token) < len(node):
                node = node[int(token)]
            else:
                raise _stop("dangling-ref", f"$ref {ref!r} points to nothing", asked_from, _nearby(token, node))
        return node, Origin(resource.file, pointer)

    def resolve(self, node: Json, origin: Origin) -> tuple[Json, Origin]:
        """The node itself, or what its chain of plain `$ref`s ends at."""
        seen = {origin}
        while isinstance(node, dict) and isinstance(ref := node.get("$ref"), str):
            node, target = self.follow(ref, origin.child("$ref"))
            if target in seen:
                raise _stop(
                    "circular-ref", f"$ref {ref!r} leads back to itself", origin, "Let one of them say what it is."
                )
            seen.add(target)
            origin = target
        return node, origin

    def positions(self, origins: Iterable[Origin]) -> Mapping[Origin, Position]:
        """Lines and columns, with one scan per file; (1, 1) for a file that was not read."""
        wanted = list(origins)
        found: dict[Origin, Position] = {}
        for file in dict.fromkeys(o.file for o in wanted):
            places = (
                locate(self.text(file), {o.pointer for o in wanted if o.file == file}) if file in self._texts else {}
            )
            found |= {o: places.get(o.pointer, (1, 1)) for o in wanted if o.file == file}
        return found


#: How a URL of a file begins (RFC 8089), up to its path.
_LOCAL = re.compile(r"\Afile:(//(localhost)?(?=/))?", re.IGNORECASE)
_INDEX = re.compile(r"(0|[1-9][0-9]{0,8})\Z")


def _stop(code: str, message: str, origin: Origin, hint: str = "") -> InputError:
    return InputError(Diagnostic(Severity.ERROR, code, message, origin, hint))


def _nearby(token: str, node: Json) -> str:
    from difflib import get_close_matches

    names = list(node) if isinstance(node, dict) else []
    close = get_close_matches(token, names, 1)
    return f"Did you mean {close[0]!r}?" if close else f"There is no {token!r} at that place."


def _join(base: str, relative: str) -> str:
    parts: list[str] = []
    joined = PurePosixPath(base).parent / relative
    for part in joined.parts:
        if part == ".." and parts and parts[-1] not in ("..", "/"):
            parts.pop()
        elif part != ".":
            parts.append(part)
    return str(PurePosixPath(*parts)) if parts else "."


def load(root: str, diagnostics: Diagnostics, read: Reader = read_file, overlays: Sequence[str] = ()) -> Document:
    """Read a document and apply overlays to its root file, in the words of the document's own version.

    Raises InputError when it is not OpenAPI 3.0, 3.1 or 3.2.
    """
    if re.match(r"[a-z][a-z0-9+.-]+://", root, re.IGNORECASE):
        hint = "Download it: documents are read from files."
        raise _stop("unreadable", f"cannot read {root}: it is a URL", Origin(root), hint)
    document = Document(str(PurePosixPath(root)), read, diagnostics)
    source = document._read(document.root, None)
    tree = parse(source, document.root, diagnostics)
    if not isinstance(tree, dict):
        kind = "is empty" if tree is None else "is not a mapping"
        raise _stop("not-openapi", f"the document {kind}", document.origin, "It begins with `openapi: 3.1.0`.")
    apply_overlays(tree, overlays, diagnostics, read)
    version = tree.get("openapi")
    if "swagger" in tree:
        raise _stop(
            "swagger-2", "Swagger 2.0 is not read", document.origin.child("swagger"), "Convert it to OpenAPI 3 first."
        )
    # `openapi: 3.1` without quotes is a number in YAML; what is meant is plain.
    if isinstance(version, bool) or not re.match(r"3\.[0-2](\.|\Z)", str(version)):
        said = "there is no `openapi:`" if version is None else f"openapi: {version!r} is not 3.0, 3.1 or 3.2"
        raise _stop("not-openapi", said, document.origin.child("openapi"), "Say which version it is: `openapi: 3.1.0`.")
    if str(version).startswith("3.0"):
        document._old_dialect = True
    document._keep(tree, document.root, source)
    return document
