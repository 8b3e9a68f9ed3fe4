"""Path, query, header and cookie texts -> values of the documented types (OpenAPI 3.1, Style Values)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from ._operations import Operation, Parameter

_SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|"}


class ParameterError(ValueError):
    """A parameter that is missing or does not fit its type: the request's fault (HTTP 400). `name` is its wire name."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


def read_parameters(
    operation: Operation, variables: Mapping[str, str], query: str = "", headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """All parameters by wire name. `query` is the raw query string, `headers` have lower-case names.

    Absent optional ones are left out unless the document gives a default. Raises ParameterError.
    """
    if not operation.parameters:
        return {}
    fields: dict[str, list[str]] = {}
    for name, text in parse_qsl(query, keep_blank_values=True):
        fields.setdefault(name, []).append(text)
    found: dict[str, Any] = {}
    for parameter in operation.parameters:
        raw = _raw(parameter, variables, fields, headers or {})
        if raw is None:
            if parameter.required:
                raise _error(parameter, "is missing")
            if parameter.default is not None:
                found[parameter.name] = parameter.default
        else:
            found[parameter.name] = _convert(parameter, raw)
    return found


def check_parameters(operation: Operation, values: Mapping[str, Any]) -> dict[str, Any]:
    """The same for values that came typed (gRPC): required ones are there, defaults filled in. Raises ParameterError."""
    found = dict(values)
    for parameter in operation.parameters:
        if parameter.name not in found:
            if parameter.required:
                raise _error(parameter, "is missing")
            if parameter.default is not None:
                found[parameter.name] = parameter.default
        else:
            found[parameter.name] = _convert(parameter, found[parameter.name])
    return found


def _raw(
    parameter: Parameter, variables: Mapping[str, str], fields: Mapping[str, list[str]], headers: Mapping[str, str]
) -> Any:
    match parameter.location:
        case "path":
            return _unpacked(parameter, variables.get(parameter.name))
        case "header":
            return _unpacked(parameter, headers.get(parameter.name.lower()))
        case "cookie":
            return _unpacked(parameter, _cookie(headers.get("cookie", ""), parameter.name))
    if parameter.style == "deepObject":
        return _deep(parameter.name, fields)
    texts = fields.get(parameter.name)
    if texts is None:
        return None
    if _is_list(parameter) and parameter.explode:
        return texts
    return _unpacked(parameter, texts[-1])


def _unpacked(parameter: Parameter, text: str | None) -> Any:
    if text is None:
        return None
    if parameter.style == "json":
        try:
            return msgspec.json.decode(text)
        except msgspec.DecodeError as error:
            raise _error(parameter, f"is not valid JSON: {error}") from None
    if _is_list(parameter):
        return text.split(_SEPARATORS.get(parameter.style, ",")) if text else []
    return text


def _deep(name: str, fields: Mapping[str, list[str]]) -> dict[str, str] | None:
    start = f"{name}["
    found = {
        key[len(start) : -1]: texts[-1] for key, texts in fields.items() if key.startswith(start) and key.endswith("]")
    }
    return found or None


def _cookie(header: str, name: str) -> str | None:
    for pair in header.split(";"):
        key, separator, value = pair.strip().partition("=")
        if separator and key == name:
            return value
    return None


def _is_list(parameter: Parameter) -> bool:
    return getattr(parameter.type, "__origin__", None) is list


def _convert(parameter: Parameter, raw: Any) -> Any:
    try:
        return msgspec.convert(raw, parameter.type, strict=False)
    except msgspec.ValidationError as error:
        raise _error(parameter, f"has a wrong value: {error}") from None


def _error(parameter: Parameter, problem: str) -> ParameterError:
    return ParameterError(parameter.name, f"The {parameter.location} parameter '{parameter.name}' {problem}.")
