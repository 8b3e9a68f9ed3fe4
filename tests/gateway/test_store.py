"""Counters that the workers of a host share."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from polyport_gateway.core.store import FileStore, LocalStore, Store, prometheus

Addition = tuple[str, int, dict[str, str]]
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=20)
ADDITIONS = st.lists(st.tuples(st.sampled_from(["a", "b"]), st.integers(-5, 1000), st.dictionaries(TEXTS, TEXTS)))


def count(store: Store, additions: list[Addition]) -> None:
    for name, amount, labels in additions:
        store.add(name, amount, **{f"l{key}": value for key, value in labels.items()})


@settings(deadline=None)
@given(ADDITIONS, ADDITIONS)
def test_two_workers_count_what_one_would(first: list[Addition], second: list[Addition]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        one, two, alone = FileStore(Path(directory), 0), FileStore(Path(directory), 1), LocalStore()
        count(one, first)
        count(two, second)
        count(alone, first + second)
        assert one.read() == two.read() == alone.read()


def test_a_worker_that_starts_again_goes_on_counting(tmp_path: Path) -> None:
    FileStore(tmp_path, 0).add("x", 2, a="1")
    again = FileStore(tmp_path, 0)
    again.add("x", 3, a="1")
    again.add("y", 1)
    assert again.read() == {("x", (("a", "1"),)): 5, ("y", ()): 1}


def test_a_full_file_keeps_what_it_has(tmp_path: Path) -> None:
    store = FileStore(tmp_path, 0)
    store.add("first", 1)
    for index in range(3000):
        store.add("many", 1, label=f"{index}" * 200)
    store.add("first", 1)
    assert store.read()["first", ()] == 2


def test_the_text_format_escapes() -> None:
    text = prometheus({("x", (("a", 'q"\\\n'),)): 1, ("x", ()): 2, ("y", ()): 3})
    assert text.decode().splitlines() == [
        "# TYPE polyport_x counter",
        "polyport_x{} 2",
        'polyport_x{a="q\\"\\\\\\n"} 1',
        "# TYPE polyport_y counter",
        "polyport_y{} 3",
    ]
