"""What both HTTP transports need of httpx: timeouts, limits, redirects."""

from __future__ import annotations

import httpx

from .encoding import EncodedRequest, same_origin
from .errors import APIDecodingError, APIError
from .logs import is_secret, shown_url
from .operation import Call

MOST_REDIRECTS = 10


def default_limits() -> httpx.Limits:
    """Enough connections for hundreds of streams at once."""
    return httpx.Limits(max_connections=1000, max_keepalive_connections=100)


def timeouts(call: Call) -> httpx.Timeout:
    """The call's time limits as the transport library takes them."""
    limits = [limit for limit in (call.connect_timeout, call.timeout) if limit is not None]
    return httpx.Timeout(call.timeout, connect=min(limits) if limits else None)


class Redirects:
    """Where a call's answers send it, as browsers do (WHATWG Fetch, 4.4): 307 and 308 have the method and
    body sent again, 303 becomes GET, 301 and 302 do where it was POST. Secrets never leave their origin.
    """

    def __init__(self, call: Call, encoded: EncodedRequest) -> None:
        self._call = call
        self._content = encoded.content
        self._seen: set[tuple[str, str]] = set()

    @staticmethod
    def sends_on(response: httpx.Response) -> bool:
        """Whether the answer is a redirect."""
        return response.status_code in (301, 302, 303, 307, 308) and "location" in response.headers

    def following(self, request: httpx.Request, response: httpx.Response) -> EncodedRequest:
        """The request that the redirect asks for.

        Raises:
            APIDecodingError: when it leads to no URL, round in a circle, or on and on.
            APIError: when it asks for a body that can be sent only once.
        """
        location = response.headers["location"]
        try:
            target = request.url.join(location).copy_with(fragment=None)
        except (httpx.InvalidURL, ValueError):
            raise self._lost(location, "is no URL") from None
        if target.scheme not in ("http", "https") or not target.host:
            raise self._lost(location, "is no URL of HTTP")
        method, old = request.method, response.status_code
        if (old == 303 and method not in ("GET", "HEAD")) or (
            old in (301, 302) and method == "POST"
        ):
            method = "GET"
        self._seen.add((request.method, str(request.url)))
        if (method, str(target)) in self._seen:
            raise self._lost(str(target), "leads round in a circle")
        if len(self._seen) > MOST_REDIRECTS:
            raise self._lost(str(target), f"comes after {MOST_REDIRECTS} others")
        dropped = {"host", "content-length", "transfer-encoding"}
        if method != request.method:
            self._content = None
            dropped |= {"idempotency-key"}
        keep = same_origin(str(request.url), str(target))
        headers = [
            (name, value)
            for name, value in request.headers.raw
            if (lower := name.decode("latin-1").lower()) not in dropped
            and not (self._content is None and lower.startswith("content-"))
            and (keep or not is_secret(lower, self._call.secrets))
        ]
        self._rewind(str(target))
        return EncodedRequest(method, str(target), headers, self._content, ())

    def _rewind(self, target: str) -> None:
        for piece in self._content if isinstance(self._content, tuple) else (self._content,):
            if piece is None or isinstance(piece, bytes):
                continue
            if not getattr(piece, "seekable", lambda: False)():
                raise APIError(
                    f"the redirect to {shown_url(target)} wants the body once more, which can be sent only once",
                    method=self._call.method,
                    path=self._call.path,
                )
            piece.seek(0)

    def _lost(self, location: str, what: str) -> APIDecodingError:
        return APIDecodingError(
            f"the redirect to {shown_url(location)} {what}",
            raw=location.encode(),
            method=self._call.method,
            path=self._call.path,
        )
