"""What ARCHITECTURE says about the code is true: every path is there, every public name too, and its examples run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import linkcheck
from tests.serving import Answering, serving

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / ".github" / "ARCHITECTURE.md").read_text(encoding="utf-8")
PATHS = sorted(
    set(re.findall(r"`((?:lists|linkcheck|generator|tests|\.github)/[\w./-]*|pyproject\.toml|CHANGELOG\.md)`", TEXT))
)
EXAMPLES = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("path", PATHS)
def test_paths_exist(path):
    assert (ROOT / path).exists()


def test_every_room_is_on_the_map():
    rooms = {
        f"{path.relative_to(ROOT).as_posix()}/"
        for package in ("linkcheck", "generator")
        for path in (ROOT / package).iterdir()
        if (path / "__init__.py").exists()
    }
    assert rooms <= set(PATHS)


def test_make_targets_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for words in re.findall(r"`make ([a-z ]+)[`T]", TEXT):
        assert set(words.split()) <= targets, words


class Page(Answering):
    def get(self) -> None:
        self.answer(200, {"Content-Type": "text/html"}, f"<title>A page</title><p>{'words ' * 80}</p>".encode())


def test_its_examples_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    loopback = linkcheck.Policy.__init__

    def on_loopback(self, *args, **kwargs):
        from ipaddress import ip_network

        loopback(self, *args, **{"allow_private": (ip_network("127.0.0.0/8"),), **kwargs})

    monkeypatch.setattr(linkcheck.Policy, "__init__", on_loopback)
    assert EXAMPLES
    with serving(Page) as server:
        for example in EXAMPLES:
            names = {}
            exec(compile(example.replace("https://example.org", server.base), "ARCHITECTURE.md", "exec"), names)
            assert [str(verdict.outcome) for verdict in names["verdicts"]] == ["alive"]
            assert [str(verdict.outcome) for verdict in names["run"].verdicts] == ["alive"]
