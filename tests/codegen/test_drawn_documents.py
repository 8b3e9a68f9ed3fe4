"""Documents drawn from names that no language likes, in all shapes: Python's package imports and keeps values as they are,
and no language gives one name twice in a place."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from polyport_codegen import registry
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.ir.types import component

from .specs import api_of, ref
from .test_hard_names import SETTINGS

DRAWN_SETTINGS = replace(SETTINGS, package="drawn")
LANGUAGES = [name for name in registry.TARGETS if name not in ("proto", "server")]
#: What is a word, a member or a type of its own somewhere; names that fold to one; names without letters.
WORDS = """class def None self type list dict datetime field model_config model_dump __class__ __init__ __proto__ constructor
then toJSON toString valueOf undefined Promise Array Object String Error Date val var object companion Companion suspend Unit
Int Map hashCode equals copy component1 builder let struct enum protocol Type Self init subscript rawValue description some
options body request client raw unknown Unknown headers extra params Page data items keys get pop case values aB ab a_b a-b a.b
A_B _a_b a_b_ é É ß ss ſ µ μ 日本 12 1st -1 ½ m² 🚀 * ${x} \\(x) */ \\ """.split()
NAMES = [*WORDS, "", " ", "a b", '"', "a\nb", "\u2028"]
#: A document can be read as it is drawn, and shrinking takes minutes.
QUICK: Any = {
    "derandomize": True,
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.explicit, Phase.generate),
}

#: A schema, and a value of it.
Drawn = tuple[dict[str, Any], Any]


@st.composite
def scalars(draw: st.DrawFn) -> Drawn:
    """A text, number or enum, or any JSON."""
    value = draw(st.sampled_from([True, 1, -1, 1.5, 1 << 53, "a", "", *NAMES]))
    kind = "boolean" if value is True else "string" if isinstance(value, str) else "number"
    others = draw(st.lists(st.sampled_from(NAMES), max_size=3))
    listed = [value, *(other for other in others if kind == "string")]
    schema = draw(st.sampled_from([{"type": kind}, {"type": kind, "enum": listed}, {"const": value}, {}]))
    return schema, value


def shapes(inner: st.SearchStrategy[Drawn]) -> st.SearchStrategy[Drawn]:
    """Lists, maps, objects and unions of others."""

    @st.composite
    def objects(draw: st.DrawFn) -> Drawn:
        members = draw(st.dictionaries(st.sampled_from(NAMES), inner, max_size=4))
        required = draw(st.sets(st.sampled_from(sorted(members)))) if members else set()
        schema = {"type": "object", "properties": {n: s for n, (s, _) in members.items()}, "required": sorted(required)}
        return schema, {n: value for n, (_, value) in members.items()}

    @st.composite
    def unions(draw: st.DrawFn) -> Drawn:
        options = draw(st.lists(st.one_of(inner, objects()), min_size=2, max_size=3))
        return {"oneOf": [schema for schema, _ in options]}, draw(st.sampled_from(options))[1]

    lists = inner.map(lambda one: ({"type": "array", "items": one[0]}, [one[1], one[1]]))
    maps = inner.map(lambda one: ({"type": "object", "additionalProperties": one[0]}, {"k": one[1], "": one[1]}))
    return st.one_of(objects(), unions(), lists, maps)


DRAWN = st.dictionaries(
    st.sampled_from([name for name in NAMES if name.strip()]),
    st.recursive(scalars(), shapes, max_leaves=6),
    min_size=2,
    max_size=6,
)


def api(drawn: dict[str, Drawn]) -> tuple[Api, list[Any]]:
    """A document with a call for each schema, that sends and answers it, and a value for each call."""
    paths = {}
    for at, name in enumerate(drawn):
        content = {"content": {"application/json": {"schema": ref(name.replace("~", "~0").replace("/", "~1"))}}}
        answers = {"200": {"description": name, **content}}
        paths[f"/echo/{at}"] = {"post": {"operationId": f"echo{at}", "requestBody": content, "responses": answers}}
    return api_of({n: schema for n, (schema, _) in drawn.items()}, paths), [value for _, value in drawn.values()]


#: Imports all modules of a package, then reads and writes a value of each type.
PROGRAM = """
import importlib, json, pkgutil, sys
from pydantic import TypeAdapter
package = importlib.import_module("drawn")
for module in pkgutil.walk_packages(package.__path__, "drawn."):
    importlib.import_module(module.name)
types = importlib.import_module("drawn.types")
for name, value in json.load(sys.stdin):
    adapter = TypeAdapter(getattr(types, name))
    kept = adapter.dump_python(adapter.validate_python(value), mode="json", by_alias=True, exclude_unset=True)
    assert kept == value, (name, kept, value)
"""


@settings(max_examples=4, **QUICK)
@given(DRAWN)
def test_the_python_package_imports_and_keeps_values(drawn: dict[str, Drawn]) -> None:
    found, values = api(drawn)
    generated = registry.load_target("python").generate(found, DRAWN_SETTINGS, Diagnostics())
    names = {e.published.id: e.name for e in generated.surface if e.published.kind == "type"}
    asked = [(names.get(str(component(n))), value) for n, value in zip(drawn, values, strict=True)]
    with TemporaryDirectory() as folder:
        for file in generated.files:
            path = Path(folder, file.path)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", PROGRAM],
            input=json.dumps([(name, value) for name, value in asked if name is not None]),
            env={**os.environ, "PYTHONPATH": str(Path(folder, "src"))},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=10, **QUICK)
@given(drawn=DRAWN)
def test_no_name_is_given_twice_in_a_place(language: str, drawn: dict[str, Drawn]) -> None:
    found, _ = api(drawn)
    entries = registry.load_target(language).generate(found, SETTINGS, Diagnostics()).surface
    given_names = Counter((e.published.kind, e.published.place, e.name) for e in entries)
    assert {where: n for where, n in given_names.items() if n > 1} == {}
    assert entries
