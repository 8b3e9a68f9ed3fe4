"""The proto target: IR -> `.proto` files with locked numbers, and the codecs between JSON and their messages.

`build` and `services` shape the messages, `lock` numbers them, `render` writes them, `compile` proves them with protoc;
`python/` writes the codec that the gateway and the Python SDK share.
"""

from .target import TARGET

__all__ = ["TARGET"]
