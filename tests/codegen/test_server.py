"""The gateway's glue: typed views, the table of operations, routing and parameters, for an API of every kind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.proto import compile
from polyport_codegen.server import TARGET
from polyport_codegen.target import Settings

from tests.codegen.codec_package import api_of_file, import_package
from tests.codegen.server_api import API

ROOT = Path(__file__).resolve().parents[2]


def glue(api: Api, folder: Path, name: str) -> ModuleType:
    """Generate the glue of an API and import it as the package `name`."""
    diagnostics = Diagnostics()
    out = TARGET.generate(api, Settings(api.words, "1.0.0", "generated"), diagnostics)
    assert not diagnostics.has_errors, diagnostics.items
    package = import_package(folder / name, name, {f.path: f.data.decode() for f in out.files})
    __import__(f"{name}.operations")
    __import__(f"{name}._parameters")
    return package


@pytest.fixture(scope="module")
def things(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The package of the small API."""
    return glue(API, tmp_path_factory.mktemp("glue"), "things_glue")


def body(things: Any, text: str) -> Any:
    """A request body as its typed view."""
    return things.operations.THINGS_CREATE.body(text.encode())


def test_members_read_by_name_and_missing_ones_as_none(things: Any) -> None:
    typed = body(things, '{"model": "m", "content": "hi", "class": "c", "type": 3, "new": {"x": 1}}')
    assert (typed.model, typed.content, typed.class_, typed.type_) == ("m", "hi", "c", 3)
    assert typed.temperature is None
    assert typed.names is None


def test_tagged_variants_become_their_structs(things: Any) -> None:
    text = '{"model": "m", "content": [{"type": "text", "text": "a"}, {"type": "image", "url": "u", "new": 1}]}'
    first, second = body(things, text).content
    assert isinstance(first, things.types.TextPart)
    assert (first.type_, first.text) == ("text", "a")
    assert isinstance(second, things.types.ImagePart)


def test_an_unknown_variant_keeps_its_value(things: Any) -> None:
    text = '{"model": "m", "content": [{"type": "text", "text": "a"}, {"type": "video", "frames": [1]}]}'
    first, second = body(things, text).content
    assert isinstance(first, things.types.TextPart)
    assert isinstance(second, things.types.UnknownType)
    assert second.raw == {"type": "video", "frames": [1]}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"content": "x"}', "required field `model`"),
        ('{"model": 1, "content": "x"}', "at `$.model`"),
        ('{"model": "m", "content": []}', "length >= 1 - at `$.content`"),
        ('{"model": "m", "content": [{"type": "text"}]}', "required field `text` - at `$.content[0]`"),
        ('{"model": "m", "content": [{"text": "x"}]}', "required field `type` - at `$.content[0]`"),
        ('{"model": "m", "content": [{"type": "video"}, {"type": "text", "text": 1}]}', "at `$.content[1].text`"),
        ('{"model": "m", "content": "x", "temperature": 3}', "<= 2.0 - at `$.temperature`"),
        ('{"model": "m", "content": "x", "n": 0}', ">= 1 - at `$.n`"),
        ('{"model": "m", "content": "x", "nodes": {"a": {"children": [{}]}}}', "required field `name`"),
    ],
)
def test_what_does_not_fit_names_the_json_path(things: Any, text: str, problem: str) -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        body(things, text)
    assert problem in str(caught.value)


@pytest.mark.parametrize("value", ['"a"', '["a"]', "[1]", "[[1, 2]]", "[]"])
def test_lists_of_a_union_are_merged(things: Any, value: str) -> None:
    typed = body(things, f'{{"model": "m", "content": "x", "input": {value}}}')
    assert typed.input == msgspec.json.decode(value)


def test_answers_are_lenient_and_always_say_what_is_required(things: Any) -> None:
    answer = things.operations.THINGS_CREATE.answer
    assert answer(b"{}").created == 0
    made = things.types.Answer(id="a", parts=[things.types.TextPart(text="x")])
    assert msgspec.json.decode(msgspec.json.encode(made)) == {
        "id": "a",
        "object": "answer",
        "created": 0,
        "score": None,
        "parts": [{"type": "text", "text": "x"}],
    }


def test_the_table_knows_both_forms_of_an_operation(things: Any) -> None:
    create = things.operations.THINGS_CREATE
    assert (create.name, create.verb, create.path, create.status) == ("things.create", "POST", "/v1/things", 200)
    assert (create.selector.location, create.selector.name, create.selector.value) == ("body", "stream", True)
    assert (create.terminator, create.security, create.body_required) == ("[DONE]", ("bearer",), True)
    assert create.event(b'{"id": "c"}').id == "c"
    assert things.operations.THINGS_DELETE.status == 204
    assert things.operations.THINGS_DELETE.answer is None


