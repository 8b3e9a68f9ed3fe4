"""Python SDKs made and used: the vector API with all vectors, the pet store, and our own committed client."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from polyport_codegen.generate_command import generate

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent / "python"
VECTORS = ROOT / "build/vectors/python"
PETSTORE = ROOT / "build/petstore/python"
AWKWARD = ROOT / "build/awkward/python"
NOTHING = ROOT / "build/nothing/python"
CLIENT = ROOT / "clients/python"
#: Packages by their names. `platform` is the standard library's, so that an API of that title gets another.
SOURCES = {
    "vectors": VECTORS / "src",
    "petstore": PETSTORE / "src",
    "class_sdk": AWKWARD / "src",
    "platform_sdk": NOTHING / "src",
    "polyport": CLIENT / "src",
}


def make(spec: Path, config: Path, out: Path) -> None:
    """Generate one SDK as a user would."""
    arguments = [str(spec), "--config", str(config), "--lang", "python", "--out", str(out), "--force"]
    assert generate(arguments) == 0


@pytest.fixture(scope="module", autouse=True)
def _sdks() -> None:
    make(ROOT / "tests/vectors/api.yaml", ROOT / "tests/vectors/codegen.yaml", VECTORS.parent)
    make(ROOT / "tests/specs/petstore.yaml", HERE / "petstore.codegen.yaml", PETSTORE.parent)
    make(HERE / "awkward.yaml", HERE / "awkward.codegen.yaml", AWKWARD.parent)
    make(HERE / "nothing.yaml", HERE / "nothing.codegen.yaml", NOTHING.parent)


def run(*command: str, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> str:
    """Output of a command that must succeed."""
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **(env or {})}, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tool(name: str) -> str:
    """A program of this Python's environment."""
    return str(Path(sys.executable).parent / name)


def test_all_vectors_and_the_runtimes_own_tests_pass() -> None:
    report = ROOT / "build/reports/python-vectors.xml"
    run(
        *(sys.executable, "-m", "pytest", "tests", "-q", "-p", "no:cacheprovider", "-c", os.devnull),
        *("--rootdir", ".", f"--junitxml={report}"),
        cwd=VECTORS,
        env={"POLYPORT_VECTORS": str(ROOT / "tests/vectors")},
    )


def test_mypy_is_content() -> None:
    packages = [word for name in SOURCES for word in ("-p", name)]
    path = os.pathsep.join([*map(str, SOURCES.values()), str(HERE)])
    options = ["--strict", "--config-file", os.devnull, "--cache-dir", str(ROOT / "build/mypy-sdk")]
    run(tool("mypy"), *options, *packages, "-m", "uses", cwd=VECTORS, env={"MYPYPATH": path})


def test_pyright_is_content(tmp_path: Path) -> None:
    config = tmp_path / "pyrightconfig.json"
    paths = [f'"{path}"' for path in SOURCES.values()]
    included = ", ".join([*paths, f'"{HERE / "uses.py"}"'])
    config.write_text(f'{{"include": [{included}], "extraPaths": [{", ".join(paths)}]}}')
    run(tool("pyright"), "--pythonpath", sys.executable, "-p", str(config))


def test_every_public_type_is_told(tmp_path: Path) -> None:
    env = tmp_path / "env"
    run(sys.executable, "-m", "venv", "--without-pip", str(env))  # the option for a Python is not heard here
    site = next(env.glob("lib/*/site-packages"))
    paths = [SOURCES["polyport"], Path(httpx.__file__).parent.parent]
    (site / "sdk.pth").write_text("".join(f"{path}\n" for path in paths))
    path = os.pathsep.join([str(env / "bin"), os.environ["PATH"]])
    verified = {"PATH": path, "VIRTUAL_ENV": str(env)}
    report = run(tool("pyright"), "--verifytypes", "polyport", "--ignoreexternal", cwd=tmp_path, env=verified)
    assert "Type completeness score: 100%" in report


