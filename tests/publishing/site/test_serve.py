"""The development server: on this machine only, updated when a source changes."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from generator.publishing.dev_server import DevServer

ROOT = Path(__file__).parents[3]


@pytest.fixture
def server() -> Iterator[DevServer]:
    shown = DevServer()
    shown.show({"index.html": "first", "assets/site.css": "a {}"})
    thread = Thread(target=shown.run)
    thread.start()
    yield shown
    shown.close()
    thread.join()


def get(url: str, path: str, host: str | None = None) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    connection.request("GET", path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.getheader("Content-Type") or "", body


@contextmanager
def events(url: str) -> Iterator[Iterator[dict]]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    connection.request("GET", "/-/changes")
    answer = connection.getresponse()
    lines = iter(answer.fp.readline, b"")
    yield (json.loads(line.removeprefix(b"data: ")) for line in lines if line.startswith(b"data: "))
    connection.close()


def test_content_types(server):
    assert get(server.url, "/") == (200, "text/html; charset=utf-8", "first")
    assert get(server.url, "/assets/site.css?v=1") == (200, "text/css; charset=utf-8", "a {}")


@pytest.mark.parametrize("path", ["/none.html", "/../../etc/passwd", "/%2e%2e/pyproject.toml", "//index.html/"])
def test_other_paths_are_not_found(server, path):
    assert get(server.url, path)[0] == 404


def test_other_host_names_are_refused(server):
    port = urlsplit(server.url).port
    assert get(server.url, "/", host=f"evil.example:{port}")[0] == 421
    assert get(server.url, "/", host=f"localhost:{port}")[0] == 200


def test_it_listens_on_loopback_only(server):
    assert urlsplit(server.url).hostname == "127.0.0.1"
    assert server._server.server_address[0] == "127.0.0.1"


def test_changes_are_sent_as_events(server):
    with events(server.url) as messages:
        assert next(messages) == {"version": 1, "problems": ""}
        server.show({"index.html": "second"}, "a problem")
        assert next(messages) == {"version": 2, "problems": "a problem"}
    assert get(server.url, "/")[2] == "second"


def test_the_command_updates_pages_after_edits(tmp_path):
    folder = tmp_path / "lists"
    folder.mkdir()
    source = folder / "theory.yaml"
    source.write_text("title: Theory\nentries: [{title: One, url: 'https://example.org/1'}]\n", encoding="utf-8")
    command = [sys.executable, "-u", "-m", "generator", "serve", "--lists", str(folder), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            url = re.search(r"http://127\.0\.0\.1:\d+/", next(line for line in process.stdout if "http" in line))[0]
            assert "One" in get(url, "/topics/theory.html")[2]
            assert "assets/live.js" in get(url, "/topics/theory.html")[2]
            with events(url) as messages:
                first = next(messages)
                source.write_text("title: Theory\nentries: [{title: Two, url: 'https://example.org/1'}]\n", encoding="utf-8")
                assert next(messages)["version"] > first["version"]
                assert "Two" in get(url, "/topics/theory.html")[2]
                source.write_text("title: Theory\nentries: [{titel: Three, url: 'https://example.org/1'}]\n", encoding="utf-8")
                problems = next(messages)["problems"]
                assert "titel" in problems
                assert "theory.yaml" in problems
                assert get(url, "/topics/theory.html")[0] == 200
        finally:
            process.terminate()


def test_a_port_in_use_is_an_error(server, tmp_path):
    (tmp_path / "lists").mkdir()
    command = [
        sys.executable,
        "-m",
        "generator",
        "serve",
        "--lists",
        str(tmp_path / "lists"),
        "--port",
        str(urlsplit(server.url).port),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "port-in-use" in done.stderr
