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
    """The command, called in a folder of its own; without the token or proxies of whoever tests."""
    for name in ("GITHUB_TOKEN", "http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return lambda *arguments, stdin=b"": listkeeper(monkeypatch, tmp_path, *arguments, stdin=stdin)
