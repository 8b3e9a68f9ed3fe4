"""Kotlin: a union that stands in a class is never, by whatever detour, a supertype of that class."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from polyport_codegen.cli import main

from tests.codegen.plain import prepare
from tests.codegen.specs import get, ref


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder."""
    prepare(tmp_path, monkeypatch)


def either(*names: str) -> dict[str, Any]:
    """An id, or the thing itself: as expandable members are."""
    return {"oneOf": [{"type": "string"}, *(ref(name) for name in names)]}


def model(**members: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"id": {"type": "string"}, **members}}


def models(schemas: dict[str, Any]) -> dict[str, str]:
    """The files of the models, by class; each generation knows the names of the one before."""
    paths = {f"/{name}": get(ref(name)) for name in schemas}
    tree = {"openapi": "3.1.0", "info": {"title": "Acme", "version": "1"}, "paths": paths}
    Path("api.json").write_text(json.dumps({**tree, "components": {"schemas": schemas}}))
    assert main(["generate", "api.json", "--lang", "kotlin", "--out", "sdk"]) == 0
    return {file.stem: file.read_text() for file in Path("sdk/kotlin/src/main").glob("**/models/*.kt")}


def supertypes(text: str) -> list[str]:
    """Those of the first class."""
    head = re.search(r"Model\(members\),?\s(.*?)\{", text, re.DOTALL)
    return re.findall(r"[\w.]+", head[1]) if head is not None else []


def test_a_union_with_its_owner_stands_alone() -> None:
    found = models({"Tree": model(parent=either("Tree"))})
    assert set(found) == {"Tree", "TreeParent"}
    assert supertypes(found["Tree"]) == ["TreeParent"]


def test_unions_that_hold_each_others_owners_stand_alone() -> None:
    item = model(source=either("Card"))
    found = models({"Account": model(items={"type": "array", "items": item}), "Card": model(owner=either("Account"))})
    assert supertypes(found["Card"]) == ["AccountItemSource"]
    assert supertypes(found["Account"]) == ["CardOwner"]
    assert "    public class Item " in found["Account"], "what is no union stays where it is"


def test_a_union_that_leads_to_its_owner_by_none_stays_in_it() -> None:
    found = models({"Account": model(source=either("Card")), "Card": model()})
    assert set(found) == {"Account", "Card"}
    assert supertypes(found["Card"]) == ["Account.Source"]


def test_an_addition_moves_no_union_that_was_published() -> None:
    models({"Account": model(source=either("Card")), "Card": model()})
    found = models({"Account": model(source=either("Card")), "Card": model(owner=either("Account"))})
    assert supertypes(found["Card"]) == ["Account.Source"]
    assert supertypes(found["Account"]) == ["CardOwner"]


def test_what_was_published_moves_where_there_would_be_no_package_otherwise() -> None:
    models({"Account": model(source=either("Card")), "Card": model(owner=either("Other")), "Other": model()})
    found = models(
        {"Account": model(source=either("Card")), "Card": model(owner=either("Other", "Account")), "Other": model()}
    )
    assert supertypes(found["Card"]) == ["AccountSource"]
    assert supertypes(found["Account"]) == ["CardOwner"]
