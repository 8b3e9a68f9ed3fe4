"""The JSON <-> proto codec in Python, as a package of its own that needs nothing but protobuf.

The gateway's glue and the Python SDK's gRPC transport both carry it: `codec_files` gives its files.
"""

from .package import codec_files

__all__ = ["codec_files"]
