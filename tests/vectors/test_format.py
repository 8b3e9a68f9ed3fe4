"""The vectors themselves: their form, and that they speak of operations and arguments that the API has."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.json"))
VECTORS: list[dict[str, Any]] = [v for file in CASES for v in json.loads(file.read_text(encoding="utf-8"))]
METHODS = ("get", "put", "post", "patch", "delete", "query")
ERRORS = {400: "BadRequest", 401: "Authentication", 403: "PermissionDenied", 404: "NotFound", 409: "Conflict",
          422: "UnprocessableEntity", 429: "RateLimit"}  # fmt: skip


def operations() -> dict[str, dict[str, Any]]:
    """The API's operations by id, with their path, method and resolved parameters."""
    api = yaml.safe_load((HERE / "api.yaml").read_text(encoding="utf-8"))
    found = {}
    for path, item in api["paths"].items():
        methods = {method.upper(): item[method] for method in METHODS if method in item}
        for method, operation in {**methods, **item.get("additionalOperations", {})}.items():
            parameters = [*item.get("parameters", []), *operation.get("parameters", [])]
            parameters = [
                api["components"]["parameters"][p["$ref"].rpartition("/")[2]] if "$ref" in p else p for p in parameters
            ]
            found[operation["operationId"]] = {
                **operation,
                "path": path,
                "method": method,
                "parameters": parameters,
            }
    return found


OPERATIONS = operations()


def documented(operation: str) -> str:
    """The operationId: a call that asks for another media type is named after it (`report as text/csv`)."""
    return operation.partition(" as ")[0]


def has_flag(operation: dict[str, Any]) -> bool:
    """Whether the request has a flag `stream`, whose events the document need not describe."""
    contents = operation.get("requestBody", {}).get("content", {}).values()
    return any("stream" in c.get("schema", {}).get("properties", {}) for c in contents)


def media(operation: dict[str, Any]) -> set[str]:
    """The media types of an operation's success."""
    return {m for status, r in operation["responses"].items() if status[0] == "2" for m in r.get("content", {})}


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_files_follow_the_schema(file: Path) -> None:
    schema = json.loads((HERE / "vector.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    problems = [
        f"{'/'.join(map(str, e.absolute_path))}: {e.message}"
        for e in Draft202012Validator(schema).iter_errors(json.loads(file.read_text(encoding="utf-8")))
    ]
    assert problems == []


def test_names_are_unique() -> None:
    names = [v["name"] for v in VECTORS]
    assert len(names) == len(set(names))
    assert len(names) >= 40


def test_every_operation_has_a_vector() -> None:
    assert set(OPERATIONS) == {documented(v["operation"]) for v in VECTORS}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["name"])
def test_vector_fits_its_operation(vector: dict[str, Any]) -> None:
    operation = OPERATIONS[documented(vector["operation"])]
    streams = {"text/event-stream", "application/jsonl"} & media(operation)
    if vector["mode"] in ("stream", "events", "sum"):
        assert streams or has_flag(operation), "the operation has no streaming form"
    else:
        assert not streams or media(operation) - streams, "the operation only streams"
    if vector["mode"] == "pages":
        assert operation["method"] == "GET" or any("pagination" in name for name in operation)

    arguments = vector["arguments"]
    known = {(p["in"], p["name"]) for p in operation["parameters"]}
    given = {(place, name) for place in ("path", "query", "header", "cookie") for name in arguments.get(place, {})}
    assert given <= known
    required = {
        (p["in"], p["name"]) for p in operation["parameters"] if p.get("required") and "const" not in p["schema"]
    }
    assert required <= given
    if "body" in arguments:
        assert "requestBody" in operation
    else:
        assert not operation.get("requestBody", {}).get("required")


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["name"])
def test_observation_fits_the_exchanges(vector: dict[str, Any]) -> None:
    observe = vector["observe"]
    assert observe["requests"] == len(vector["exchanges"])
    results = {
        "plain": "result",
        "raw": "result",
        "sum": "result",
        "stream": "events",
        "events": "events",
        "pages": "items",
    }
    assert set(observe) & {"result", "events", "items"} <= {results[vector["mode"]]}
    assert "error" in observe or results[vector["mode"]] in observe
    for read in observe.get("reads", []):
        assert ("event" in read) == (vector["mode"] in ("stream", "pages"))
    awaits = any("await_close_ms" in step for exchange in vector["exchanges"] for step in exchange["respond"])
    assert observe.get("client_closed", False) == awaits
    status = observe.get("error", {}).get("status")
    if status:
        kind = ERRORS.get(status, "InternalServer" if status >= 500 else "APIStatus")
        assert observe["error"]["kind"] == kind


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["name"])
def test_expected_requests_fit_the_operation(vector: dict[str, Any]) -> None:
    operation = OPERATIONS[documented(vector["operation"])]
    path = operation["path"].partition("#")[0]  # a fragment is not sent
    pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))
    first = vector["exchanges"][0].get("expect", {}) if vector["exchanges"] else {}
    assert first.get("method", operation["method"]) == operation["method"]
    assert re.fullmatch(pattern, first.get("path", path))


def test_lengths_of_raw_answers() -> None:
    """Bytes written by hand say their true length, unless the vector is about a wrong one."""
    for vector in VECTORS:
        for exchange in vector["exchanges"]:
            text = "".join(step.get("text", "") for step in exchange["respond"])
            found = re.search(r"Content-Length: (\d+)\r\n\r\n(.*)", text, re.DOTALL)
            ends = any({"close", "await_close_ms"} & set(step) for step in exchange["respond"])
            assert not found or ends or int(found[1]) == len(found[2].encode()), vector["name"]
