"""What the runtime is told of the API."""

from __future__ import annotations

from ._runtime.security import Scheme
from ._runtime.settings import ApiInfo

__version__ = "0.1.0"

INFO = ApiInfo(
    package="polyport",
    version=__version__,
    env_prefix="POLYPORT",
    base_url="http://127.0.0.1:8080",
    schemes={
        "bearer": Scheme("bearer"),
    },
    secret_headers=frozenset(
        {
            "api-key",
            "authorization",
            "cookie",
            "proxy-authorization",
            "set-cookie",
            "x-api-key",
        }
    ),
)
