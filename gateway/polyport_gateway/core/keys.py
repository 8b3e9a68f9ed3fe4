"""Who calls: from the `Authorization` header to a principal, the same for both doors."""

from __future__ import annotations

import hashlib

from polyport_gateway.core.errors import ApiError
from polyport_gateway.core.snapshot import ANONYMOUS, Principal, Snapshot


def authenticate(snapshot: Snapshot, authorization: str | None) -> Principal:
    """The caller for an Authorization value. Raises ApiError 401; anyone is welcome where no keys are configured.

    Keys are looked up by their SHA-256, so the time taken tells nothing about a key's characters.
    """
    if not snapshot.keys:
        return ANONYMOUS
    if not authorization:
        raise _refused("No API key given: send it as `Authorization: Bearer KEY`.", "missing_api_key")
    scheme, _, key = authorization.partition(" ")
    principal = snapshot.keys.get(hashlib.sha256(key.strip().encode()).hexdigest())
    if scheme.lower() != "bearer" or principal is None:
        raise _refused("The API key is not known here.", "invalid_api_key")
    return principal


def _refused(message: str, code: str) -> ApiError:
    return ApiError(401, message, code=code, headers=(("www-authenticate", "Bearer"),))
