"""Models from the Hugging Face hub: list a repository's files, fetch the ones that matter, resume, check.

HF_ENDPOINT sets another hub, HF_TOKEN (or HUGGING_FACE_HUB_TOKEN) the key for private and gated models.
https://huggingface.co/docs/hub/api
"""

from __future__ import annotations

import http.client
import json
import os
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import EngineError, ModelFileError
from ..messages import Kind
from .progress import Progress
from .store import Manifest, StoredFile, sha256_of

_CHUNK = 1 << 20
_TIMEOUT_SECONDS = 30
_TRIES = 4
_NAME = re.compile(r"(?P<repo>[\w-][\w.-]*/[\w-][\w.-]*)(?:@(?P<revision>[\w./-]+))?(?::(?P<file>[\w./-]+\.gguf))?")
# Of several quantisations, the usual choice first.
_PREFERRED = ("q4_k_m", "q4_1", "q8_0", "q6_k", "q4_k_s", "f16")


@dataclass(frozen=True)
class RemoteFile:
    """A file of a repository; `sha256` is known for large (LFS) files only."""

    name: str
    size: int | None
    sha256: str | None


def is_hub_name(name: str) -> bool:
    """org/repository, with @revision and :file.gguf if need be."""
    return _NAME.fullmatch(name) is not None


def model_id(name: str) -> str:
    """The id in the store: the repository, with the revision and the file if they were named."""
    match = _NAME.fullmatch(name)
    assert match is not None
    revision = f"@{match['revision'].replace('/', '-')}" if match["revision"] else ""
    file = f":{Path(match['file']).stem}" if match["file"] else ""
    return match["repo"] + revision + file


def is_wanted(name: str) -> bool:
    """Whether a file of a repository belongs to a model as it is loaded here."""
    return name.endswith((".gguf", ".safetensors")) or name in {
        "config.json",
        "generation_config.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "chat_template.jinja",
        "model.safetensors.index.json",
    }


def source(name: str) -> str:
    """Where the name leads now: a repository at a commit. Raises EngineError as `fetch` does."""
    match = _NAME.fullmatch(name)
    assert match is not None
    commit, _ = _list(match["repo"], match["revision"] or "main")
    return f"{_endpoint()}/{match['repo']}@{commit}"


def fetch(name: str, folder: Path) -> Manifest:
    """Download a repository's model into `folder`, continuing what an earlier try left there.

    Raises EngineError naming the URL for what the hub refuses, ModelFileError for a file that does not match its checksum.
    """
    match = _NAME.fullmatch(name)
    assert match is not None
    repo, revision = match["repo"], match["revision"] or "main"
    commit, listed = _list(repo, revision)
    files = []
    for file in _choose(name, listed, match["file"]):
        url = f"{_endpoint()}/{repo}/resolve/{urllib.parse.quote(commit, safe='')}/{urllib.parse.quote(file.name)}"
        target = folder / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = _download(url, target, file)
        files.append(StoredFile(file.name, target.stat().st_size, digest, target.stat().st_mtime_ns))
    return Manifest(model_id(name), _kind(folder), f"{_endpoint()}/{repo}@{commit}", files)


def _choose(name: str, listed: list[RemoteFile], wanted: str | None) -> list[RemoteFile]:
    """The named .gguf file, else the safetensors set with its small files, else the usual quantisation."""
    if wanted is not None:
        found = [file for file in listed if file.name == wanted]
        if not found:
            raise EngineError(f"{name}: the repository has no file {wanted}")
        return found
    if any(file.name.endswith(".safetensors") and "/" not in file.name for file in listed):
        return [file for file in listed if is_wanted(file.name) and not file.name.endswith(".gguf")]
    ggufs = [file for file in listed if file.name.endswith(".gguf")]
    if not ggufs:
        raise EngineError(f"{name}: the repository has neither .safetensors nor .gguf files")
    for kind in _PREFERRED:
        if found := [file for file in ggufs if kind in file.name.lower()]:
            return found[:1]
    if len(ggufs) == 1:
        return ggufs
    raise EngineError(f"{name}: name one of its files, as {name}:FILE: {', '.join(file.name for file in ggufs)}")


