"""Real repositories with a base branch and a changed branch, and a real server with a few pages."""

from __future__ import annotations

import pytest

from tests.checking.repository import Repository
from tests.serving import MADE_UP, Answering, serving


class Handler(Answering):
    def get(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.server.heads.append({name.lower(): value for name, value in self.headers.items()})  # type: ignore[attr-defined]
        name = self.path.strip("/").partition("/")[0]
        status = int(name) if name.isdigit() else 404 if MADE_UP in self.path else 200
        body = f"<title>A page on {self.path}</title><h1>{self.path}</h1><p>{'words ' * 80}</p>".encode()
        self.answer(status, {"Content-Type": "text/html"}, body)


@pytest.fixture
def server():
    with serving(Handler) as running:
        running.heads = []
        yield running


@pytest.fixture
def repository(tmp_path) -> Repository:
    folder = tmp_path / "work"
    folder.mkdir()
    return Repository(folder)
