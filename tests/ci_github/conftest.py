"""A list with its repository and its web, for running the workflows."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.ci_github.forking import command
from tests.ci_github.github import GitHub, serving
from tests.ci_github.runner import Runner, git


@dataclass
class Web:
    """Pages by path: a status, or a path to which the page has moved permanently. All others answer 200."""

    pages: dict[str, int | str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    """The values of the header X-Key that came."""
    base: str = ""


@pytest.fixture
def web() -> Iterator[Web]:
    found = Web()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found.asked.append(self.path)
            found.keys += self.headers.get_all("X-Key", [])
            page = found.pages.get(self.path, 404 if "listkeeper" in self.path or self.path == "/robots.txt" else 200)
            body = f"<title>Page {self.path}</title><h1>Page {self.path}</h1><p>{'words about it ' * 40}".encode()
            self.send_response(301 if isinstance(page, str) else page)
            if isinstance(page, str):
                self.send_header("Location", page)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def github() -> Iterator[GitHub]:
    with serving(GitHub()) as found:
        yield found


COLLECTION = """title: Two lists
topics: [transport, waves]
check:
  allow_private: [127.0.0.0/8]
  pace: none
"""


def topic(title: str, *entries: tuple[str, str]) -> str:
    rows = "".join(f"  - title: {name}\n    url: {url}\n" for name, url in entries)
    return f"title: {title}\nentries:\n{rows}"


@pytest.fixture
def remote(tmp_path: Path, web: Web) -> Path:
    """A bare repository whose branch `main` has two topics, not yet rendered."""
    work, bare = tmp_path / "origin-work", tmp_path / "origin.git"
    (work / "lists").mkdir(parents=True)
    (work / "lists" / "_collection.yaml").write_text(COLLECTION, encoding="utf-8")
    (work / "lists" / "transport.yaml").write_text(
        topic("Transport", ("Heaps of sand", f"{web.base}/sand"), ("Holes", f"{web.base}/holes")), encoding="utf-8"
    )
    (work / "lists" / "waves.yaml").write_text(topic("Waves", ("Long waves", f"{web.base}/long")), encoding="utf-8")
    git(tmp_path, "init", "--quiet", "--bare", str(bare))
    git(work, "init", "--quiet")
    git(work, "add", ".")
    git(work, "commit", "--quiet", "--message", "Begin")
    git(work, "push", "--quiet", bare.as_uri(), "HEAD:main")
    return bare


@pytest.fixture(scope="session")
def listkeeper() -> Iterator[str]:
    with command() as found:
        yield found


@pytest.fixture
def runner(tmp_path: Path, remote: Path, github: GitHub, listkeeper: str) -> Runner:
    return Runner(tmp_path / "runner", remote, github, listkeeper)


def edit(
    remote: Path, tmp_path: Path, name: str, files: dict[str, str | None], *, branch: str = "main", onto: str = "main"
) -> str:
    """Commit files (None removes one) on top of a branch, push them and return the new commit."""
    work = tmp_path / f"edit-{name}"
    git(tmp_path, "clone", "--quiet", "--branch", onto, remote.as_uri(), str(work))
    for path, text in files.items():
        target = work / path
        if text is None:
            target.unlink()
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message", name)
    git(work, "push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")
    return git(work, "rev-parse", "HEAD")