@pytest.mark.parametrize("name", SOURCES)
def test_ruff_is_content(name: str) -> None:
    options = ["--isolated", "--line-length", "100", "--target-version", "py310"]
    run(
        tool("ruff"),
        "check",
        *options,
        "--select",
        "E,F,W,I,B",
        "--ignore",
        "E501",
        "--exclude",
        "_wire",
        str(SOURCES[name] / name),
    )


def test_importing_a_client_loads_only_what_it_touches() -> None:
    code = (
        "import sys; from polyport import Polyport; from polyport.types import Model; "
        "loaded = {m for m in sys.modules if m.startswith('polyport.types.')}; "
        "assert loaded == {'polyport.types.model'}, loaded; "
        "assert 'httpx' not in sys.modules and 'grpc' not in sys.modules"
    )
    run(sys.executable, "-c", code, env={"PYTHONPATH": str(SOURCES["polyport"])})


@pytest.mark.parametrize("name", ["vectors", "class_sdk"])
def test_pydantic_can_describe_every_type(name: str) -> None:
    code = f"""
from typing import Optional, get_args
from pydantic import TypeAdapter
import {name}.types as types

assert len(types.__all__) > 20
for name in types.__all__:
    found = getattr(types, name)
    assert Optional[found] == (found | None), name
    if bytearray not in get_args(found):  # what takes files has no schema
        TypeAdapter(list[found]).json_schema()
"""
    run(sys.executable, "-W", "ignore", "-c", code, env={"PYTHONPATH": str(SOURCES[name])})


def test_pydantic_reads_what_a_caller_gives() -> None:
    code = """
from typing import List, Optional
from pydantic import BaseModel
from polyport.types import ChatMessageParam

class Ask(BaseModel):
    messages: List[ChatMessageParam]
    last: Optional[ChatMessageParam] = None

given = {"messages": [{"role": "user", "content": "Hi", "newer": 1}], "last": None}
assert Ask.model_validate(given).model_dump() == given
assert "UserMessageParam" in Ask.model_json_schema()["$defs"]
"""
    run(sys.executable, "-W", "ignore", "-c", code, env={"PYTHONPATH": str(SOURCES["polyport"])})


def test_importing_everything_gives_everything() -> None:
    code = "from polyport import *; from polyport.types import *; Polyport, NotFoundError, ChatCompletion"
    run(sys.executable, "-W", "error", "-c", code, env={"PYTHONPATH": str(SOURCES["polyport"])})


def test_every_module_of_every_sdk_can_be_imported() -> None:
    code = (
        "import importlib, pkgutil, sys; package = importlib.import_module(sys.argv[1]); "
        "[importlib.import_module(m.name) for m in pkgutil.walk_packages(package.__path__, package.__name__ + '.')]; "
        "types = importlib.import_module(sys.argv[1] + '.types'); "
        "[getattr(types, name) for name in getattr(types, '__all__', ())]; [getattr(package, name) for name in package.__all__]"
    )
    for name, source in SOURCES.items():
        run(sys.executable, "-W", "error", "-c", code, name, env={"PYTHONPATH": str(source)})


@pytest.fixture
def petstore(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The pet store's package."""
    monkeypatch.syspath_prepend(str(SOURCES["petstore"]))
    return importlib.import_module("petstore")


def test_the_pet_store_sells(petstore: Any) -> None:
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"id": 7, "name": "Rex", "photoUrls": ["u"], "colour": "red"})

    client = petstore.Petstore(
        base_url="http://store.test/v3", api_key="k", http_client=httpx.Client(transport=httpx.MockTransport(handle))
    )
    pet = client.pet.create(name="Rex", photo_urls=["u"])
    assert (pet.id, pet.photo_urls, pet.colour) == (7, ["u"], "red")
    assert seen[0].method == "POST"
    assert seen[0].content == b'{"name":"Rex","photoUrls":["u"]}'
    assert client.pet.retrieve(7).to_dict() == {"id": 7, "name": "Rex", "photoUrls": ["u"], "colour": "red"}
    assert seen[1].url.path == "/v3/pet/7"