def test_paths_are_found(things: Any) -> None:
    find = things.operations.ROUTER.find
    assert find("POST", "/v1/things").operation is things.operations.THINGS_CREATE
    assert find("GET", "/v1/things/a%2Fb%20c").variables == {"thing": "a/b c"}
    assert find("GET", "/v1/things/meta/llama").variables == {"thing": "meta/llama"}
    assert find("DELETE", "/v1/things/x").operation is things.operations.THINGS_DELETE
    assert find("GET", "/v1/things").allowed == ("POST",)
    assert find("PUT", "/v1/things/x").allowed == ("DELETE", "GET")
    assert find("GET", "/v1/things/").allowed == ()
    assert find("GET", "/nowhere").allowed == ()


def parameters(things: Any) -> Any:
    """The support module for parameters."""
    return sys.modules[f"{things.__name__}._parameters"]


def test_parameters_are_read_as_documented(things: Any) -> None:
    read = parameters(things).read_parameters
    retrieve = things.operations.THINGS_RETRIEVE
    assert read(retrieve, {"thing": "a"}, "limit=3&tag=x&tag=y%20z") == {"thing": "a", "limit": 3, "tag": ["x", "y z"]}
    assert read(retrieve, {"thing": "a"}) == {"thing": "a", "limit": 20}


@pytest.mark.parametrize(("variables", "query", "name"), [({}, "", "thing"), ({"thing": "a"}, "limit=three", "limit")])
def test_wrong_parameters_are_named(things: Any, variables: dict[str, str], query: str, name: str) -> None:
    with pytest.raises(parameters(things).ParameterError, match=f"The \\w+ parameter '{name}'") as caught:
        parameters(things).read_parameters(things.operations.THINGS_RETRIEVE, variables, query)
    assert caught.value.name == name


@pytest.mark.parametrize(
    ("style", "explode", "query", "value"),
    [
        ("form", False, "p=1,2", [1, 2]),
        ("spaceDelimited", False, "p=1%202", [1, 2]),
        ("pipeDelimited", False, "p=1|2", [1, 2]),
        ("form", True, "p=1&p=2", [1, 2]),
        ("form", False, "p=", []),
        ("json", False, "p=%5B1%2C2%5D", [1, 2]),
    ],
)
def test_styles_of_lists(things: Any, style: str, explode: bool, query: str, value: list[int]) -> None:
    support = sys.modules[f"{things.__name__}._operations"]
    parameter = support.Parameter("p", "query", list[int], style=style, explode=explode)
    operation = support.Operation("o", "s", "m", "GET", "/", parameters=(parameter,))
    assert parameters(things).read_parameters(operation, {}, query) == {"p": value}


def test_deep_objects_headers_and_cookies(things: Any) -> None:
    support = sys.modules[f"{things.__name__}._operations"]
    listed = (
        support.Parameter("filter", "query", dict[str, str], style="deepObject"),
        support.Parameter("X-Trace", "header", int, style="simple", explode=False),
        support.Parameter("session", "cookie", str),
    )
    operation = support.Operation("o", "s", "m", "GET", "/", parameters=listed)
    found = parameters(things).read_parameters(
        operation, {}, "filter[a]=1&filter[b]=x", {"x-trace": "7", "cookie": "other=1; session=abc"}
    )
    assert found == {"filter": {"a": "1", "b": "x"}, "X-Trace": 7, "session": "abc"}


def test_the_glue_serves_any_api_without_our_gateway(tmp_path: Path) -> None:
    """Every module of it is imported by a Python that cannot find the gateway's package nor the generator's."""
    api = api_of_file(ROOT / "tests/specs/petstore.yaml")
    diagnostics = Diagnostics()
    generated = TARGET.generate(api, Settings(api.words, "1.0.0", "generated"), diagnostics)
    assert not diagnostics.has_errors
    for file in generated.files:
        (tmp_path / "pets" / file.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pets" / file.path).write_bytes(file.data)
    code = """
import importlib, pathlib, sys
sys.path[:0] = [sys.argv[1]]
class Refused:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("polyport_gateway", "polyport_codegen"):
            raise AssertionError(f"{name} is imported")
sys.meta_path.insert(0, Refused())
for path in sorted(pathlib.Path(sys.argv[1], "pets").rglob("*.py")):
    importlib.import_module(".".join(path.relative_to(sys.argv[1]).with_suffix("").parts).removesuffix(".__init__"))
import pets.operations
print(len(pets.operations.OPERATIONS))
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == len(api.operations)


def test_generating_twice_gives_the_same_bytes() -> None:
    settings = Settings(API.words, "1.0.0", "generated")
    assert TARGET.generate(API, settings, Diagnostics()) == TARGET.generate(API, settings, Diagnostics())


def test_without_protoc_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "grpc_tools", None)
    compile._compiled.cache_clear()
    diagnostics = Diagnostics()
    assert TARGET.generate(API, Settings(API.words, "1.0.0", "generated"), diagnostics).files == ()
    assert "grpcio-tools" in diagnostics.items[0].hint


def test_a_damaged_lock_stops_the_target() -> None:
    diagnostics = Diagnostics()
    settings = Settings(API.words, "1.0.0", "generated", lock="messages: 3")
    assert TARGET.generate(API, settings, diagnostics).files == ()
    assert diagnostics.has_errors
