"""From document to document: what was published keeps its name in every language, and what does not is told."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from polyport_codegen.cli import main
from polyport_codegen.config import Config, TargetConfig
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.lower.published import Published
from polyport_codegen.names_lock import TREE, NamesLock, parse
from polyport_codegen.pipeline import Locks, run
from polyport_codegen.registry import LANGUAGES

from tests.codegen.plain import prepare
from tests.codegen.specs import get, ref


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder."""
    return prepare(tmp_path, monkeypatch)


def post(id: str, schema: Any) -> dict[str, Any]:
    return {
        "post": {
            "operationId": id,
            "requestBody": {"content": {"application/json": {"schema": schema}}},
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": ref("Run")}}}},
        }
    }


def thread(path: str, id: str) -> dict[str, Any]:
    parameter = {
        "name": path[path.index("{") + 1 : path.index("}")],
        "in": "path",
        "required": True,
        "schema": {"type": "string"},
    }
    return {path: {"parameters": [parameter], **post(id, ref("RunRequest"))}}


SCHEMAS: dict[str, Any] = {
    "Run": {
        "type": "object",
        "properties": {"id": {"type": "string"}, "state": {"enum": ["a", "b"], "type": "string"}},
    },
    "RunRequest": {"type": "object", "properties": {"model": {"type": "string"}, "limit": {"type": "integer"}}},
}
PATHS = thread("/threads/{id}/runs", "createRun")


