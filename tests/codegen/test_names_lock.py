"""Published names never move: the planner keeps them, the lock remembers them, and what changes is told."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from polyport_codegen.diagnostics import Diagnostics, InputError
from polyport_codegen.lower.planner import Symbol, plan, surface_of
from polyport_codegen.lower.published import Entry, Published
from polyport_codegen.names_lock import NamesLock, dump, moved, parse, renew, report

from tests.codegen.test_planner import SYMBOLS, Pascal


def type_(id: str, *words: str, context: tuple[tuple[str, ...], ...] = ()) -> Symbol:
    return Symbol(f"type:{id}", "type", words or (id,), context=context, published=Published("type", "", id))


def names_after(lock: NamesLock, symbols: list[Symbol]) -> tuple[dict[str, str], NamesLock]:
    names = plan(symbols, Pascal(), lock.names("x"))
    entries = surface_of(symbols, names, Pascal())
    return {e.published.id: e.name for e in entries}, renew(lock, "x", entries)[0]


def test_an_addition_takes_another_name() -> None:
    first, lock = names_after(NamesLock(), [type_("a", "order", context=(("a", "order"),))])
    assert first == {"a": "Order"}
    both = [type_("a", "order", context=(("a", "order"),)), type_("b", "order", context=(("b", "order"),))]
    assert names_after(NamesLock(), both)[0] == {"a": "AOrder", "b": "BOrder"}
    assert names_after(lock, both)[0] == {"a": "Order", "b": "BOrder"}


def test_a_removed_name_stays_reserved_and_comes_back_with_what_had_it() -> None:
    _, lock = names_after(NamesLock(), [type_("a", "order"), type_("b")])
    second, lock = names_after(lock, [type_("c", "order"), type_("b")])
    assert second == {"b": "B", "c": "Order2"}
    third, lock = names_after(lock, [type_("a", "order"), type_("b"), type_("c", "order")])
    assert third == {"a": "Order", "b": "B", "c": "Order2"}


def test_a_name_that_the_runtime_has_taken_since_cannot_be_kept() -> None:
    _, lock = names_after(NamesLock(), [type_("a", "client")])
    symbols = [Symbol("runtime", "type", (), fixed="Client"), type_("a", "client", context=(("client", "model"),))]
    assert names_after(lock, symbols)[0] == {"a": "ClientModel"}


def test_names_are_reserved_in_their_place_alone() -> None:
    def argument(call: str, id: str) -> Symbol:
        return Symbol(f"{call}/{id}", "argument", ("limit",), call, published=Published("argument", call, id))

    symbols = [argument("GET /a", "query limit"), argument("GET /b", "query limit")]
    names = plan(symbols, Pascal())
    lock, _ = renew(NamesLock(), "x", surface_of(symbols, names, Pascal()))
    later = [argument("GET /a", "header limit"), argument("GET /b", "query limit"), argument("GET /c", "body limit")]
    assert plan(later, Pascal(), lock.names("x")) == {
        "GET /a/header limit": "Limit2",
        "GET /b/query limit": "Limit",
        "GET /c/body limit": "Limit",
    }


IDS = st.sampled_from(["#/components/schemas/Order", 'POST /a "b"/{}', "GET /x: y", "a>.b>[]", "null", "#", " ", "ü\n"])


@given(st.dictionaries(IDS, st.sampled_from(["Order", "yes", "A.b", "`in`", "$a", "_", "é"]), max_size=5))
def test_the_file_gives_back_what_was_written(names: dict[str, str]) -> None:
    entries = [Entry(Published("type", "", id), name) for id, name in names.items()]
    lock, _ = renew(NamesLock(), "x", entries, {"POST /a": ["query b", "body c"]})
    lock, _ = renew(lock, "x", entries[:2], {"POST /a": ["query b", "body c"]})
    assert dump(parse(dump(lock), "f")) == dump(lock)
    assert parse(dump(lock), "f").names("x") == lock.names("x")
    assert parse(dump(lock), "f").names("x").order("POST /a", ["body new", "body c", "query b"]) == [
        "query b", "body c", "body new",
    ]  # fmt: skip


def test_the_file_reads_well() -> None:
    entries = [Entry(Published("type", "", "#/components/schemas/Order"), "Order"), Entry(Published("argument", "GET /a", "query limit"), "limit")]  # fmt: skip
    lock, _ = renew(NamesLock(), "node", entries)
    lock, _ = renew(lock, "node", entries[1:])
    assert dump(lock).splitlines()[2:] == [
        "node:",
        '  "argument GET /a":',
        '    "query limit": limit',
        "  type:",
        '    "#/components/schemas/Order": {removed: Order}',
        "# The end: a file without this line has lost names.",
    ]
    assert dump(NamesLock()) == ""


def test_two_branches_merge_line_by_line() -> None:
    base = "x:\n  type:\n    a: A\n    c: C\n    e: E\n"
    ours = parse(base.replace("    c: C\n", "    b: B\n    c: C\n    e: {removed: E}\n"), "f")
    assert plan([type_("a"), type_("b"), type_("c"), type_("d"), type_("e")], Pascal(), ours.names("x")) == {
        "type:a": "A", "type:b": "B", "type:c": "C", "type:d": "D", "type:e": "E",
    }  # fmt: skip
    with pytest.raises(InputError, match="line 3") as error:
        parse(base.replace("    a: A\n", "<<<<<<< ours\n    a: A\n"), "f")
    assert "both sides" in error.value.diagnostic.hint


@pytest.mark.parametrize("line", ["x", "x: y", "   type:", "x:\n    a: A\n  b: C", 'x:\n  type:\n    "a: A', "x:\n  type:\n    a: [1]", "\tx:", 'x:\n  type:\n    a: "A b"', "x:\n  type:\n    a: A..b"])  # fmt: skip
def test_what_cannot_be_read_names_the_line(line: str) -> None:
    with pytest.raises(InputError) as error:
        parse(line + "\n", "polyport.names.lock")
    assert error.value.diagnostic.origin.file == "polyport.names.lock"
    assert f"line {line.count(chr(10)) + 1}" in error.value.diagnostic.message or "line 2" in str(error.value)


def test_what_moves_takes_its_name_along() -> None:
    entries = [
        Entry(Published("type", "", "#/components/schemas/Order"), "Order"),
        Entry(Published("type", "", "#/components/schemas/Order>.lines>[]"), "OrderLine"),
        Entry(Published("argument", "GET /a/{}", "query limit"), "limit"),
        Entry(Published("method", "a", "GET /a/{}"), "retrieve"),
    ]
    lock, _ = renew(NamesLock(), "x", entries, {"GET /a/{}": ["path id", "query limit"]})
    found = Diagnostics()
    present = {"#/components/schemas/Purchase", "GET /b/{}"}
    said = {"Order": "Purchase", "get /a/{id}": "GET /b/{other}"}
    lock = moved(lock, said, present, "f", found)
    assert moved(lock, said, present, "f", found) == lock
    assert found.items == []
    assert {(p.place, p.id): n for p, n in lock.names("x").names.items()} == {
        ("", "#/components/schemas/Purchase"): "Order",
        ("", "#/components/schemas/Purchase>.lines>[]"): "OrderLine",
        ("GET /b/{}", "query limit"): "limit",
        ("a", "GET /b/{}"): "retrieve",
    }
    assert lock.names("x").orders == {"GET /b/{}": ("path id", "query limit")}


def test_what_is_lost_is_told_once() -> None:
    old = [
        Entry(Published("type", "", "#/components/schemas/Order"), "Order"),
        Entry(Published("type", "", "#/components/schemas/Order>.lines>[]"), "OrderLine"),
        Entry(Published("type", "", "#/components/schemas/Pet"), "Pet"),
        Entry(Published("argument", "GET /a", "query limit"), "limit"),
    ]
    new = [
        Entry(Published("type", "", "#/components/schemas/Pet"), "Animal"),
        Entry(Published("member", "x", "y"), "y"),
    ]
    lock, _ = renew(NamesLock(), "x", old)
    lock, moves = renew(lock, "x", new)
    found = Diagnostics()
    report("names.lock", {"x": moves, "y": moves}, found)
    assert [(d.code, d.message) for d in found.items] == [
        ("published-removed", "the argument 'query limit' of 'GET /a' was published as 'limit' in x, y and is gone; its name stays reserved"),
        ("published-removed", "the type '#/components/schemas/Order' was published as 'Order' in x, y and is gone; its name stays reserved"),
        ("published-renamed", "the type '#/components/schemas/Pet' was published as 'Pet' and is now 'Animal' in x, y"),
    ]  # fmt: skip
    assert renew(lock, "x", new)[1] == ()
    assert (
        plan([type_("z", "pet"), type_("#/components/schemas/Pet", "animal")], Pascal(), lock.names("x"))["type:z"]
        == "Pet2"
    )


def test_a_move_that_did_not_happen_is_told_and_changes_nothing() -> None:
    entries = [Entry(Published("type", "", f"#/components/schemas/{name}"), name) for name in ("A", "B")]
    lock, _ = renew(NamesLock(), "x", entries)
    found = Diagnostics()
    assert moved(lock, {"A": "B"}, {"#/components/schemas/A", "#/components/schemas/B"}, "f", found) == lock
    assert moved(lock, {"A": "C"}, {"#/components/schemas/B"}, "f", found) == lock
    assert moved(lock, {"A": "B"}, {"#/components/schemas/B"}, "f", found) == lock  # both names were published
    assert [d.message for d in found.items] == [
        "'A' is still in the document: it keeps its name",
        "'C', where 'A' is said to be now, is not in the document",
    ]


def test_git_merges_two_branches(tmp_path: Path) -> None:
    def lock(*names: str) -> NamesLock:
        return renew(NamesLock(), "x", [Entry(Published("type", "", n.lower()), n) for n in names])[0]

    for name, value in (
        ("base", lock("Ash", "Fir", "Oak", "Yew")),
        ("ours", lock("Ash", "Elm", "Fir", "Oak", "Yew")),
        ("theirs", lock("Ash", "Fir", "Oak", "Pine", "Yew")),
    ):
        (tmp_path / name).write_text(dump(value))
    done = subprocess.run(
        ["git", "merge-file", "-p", "ours", "base", "theirs"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert parse(done.stdout, "f") == lock("Ash", "Elm", "Fir", "Oak", "Pine", "Yew")


def test_one_name_for_two_things_after_a_merge() -> None:
    lock = parse("x:\n  type:\n    a: Order\n    b: Order\n", "f")
    names = plan([type_("b", "order", context=(("b", "order"),)), type_("a", "order")], Pascal(), lock.names("x"))
    assert names == {"type:a": "Order", "type:b": "BOrder"}


@given(SYMBOLS, SYMBOLS, st.data())
def test_whatever_is_added_or_removed_nothing_moves(
    first: list[Symbol], more: list[Symbol], data: st.DataObject
) -> None:
    def published(symbols: list[Symbol]) -> list[Symbol]:
        return [s._replace(published=Published("type", "", s.id)) for s in symbols]

    first, more = published(first), published(more)
    before, lock = names_after(NamesLock(), first)
    kept = data.draw(st.lists(st.sampled_from(first), unique_by=lambda s: s.id)) if first else []
    after, lock = names_after(lock, [*more, *kept])
    assert {id: after[id] for id in (s.id for s in kept)} == {s.id: before[s.id] for s in kept}
    gone = {before[s.id].casefold() for s in first} - {before[s.id].casefold() for s in kept}
    assert not gone & {after[s.id].casefold() for s in more}
    assert len({name.casefold() for name in after.values()}) == len(after)
    again, _ = names_after(lock, [*first, *more])
    assert again == {**before, **{s.id: after[s.id] for s in more}}
