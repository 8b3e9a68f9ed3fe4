"""How much of a model is documented, and what was lost on the way.

    python -m bench.codegen.docs openai.yaml [--list 40]

A member or argument is bare when it has no text of its own and none of its type. `lost` are those whose schema, or a schema
that it refers to or chooses from, does have a description: they are the generator's fault. `--list` names some of each.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from polyport_codegen.diagnostics import Diagnostics, Origin
from polyport_codegen.ir.model import Api
from polyport_codegen.ir.types import Const, Docs, ObjectDecl, Type
from polyport_codegen.load.document import Document, load
from polyport_codegen.pipeline import BuildOptions, build
from polyport_codegen.values import Json


@dataclass(frozen=True)
class Member:
    """A member of an object or a parameter of a call."""

    name: str
    docs: Docs
    type: Type
    origin: Origin


def members(api: Api) -> Iterator[Member]:
    """All members and parameters, but not those with only one value, which say what they are."""
    for decl in api.decls.values():
        if isinstance(decl, ObjectDecl):
            for field in decl.fields:
                if not isinstance(field.type, Const):
                    yield Member(f"{decl.id}.{field.wire_name}", field.docs, field.type, field.origin)
    for operation in api.operations.values():
        for parameter in operation.parameters:
            if not isinstance(parameter.type, Const):
                name = f"{operation.key} {parameter.wire_name}"
                yield Member(name, parameter.docs, parameter.type, parameter.origin)


def said(document: Document, node: Json, origin: Origin, depth: int = 0) -> bool:
    """Whether a schema (or parameter) is described where it stands, where it refers to, or in what it chooses from."""
    if not isinstance(node, dict) or depth > 6:
        return False
    if any(isinstance(node.get(key), str) and node[key] for key in ("description", "summary")):
        return True
    if isinstance(ref := node.get("$ref"), str):
        return said(document, *document.follow(ref, origin.child("$ref")), depth + 1)
    if "schema" in node and "in" in node:
        return said(document, node["schema"], origin.child("schema"), depth + 1)
    parts = [(part, origin.child("allOf", i)) for i, part in enumerate(_listed(node, "allOf"))]
    if any(said(document, *part, depth + 1) for part in parts):
        return True
    for key in ("anyOf", "oneOf"):
        branches = [
            (branch, origin.child(key, i))
            for i, branch in enumerate(_listed(node, key))
            if not (isinstance(branch, dict) and branch.get("type") == "null")
        ]
        if len(branches) == 1 and said(document, *branches[0], depth + 1):
            return True
    return False


def _listed(node: dict[str, Json], key: str) -> list[Json]:
    value = node.get(key)
    return value if isinstance(value, list) else []


def _at(document: Document, origin: Origin) -> tuple[Json, Origin]:
    return document.follow(f"#{quote(origin.pointer)}", Origin(origin.file))


def main(argv: Sequence[str] | None = None) -> int:
    """Print the counts. 1 when more are lost than `--most`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spec", type=Path)
    parser.add_argument("--list", type=int, default=0, metavar="N", help="name that many of each")
    parser.add_argument("--most", type=int, default=0, help="exit with 1 when more are lost")
    options = parser.parse_args(argv)
    diagnostics = Diagnostics()
    document = load(str(options.spec), diagnostics)
    found = list(members(build(document, BuildOptions(), diagnostics)))
    bare = [m for m in found if not m.docs.text]
    lost = [m for m in bare if said(document, *_at(document, m.origin))]
    print(f"{len(found)} members and parameters, {len(bare)} bare, {len(lost)} of them lost on the way")
    for title, listed in (("lost", lost), ("bare", [m for m in bare if m not in lost])):
        for member in listed[: options.list]:
            print(f"{title}  {member.name}  ({member.origin})")
    return 0 if len(lost) <= options.most else 1


if __name__ == "__main__":
    sys.exit(main())
