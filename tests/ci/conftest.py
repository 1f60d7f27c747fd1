"""Real repositories and a real server: a base branch, a branch with a change, and a web of a few pages."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.ci.repository import Repository


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.server.heads.append({name.lower(): value for name, value in self.headers.items()})  # type: ignore[attr-defined]
        name = self.path.strip("/").partition("/")[0]
        status = int(name) if name.isdigit() else 200
        body = f"<title>A page on {self.path}</title><h1>{self.path}</h1><p>{'words ' * 80}</p>".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments) -> None:
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.asked, running.heads = [], []
        running.base = f"http://127.0.0.1:{running.server_address[1]}"
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def repository(tmp_path) -> Repository:
    folder = tmp_path / "work"
    folder.mkdir()
    return Repository(folder)
