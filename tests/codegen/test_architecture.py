"""The walls: what may import what, how large a module may be, and that the documentation names what exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from polyport_codegen.config import Config
from polyport_codegen.ir.graph import components
from polyport_codegen.openapi.extensions import READ
from polyport_codegen.registry import LANGUAGES, TARGETS, load_target

ROOT = Path(__file__).resolve().parents[2]
CODEGEN = ROOT / "codegen/polyport_codegen"
GATEWAY = ROOT / "gateway/polyport_gateway"


def imports(path: Path, package_root: Path, *, run: bool = False) -> Iterator[str]:
    """The dotted names that a module imports, relative ones made absolute; `run`: without those for type checkers."""
    parts = path.relative_to(package_root.parent).with_suffix("").parts
    tree = ast.parse(path.read_text())
    if run:
        tree.body = [n for n in tree.body if not (isinstance(n, ast.If) and ast.unparse(n.test) == "TYPE_CHECKING")]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = parts[: len(parts) - node.level] if node.level else ()
            prefix = ".".join((*base, *(node.module or "").split("."))).strip(".")
            yield prefix
            yield from (f"{prefix}.{alias.name}" for alias in node.names)


def modules(root: Path) -> list[Path]:
    return [
        p
        for p in sorted(root.rglob("*.py"))
        if "generated" not in p.parts and "runtime" not in p.parts and "runtime_tests" not in p.parts
    ]


def offenders(root: Path, folder: str, forbidden: tuple[str, ...]) -> list[str]:
    found = []
    for path in modules(root / folder):
        for name in imports(path, root):
            if any(name == f or name.startswith(f + ".") for f in forbidden):
                found.append(f"{path.relative_to(ROOT)} imports {name}")
    return found


G = "polyport_gateway"


@pytest.mark.parametrize(
    ("folder", "forbidden"),
    [
        (
            "core",
            (
                f"{G}.apis",
                f"{G}.doors",
                f"{G}.server",
                f"{G}.providers",
                f"{G}.upstream",
                f"{G}.engine",
                "grpc",
                "httptools",
                "fastapi",
            ),
        ),
        ("apis", (f"{G}.doors", f"{G}.server", "grpc", "httptools", "fastapi")),
        ("doors", (f"{G}.server",)),
        ("providers", (f"{G}.doors", f"{G}.server", f"{G}.apis")),
        ("upstream", (f"{G}.doors", f"{G}.server", f"{G}.apis", f"{G}.providers")),
        ("engine", (f"{G}.doors", f"{G}.server", f"{G}.apis", f"{G}.upstream")),
    ],
)
def test_the_gateways_layers_import_downwards(folder: str, forbidden: tuple[str, ...]) -> None:
    assert offenders(GATEWAY, folder, forbidden) == []


C = "polyport_codegen"


@pytest.mark.parametrize(
    ("folder", "allowed"),
    [
        # What each stage may import of the generator, besides itself, `values` and `diagnostics`.
        ("load", ()),
        ("openapi", ("load", "ir.types", "ir.model", "ir.access", "ir.words")),
        ("ir", ()),
        ("lower", ("ir",)),
        ("languages", ("ir", "lower", "proto", "target", "templating")),
        ("proto", ("ir", "lower", "target", "templating")),
        ("server", ("ir", "lower", "proto", "target", "templating")),
    ],
)
def test_the_generators_stages_know_only_what_is_before_them(folder: str, allowed: tuple[str, ...]) -> None:
    mine = tuple(f"{C}.{a}" for a in (folder, *allowed, "values", "diagnostics"))
    found = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(CODEGEN / folder)
        for name in imports(path, CODEGEN)
        if name.startswith((f"{C}.", f"{G}."))
        and not name.startswith(tuple(f"{m}." for m in mine))
        and name not in mine
    ]
    assert [f for f in found if not f.endswith(tuple(f" {m.rpartition('.')[0]}" for m in mine))] == []


def test_no_module_of_the_generator_imports_itself_over_others() -> None:
    paths = modules(CODEGEN)
    names = {".".join(p.relative_to(CODEGEN.parent).with_suffix("").parts).removesuffix(".__init__"): p for p in paths}
    # A package's `__init__` stands before its modules whether they import it or not.
    graph = {
        name: sorted(
            {i for i in imports(path, CODEGEN, run=True) if i in names and i != name and not name.startswith(f"{i}.")}
        )
        for name, path in names.items()
    }
    assert [group for group in components(graph) if len(group) > 1] == []


def test_every_language_is_registered_and_tested() -> None:
    folders = {p.parent.name for p in (CODEGEN / "languages").glob("*/target.py")}
    suites = {p.name.removeprefix("test-") for p in (ROOT / "scripts").glob("test-*")} - {"e2e"}
    by_default = re.search(r"^LANGS \?= (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert by_default is not None
    assert set(LANGUAGES) == folders == suites == set(by_default[1].split(","))


def test_languages_are_built_alike() -> None:
    alike = "naming types lower render_types render_calls prose samples vectors target".split()
    folders = [p for p in (CODEGEN / "languages").iterdir() if (p / "target.py").exists()]
    assert len(folders) >= 4
    for folder in folders:
        found = {p.stem if p.suffix == ".py" else p.name for p in folder.iterdir()}
        assert {*alike, "templates", "runtime"} - found == set(), folder.name


def test_languages_do_not_know_each_other() -> None:
    folders = [p.name for p in (CODEGEN / "languages").iterdir() if p.is_dir() and p.name != "__pycache__"]
    assert len(folders) >= 4
    for name in folders:
        others = tuple(f"{C}.languages.{o}" for o in folders if o != name)
        assert offenders(CODEGEN, f"languages/{name}", others) == []


def test_the_generator_knows_no_api_and_no_language_outside_their_folders() -> None:
    for path in modules(CODEGEN):
        text = path.read_text()
        if "languages" not in path.parts:
            assert not re.search(r"""(==|!=)\s*["'](python|node|kotlin|swift)["']""", text), path
        # Docstrings may speak of our API as an example; code may not.
        code = ast.unparse(_without_docstrings(ast.parse(text)))
        assert not re.search(r"ChatCompletion|smollm|chat/completions", code), path


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            kept = [
                n
                for n in body
                if not (
                    isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant) and isinstance(n.value.value, str)
                )
            ]
            node.body = kept or [ast.Pass()]  # type: ignore[attr-defined]
    return tree


