"""What a worker lends to the providers that it makes."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from polyport_gateway.upstream.pool import Pool


class ProviderRuntime(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker lends to its providers. `engine_sockets` are paths of unix sockets, by engine name."""

    pool: Pool
    engine_sockets: Mapping[str, str]
