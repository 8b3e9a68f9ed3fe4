"""The server target: IR -> the gateway's typed views, operation table, codecs and gRPC glue.

`types.py` holds msgspec structs (`structs`), `operations.py` the routing table (`operations`); the codecs of `wire/`
come from `polyport_codegen.proto`. What never changes from API to API is in `runtime/` and copied as it is.
"""

from .target import TARGET

__all__ = ["TARGET"]
