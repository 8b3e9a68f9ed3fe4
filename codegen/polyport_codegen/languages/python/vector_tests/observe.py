"""From a vector's arguments to those of a method, and from its outcome to an observation."""

from __future__ import annotations

import base64
import importlib
import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, get_args, get_origin

from dispatch import OPERATIONS, Target
from sdk_under_test import (
    APIConnectionError,
    APIDecodingError,
    APIError,
    APIModel,
    APIStatusError,
    APIStreamError,
    APITimeoutError,
    MissingCredentialError,
    ServerSentEvent,
    Unknown,
)
from sdk_under_test._runtime.construct import OneOf, evaluate
from sdk_under_test._runtime.sentinels import NOT_GIVEN
from sdk_under_test._runtime.wire import to_wire
from typing_extensions import TypeAliasType


class Cancelled(BaseException):
    """Raised by the runner into a call that it cancels, as Ctrl+C would be."""


@dataclass
class Observation:
    """What the client saw. `values` are the typed objects that `reads` look into."""

    values: list[Any] = field(default_factory=list)
    result: Any = NOT_GIVEN
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    error: BaseException | None = None


def client_options(vector: Mapping[str, Any], base_url: str) -> dict[str, Any]:
    """The vector's client settings as constructor arguments, with waits short enough for tests."""
    wanted = vector.get("client", {})
    options: dict[str, Any] = {"initial_retry_delay": 0.005, "max_retry_delay": 0.04}
    for name in ("max_retries", "api_key", "credentials"):
        if name in wanted:
            options[name] = wanted[name]
    if "base_query" in wanted:
        base_url = f"{base_url}?{wanted['base_query']}"
    options["base_url"] = base_url
    for wire, name in (("timeout_ms", "timeout"), ("idle_timeout_ms", "idle_timeout")):
        if wire in wanted:
            options[name] = wanted[wire] / 1000
    return options


def method_arguments(target: Target, vector: Mapping[str, Any]) -> dict[str, Any]:
    """The vector's arguments under the names that the method has for them."""
    given = vector.get("arguments", {})
    found: dict[str, Any] = {}
    for where in ("path", "query", "header", "cookie"):
        for wire_name, value in given.get(where, {}).items():
            found[target.arguments[where, wire_name]] = value
    if "body" in given:
        found.update(_body_arguments(target, given["body"]))
    if vector["mode"] in ("stream", "events", "sum") and target.selector is not None:
        name, value = target.selector
        found[name] = value
    return found


def _body_arguments(target: Target, body: Any) -> dict[str, Any]:
    whole = target.arguments.get(("body", ""))
    if whole is not None:
        return {whole: _file(body) if target.body_kind == "binary" else body}
    found: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for wire_name, value in body.items():
        name = target.arguments.get(("body", wire_name))
        if target.body_kind == "multipart":
            value = [_file(v) for v in value] if isinstance(value, list) else _file(value)
        if name is None:
            extra[wire_name] = value
        else:
            found[name] = value
    return {**found, "extra_body": extra} if extra else found


def _file(value: Any) -> Any:
    """A file argument out of its description; anything else as it is."""
    if not isinstance(value, dict) or not value.keys() & {"text", "base64"}:
        return value
    if value.keys() - {"text", "base64", "filename", "content_type"}:
        return value
    content = value["text"].encode() if "text" in value else base64.b64decode(value["base64"])
    if "content_type" in value:
        return (value.get("filename", "upload"), content, value["content_type"])
    return (value["filename"], content) if "filename" in value else content


