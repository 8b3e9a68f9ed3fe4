"""The table of `docs/coverage.md`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tests.conformance.judge import Judgement


def table(found: Sequence[Judgement]) -> str:
    """Markdown: how the documents fared, and per construct in how many it stands and what became of it."""
    faults = Counter(j.fault or "well" for j in found)
    rows = [
        "| documents | operations | " + " | ".join(sorted(faults)) + " |",
        "|" + "---|" * (len(faults) + 2),
        f"| {len(found)} | {sum(j.operations for j in found)} | "
        + " | ".join(str(faults[f]) for f in sorted(faults))
        + " |",
        "",
        "| construct | documents | places | typed | reported | neither |",
        "|---|---|---|---|---|---|",
    ]
    names = sorted({name for j in found for name in j.constructs})
    for name in names:
        having = [j.constructs[name] for j in found if name in j.constructs]
        total: Counter[str] = Counter()
        for counts in having:
            total.update(counts)
        rows.append(
            f"| {name} | {len(having)} | {sum(total.values())} | {total['typed']} | {total['reported']} | {total['neither']} |"
        )
    return "\n".join(rows) + "\n"
