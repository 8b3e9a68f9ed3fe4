"""Where the classes of resources stand: the names of a node's class, of its twin and of their raw views, and their modules."""

from __future__ import annotations

from ...lower.planner import LONGEST
from ...lower.symbols import resource_id
from ...values import Words
from .lower import Package
from .lower_calls import async_id, file_id


def class_name(package: Package, path: tuple[Words, ...], *, asynchronous: bool) -> str:
    """The class of a node, or its asynchronous twin."""
    return package.names[async_id(path) if asynchronous else resource_id(path)]


def class_module(package: Package, path: tuple[Words, ...], *, asynchronous: bool) -> str:
    """The module that the class of a node stands in, relative to the package."""
    if not path:
        return "._async_client" if asynchronous else "._client"
    return f".resources.{package.names[file_id(path, asynchronous=asynchronous)]}"


def raw_name(package: Package, path: tuple[Words, ...], *, asynchronous: bool) -> str:
    """The class that has the same calls with raw responses: called alike for both twins."""
    longest = max(len(class_name(package, path, asynchronous=twin)) for twin in (False, True))
    suffix = "WithRawResponse" if longest + len("WithRawResponse") <= LONGEST else "Raw"
    return class_name(package, path, asynchronous=asynchronous) + suffix


def raw_module(package: Package, path: tuple[Words, ...], *, asynchronous: bool) -> str:
    """The module that it stands in."""
    if not path:
        return "._async_client_raw" if asynchronous else "._client_raw"
    return f".resources._raw.{package.names[file_id(path, asynchronous=asynchronous)]}"