def wire_form(value: Any) -> Any:
    """A typed value encoded again by the SDK."""
    return (
        {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else to_wire(value)
    )


def event_form(event: ServerSentEvent) -> dict[str, Any]:
    """An event as it came, as a vector shows it."""
    whole = {"event": event.event, "data": event.data, "id": event.id, "retry": event.retry}
    return {name: value for name, value in whole.items() if value is not None}


def result_annotation(target: Target, vector: Mapping[str, Any]) -> Any:
    """The type of the result, of one event or of one item."""
    described = description(target, vector)
    return described.deltas.result if vector["mode"] == "sum" else described.result


def description(target: Target, vector: Mapping[str, Any]) -> Any:
    """The description of the call in the form that the vector makes."""
    streams = vector["mode"] in ("stream", "events", "sum")
    constant = target.stream_constant if streams else target.constant
    module, way = (constant or target.stream_constant).split(":")
    owner, name = way.split(".")
    return getattr(getattr(importlib.import_module(f"sdk_under_test.{module}"), owner), name)


def read(value: Any, annotation: Any, path: list[Any]) -> tuple[Any, Any]:
    """The typed value at a path of wire names and indexes, and the type that it is declared with."""
    for step in path:
        if isinstance(value, APIModel):
            name = _field_name(type(value), step)
            if name is None:
                value, annotation = (value.model_extra or {}).get(step), Any
            else:
                value, annotation = getattr(value, name), _hint(type(value), name)
        elif isinstance(value, Unknown):
            value, annotation = value.raw[step], Any
        elif isinstance(value, dict):
            value, annotation = value.get(step), _item(annotation, 1)
        else:
            value, annotation = value[step], _item(annotation, 0)
    return value, annotation


def variant_name(value: Any, annotation: Any) -> str:
    """How a vector names the union's variant that a typed value is."""
    if isinstance(value, Unknown):
        return "unknown"
    plan = plan_of(annotation)
    assert plan is not None, f"{annotation} is no union"
    raw = wire_form(value)
    members = dict.fromkeys(member for variant in plan.variants for member in variant.tags)
    if isinstance(raw, dict) and any(member in raw for member in members):
        return "/".join(str(raw[member]) for member in members if member in raw)
    kinds = {
        dict: "object",
        list: "array",
        str: "string",
        bool: "boolean",
        int: "number",
        float: "number",
    }
    return kinds[type(raw)]


def plan_of(annotation: Any) -> OneOf | None:
    """The plan of a union behind aliases and null."""
    if isinstance(annotation, TypeAliasType):
        target = annotation.__value__
        if isinstance(target, str):
            target = evaluate(target, str(annotation.__module__))
        return plan_of(target)
    if get_origin(annotation) is Annotated:
        for extra in get_args(annotation)[1:]:
            if isinstance(extra, OneOf):
                return extra
    found = [plan for part in get_args(annotation) if (plan := plan_of(part)) is not None]
    return found[0] if found and get_origin(annotation) not in (list, dict) else None


def _field_name(model: type[APIModel], wire_name: str) -> str | None:
    for name, info in model.model_fields.items():
        if (info.alias or name) == wire_name:
            return name
    return None


def _hint(model: type[APIModel], name: str) -> Any:
    hint = inspect.get_annotations(model)[name]
    return evaluate(hint, model.__module__) if isinstance(hint, str) else hint


def _item(annotation: Any, index: int) -> Any:
    for part in (annotation, *get_args(annotation)):
        if get_origin(part) in (list, dict):
            return get_args(part)[index]
    plan = plan_of(annotation)
    kind = "array" if index == 0 else "object"
    for variant in plan.variants if plan is not None else ():
        if kind in variant.json.split() and get_origin(variant.type) in (list, dict):
            return get_args(variant.type)[index]
    return Any


def error_kind(error: BaseException) -> str:
    """How a vector names an error."""
    if isinstance(error, APIStatusError):
        return type(error).__name__.removesuffix("Error")
    for kind, name in (
        (APITimeoutError, "Timeout"),
        (MissingCredentialError, "MissingCredential"),
        (APIConnectionError, "Connection"),
        (APIDecodingError, "Decoding"),
        (APIStreamError, "Stream"),
        (ValueError, "InvalidArgument"),
    ):
        if isinstance(error, kind):
            return name
    return "Cancelled"


def check(target: Target, vector: Mapping[str, Any], seen: Observation) -> None:
    """Compare what was seen with what the vector says must be."""
    wanted = vector["observe"]
    if "error" in wanted:
        _check_error(wanted["error"], seen.error)
        for wish in wanted["error"].get("data", ()):
            assert isinstance(seen.error, APIStatusError)
            kind = description(target, vector).error_type(seen.error.status)
            _check_read(wish, seen.error.data, kind)
    elif seen.error is not None and not isinstance(seen.error, Cancelled):
        raise seen.error
    if "result" in wanted:
        assert wire_form(seen.result) == wanted["result"]
    for name in ("events", "items"):
        if name in wanted:
            assert [wire_form(value) for value in seen.values] == wanted[name]
    if "status" in wanted:
        assert seen.status == wanted["status"]
    for name, value in wanted.get("headers", {}).items():
        assert seen.headers[name] == value
    for wish in wanted.get("reads", ()):
        root = seen.values[wish["event"]] if "event" in wish else seen.result
        _check_read(wish, root, result_annotation(target, vector))


def _check_read(wish: Mapping[str, Any], root: Any, annotation: Any) -> None:
    value, annotation = read(root, annotation, wish["path"])
    if "value" in wish:
        assert wire_form(value) == wish["value"]
    else:
        assert variant_name(value, annotation) == wish["variant"]


def _check_error(wanted: Mapping[str, Any], error: BaseException | None) -> None:
    assert error is not None, f"no error where {wanted} was expected"
    assert error_kind(error) == wanted["kind"], repr(error)
    for name, contains in (("message_contains", True), ("message_lacks", False)):
        texts = wanted.get(name, [])
        for text in [texts] if isinstance(texts, str) else texts:
            assert (text in str(error)) is contains, str(error)
    if isinstance(error, APIError) and "request_id" in wanted:
        assert error.request_id == wanted["request_id"]
    for name in ("status", "body"):
        if name in wanted:
            assert getattr(error, name) == wanted[name]
    if "retry_after_ms" in wanted:
        assert isinstance(error, APIStatusError)
        assert error.retry_after is not None
        assert round(error.retry_after * 1000) == wanted["retry_after_ms"]


def target_of(vector: Mapping[str, Any]) -> Target:
    """The method that a vector calls."""
    return OPERATIONS[vector["operation"]]