def test_modules_stay_small() -> None:
    listed = [
        *CODEGEN.rglob("*"),
        *GATEWAY.rglob("*"),
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "bench").rglob("*.py"),
    ]
    sources = [
        p
        for p in listed
        if p.suffix in {".py", ".ts", ".kt", ".swift", ".j2"}
        and not {"generated", "golden", "node_modules"} & set(p.parts)
    ]
    assert {str(p.relative_to(ROOT)): n for p in sources if (n := p.read_text().count("\n")) > 500} == {}


def test_generated_sources_stay_readable() -> None:
    generated = [
        p
        for p in (ROOT / "clients").rglob("*")
        if p.suffix in {".py", ".ts", ".kt", ".swift"} and "node_modules" not in p.parts
    ]
    assert generated
    assert {str(p.relative_to(ROOT)): n for p in generated if (n := p.read_text().count("\n")) > 1000} == {}


@pytest.mark.parametrize("page", ["docs/architecture.md", "README.md", "CONTRIBUTING.md", "docs/generator.md"])
def test_the_documentation_names_what_exists(page: str) -> None:
    text = (ROOT / page).read_text()
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    paths = re.findall(r"`((?:codegen|gateway|tests|spec|scripts|clients|docs|bench)/[\w./-]+)`", text)
    assert [p for p in [*(str(Path(page).parent / x) for x in links), *paths] if not (ROOT / p).exists()] == []


def test_the_ways_have_at_most_eight_stops() -> None:
    text = (ROOT / "docs/architecture.md").read_text()
    for way in re.split(r"^## ", text, flags=re.M)[1:3]:
        assert way.startswith("The way of")
        assert 1 <= len(re.findall(r"^\| \d+\.", way, flags=re.M)) <= 8


def test_every_diagnostic_is_documented() -> None:
    codes: set[str] = set()
    for path in modules(CODEGEN):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                at = {"note": 0, "warn": 0, "error": 0, "_stop": 0, "Diagnostic": 1}.get(name)
                said = node.args[at] if at is not None and len(node.args) > at else None
                if isinstance(said, ast.Constant) and isinstance(said.value, str):
                    codes.add(said.value)
    assert len(codes) > 30
    text = (ROOT / "docs/generator.md").read_text()
    assert sorted(c for c in codes if f"`{c}`" not in text) == []


def test_every_error_and_warning_tells_a_way_out() -> None:
    least = {"warn": 4, "error": 4, "Diagnostic": 5, "_bad": 3, "refuse": 3}
    found = []
    for path in modules(CODEGEN):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                given = len(node.args) + sum(k.arg == "hint" for k in node.keywords)
                if given < least.get(name, 0):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def test_the_configuration_and_what_vendors_say_are_documented() -> None:
    text = (ROOT / "docs/generator.md").read_text()
    options = {option for name in TARGETS for option in load_target(name).options}
    keys = {field.name for field in fields(Config)} - {"file"}
    assert sorted(k for k in keys if f"\n{k}:" not in text and f"`{k}`" not in text) == []
    assert sorted(word for word in options | READ if not re.search(rf"`{word}[`:]", text)) == []
