"""Outputs in encodings that lack characters, closed outputs, and file names that are no UTF-8: never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parents[2]
ODD_KIND = "title: Ä\nentries:\n  - title: x\n    url: https://e.example/\n    kind: 数é😀\n"
RIGHT = "title: A\nentries:\n  - title: x\n    url: https://e.example/\n"


def lists(folder, text=RIGHT, name="a.yaml"):
    (folder / "lists").mkdir()
    (folder / "lists" / name).write_text(text, encoding="utf-8")
    return folder


def ran(folder, *arguments, shell="exec", **environment):
    command = [sys.executable, "-m", "generator", *arguments]
    done = subprocess.run(
        ["sh", "-c", shell.replace("exec", 'exec "$@"'), "sh", *command], cwd=folder, capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **environment},
    )  # fmt: skip
    assert b"Traceback" not in done.stderr, done.stderr
    return done


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "latin-1", "cp437", "ascii", "shift_jis"])
@pytest.mark.parametrize("form", ["text", "github", "markdown", "json", "jsonl", "sarif", "codequality", "junit"])
def test_a_report_in_any_encoding(tmp_path, encoding, form):
    done = ran(lists(tmp_path, ODD_KIND), "validate", "--format", form, PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    text = done.stdout.decode(encoding)
    if form in {"json", "sarif", "codequality"}:
        assert "数é😀" in json.dumps(json.loads(text), ensure_ascii=False)
    elif form == "jsonl":
        assert any("数é😀" in json.dumps(json.loads(line), ensure_ascii=False) for line in text.splitlines())
    elif form == "junit":
        assert "数é😀" in ET.tostring(ET.fromstring(text.encode("utf-8")), encoding="unicode")
    else:
        assert ("数é😀" if encoding == "utf-8" else "\\U0001f600") in text


@pytest.mark.parametrize("shell", ["exec >&-", "exec 2>&-", "exec >&- 2>&- <&-", "exec <&-"])
@pytest.mark.parametrize(
    "arguments",
    [("validate",), ("build",), ("duplicates",), ("validate", "--format", "json"), ("schema",), ("history",), ("--help",)],
)
def test_closed_streams(tmp_path, shell, arguments):
    done = ran(lists(tmp_path), *arguments, shell=shell)
    assert done.returncode in {0, 2} if arguments == ("history",) else done.returncode == 0


def test_a_history_never_gets_the_number_of_a_closed_output(tmp_path):
    """SQLite opens the lowest free number: what is printed would go into the file."""
    done = ran(lists(tmp_path), "check", "--allow-private", "127.0.0.0/8", "--timeout", "1s", shell="exec >&- 2>&- <&-")
    assert done.returncode in {0, 1, 4}
    assert ran(tmp_path, "history").returncode == 0


ODD = os.fsdecode(b"caf\xe9")


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (("build", "--to", "single", "--output", f"{ODD}2.md"), {0}),
        (("build", "--to", "site", "--output", ODD), {0}),
        (("validate", "--output", f"{ODD}.txt"), {0}),
        (("check", f"{ODD}.md", "--timeout", "1s", "-q"), {1, 4}),
        (("check", f"{ODD}.md", "--timeout", "1s", "-q", "--format", "json"), {1, 4}),
        (("check", f"no-{ODD}.md"), {2}),
        (("import", f"{ODD}.md", "--into", "new"), {0, 1}),
        (("explain", ODD), {0, 1, 2}),
        (("validate", "--since", ODD), {2}),
        ((ODD,), {2}),
    ],
)
def test_names_that_are_no_utf8(tmp_path, arguments, codes):
    (tmp_path / f"{ODD}.md").write_text("# A\n\n- [a](https://e.example/) - b.\n- [c](nowhere.md)\n", encoding="utf-8")
    done = ran(lists(tmp_path), *arguments)
    assert done.returncode in codes, (done.stdout, done.stderr)
    assert ran(tmp_path, "build", "--check").returncode in {0, 1}, "what the first build noted is read again"


@pytest.mark.parametrize(
    "command", ["validate", "build", "duplicates", "check", "preview --since HEAD", "validate --since HEAD"]
)
def test_a_source_or_folder_whose_name_is_no_utf8_is_an_error(tmp_path, command):
    for name, inner in (("one", f"{ODD}.yaml"), (ODD, "a.yaml")):
        (tmp_path / name).mkdir()
        (tmp_path / name / inner).write_text(RIGHT, encoding="utf-8")
        done = ran(tmp_path, *command.split(), "--lists", name)
        assert done.returncode in {1, 2, 4}
        if command in {"validate", "build"}:
            assert b"bad-file-name" in done.stdout
            assert b"caf\\xe9" in done.stdout
