"""One document out of many files: what other files hold moves under `components`, and `$ref`s follow."""

from __future__ import annotations

import re

from ..diagnostics import InputError, Origin
from ..values import Json
from .dialect import DATA, NAMES
from .document import Document

#: What the name of a component may not have (OpenAPI 3.1, Components Object).
_OTHER = re.compile(r"[^A-Za-z0-9._-]+")

_SECTIONS = {
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
}


class _Bundler:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._names: dict[Origin, str] = {}
        self._taken: set[str] = set()
        self.moved: dict[str, dict[str, Json]] = {}
        components = document.tree.get("components")
        for section, members in components.items() if isinstance(components, dict) else ():
            for name, node in members.items() if isinstance(members, dict) else ():
                self._taken.add(f"{section}/{name}")
                if isinstance(node, dict) and set(node) == {"$ref"}:
                    origin = document.origin.child("components", section, name)
                    _, end = self._end(node, origin)
                    if end.file != document.root:
                        self._names.setdefault(end, f"#/components/{section}/{name}")

    def _end(self, node: Json, origin: Origin) -> tuple[Json, Origin]:
        """What a chain of references ends at; one that leads back to itself stays as it is."""
        try:
            return self._document.resolve(node, origin)
        except InputError as error:
            if error.diagnostic.code != "circular-ref":
                raise
            return node, origin

    def value(self, node: Json, origin: Origin, section: str, *, top: bool = False, names: bool = False) -> Json:
        """The node without references to other files. `names`: its keys are names, whatever they are called."""
        if isinstance(node, list):
            return [self.value(v, origin.child(i), section) for i, v in enumerate(node)]
        if not isinstance(node, dict):
            return node
        ref = node.get("$ref")
        if isinstance(ref, str) and not (top and set(node) == {"$ref"}):
            target, end = self._document.follow(ref, origin.child("$ref"))
            if end not in self._names and end.file != self._document.root:
                end = self._end(target, end)[1]
            if section == "pathItems" and end.file != self._document.root:  # a path item stands better in its place
                return self.value(*self._document.follow(ref, origin), "schemas")
            return {
                "$ref": self._name(end, section),
                **{k: self.value(v, origin.child(k), section) for k, v in node.items() if k != "$ref"},
            }
        if isinstance(ref, str):
            target, end = self._end(node, origin)
            moved = end != origin and end.file != self._document.root
            return self.value(target, end, section) if moved else dict(node)
        return {
            k: v
            if not names and _is_data(k, v, section)
            else self.value(v, origin.child(k), _section(k, section), names=not names and k in NAMES)
            for k, v in node.items()
        }

    def _name(self, end: Origin, section: str) -> str:
        if end.file == self._document.root:
            return f"#{end.pointer}"
        if end not in self._names:
            said = end.pointer.rpartition("/")[2] or end.file.rpartition("/")[2].partition(".")[0]
            base = name = _OTHER.sub("_", said.replace("~1", "/").replace("~0", "~")).strip("_") or "part"
            number = 2
            while f"{section}/{name}" in self._taken:
                name, number = f"{base}{number}", number + 1
            self._taken.add(f"{section}/{name}")
            self._names[end] = f"#/components/{section}/{name}"
            node, _ = self._document.follow(f"#{end.pointer}", Origin(end.file))
            self.moved.setdefault(section, {})[name] = {}
            self.moved[section][name] = self.value(node, end, section)
        return self._names[end]


def _is_data(key: str, value: Json, section: str) -> bool:
    """Whether a member holds values of the API's users: a `$ref` in them refers to nothing here."""
    if key == "examples":
        return isinstance(value, list)
    return key in DATA or (section == "examples" and key == "value")


def _section(key: str, current: str) -> str:
    if key == "paths":
        return "pathItems"
    if key in ("schema", "items", "properties", "allOf", "anyOf", "oneOf", "additionalProperties", "not"):
        return "schemas"
    if key == "requestBody":
        return "requestBodies"
    return key if key in _SECTIONS else current


def bundle(document: Document) -> dict[str, Json]:
    """The document as one value without references to other files. Raises InputError for dangling ones."""
    bundler = _Bundler(document)
    out: dict[str, Json] = {}
    for key, value in document.tree.items():
        origin = document.origin.child(key)
        if key == "components" and isinstance(value, dict):
            out[key] = {
                section: {
                    name: bundler.value(node, origin.child(section, name), section, top=True)
                    for name, node in members.items()
                }
                if isinstance(members, dict)
                else members
                for section, members in value.items()
            }
        else:
            out[key] = bundler.value(value, origin, _section(key, "schemas"))
    if bundler.moved:
        components = out.setdefault("components", {})
        assert isinstance(components, dict)
        for section, members in bundler.moved.items():
            existing = components.setdefault(section, {})
            assert isinstance(existing, dict)
            existing.update(members)
    return out
