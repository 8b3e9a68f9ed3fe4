"""Packages that import their names when they are asked for."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from typing import Any

import pytest
from runtime_under_test.lazy import lazy_index, lazy_names


@pytest.fixture
def package() -> Iterator[types.ModuleType]:
    made: dict[str, types.ModuleType] = {}

    def module(name: str, **members: Any) -> types.ModuleType:
        made[name] = types.ModuleType(name)
        vars(made[name]).update(members)
        return made[name]

    root = module("lazy_package", __path__=[])
    module("lazy_package.message", Message="a message", MessageList="messages")
    module("lazy_package._index", __path__=[])
    module("lazy_package._index._m", _NAMES={".message": "Message"})
    module("lazy_package._index._messagel", _NAMES={".message": "MessageList"})
    sys.modules.update(made)
    yield root
    for name in made:
        del sys.modules[name]


def test_a_name_is_imported_when_it_is_asked_for(package: types.ModuleType) -> None:
    get, names = lazy_names("lazy_package", {".message": "Message MessageList"}, ["message"])
    assert get("MessageList") == "messages"
    assert vars(package)["MessageList"] == "messages"
    assert get("message") is sys.modules["lazy_package.message"]
    assert get("__all__") == ["Message", "MessageList"]
    assert "Message" in names()
    with pytest.raises(AttributeError, match="no attribute 'Other'"):
        get("Other")


def test_a_long_list_of_names_is_read_in_parts(package: types.ModuleType) -> None:
    get, names = lazy_index("lazy_package", ["m", "messagel"])
    assert (get("Message"), get("MessageList")) == ("a message", "messages")
    assert get("__all__") == ["Message", "MessageList"]
    assert {"Message", "MessageList"} <= set(names())
    for name in ("Other", "MessageLists", "__path_"):
        with pytest.raises(AttributeError):
            get(name)
