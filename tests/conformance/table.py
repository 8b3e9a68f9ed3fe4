"""The page `docs/coverage.md`, the part that `make conformance` writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from tests.conformance.judge import Judgement

_FAULTS = {
    "crash": "end in a traceback",
    "hang": "do not end within the limit",
    "memory": "need more memory than the limit",
    "killed": "end their process",
    "lost": "lose an operation",
    "no place": "are told something without a place",
    "import": "give a Python package that does not import",
}


def table(found: Sequence[Judgement], editions: Collection[str]) -> str:
    """Markdown: how the documents fared, and per construct in how many it stands and what became of it."""
    faults = Counter(j.fault for j in found if j.fault)
    refused = Counter(j.refused for j in found if j.refused)
    rows = [
        "| | |",
        "|---|---|",
        f"| documents | {len(found):,} |",
        f"| operations | {sum(j.operations for j in found):,} |",
        f"| refused with an error that names the place | {sum(refused.values())} ({_listed(refused)}) |",
    ]
    if packages := [j.modules for j in found if j.modules]:
        rows.append(f"| Python packages imported | {len(packages):,}, of {sum(packages):,} modules |")
    rows += [f"| documents that {said} | {faults[fault]} |" for fault, said in _FAULTS.items()]
    if len(editions) > 1:
        rows.append(f"| states of the generator that judged them (`--resume`) | {len(editions)} |")
    rows += ["", "| construct | documents | places | typed | reported | neither |", "|---|--:|--:|--:|--:|--:|"]
    names = sorted({name for j in found for name in j.constructs})
    for name in names:
        having = [j.constructs[name] for j in found if name in j.constructs]
        total: Counter[str] = Counter()
        for counts in having:
            total.update(counts)
        figures = (len(having), sum(total.values()), total["typed"], total["reported"], total["neither"])
        rows.append(f"| {name} | " + " | ".join(f"{n:,}" for n in figures) + " |")
    return "\n".join(rows) + "\n"


def placed(page: str, text: str, command: str) -> str:
    """A page with the text between the marks of the command that writes it; the text where there are none."""
    head, mark, rest = page.partition(f"<!-- from here: {command} ")
    if not mark:
        return text
    first, _, after = rest.partition("\n")
    return f"{head}{mark}{first}\n{text}<!-- to here -->{after.partition('<!-- to here -->')[2]}"


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"`{code}` {number}" for code, number in sorted(counts.items())) or "none"
