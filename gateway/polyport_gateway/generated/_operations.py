"""What the table of operations is made of, and the way from a method and a path to one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from ._decoding import Decoder


@dataclass(frozen=True, slots=True)
class Parameter:
    """A documented parameter. `type` is what msgspec converts its text to; `location`: path, query, header, cookie."""

    name: str
    location: str
    type: Any
    required: bool = False
    style: str = "form"
    explode: bool = True
    default: Any = None


@dataclass(frozen=True, slots=True)
class Selector:
    """The request member that asks for the streaming form: `location` is body, query or header."""

    location: str
    name: str
    value: Any


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """One call of the API, for doors and services. Compared by identity: there is one object per operation."""

    #: The document's operationId.
    id: str
    #: The service that implements it, `chat.completions`, and its method, `create`.
    service: str
    method: str
    #: HTTP method in upper case, and path template.
    verb: str
    path: str
    #: The status of a successful plain answer.
    status: int = 200
    parameters: tuple[Parameter, ...] = ()
    #: Decodes the JSON body; None when there is none.
    body: Decoder[Any] | None = None
    body_required: bool = False
    #: Decodes the plain answer; None when the answer has no JSON body or the operation always streams.
    answer: Decoder[Any] | None = None
    #: Decodes one event of the streaming form; None when there is no such form.
    event: Decoder[Any] | None = None
    #: How the streaming form is asked for; None when there is none, or when the operation always streams.
    selector: Selector | None = None
    #: The data of the event that ends a stream properly.
    terminator: str | None = None
    #: Names of the security schemes any of which will do; empty when callers need none.
    security: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Service and method as one name, `chat.completions.create`."""
        return f"{self.service}.{self.method}" if self.service else self.method


@dataclass(frozen=True, slots=True)
class Found:
    """The operation of a path, and the decoded texts of the path's variables."""

    operation: Operation
    variables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Missing:
    """No operation. `allowed` are the methods that the path does have: empty is 404, else 405."""

    allowed: tuple[str, ...]


_VARIABLE = re.compile(r"\{([^{}/]+)\}")


class Router:
    """Finds operations. Paths without variables are one lookup; the others are tried from the most literal on.

    A variable is one path segment. Only when nothing fits, a variable at the end takes the rest of the path with its
    slashes, since names such as `meta-llama/Llama-3.2-1B` are rarely escaped.
    """

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._fixed: dict[str, dict[str, Found]] = {}
        patterns: dict[str, dict[str, Operation]] = {}
        for operation in operations:
            if "{" in operation.path:
                patterns.setdefault(operation.path, {})[operation.verb] = operation
            else:
                self._fixed.setdefault(operation.path, {})[operation.verb] = Found(operation, {})
        ordered = sorted(
            patterns.items(), key=lambda item: (item[0].count("{"), -len(_VARIABLE.sub("", item[0])), item[0])
        )
        self._patterns = [(*_compiled(path, "[^/]+"), by_verb) for path, by_verb in ordered]
        self._patterns += [(*_compiled(path, ".+"), by_verb) for path, by_verb in ordered if path.endswith("}")]

    def find(self, verb: str, path: str) -> Found | Missing:
        """Look up a method and a path (percent-encoded, without query)."""
        fixed = self._fixed.get(path)
        if fixed is not None:
            return fixed.get(verb) or Missing(tuple(sorted(fixed)))
        allowed: tuple[str, ...] = ()
        for pattern, names, by_verb in self._patterns:
            match = pattern.fullmatch(path)
            if match is None:
                continue
            operation = by_verb.get(verb)
            if operation is not None:
                return Found(operation, dict(zip(names, map(unquote, match.groups()), strict=True)))
            allowed = allowed or tuple(sorted(by_verb))
        return Missing(allowed)


def _compiled(path: str, last: str) -> tuple[re.Pattern[str], list[str]]:
    pieces = _VARIABLE.split(path)  # literal, name, literal, name, ..., literal
    names = pieces[1::2]
    pattern = re.escape(pieces[0])
    for index, literal in enumerate(pieces[2::2]):
        pattern += f"({last if index == len(names) - 1 else '[^/]+'})" + re.escape(literal)
    return re.compile(pattern), names
