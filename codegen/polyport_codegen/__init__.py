"""Polyport's generator: one OpenAPI document in; client SDKs, a .proto and server glue out.

The stages, each a pure function from one data type to the next:

    files -> Document -> (3.1 dialect, overlays) -> IR -> passes -> lowering -> planner -> templates -> text -> disk
"""

__version__ = "0.1.0"