def _list(repo: str, revision: str) -> tuple[str, list[RemoteFile]]:
    """The commit behind a revision, and the repository's files."""
    url = f"{_endpoint()}/api/models/{repo}/revision/{urllib.parse.quote(revision, safe='')}?blobs=true"
    with _open(url) as response:
        try:
            data: dict[str, Any] = json.load(response)
            files = [
                RemoteFile(entry["rfilename"], entry.get("size"), (entry.get("lfs") or {}).get("sha256"))
                for entry in data["siblings"]
            ]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise EngineError(f"{url}: the answer is not a hub's ({error!r})") from error
    if wrong := next((f.name for f in files if f.name.startswith("/") or ".." in f.name.split("/")), None):
        raise EngineError(f"{url}: the file name {wrong!r} would lie outside the model's folder")
    return data.get("sha") or revision, files


def _download(url: str, target: Path, file: RemoteFile) -> str:
    """Fetch one file, going on after interruptions; its SHA-256, checked where the hub told it."""
    part = target.with_name(target.name + ".part")
    if not target.exists():
        for attempt in range(_TRIES):
            try:
                _download_rest(url, part, file)
                break
            except (OSError, http.client.HTTPException) as error:
                if attempt == _TRIES - 1:
                    raise EngineError(f"{url}: the download broke off ({error}); pull again to continue it") from error
        part.replace(target)
    digest = sha256_of(target)
    size = target.stat().st_size
    if (file.sha256 is not None and digest != file.sha256) or (file.size is not None and size != file.size):
        target.unlink()
        raise ModelFileError(
            target, f"what came from {url} is corrupt: {size} bytes with SHA-256 {digest}", "pull the model again"
        )
    return digest


def _download_rest(url: str, part: Path, file: RemoteFile) -> None:
    have = part.stat().st_size if part.exists() else 0
    if file.size is not None and have >= file.size:
        return
    with _open(url, {"Range": f"bytes={have}-"} if have else {}) as response:
        if response.status != 206:  # the server sends the whole file
            have = 0
        with part.open("ab" if have else "wb") as sink, Progress(file.name, file.size) as progress:
            progress.advance(have)
            expected = int(response.headers.get("Content-Length") or 0)
            received = 0
            while chunk := response.read(_CHUNK):
                sink.write(chunk)
                received += len(chunk)
                progress.advance(len(chunk))
        if received < expected:
            raise OSError(f"{received} of {expected} bytes came")


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to the storage behind a hub, without the user's key if that is another host."""

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        following = super().redirect_request(req, fp, code, msg, headers, newurl)
        if following is not None and urllib.parse.urlsplit(newurl).netloc != urllib.parse.urlsplit(req.full_url).netloc:
            following.remove_header("Authorization")
        return following


def _open(url: str, headers: dict[str, str] | None = None) -> Any:
    """The response to a GET. Raises EngineError for an answer of 4xx, OSError for the network's own troubles."""
    request = urllib.request.Request(url, headers={"User-Agent": "polyport", **(headers or {})})
    if token := os.environ.get("HF_TOKEN") or os.environ.get("HUGGING_FACE_HUB_TOKEN"):
        request.add_header("Authorization", f"Bearer {token}")
    try:
        return urllib.request.build_opener(_Redirects).open(request, timeout=_TIMEOUT_SECONDS)
    except urllib.error.HTTPError as error:
        error.close()
        hints = {
            401: "set HF_TOKEN",
            403: "accept the model's terms on the hub and set HF_TOKEN",
            404: "check the name",
        }
        if error.code >= 500:
            raise OSError(f"status {error.code}") from error
        raise EngineError(
            f"{url}: the hub answers {error.code}; {hints.get(error.code, 'see its status page')}"
        ) from error
    except urllib.error.URLError as error:
        raise EngineError(
            f"{url}: the hub cannot be reached ({error.reason}); HF_ENDPOINT names another one"
        ) from error


def _endpoint() -> str:
    return os.environ.get("HF_ENDPOINT", "https://huggingface.co").rstrip("/")


def _kind(folder: Path) -> Kind:
    config = folder / "config.json"
    return (
        "embedding" if config.exists() and json.loads(config.read_text("utf-8")).get("model_type") == "bert" else "chat"
    )
