#!/usr/bin/env python3
"""Proves that a runner notices: writes vectors of which every one must fail.

    python3 tests/vectors/mutants.py DIR
    VECTORS_CASES=DIR ...the runner...       # every vector must fail; one that passes is something the runner does not compare

Each mutant is a vector with one thing changed in what it observes or expects; its name says which.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Change = Callable[[Json], None]

#: Vectors that take their time say nothing more about a runner than quick ones.
PATIENCE_MS = 200
RESULTS = {
    "plain": "result",
    "raw": "result",
    "sum": "result",
    "stream": "events",
    "events": "events",
    "pages": "items",
}
ODD = {"mutated": True}


def mutants(vector: Json) -> Iterator[Json]:
    """All mutants of one vector."""
    expected = [("expect", _expect)] if vector["exchanges"] else []
    for name, change in (*_of_observation(vector), *_of_error(vector), *expected):
        mutant = copy.deepcopy(vector)
        mutant["name"] = f"{vector['name']}-mutant-{name}"
        change(mutant)
        yield mutant


def _observed(**members: Any) -> Change:
    return lambda mutant: mutant["observe"].update(members)


def _of_observation(vector: Json) -> Iterator[tuple[str, Change]]:
    observe = vector["observe"]
    yield "requests", _observed(requests=observe["requests"] + 1)
    if "result" in observe:
        yield "result", _observed(result=ODD)
    for many in ("events", "items"):
        if many in observe:
            yield f"more-{many}", _observed(**{many: [*observe[many], ODD]})
            if observe[many]:
                yield f"fewer-{many}", _observed(**{many: observe[many][:-1]})
                yield f"other-{many}", _observed(**{many: [ODD, *observe[many][1:]]})
    for index, read in enumerate(observe.get("reads", [])):
        yield f"read-{index}", _read(index, "value" if "value" in read else "variant")
    if "status" in observe:
        yield "status", _observed(status=observe["status"] + 1)
    if "headers" in observe:
        yield "headers", _observed(headers=dict.fromkeys(observe["headers"], "mutated"))
    if not observe.get("client_closed") and vector["mode"] not in ("stream", "events", "sum"):
        yield "client-closed", _observed(client_closed=True)


def _read(index: int, member: str) -> Change:
    def change(mutant: Json) -> None:
        mutant["observe"]["reads"][index][member] = "mutated"

    return change


def _of_error(vector: Json) -> Iterator[tuple[str, Change]]:
    observe = vector["observe"]
    error = observe.get("error")
    if error is None:
        if "cancel" not in vector:
            yield "error-wanted", _observed(error={"kind": "NotFound"})
        return
    yield "no-error", _without_error
    others = {"kind": "Conflict" if error["kind"] != "Conflict" else "NotFound", "status": 299, "message_contains": "mutated",
              "message_lacks": "e", "request_id": "mutated", "retry_after_ms": 1, "body": ODD}  # fmt: skip
    for member, other in others.items():
        if member in error:
            yield member.replace("_", "-"), _observed(error={**error, member: other})
    for index, read in enumerate(error.get("data", [])):
        data = [*error["data"][:index], {**read, "value": "mutated"}, *error["data"][index + 1 :]]
        yield f"data-{index}", _observed(error={**error, "data": data})


def _without_error(mutant: Json) -> None:
    del mutant["observe"]["error"]
    mutant["observe"].setdefault(RESULTS[mutant["mode"]], None)


def _expect(mutant: Json) -> None:
    mutant["exchanges"][0].setdefault("expect", {})["headers"] = {"x-mutated": "1"}


def is_quick(vector: Json) -> bool:
    """Whether a vector waits for nothing that takes long."""
    steps = [step for exchange in vector["exchanges"] for step in exchange["respond"]]
    waits = sum(step.get("pause_ms", 0) + step.get("await_close_ms", 0) for step in steps)
    return waits <= PATIENCE_MS and not any("after_ms" in e.get("expect", {}) for e in vector["exchanges"])


def main() -> int:
    """Writes the mutants of all quick vectors to the folder that is given."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for file in sorted((Path(__file__).parent / "cases").glob("*.json")):
        vectors = [v for v in json.loads(file.read_text(encoding="utf-8")) if is_quick(v)]
        made = [mutant for vector in vectors for mutant in mutants(vector)]
        (folder / file.name).write_text(json.dumps(made), encoding="utf-8")
        count += len(made)
    print(f"{count} mutants in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