def generate(paths: dict[str, Any], schemas: dict[str, Any], config: str = "") -> str:
    """Generate all languages; the path of the lock is the default one."""
    tree = {
        "openapi": "3.1.0",
        "info": {"title": "Runs", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }
    Path("spec.json").write_text(json.dumps(tree))
    targets = "".join(f"  {name}: {{out: out/{name}}}\n" for name in LANGUAGES)
    Path("codegen.yaml").write_text(f"spec: spec.json\n{config}targets:\n{targets}")
    assert main(["generate"]) == 0
    assert main(["check"]) == 0
    return Path("polyport.names.lock").read_text()


def lock() -> NamesLock:
    return parse(Path("polyport.names.lock").read_text(), "lock")


def names(kind: str, language: str) -> dict[str, str]:
    """The present names of one kind, by id."""
    section = lock().sections[language]
    return {i: r.name for (k, _), listed in section.items() if k == kind for i, r in listed.items() if not r.removed}


def test_an_addition_takes_nothing_away(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generate(PATHS, SCHEMAS)
    assert names("call", TREE) == {"POST /threads/{}/runs": "threads.runs.create"}
    before = {
        language: (names("method", language), names("type", language), names("argument", language))
        for language in LANGUAGES
    }
    capsys.readouterr()
    grown = {
        **SCHEMAS,
        "RunState": {"type": "object"},  # what the inline enum of Run is called
        "run": {"type": "object"},
        "RunsResource": {"type": "object"},
    }
    grown["RunRequest"] = {
        "type": "object",
        "properties": {**SCHEMAS["RunRequest"]["properties"], "Limit": {"type": "string"}},
    }
    more = {**PATHS, "/threads/runs": post("postRuns", ref("RunRequest"))}
    generate({**more, "/runs": get({"type": "array", "items": ref("RunState")})}, grown)
    assert capsys.readouterr().err == ""
    assert names("call", TREE)["POST /threads/{}/runs"] == "threads.runs.create"
    assert names("call", TREE)["POST /threads/runs"] != "threads.runs.create"
    for language, kinds in before.items():
        for kind, old in zip(("method", "type", "argument"), kinds, strict=True):
            assert old
            assert {id: names(kind, language).get(id) for id in old} == old
        assert len(set(map(str.casefold, names("type", language).values()))) == len(names("type", language))


def inner(kind: str, language: str) -> dict[str, str]:
    """The present names of members, values or variants, by id."""
    targets = {language: TargetConfig("out")}
    text = Path("polyport.names.lock").read_text()
    made = run(Config("spec.json", targets, names_lock="lock"), Locks(names=text), Diagnostics()).targets[language]
    return {e.published.id: e.name for e in made.surface if e.published.kind == kind}


def alike(order: int) -> dict[str, Any]:
    """An object, an enum and a union of several things that one language or another spells alike: the first, in one order or
    another, or all of them."""

    def some(*names: str) -> tuple[str, ...]:
        return (names, names[::-1])[order % 2] if order > 1 else names[order : order + 1]

    text = {"type": "string"}
    made = {n: {"type": "object", "required": ["t"], "properties": {"t": {"const": n}}} for n in ("A.b", "A_b", "C")}
    return {
        **made,
        "Model": {"type": "object", "properties": dict.fromkeys(("z", *some("user_id", "userId")), text)},
        "Mode": {"type": "string", "enum": ["x", *some("a-b", "a_b")]},
        "One": {"oneOf": [ref(n) for n in (*some("A.b", "A_b"), "C")], "discriminator": {"propertyName": "t"}},
    }


USES = {f"/{name.lower()}s": get(ref(name)) for name in ("Model", "Mode", "One")}


@pytest.mark.parametrize("first", [0, 1])
def test_a_member_a_value_and_a_variant_keep_their_names(
    here: Path, first: int, capsys: pytest.CaptureFixture[str]
) -> None:
    generate(USES, alike(first))
    kinds = ("member", "value", "variant", "factory")
    before = {(kind, language): inner(kind, language) for kind in kinds for language in LANGUAGES}
    assert {"A_B"} == {name for name in before["value", "kotlin"].values() if name != "X"}
    capsys.readouterr()
    for order in (2, 3, first, 3):  # together in both orders, one gone, and back
        generate(USES, alike(order))
        said = capsys.readouterr()
        if order == first:
            gone = "userId" if first == 0 else "user_id"
            assert f"#/components/schemas/Model has lost members that were published: {gone}" in said.out + said.err
        else:
            assert "published" not in said.out + said.err
        for (kind, language), old in before.items():
            now = inner(kind, language)
            assert {id: now.get(id) for id in old} == old, (kind, language)
            assert kind == "variant" or len(set(now.values())) >= len(now) - 1  # ids of several places
    assert inner("value", "kotlin")['"a_b"' if first == 0 else '"a-b"'] != "A_B"


def test_the_name_of_a_member_that_is_gone_stays_reserved(here: Path) -> None:
    generate(USES, alike(0))
    generate(USES, alike(1))
    assert inner("value", "kotlin") == {'"x"': "X", '"a_b"': "A_B_SNAKE"}
    assert inner("member", "python")["userId"] == "user_id_camel"


def test_without_a_lock_the_addition_would_have_taken_the_name(here: Path) -> None:
    generate({**PATHS, "/threads/runs": post("postRuns", ref("RunRequest"))}, SCHEMAS)
    assert names("call", TREE)["POST /threads/runs"] == "threads.runs.create"


def test_a_path_parameter_and_an_operation_id_may_change(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generate(PATHS, SCHEMAS)
    capsys.readouterr()
    generate(thread("/threads/{thread}/runs", "makeRun"), SCHEMAS)
    assert capsys.readouterr().err == ""
    assert names("call", TREE) == {"POST /threads/{}/runs": "threads.runs.create"}
    assert names("argument", "swift")["path 1"] == "id"


def test_what_is_gone_stays_reserved_and_is_told_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generate({**PATHS, "/pets": get(ref("Pet"), operationId="pets")}, {**SCHEMAS, "Pet": {"type": "object"}})
    capsys.readouterr()
    generate(PATHS, SCHEMAS)
    told = capsys.readouterr().err
    assert told.count("[published-removed]") == 2
    assert "the call 'GET /pets' was published as 'pets.list' and is gone; its name stays reserved" in told
    assert "the type '#/components/schemas/Pet' was published as 'Pet' in " in told
    assert "`moved: {old id: new id}`" in told
    generate({**PATHS, "/v2/pets": get(ref("pet"))}, {**SCHEMAS, "pet": {"type": "object"}})
    assert capsys.readouterr().err == ""
    assert names("call", TREE)["GET /v2/pets"] != "pets.list"
    for language in LANGUAGES:
        assert names("type", language)["#/components/schemas/pet"] != "Pet"


def test_what_has_moved_keeps_its_name(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generate(PATHS, SCHEMAS)
    old = {language: (names("method", language), names("type", language)) for language in LANGUAGES}
    capsys.readouterr()
    schemas = {"Execution": SCHEMAS["Run"], "RunRequest": SCHEMAS["RunRequest"]}
    paths = json.loads(
        json.dumps(thread("/conversations/{id}/runs", "createRun")).replace('schemas/Run"', 'schemas/Execution"')
    )
    generate(paths, schemas, 'moved: {Run: Execution, "POST /threads/{id}/runs": "POST /conversations/{id}/runs"}\n')
    assert capsys.readouterr().err == ""
    assert names("call", TREE) == {"POST /conversations/{}/runs": "threads.runs.create"}
    for language, (methods, types) in old.items():
        assert set(names("method", language).values()) == set(methods.values())
        assert names("type", language)["#/components/schemas/Execution"] == types["#/components/schemas/Run"]
        assert sorted(names("type", language).values()) == sorted(types.values())


def test_the_warning_of_a_move_can_be_followed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generate(PATHS, SCHEMAS)
    old = names("type", "swift")
    schemas = {"Execution": SCHEMAS["Run"], "RunRequest": SCHEMAS["RunRequest"]}
    paths = json.loads(json.dumps(PATHS).replace('schemas/Run"', 'schemas/Execution"'))
    capsys.readouterr()
    generate(paths, schemas)
    assert "the type '#/components/schemas/Run' was published as 'Run'" in capsys.readouterr().err
    assert names("type", "swift")["#/components/schemas/Execution"] == "Execution"
    generate(paths, schemas, "moved: {'#/components/schemas/Run': Execution}\n")
    assert names("type", "swift")["#/components/schemas/Execution"] == "Run"
    assert sorted(names("type", "swift").values()) == sorted(old.values())


def test_renames_still_win_and_are_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generate(PATHS, SCHEMAS)
    capsys.readouterr()
    generate(PATHS, SCHEMAS, "renames: {createRun: runs.start}\n")
    assert names("call", TREE) == {"POST /threads/{}/runs": "runs.start"}
    told = capsys.readouterr().err
    assert "was published as 'threads.runs.create' and is now 'runs.start' [published-renamed]" in told
    more = {**PATHS, "/threads/runs": post("postRuns", ref("RunRequest"))}
    generate(more, SCHEMAS, "renames: {createRun: runs.start}\n")
    assert capsys.readouterr().err == ""
    assert "threads.runs.create" not in names("call", TREE).values()


def test_one_language_alone_leaves_the_others_names(here: Path) -> None:
    generate(PATHS, SCHEMAS)
    before = lock().sections
    assert main(["generate", "--lang", "swift"]) == 0
    assert lock().sections == before


def test_check_names_the_lock(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generate(PATHS, SCHEMAS)
    Path("polyport.names.lock").unlink()
    capsys.readouterr()
    assert main(["check"]) == 1
    assert capsys.readouterr().out == "missing: polyport.names.lock\n"
    assert main(["generate"]) == 0  # the note of the last run does not hide it
    assert Path("polyport.names.lock").exists()


def test_names_that_are_not_published_are_not_kept(here: Path) -> None:
    Path("spec.yaml").write_text(
        json.dumps({"openapi": "3.1.0", "info": {"title": "Runs"}, "paths": PATHS, "components": {"schemas": SCHEMAS}})
    )
    Path("codegen.yaml").write_text("spec: spec.yaml\nnames_lock: false\ntargets: {node: {out: out}}\n")
    assert main(["generate"]) == 0
    assert not Path("polyport.names.lock").exists()
    assert main(["generate", "spec.yaml", "--lang", "node", "--out", "made"]) == 0
    assert sorted(p.name for p in Path("made").iterdir()) == ["node", "polyport.names.lock"]


def test_a_conflict_that_was_not_resolved(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = generate(PATHS, SCHEMAS)
    Path("polyport.names.lock").write_text(text.replace("tree:\n", "<<<<<<< ours\ntree:\n"))
    assert main(["generate"]) == 1
    assert "polyport.names.lock:" in capsys.readouterr().err


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_its_surface(here: Path, language: str) -> None:
    generate(PATHS, SCHEMAS)
    made = run(Config("spec.json", {language: TargetConfig("out")}), Locks(), Diagnostics()).targets[language]
    told = {e.published: e.name for e in made.surface}
    method = Published("method", "threads.runs", "POST /threads/{}/runs")
    assert (told[method].lower(), told[Published("type", "", "#/components/schemas/Run")]) == ("create", "Run")
    assert {p.kind for p in told} >= {"type", "member", "method", "resource", "accessor"}
    signature = made.signatures()[method]
    assert re.fullmatch(r"\(id: string, (model|body).* -> Run", signature), signature


def swift_signature(pattern: str) -> list[str]:
    """The argument labels of the first declaration in the Swift output that the pattern begins."""
    text = "\n".join(
        p.read_text() for p in sorted(Path("out/swift/Sources").rglob("*.swift")) if "Runtime" not in p.parts
    )
    found = re.search(rf"{pattern}\((.*?)\) ?(?:async|\{{|->)", text, re.DOTALL)
    assert found, text
    return re.findall(r"(\w+):", found[1])


def test_swifts_arguments_stay_in_their_order(here: Path) -> None:
    kinds = {"model": {"type": "string"}, "limit": {"type": "integer"}, "note": {"type": "string"}}
    query = [{"name": n, "in": "query", "schema": {"type": "string"}} for n in ("after", "before")]

    def document(names: list[str], required: list[str], parameters: list[Any]) -> None:
        request = {
            "type": "object",
            "required": required,
            "properties": {n: kinds.get(n, {"type": "string"}) for n in names},
        }
        paths = thread("/threads/{id}/runs", "createRun")
        paths["/threads/{id}/runs"]["post"]["parameters"] = parameters
        generate(paths, {**SCHEMAS, "RunRequest": request})

    document(["limit", "model", "note"], ["model"], query)
    assert swift_signature("struct RunRequest.*?public init") == ["model", "limit", "note"]
    assert swift_signature("func create") == ["id", "model", "limit", "note", "after", "before", "options"]
    # `model` is no longer required, what was there comes in another order, and something is new and required.
    document(
        ["aaa", "note", "model", "limit"],
        ["aaa"],
        [{"name": "all", "in": "query", "schema": {"type": "string"}}, *query[::-1]],
    )
    assert swift_signature("struct RunRequest.*?public init") == ["model", "limit", "note", "aaa"]
    assert swift_signature("func create") == [
        "id",
        "model",
        "limit",
        "note",
        "after",
        "before",
        "aaa",
        "all",
        "options",
    ]


def test_a_type_that_is_shared_no_more_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def with_order(*values: str) -> dict[str, Any]:
        return {"type": "object", "properties": {"order": {"type": "string", "enum": list(values)}}}

    same = {"One": with_order("asc", "desc"), "Two": with_order("asc", "desc"), "Three": with_order("asc", "desc")}
    text = generate({}, same | SCHEMAS)
    assert '"#/components/schemas/Two>.order": "shared>order"' in text
    capsys.readouterr()
    text = generate(
        {}, {**same, "Two": with_order("asc", "desc", "none"), "components": {"schemas": {"Run": {"type": "object"}}}}
    )
    said = capsys.readouterr()
    assert (said.out + said.err).count("published-unshared") == 1
    assert '"#/components/schemas/Two>.order": {removed: "shared>order"}' in text
    assert '"#/components/schemas/One>.order": "shared>order"' in text
    assert re.search(r'"#/components/schemas/Two>.order": (TwoOrder|Order)', text)


def kotlin_parameters(function: str, file: str) -> list[str]:
    """The parameters of a function in a file of the Kotlin output."""
    text = next(Path("out/kotlin").rglob(file)).read_text()
    found = re.search(rf"fun {function}\((.*?)\)(?: \{{|:| =)", text, re.DOTALL)
    assert found, text
    return re.findall(r"^\s*(\w+): (?!\()", re.sub(r",\s*", ",\n", "\n" + found[1]), re.MULTILINE)


def test_what_kotlin_asks_for_stays_an_argument_in_its_place(here: Path) -> None:
    def document(names: list[str], required: list[str]) -> None:
        text = {"type": "string"}
        request = {"type": "object", "required": required, "properties": dict.fromkeys(names, text)}
        paths = {**thread("/threads/{id}/runs", "createRun"), "/requests": get(ref("RunRequest"))}
        paths["/threads/{id}/runs"]["post"]["requestBody"]["required"] = True
        generate(paths, {**SCHEMAS, "RunRequest": request})

    document(["limit", "model", "note"], ["model", "note"])
    assert kotlin_parameters("create", "ThreadsRunsResource.kt")[:3] == ["id", "model", "note"]
    assert kotlin_parameters("(?:invoke|of|create|RunRequest)", "RunRequest.kt")[:2] == ["model", "note"]
    # `model` is no longer required, the others come in another order, and something is new.
    document(["aaa", "note", "limit", "model"], ["note", "aaa"])
    assert kotlin_parameters("create", "ThreadsRunsResource.kt")[:4] == ["id", "model", "note", "aaa"]
    assert kotlin_parameters("(?:invoke|of|create|RunRequest)", "RunRequest.kt")[:3] == ["model", "note", "aaa"]


def test_nodes_params_keep_their_names_beside_new_ones(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def parameter(name: str, place: str) -> dict[str, Any]:
        return {"name": name, "in": place, "required": place == "path", "schema": {"type": "string"}}

    path = [parameter("a", "path"), parameter("b", "path")]
    operation = {"parameters": path, "responses": {"204": {"description": ""}}}
    generate({"/x/{a}/{b}": {"get": operation}}, SCHEMAS)
    capsys.readouterr()
    operation["parameters"] = [parameter("b", "query"), *path]
    generate({"/x/{a}/{b}": {"get": operation}}, SCHEMAS)
    assert "published" not in capsys.readouterr().err
    kept = lock().sections["node"]["argument", "GET /x/{}/{}"]
    assert {id: r.name for id, r in kept.items()} == {"path 1": "a", "path 2": "b", "query b": "b_in_query"}


def test_a_body_that_was_one_argument_stays_one(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generate({"/things": post("makeThing", {"type": "object"})}, SCHEMAS)
    before = {language: names("argument", language) for language in LANGUAGES}
    assert all(set(found) == {"body"} for found in before.values())
    capsys.readouterr()
    grown = {"type": "object", "properties": {"first": {"type": "string"}, "stream": {"type": "boolean"}}}
    generate({"/things": post("makeThing", grown), "/others": post("makeOther", grown)}, SCHEMAS)
    said = capsys.readouterr()
    assert "published" not in said.out + said.err
    for language, old in before.items():
        entries = lock().sections[language]
        assert {id: r.name for id, r in entries["argument", "POST /things"].items()} == old
        assert "body first" in entries["argument", "POST /others"]


def test_a_credentials_variable_stays(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def document(**schemes: str) -> None:
        listed = {id: {"type": "apiKey", "in": "header", "name": name} for id, name in schemes.items()}
        Path("more.yaml").write_text(
            json.dumps(
                {
                    "overlay": "1.0.0",
                    "info": {"title": "", "version": "1"},
                    "actions": [
                        {
                            "target": "$",
                            "update": {
                                "components": {"securitySchemes": listed},
                                "security": [{id: []} for id in listed],
                            },
                        }
                    ],
                }
            )
        )
        generate(PATHS, SCHEMAS, "overlays: [more.yaml]\n")

    document(appId="X-One")
    assert names("credential", TREE) == {"appId": "API_KEY"}
    capsys.readouterr()
    document(app_id="X-Two", appId="X-One")
    assert names("credential", TREE) == {"appId": "API_KEY", "app_id": "APP_ID"}
    document(**{"app-id": "X-Three", "app_id": "X-Two", "appId": "X-One"})
    assert names("credential", TREE) == {"appId": "API_KEY", "app_id": "APP_ID", "app-id": "APP_ID_2"}
    assert "published" not in capsys.readouterr().err
    document(**{"app-id": "X-Three"})
    assert names("credential", TREE) == {"app-id": "APP_ID_2"}
    assert "the credential 'app_id' was published as 'APP_ID' and is gone" in capsys.readouterr().err


def test_a_client_without_a_title_keeps_its_name_when_there_is_one(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    untitled = {
        "openapi": "3.1.0",
        "info": {"version": "1"},
        "paths": {"/runs": post("run", {})},
        "components": {"schemas": {"Run": {"type": "object"}}},
    }
    command = ["generate", "api.json", "--lang", "python", "--out", "out", "--verbose"]
    Path("api.json").write_text(json.dumps(untitled))
    assert main(command) == 0
    assert "the document has no title: the client is called 'Client' [client-name]" in capsys.readouterr().err
    readme = Path("out/python/README.md").read_text()
    assert readme.startswith("# Client: Python SDK\n\nThe Client API.\n")
    assert main(command) == 0
    assert ", 0 changed" in capsys.readouterr().out
    Path("api.json").write_text(json.dumps({**untitled, "info": {"title": "Pets", "version": "1"}}))
    assert main(command) == 0
    assert "from client import Client\n" in Path("out/python/README.md").read_text()
    assert "the client keeps the name under which it was published: 'Client'" in capsys.readouterr().err
