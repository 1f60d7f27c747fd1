from __future__ import annotations

import pytest

from tests.commands.command import listkeeper
from tests.curation.services import serving


@pytest.fixture
def services():
    with serving() as found:
        yield found


@pytest.fixture
def run(tmp_path, monkeypatch):
    """The command, run in its own folder without the token and proxies of the developer's environment."""
    for name in ("GITHUB_TOKEN", "http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return lambda *arguments, stdin=b"": listkeeper(monkeypatch, tmp_path, *arguments, stdin=stdin)
