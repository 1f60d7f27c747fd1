"""Fixtures: the sample site on disk and served under a sub-path, and the system's Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from generator.publishing.site import render_site
from tests.publishing.site.sample import catalogue, health

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SUB_PATH = "deep/er"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture(scope="module")
def disk(tmp_path_factory) -> Path:
    """The folder of the site, below the root of the server."""
    top = tmp_path_factory.mktemp("web")
    for path, text in render_site(catalogue(), health()).items():
        file = top / SUB_PATH / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return top / SUB_PATH


@pytest.fixture(scope="module")
def served(disk) -> Iterator[str]:
    """The URL of the site, with a sub-path."""
    top = disk.parents[SUB_PATH.count("/")]
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(top))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{SUB_PATH}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's browser, driven by Playwright through pipes, so that the tests open no socket."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium") or shutil.which("google-chrome"))
        yield browser
        browser.close()
