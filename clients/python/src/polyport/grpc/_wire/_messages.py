"""Message classes, in a descriptor pool of their own.

The default pool is shared by a whole process, and refuses a second version of a file; the gateway and an SDK may well
live in one process with different ones. Descriptors, unlike generated `_pb2` modules, suit every version of protobuf.
"""

from __future__ import annotations

import base64
from typing import Any

from google.protobuf import descriptor_pb2, message_factory
from google.protobuf.descriptor_pool import DescriptorPool


def load_pool(files: str) -> DescriptorPool:
    """A pool with all files of a FileDescriptorSet (in base64), each of which comes after what it imports."""
    pool = DescriptorPool()
    for file in descriptor_pb2.FileDescriptorSet.FromString(base64.b64decode(files)).file:
        pool.AddSerializedFile(file.SerializeToString())
    return pool


def message(pool: DescriptorPool, name: str) -> Any:
    """The class of a message by its full name."""
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(name))
