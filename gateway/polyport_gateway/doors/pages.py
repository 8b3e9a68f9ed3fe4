"""What is served besides the API: probes by the door itself, and docs and the status page by FastAPI.

The probes: `/livez` and `/healthz` answer 200 as soon as the worker serves; `/readyz` answers 200 when every provider
can serve and 503 with the reasons before that, and while the gateway drains. `/metrics` has the counters of all workers.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

import msgspec

from polyport_gateway import __version__
from polyport_gateway.core.document import document_text
from polyport_gateway.core.errors import ApiError
from polyport_gateway.core.keys import authenticate
from polyport_gateway.core.snapshot import Snapshot
from polyport_gateway.core.store import Store, prometheus
from polyport_gateway.doors.asgi import AsgiBridge
from polyport_gateway.doors.exchange import JSON, Exchange
from polyport_gateway.doors.rest import respond_error

if TYPE_CHECKING:
    from fastapi import FastAPI

_NO_STORE = ((b"cache-control", b"no-store"),)


class Pages:
    """The handler of paths that no operation of the API has."""

    def __init__(self, snapshot: Callable[[], Snapshot], draining: Callable[[], bool], store: Store) -> None:
        self._snapshot = snapshot
        self._draining = draining
        self._store = store
        self._bridge = AsgiBridge(self._build)

    async def handle(self, exchange: Exchange) -> None:
        """Serve one exchange."""
        path = exchange.path
        if path in (b"/healthz", b"/livez"):
            exchange.respond(200, b'{"status":"ok"}', JSON, _NO_STORE)
        elif path == b"/readyz":
            waiting = not_ready(self._snapshot(), self._draining())
            body = msgspec.json.encode({"status": "waiting" if waiting else "ready", "waiting_for": waiting})
            exchange.respond(503 if waiting else 200, body, JSON, _NO_STORE)
        elif path == b"/metrics":
            self._metrics(exchange)
        elif path in (b"/", b"/openapi.json") or path.startswith(b"/docs"):
            await self._bridge.handle(exchange)
        else:
            text = exchange.decoded_path
            message = f"Nothing is served at {exchange.method} {text}. The API is described at /docs."
            respond_error(exchange, ApiError(404, message, code="unknown_path"), [])

    def _metrics(self, exchange: Exchange) -> None:
        """The counters of all workers, for those who may call."""
        authorization = exchange.headers.get(b"authorization")
        try:
            authenticate(self._snapshot(), authorization.decode("latin-1") if authorization else None)
        except ApiError as error:
            respond_error(exchange, error, [])
            return
        exchange.respond(200, prometheus(self._store.read()), b"text/plain; version=0.0.4", _NO_STORE)

    def _build(self) -> FastAPI:
        return build_app(self._snapshot)


def not_ready(snapshot: Snapshot, draining: bool) -> list[str]:
    """Why the gateway is not ready, one phrase each; empty when it is."""
    reasons = ["shutting down"] if draining else []
    for name, provider in snapshot.providers.items():
        state = provider.state()
        if not state.ready:
            reasons.append(f"{name}: {state.detail or 'not ready'}")
    return reasons


def build_app(snapshot: Callable[[], Snapshot]) -> FastAPI:
    """The FastAPI application with the docs and the status page; slow to import, so made when it is first asked for."""
    from fastapi.responses import HTMLResponse, Response
    from fastapi_offline import FastAPIOffline  # FastAPI's own docs page loads its scripts from another site

    app = FastAPIOffline(
        title="Polyport", version=__version__, openapi_url="/openapi.json", redoc_url=None, static_url="/docs/static"
    )
    document: dict[str, Any] = msgspec.json.decode(document_text())
    app.openapi = lambda: document  # type: ignore[method-assign]

    @app.get("/", include_in_schema=False)
    def status_page() -> Response:
        return HTMLResponse(status_html(snapshot()))

    return app


def status_html(snapshot: Snapshot) -> str:
    """The status page: providers, whether they are ready, and their models; without them where callers need keys."""
    rows = []
    for name, provider in snapshot.providers.items() if not snapshot.keys else ():
        state = provider.state()
        models = ", ".join(list(provider.models())[:20]) or "-"
        mark = "ready" if state.ready else "waiting"
        cells = (name, f"{mark} {state.detail}".strip(), models)
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    return _PAGE.format(version=escape(__version__), rows="\n".join(rows))


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Polyport</title>
<style>body{{font:16px system-ui;margin:3rem auto;max-width:60rem;padding:0 1rem}}
table{{border-collapse:collapse;width:100%}}
td,th{{text-align:left;padding:.4rem .8rem;border-bottom:1px solid #ddd;vertical-align:top}}</style></head>
<body><h1>Polyport {version}</h1>
<p><a href="/docs">API docs</a> · <a href="/openapi.json">OpenAPI document</a> · <a href="/v1/models">models</a> ·
<a href="/readyz">readiness</a></p>
<table><tr><th>provider</th><th>state</th><th>models</th></tr>
{rows}
</table></body></html>
"""
