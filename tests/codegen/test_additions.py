"""Whatever is added to a document, however it is spelled: no published name moves without a word."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from polyport_codegen.config import Config, TargetConfig
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.lower.published import Published
from polyport_codegen.pipeline import Locks, run
from polyport_codegen.registry import LANGUAGES

from tests.codegen.specs import get, reader, ref

FIXTURES = Path(__file__).parent / "extensions"
PUBLIC = ("adyen.json", "azure-batch.json", "azure-sql.json", "aws-sts.json")
TEXT = {"type": "string"}
#: What is a word, a member or a type of its own in one language or another.
TAKEN = (
    "class",
    "self",
    "client",
    "copy",
    "toString",
    "rawValue",
    "default",
    "Error",
    "Page",
    "Client",
    "Upload",
    "options",
)

#: What an addition may do to names, since it tells: Node's arguments are members as on the wire, of which one may take a name
#: from another; and of two types that were the same one may become a type of its own.
TOLD = re.compile(r"is now '\w+_in_\w+' in node$|was the same type as others and is one of its own now")
#: An addition can be read as it is drawn, and shrinking takes minutes.
QUICK: Any = {"deadline": None, "suppress_health_check": list(HealthCheck), "phases": (Phase.explicit, Phase.generate)}

Tree = dict[str, Any]


def small() -> Tree:
    """Of each thing that has a name, one or two."""
    state = {"type": "string", "enum": ["in_progress", "done"]}
    bodies = {"content": {"application/json": {"schema": ref("RunRequest")}}}
    path = {"name": "thread_id", "in": "path", "required": True, "schema": TEXT}
    query = {"name": "page_size", "in": "query", "schema": {"type": "integer"}}
    created = get(ref("Run"))["get"]["responses"]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Runs", "version": "1"},
        "servers": [{"url": "https://a.dev", "description": "Live"}, {"url": "https://b.dev", "description": "Test"}],
        "paths": {
            "/threads/{thread_id}/runs": {
                "parameters": [path],
                "get": {"operationId": "listRuns", "parameters": [query], "responses": created},
                "post": {"operationId": "createRun", "requestBody": bodies, "responses": created},
            },
            "/threads": get({"type": "array", "items": ref("Part")}),
        },
        "components": {
            "schemas": {
                "Run": {"type": "object", "properties": {"id": TEXT, "run_state": state, "part": ref("Part")}},
                "RunRequest": {"type": "object", "required": ["model"], "properties": {"model": TEXT, "user_id": TEXT}},
                "Part": {"oneOf": [ref("TextPart"), ref("ImagePart")], "discriminator": {"propertyName": "type"}},
                "TextPart": tagged("text"),
                "ImagePart": tagged("image"),
            },
            "securitySchemes": {"appId": {"type": "apiKey", "in": "header", "name": "X-App"}},
        },
    }


def tagged(tag: str) -> Tree:
    return {"type": "object", "required": ["type"], "properties": {"type": {"const": tag}, "value": TEXT}}


@dataclass(frozen=True)
class Addition:
    """One thing more: what kind, beside the how-manieth of that kind, spelled how."""

    kind: str
    at: int
    spelling: int

    def to(self, tree: Tree) -> None:
        """Put it into the document."""
        getattr(self, f"_{self.kind}")(tree)

    def _spelled(self, name: str, taken: Any) -> str:
        """The name in another spelling, which no other has."""
        words = [w for w in re.split(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])", name) if w] or ["x"]
        camel = words[0].lower() + "".join(w.capitalize() for w in words[1:])
        ways = ("_".join(words).lower(), "-".join(words), camel, "".join(w.capitalize() for w in words), name.upper(),
                f"{name}_", f"{name}2", f"{camel}Value", *TAKEN)  # fmt: skip
        found = ways[self.spelling % len(ways)]
        while found in taken:
            found = f"{found}_"
        return found

    def _of(self, found: Iterator[Any]) -> Any:
        listed = list(found)
        return listed[self.at % len(listed)] if listed else None

    def _member(self, tree: Tree) -> None:
        if owner := self._of(n for n in nodes(tree) if isinstance(n.get("properties"), dict) and n["properties"]):
            members = owner["properties"]
            members[self._spelled(list(members)[self.at % len(members)], members)] = {"type": "string", "enum": ["a"]}

    def _value(self, tree: Tree) -> None:
        values = self._of(
            n["enum"] for n in nodes(tree) if isinstance(n.get("enum"), list) and isinstance(n["enum"][0], str)
        )
        if values is not None:
            values.append(self._spelled(values[self.at % len(values)], values))

    def _variant(self, tree: Tree) -> None:
        schemas = tree["components"].setdefault("schemas", {})
        choice = self._of(n["oneOf"] for n in nodes(tree) if isinstance(n.get("oneOf"), list))
        if choice is not None:
            said = [v["$ref"].rpartition("/")[2] for v in choice if "$ref" in v]
            name = self._spelled(said[self.at % len(said)] if said else "Variant", schemas)
            schemas[name] = tagged(name)
            choice.append(ref(name))

    def _schema(self, tree: Tree) -> None:
        """A type, called as another one or as an inline one of it."""
        schemas = tree["components"].setdefault("schemas", {})
        base = list(schemas)[self.at % len(schemas)] if schemas else "Thing"
        inner = list(schemas.get(base, {}).get("properties", {}))
        name = base + inner[self.at % len(inner)].title() if inner and self.spelling % 2 else base
        name = self._spelled(re.sub(r"[^\w.-]", "", name), schemas)
        schemas[name] = {"type": "object", "properties": {"x": TEXT}}
        tree["paths"][f"/added/{name.lower()}/{self.at}"] = get(ref(name))

    def _operation(self, tree: Tree) -> None:
        """A call whose path says the same, or whose id is another spelling."""
        path = list(tree["paths"])[self.at % len(tree["paths"])]
        item = tree["paths"][path]
        calls = [call for call in item.values() if isinstance(call, dict) and "responses" in call]
        id = (calls[0].get("operationId") if calls else None) or "call"
        bare = re.sub(r"/\{[^}]*\}", "", path)
        beside = next(p for p in (bare, f"/v2{bare}", f"{bare}/all", f"{bare}/a/b/c") if p and p not in tree["paths"])
        tree["paths"][beside] = {
            method: {"operationId": f"{self._spelled(id, ())}{method}", "responses": {"204": {"description": ""}}}
            for method in (("get", "post"), ("put",), ("delete", "patch"))[self.spelling % 3]
        }

    def _parameter(self, tree: Tree) -> None:
        call = self._of(n for n in nodes(tree) if isinstance(n.get("responses"), dict) and "operationId" in n)
        if call is not None:
            listed = call.setdefault("parameters", [])
            names = [p["name"] for p in listed if "name" in p]
            name = self._spelled(names[self.at % len(names)] if names else "limit", names)
            listed.append({"name": name, "in": "query", "schema": {"type": "string", "enum": ["a"]}})

    def _server(self, tree: Tree) -> None:
        said = ("Live", "Test", "live server", "Server 1")[self.spelling % 4]
        tree.setdefault("servers", []).insert(0, {"url": f"https://added-{self.at}.dev", "description": said})

    def _scheme(self, tree: Tree) -> None:
        schemes = tree["components"].setdefault("securitySchemes", {})
        name = self._spelled(next(iter(schemes), "key"), schemes)
        schemes[name] = {"type": "apiKey", "in": "header", "name": f"X-{self.at}"}


KINDS = sorted(name[1:] for name in vars(Addition) if re.fullmatch(r"_(?!_|spelled|of\b)[a-z]+", name))
ADDITIONS = st.lists(
    st.builds(Addition, st.sampled_from(KINDS), st.integers(0, 40), st.integers(0, 20)), min_size=1, max_size=6
)


def nodes(node: Any) -> Iterator[Tree]:
    """Every object of a document, what is an example left out."""
    if isinstance(node, dict):
        yield node
        for key, value in node.items():
            if key not in ("example", "examples", "x-ms-examples"):
                yield from nodes(value)
    elif isinstance(node, list):
        for item in node:
            yield from nodes(item)


def published(tree: Tree, names: str | None) -> tuple[dict[tuple[str, Published], str], str, list[str]]:
    """Every name by target and thing, the lock, and what was told of published names."""
    config = Config("spec.json", {name: TargetConfig(f"out/{name}") for name in LANGUAGES}, names_lock="lock")
    found = Diagnostics()
    made = run(config, Locks(names=names), found, reader({"spec.json": json.dumps(tree)}))
    assert made.locks.names is not None
    surface = {(t, e.published): e.name for t, generated in made.targets.items() for e in generated.surface}
    return surface, made.locks.names, [d.message for d in found.items if d.code.startswith("published")]


@cache
def before(name: str) -> tuple[Tree, dict[tuple[str, Published], str], str]:
    """A document, and what is published of it."""
    tree = small() if name == "small" else json.loads((FIXTURES / name).read_text())
    tree.setdefault("components", {})
    surface, names, _ = published(tree, None)
    return tree, surface, names


def check(name: str, additions: list[Addition]) -> None:
    """Nothing that was published is called otherwise, or it is told what."""
    tree, old, names = before(name)
    grown = deepcopy(tree)
    for addition in additions:
        addition.to(grown)
    new, after, told = published(grown, names)
    moved = {key: (was, new.get(key)) for key, was in old.items() if new.get(key) != was}
    silent = {
        key: names for key, names in moved.items() if not any(repr(str(names[0])) in t or key[1].id in t for t in told)
    }
    assert silent == {}, told
    assert [t for t in told if not TOLD.search(t)] == []
    again, _, repeated = published(grown, after)
    assert (again, repeated) == (new, [])


@settings(max_examples=12, **QUICK)
@given(ADDITIONS)
def test_additions_to_a_small_document_move_nothing(additions: list[Addition]) -> None:
    check("small", additions)


@pytest.mark.parametrize("name", PUBLIC)
@settings(max_examples=3, **QUICK)
@given(additions=ADDITIONS)
def test_additions_to_documents_of_others_move_nothing(name: str, additions: list[Addition]) -> None:
    check(name, additions)


def test_every_kind_of_addition_adds_something() -> None:
    for kind in KINDS:
        tree = small()
        Addition(kind, 0, 0).to(tree)
        assert tree != small(), kind
