"""Constructs of OpenAPI that documents use, where each stands in a document, and what the generator made of it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api
from polyport_codegen.load.document import Document


class Verdict(Enum):
    """What became of one place."""

    TYPED = "typed"
    #: Raw or left out, and a diagnostic says so.
    REPORTED = "reported"
    #: Neither: a value is lost without a word. Must not be.
    NEITHER = "neither"


@dataclass(frozen=True)
class Construct:
    """`judge` gives a pointer and a verdict for each place of a document that has the construct."""

    name: str
    judge: Callable[[Document, Api, Diagnostics], Iterator[tuple[str, Verdict]]]


CONSTRUCTS: tuple[Construct, ...] = ()
