"""What the runtime is told of the API."""

from __future__ import annotations

from ._runtime.security import Scheme
from ._runtime.settings import ApiInfo

__version__ = "1.0.0"

INFO = ApiInfo(
    package="notes",
    version=__version__,
    env_prefix="NOTES",
    base_url="https://notes.example/v1",
    schemes={
        "key": Scheme("bearer"),
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
