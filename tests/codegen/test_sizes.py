"""No name of any output is longer than 60 letters, and no file is longer than people read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.registry import LANGUAGES, load_target
from polyport_codegen.target import Settings

from .specs import api_of, ref

_STRING_OR_COMMENT = re.compile(
    r"/\*.*?\*/|\"{3}.*?\"{3}|//[^\n]*|(?m:^\s*#[^\n]*)|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`[^`\n]*`", re.DOTALL
)
_LONG = re.compile(r"[A-Za-z_$][\w$]{60,}")
_STEP = "AVeryLongNameForWhatIsInside"


def event(number: int) -> dict[str, Any]:
    """One of many events, with so many members that its type takes a good part of a file."""
    texts = {f"member_number_{n}": {"type": "string", "description": "What it says. " * 9} for n in range(12)}
    kind = {"kind": {"type": "string", "enum": [f"event.number.{number}"]}}
    return {"type": "object", "required": ["kind", *texts], "properties": kind | texts}


def schemas() -> dict[str, Any]:
    """What made files and names long in large documents: unions, enums, nesting, and the names themselves."""
    deep: dict[str, Any] = {"type": "object", "properties": {"end": {"oneOf": [event(1), event(2)]}}}
    for step in range(8):
        deep = {"type": "object", "properties": {f"{_STEP}{step}": deep, f"other_{step}": event(step)}}
    long = {f"{'Conversation' * 3}{_STEP}{'Response' * n}": event(n) for n in range(1, 6)}
    return {
        **{f"Event{n}": event(n) for n in range(120)},
        **long,
        "Deep": deep,
        "Inline": {"oneOf": [event(n) for n in range(90)]},
        "AnyEvent": {"oneOf": [ref(f"Event{n}") for n in range(120)]},
        "Zone": {"type": "string", "enum": [f"Zone/{n}/{'with_a_long_name_' * (n % 6)}" for n in range(700)]},
    }


def paths() -> dict[str, Any]:
    """A resource with many calls far down, whose names are long."""
    top = "/enterprises/{enterprise}/actions_permissions/self_hosted_runner_groups/{group}/repository_settings"
    known = [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in ("enterprise", "group")]
    found: dict[str, Any] = {}
    for n in range(90):
        schema = ref(("AnyEvent", "Deep", "Inline", "Zone")[n % 4])
        body = {"content": {"application/json": {"schema": ref(f"Event{n}")}}, "required": True}
        answer = {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}
        id = f"enterprisesEnableSelectedRepositoryForSelfHostedRunnersInOrganizationNumber{n}"
        found[f"{top}/call{n}"] = {
            "post": {"operationId": id, "requestBody": body, "responses": answer, "parameters": known}
        }
        found[f"/flat/x{n}:run"] = {"post": {"operationId": f"run{n}", "requestBody": body, "responses": answer}}
    return found


@pytest.fixture(scope="module")
def outputs() -> Mapping[str, Mapping[str, str]]:
    """Language -> path -> text of what is generated from the description."""
    api = api_of(schemas(), paths())
    settings = Settings(("acme",), "1.0.0", "acme", base_url="https://acme.dev")
    return {
        name: {file.path: str(file.content) for file in load_target(name).generate(api, settings, Diagnostics()).files}
        for name in LANGUAGES
    }


def sources(files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((path, text) for path, text in files.items() if path.endswith((".py", ".ts", ".kt", ".swift")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_is_longer_than_60_letters(language: str, outputs: Mapping[str, Mapping[str, str]]) -> None:
    found = set()
    for path, text in sources(outputs[language]):
        found |= set(_LONG.findall(_STRING_OR_COMMENT.sub(" ", text)))
        found |= {name for name in [path.rpartition("/")[2].rpartition(".")[0]] if len(name) > 60}
    assert found == set()


#: Types and functions of the outermost level.
_DECLARED = {
    "python": r"(?:class|def|async def) \w+|\w+(?:: TypeAlias)? = ",
    "node": r"export (?:declare )?(?:interface|class|type|const|function|namespace) \w+",
    "kotlin": r"(?:public |internal |sealed |value |abstract )*(?:class|interface|object|fun|typealias) ",
    "swift": r"(?:public |internal |indirect |final )*(?:struct|enum|class|extension|typealias|func) ",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_file_of_several_declarations_is_longer_than_1000_lines(
    language: str, outputs: Mapping[str, Mapping[str, str]]
) -> None:
    declared = re.compile(f"^(?:{_DECLARED[language]})", re.MULTILINE)
    long = {path: text for path, text in sources(outputs[language]) if text.count("\n") > 1000}
    assert {path: len(declared.findall(text)) for path, text in long.items() if len(declared.findall(text)) > 1} == {}


def test_swift_has_no_long_file_at_all(outputs: Mapping[str, Mapping[str, str]]) -> None:
    lengths = {path: text.count("\n") for path, text in sources(outputs["swift"])}
    assert {path: lines for path, lines in lengths.items() if lines > 1000} == {}
    assert any(path.endswith("+2.swift") for path in lengths)
