"""The command that the runner's steps call is the command that a shell starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ci_github.runner import ROOT, script

CALLS = {
    "the version": "listkeeper --version",
    "an error": "listkeeper validate --lists nowhere",
    "a usage": "listkeeper chek",
    "arguments": "listkeeper explain $'\\n' '' 'a b' $'caf\\xe9'",
    "a pipe that has ended": "listkeeper explain --all | :; echo ${PIPESTATUS[0]}",
    "input": "printf '# A\\n' | listkeeper check - --no-history",
    "the variables": "NO_COLOR=1 GITHUB_REPOSITORY= listkeeper publish address",
}


@pytest.mark.parametrize("call", CALLS)
def test_a_forked_call_is_as_a_started_one(call: str, listkeeper: str, tmp_path: Path):
    program = "import sys; from generator.cli import main; sys.argv[0] = 'listkeeper'; main()"
    started = f'PYTHONPATH="{ROOT}" "{sys.executable}" -P -c "{program}"'
    results = []
    for name, line in (("forked", listkeeper), ("started", started)):
        command = tmp_path / name / "listkeeper"
        command.parent.mkdir()
        command.write_text(f'#!/bin/sh\n{line} "$@"\n', encoding="utf-8")
        command.chmod(0o755)
        (folder := tmp_path / "work").mkdir(exist_ok=True)
        path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
        results.append(script(CALLS[call], {"PATH": path, "HOME": str(tmp_path), "LANG": "C.UTF-8"}, folder))
    assert results[0] == results[1]


def test_it_ends_with_its_caller(listkeeper: str):
    assert listkeeper
    ended = subprocess.run([sys.executable, "-c", _ORPHAN], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert ended.stdout == ""


_ORPHAN = "import os; from tests.ci_github.forking import command; found = command(); found.__enter__(); os._exit(0)"
