"""YAML into plain values, with the line of every value, and `${env.NAME:=default}` filled in."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

import yaml

_ENV = re.compile(r"\$\{env\.([A-Za-z_][A-Za-z0-9_]*)(?::=([^}]*))?\}")
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")

#: JSON path like `providers[0].base_url` -> line, counted from 1.
Lines = dict[str, int]


class ConfigError(Exception):
    """A configuration that cannot be used. The message names the file, and the line and key where there is one."""


def load(text: str, file: str, environment: Mapping[str, str] | None = None) -> tuple[Any, Lines]:
    """The document's value and the lines of its keys. Raises ConfigError."""
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file}:{mark.line + 1}" if mark is not None else file
        raise ConfigError(f"{where}: not valid YAML: {getattr(error, 'problem', None) or error}") from None
    lines: Lines = {}
    if node is None:
        return {}, lines
    reader = _Reader(file, os.environ if environment is None else environment, lines)
    return reader.value(node, ""), lines


class _Reader:
    def __init__(self, file: str, environment: Mapping[str, str], lines: Lines) -> None:
        self._file = file
        self._environment = environment
        self._lines = lines

    def value(self, node: yaml.Node, path: str) -> Any:
        """The value of a node; scalars as YAML 1.2 reads them."""
        self._lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, f"{path}[{i}]") for i, item in enumerate(node.value)]
        text = str(node.value)
        if "${" in text:
            return self._expand(text, path, node.start_mark.line + 1)
        quoted = getattr(node, "style", None) in ("'", '"', "|", ">")
        return text if quoted else _scalar(text)

    def _mapping(self, node: yaml.MappingNode, path: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            inner = f"{path}.{key}" if path else key
            line = key_node.start_mark.line + 1
            if key in found:
                raise ConfigError(f"{self._file}:{line}: {inner}: given twice")
            self._lines[inner] = line
            found[key] = self.value(value_node, inner)
        return found

    def _expand(self, text: str, path: str, line: int) -> str:
        def fill(match: re.Match[str]) -> str:
            name, default = match.groups()
            value = self._environment.get(name) or default
            if value is None:
                message = f"the environment variable {name} is not set; set it, or write ${{env.{name}:=default}}"
                raise ConfigError(f"{self._file}:{line}: {path}: {message}")
            return value

        return _ENV.sub(fill, text)


def _scalar(text: str) -> str | int | float | bool | None:
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
