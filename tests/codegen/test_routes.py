"""The comparison of our resource tree with that of an installed SDK."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.codegen.routes import main, sdk_routes

CLIENT = """
class Acme(SyncAPIClient):
    @cached_property
    def threads(self) -> Threads:
        from .resources.threads import Threads
        return Threads(self)

class AcmeWithRawResponse:
    @cached_property
    def threads(self) -> threads.ThreadsWithRawResponse: ...
"""
THREADS = """
from .runs import Runs, AsyncRuns

class Threads(SyncAPIResource):
    @cached_property
    def runs(self) -> Runs:
        return Runs(self._client)

    def list(self):
        return self._get_api_list("/threads", page=SyncPage)

class AsyncThreads(AsyncAPIResource):
    def never(self):
        return self._get("/async")
"""
RUNS = """
class Runs(SyncAPIResource):
    def start(self, thread_id):
        return self._post(path_template("/threads/{thread_id}/runs", thread_id=thread_id))

    def twice(self, thread_id):
        return self._post(path_template("/threads/{thread_id}/runs", thread_id=thread_id))
"""


@pytest.fixture
def sdk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    package = tmp_path / "acme_routes_sdk"
    (package / "resources/threads").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "_client.py").write_text(CLIENT)
    (package / "resources/__init__.py").write_text("")
    (package / "resources/threads/__init__.py").write_text("from .threads import Threads\n")
    (package / "resources/threads/threads.py").write_text(THREADS)
    (package / "resources/threads/runs.py").write_text(RUNS)
    monkeypatch.syspath_prepend(str(tmp_path))
    return "acme_routes_sdk"


def test_an_sdks_routes_are_read_from_its_sources(sdk: str) -> None:
    assert sdk_routes(sdk) == {
        "GET /threads": frozenset({"threads.list"}),
        "POST /threads/{}/runs": frozenset({"threads.runs.start", "threads.runs.twice"}),
    }


def test_routes_are_compared(sdk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = {"responses": {"204": {"description": ""}}}
    spec = tmp_path / "api.json"
    spec.write_text(json.dumps({
        "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "paths": {"/threads": {"get": empty}, "/threads/{id}/runs": {"post": empty, "get": empty}},
    }))  # fmt: skip
    assert main([str(spec), "--sdk", sdk, "--least", "2"]) == 1
    said = capsys.readouterr().out
    assert "* POST /threads/{}/runs" in said
    assert "1 of 2 shared routes agree (3 ours, 2 theirs)" in said
    assert main([str(spec), "--sdk", sdk, "--least", "1"]) == 0
