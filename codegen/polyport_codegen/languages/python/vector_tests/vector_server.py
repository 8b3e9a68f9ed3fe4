"""The server that plays the vectors, as a subprocess, and what it reports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any


def find_server() -> Path:
    """`POLYPORT_VECTORS`, or `tests/vectors/server.py` of the folder that this package stands in."""
    named = os.environ.get("POLYPORT_VECTORS")
    if named:
        return Path(named) / "server.py"
    for folder in Path(__file__).resolve().parents:
        found = folder / "tests" / "vectors" / "server.py"
        if found.is_file():
            return found
    raise FileNotFoundError("set POLYPORT_VECTORS to the folder that has the vectors' server.py")


class VectorServer:
    """A running server. Its vectors are `vectors`; `close` ends it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(find_server()), "--port", "0"], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        self.url = line.rsplit(" ", 1)[-1].strip()
        self._runs = 0
        self.vectors: list[dict[str, Any]] = self._get("/_vectors")

    def base_url(self, name: str) -> tuple[str, str]:
        """A base URL not used before, and the path of its report."""
        self._runs += 1
        place = f"{name}/{os.getpid()}-{self._runs}"
        return f"{self.url}/{place}", f"/_report/{place}"

    def report(self, path: str) -> dict[str, Any]:
        """What the server has seen."""
        report: dict[str, Any] = self._get(path)
        return report

    def close(self) -> None:
        """End the server."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _get(self, path: str) -> Any:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(self.url + path, timeout=30) as response:
            return json.load(response)
