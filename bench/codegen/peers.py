"""Other generators, installed from their registries into `build/bench` and run as their users run them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "build" / "bench"
OPENAPI_TS = "0.99.0"
TYPESCRIPT = "5.9.3"  # the compiler that openapi-ts writes with
OPENAPI_GENERATOR = "7.14.0"
#: openapi-generator's own names of the languages.
_JAVA_NAMES = {"python": "python", "node": "typescript-fetch", "kotlin": "kotlin", "swift": "swift6"}


@dataclass(frozen=True)
class Peer:
    """`command` writes into `folder`."""

    name: str
    language: str
    folder: Path
    command: tuple[str, ...]


def install() -> None:
    """Fetch what is missing; CalledProcessError when a registry refuses."""
    HOME.mkdir(parents=True, exist_ok=True)
    if not (HOME / "node_modules" / "@hey-api").exists():
        (HOME / "package.json").write_text('{"private": true}\n')
        packages = [f"@hey-api/openapi-ts@{OPENAPI_TS}", f"typescript@{TYPESCRIPT}"]
        subprocess.run(["npm", "install", "--silent", *packages], cwd=HOME, check=True)
    if not _jar().exists():
        artifact = f"org.openapitools:openapi-generator-cli:{OPENAPI_GENERATOR}"
        subprocess.run(["mvn", "-q", "-B", "dependency:get", f"-Dartifact={artifact}"], check=True)


def _jar() -> Path:
    group = Path.home() / ".m2/repository/org/openapitools/openapi-generator-cli"
    return group / OPENAPI_GENERATOR / f"openapi-generator-cli-{OPENAPI_GENERATOR}.jar"


def peers(spec: Path, out: Path) -> Iterator[Peer]:
    """The commands for a document in one file, each with a folder of its own below `out`."""
    python, folder = str(Path(sys.executable).parent / "openapi-python-client"), out / "openapi-python-client"
    command: tuple[str, ...] = (python, "generate", "--path", str(spec), "--output-path", str(folder), "--overwrite")
    yield Peer("openapi-python-client", "python", folder, command)
    openapi_ts, folder = str(HOME / "node_modules/.bin/openapi-ts"), out / "openapi-ts"
    command = (openapi_ts, "-i", str(spec), "-o", str(folder), "--no-log-file")
    yield Peer("hey-api/openapi-ts", "node", folder, command)
    for language, name in _JAVA_NAMES.items():
        folder = out / f"openapi-generator-{language}"
        command = ("java", "-jar", str(_jar()), "generate", "--skip-validate-spec", "-g", name)
        yield Peer("openapi-generator", language, folder, (*command, "-i", str(spec), "-o", str(folder)))
