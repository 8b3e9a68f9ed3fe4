"""Documents change and grow: what was published stays, whatever comes beside it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from polyport_codegen.config import Config, TargetConfig
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.load.document import load
from polyport_codegen.names_lock import TREE, NamesLock, parse
from polyport_codegen.pipeline import Locks, run
from polyport_codegen.registry import LANGUAGES

from tests.codegen.specs import get, reader, ref

#: Entries of the lock that are lists, which grow.
LISTS = ("order", "members", "values")

RUN: dict[str, Any] = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "state": {"enum": ["a", "b"], "type": "string"}},
}


def shuffled(node: Any, random: Random) -> Any:
    """The same document in another order: of paths, schemas, properties and alternatives."""
    if isinstance(node, list):
        return [shuffled(item, random) for item in node]
    if not isinstance(node, dict):
        return node
    out = {}
    for key, value in node.items():
        if key in ("paths", "schemas", "properties") and isinstance(value, dict):
            value = dict(random.sample(list(value.items()), len(value)))
        elif key in ("oneOf", "anyOf", "parameters") and isinstance(value, list):
            value = random.sample(value, len(value))
        out[key] = shuffled(value, random)
    return out


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_a_document_names_nothing(seed: int) -> None:
    tree = load(str(Path(__file__).parents[1] / "vectors/api.yaml"), Diagnostics()).tree
    config = Config("spec.json", {name: TargetConfig(f"out/{name}") for name in LANGUAGES}, names_lock="lock")
    names = None
    for document in (tree, shuffled(tree, Random(seed))):
        found = Diagnostics()
        result = run(config, Locks(names=names), found, reader({"spec.json": json.dumps(document)}))
        assert [d for d in found.items if d.code.startswith("published")] == []
        orders = re.compile(r"^  order:\n(    .*\n)+", re.MULTILINE)
        assert result.locks.names is not None
        assert names is None or orders.sub("", result.locks.names) == orders.sub("", names)
        names = result.locks.names


def published_by(trees: list[Any]) -> tuple[NamesLock, list[str]]:
    """The lock after all documents in their order, and what was told of published names on the way."""
    config = Config("spec.json", {name: TargetConfig(f"out/{name}") for name in LANGUAGES}, names_lock="lock")
    names, told = None, []
    for tree in trees:
        found = Diagnostics()
        names = run(config, Locks(names=names), found, reader({"spec.json": json.dumps(tree)})).locks.names
        told += [d.message for d in found.items if d.code.startswith("published")]
    assert names is not None
    return parse(names, "lock"), told


def document(**orders: list[str]) -> dict[str, Any]:
    """A document whose schemas each have an inline enum `order` of these values."""
    schemas = {
        n: {"type": "object", "properties": {"order": {"type": "string", "enum": values}}}
        for n, values in orders.items()
    }
    paths = {f"/{name.lower()}s": get(ref(name)) for name in schemas}
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def test_a_type_of_its_own_stays_one_when_others_become_like_it() -> None:
    one = document(Run=["asc", "desc"])
    lock, told = published_by([one, document(Run=["asc", "desc"], Job=["asc", "desc"], Vote=["asc", "desc"])])
    assert told == []
    aliases = lock.sections[TREE]["alias", ""]
    assert {id: r.name for id, r in aliases.items()} == {
        f"#/components/schemas/{name}>.order": "#/components/schemas/Run>.order" for name in ("Job", "Vote")
    }


def test_what_several_share_stays_while_one_of_them_has_it() -> None:
    same = ["asc", "desc"]
    trees = [
        document(Run=same, Job=same, Vote=same),
        document(Run=same, Job=["up", "down"], Vote=same),
        document(Run=same, Job=["up", "down"], Vote=["x", "y"]),
    ]
    lock, told = published_by(trees)
    assert [t.partition(" was the same type")[0] for t in told] == [
        "#/components/schemas/Job>.order",
        "#/components/schemas/Vote>.order",
    ]
    assert lock.types()["#/components/schemas/Run>.order"] == "shared>order"
    for language in LANGUAGES:
        assert lock.sections[language]["type", ""]["shared>order"].removed is False


def test_pythons_forms_stay() -> None:
    schema = {"Run": RUN}
    info = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "components": {"schemas": schema}}
    lock, told = published_by([{**info, "paths": {}}, {**info, "paths": {"/runs": {"put": {"requestBody": {"content": {"application/json": {"schema": {"type": "array", "items": ref("Run")}}}}, "responses": {"204": {"description": ""}}}}}}])  # fmt: skip
    assert told == []
    assert lock.sections["python"]["type", ""]["#/components/schemas/Run"].removed is False
    assert lock.sections["python"]["param", ""]["#/components/schemas/Run"].removed is False


def smaller(node: Any, random: Random) -> Any:
    """The document before some of its paths and optional members were added."""
    if isinstance(node, list):
        return [smaller(item, random) for item in node]
    if not isinstance(node, dict):
        return node
    required = node.get("required")
    kept = set(required) if isinstance(required, list) else set()
    out = {}
    for key, value in node.items():
        if key == "paths":
            value = {k: v for k, v in value.items() if random.random() < 0.7}
        elif key == "properties" and isinstance(value, dict) and len(value) > 2:
            value = {k: v for k, v in value.items() if k in kept or k == "stream" or random.random() < 0.8}
        out[key] = smaller(value, random)
    return out


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_growth_moves_nothing(seed: int) -> None:
    tree = load(str(Path(__file__).parents[1] / "vectors/api.yaml"), Diagnostics()).tree
    before, _ = published_by([smaller(tree, Random(seed))])
    after, told = published_by([smaller(tree, Random(seed)), tree])
    # Node's arguments are members as on the wire: one of the body takes its name from a parameter. In Swift a nested type
    # gives way to one outside that the text around it has come to mean.
    allowed = [t for t in told if re.search(r"is now '\w+_in_\w+' in node$|is now '\w+Value' in swift$", t)]
    assert told == allowed
    for target, section in before.sections.items():
        for header, entries in section.items():
            if header[0] not in LISTS and (target, header[0]) != ("node", "argument"):
                kept = {id: r for id, r in entries.items() if not any(repr(id) in t for t in allowed)}
                assert {id: after.sections[target][header][id] for id in kept} == kept


def test_a_variant_without_a_name_never_takes_that_of_another() -> None:
    def choice(*members: str) -> dict[str, Any]:
        listed = [{"type": "object", "required": [m], "properties": {m: {"type": "string"}}} for m in members]
        tree = document(Run=["a"])
        tree["components"]["schemas"]["Run"] = {"oneOf": [{"type": "string"}, *listed]}
        return tree

    first, _ = published_by([choice("b", "c")])
    then, told = published_by([choice("b", "c"), choice("c", "a", "b")])
    assert told == []
    for language in LANGUAGES:
        for header in [h for h in first.sections[language] if h[0] == "type"]:
            kept = first.sections[language][header]
            assert {id: then.sections[language][header][id] for id in kept} == kept
    ids = {id for section in then.sections.values() for h in section if h[0] == "type" for id in section[h]}
    assert {f"#/components/schemas/Run>|object {m}" for m in "abc"} <= ids
    # One alone is known by its members already.
    alone, told = published_by([choice("b")])
    then, told = published_by([choice("b"), choice("c", "b")])
    assert told == []
    kept = alone.sections["python"]["type", ""]
    assert {id: then.sections["python"]["type", ""][id] for id in kept} == kept


def test_a_variant_stays_when_it_gets_a_member_of_one_value_beside_its_tag() -> None:
    def choice(**more: Any) -> dict[str, Any]:
        tree = document(Run=["a"])
        tagged = [
            {"type": "object", "required": ["what"], "properties": {"what": {"const": tag}, **more}}
            for tag in ("walk", "sleep")
        ]
        tree["components"]["schemas"]["Run"] = {"oneOf": tagged}
        return tree

    _, told = published_by([choice(), choice(format={"enum": ["json"]})])
    assert told == []


def test_a_variant_of_which_nothing_is_said_is_known_by_what_it_refers_to() -> None:
    def choice(*names: str) -> dict[str, Any]:
        tree = document(Run=["a"], Job=["b"], Vote=["c"])
        either = [{"allOf": [ref(name), {"properties": {name: {"type": "string"}}}]} for name in names]
        tree["components"]["schemas"]["Any"] = {"anyOf": [*either, {"type": "string"}]}
        tree["paths"]["/any"] = get(ref("Any"))
        return tree

    first, _ = published_by([choice("Job", "Run")])
    then, told = published_by([choice("Job", "Run"), choice("Vote", "Run", "Job")])
    assert told == []
    for language in LANGUAGES:
        for header in [h for h in first.sections[language] if h[0] in ("type", "variant")]:
            kept = first.sections[language][header]
            assert {id: then.sections[language][header][id] for id in kept} == kept


def test_a_member_whose_name_is_blank_is_not_the_body() -> None:
    def tree(**more: Any) -> dict[str, Any]:
        body = {"type": "object", "properties": {"": {"type": "string"}, "  ": {"type": "string"}, **more}}
        call = {"requestBody": {"content": {"application/json": {"schema": body}}}, "responses": {"204": {}}}
        return {**document(Run=["a"]), "paths": {"/runs": {"post": call}}}

    first, _ = published_by([tree()])
    then, told = published_by([tree(), tree(name={"type": "string"})])
    assert told == []
    for language in LANGUAGES:
        kept = first.sections[language]["argument", "POST /runs"]
        assert set(kept) == {"body ", "body   "}
        assert {id: then.sections[language]["argument", "POST /runs"][id] for id in kept} == kept
