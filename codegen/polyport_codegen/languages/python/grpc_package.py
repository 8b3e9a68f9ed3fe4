"""The subpackage `grpc`: the generated codecs, and the transports that carry calls with them.

Emitted when the target's option `grpc` is true; the numbers in its messages come from the lock file that the proto
target keeps. It needs the package's extra `grpc`, and nothing imports it until the user does.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...diagnostics import Diagnostics, Origin
from ...ir.model import Api
from ...proto.compile import CompileError
from ...proto.python import codec_files
from ...proto.target import make, package_of
from ...target import OutFile, Settings

#: The runtime's modules that only this subpackage needs.
RUNTIME_PREFIX = "grpc_"

_INIT = '''"""gRPC instead of HTTP: the same client, the same calls. Needs the extra `grpc` ({package}[grpc])."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._runtime.grpc_async_transport import AsyncGrpcTransport as _AsyncGrpcTransport
from .._runtime.grpc_transport import GrpcTransport as _GrpcTransport
from ._wire import CALLS

__all__ = ["AsyncGrpcTransport", "GrpcTransport"]


class GrpcTransport(_GrpcTransport):
    """Carries calls over gRPC to the host of the client's base URL.

    Args:
        channel: a `grpc.Channel` of your own, used and not closed; by default one is made per host.
        channel_credentials: `grpc.ChannelCredentials` for `https` base URLs; by default TLS with
            the system's roots.
        channel_options: further channel options of gRPC.
    """

    def __init__(
        self,
        channel: Any = None,
        *,
        channel_credentials: Any = None,
        channel_options: Sequence[tuple[str, Any]] = (),
    ) -> None:
        super().__init__(
            CALLS, channel, channel_credentials=channel_credentials, channel_options=channel_options
        )


class AsyncGrpcTransport(_AsyncGrpcTransport):
    """The asynchronous twin of `GrpcTransport`; takes a `grpc.aio.Channel`."""

    def __init__(
        self,
        channel: Any = None,
        *,
        channel_credentials: Any = None,
        channel_options: Sequence[tuple[str, Any]] = (),
    ) -> None:
        super().__init__(
            CALLS, channel, channel_credentials=channel_credentials, channel_options=channel_options
        )
'''


def wants_grpc(settings: Settings) -> bool:
    """Whether the package shall have the subpackage."""
    return settings.flag("grpc")


def grpc_files(api: Api, settings: Settings, src: str, diagnostics: Diagnostics) -> Iterator[OutFile]:
    """The subpackage's files below the package's folder `src`. The option `proto_package` names another proto package."""
    package = settings.text("proto_package") or package_of(api.words)
    proto = make(api, package, settings.lock, diagnostics)
    if diagnostics.has_errors:
        return
    try:
        codec = codec_files(proto.api, proto.files)
    except CompileError as error:
        diagnostics.error("proto-compile", str(error), Origin(package), error.hint)
        return
    yield OutFile(f"{src}/grpc/__init__.py", _INIT.replace("{package}", settings.package))
    for name, text in codec.items():
        yield OutFile(f"{src}/grpc/_wire/{name}", text)
