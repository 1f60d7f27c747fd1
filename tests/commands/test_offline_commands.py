"""validate, build, duplicates, explain, schema: their output, and the files on disk afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.command import TOPIC, listkeeper, lists

ROOT = Path(__file__).parents[2]


def test_a_valid_collection_has_no_problems(tmp_path, monkeypatch):
    ran = listkeeper(monkeypatch, lists(tmp_path), "validate")
    assert ran.code == 0
    assert "1 topic" in ran.out


def test_a_problem_has_its_place_text_and_hint(tmp_path, monkeypatch):
    lists(tmp_path, broken="title: Broken\nentries:\n  - titel: A\n    url: https://a.org\n")
    ran = listkeeper(monkeypatch, tmp_path, "validate")
    assert ran.code == 1
    assert "lists/broken.yaml:3:5: error[unknown-key]" in ran.out
    assert '"titel"' in ran.out
    assert "title" in ran.out.split("hint:")[1]
    assert "listkeeper explain unknown-key" in ran.out


def test_strict_fails_for_warnings(tmp_path, monkeypatch):
    text = "title: W\nentries:\n  - url: https://a.org\n    title: A\n    link_check: {accept: [blocked], reason: shy, until: 2020-01-01}\n"
    lists(tmp_path, w=text)
    assert listkeeper(monkeypatch, tmp_path, "validate").code == 0
    assert listkeeper(monkeypatch, tmp_path, "validate", "--strict").code == 1


def test_a_named_file_limits_the_problems_to_its_own(tmp_path, monkeypatch):
    lists(tmp_path, one="title: [\n", two="title: [\n")
    out = listkeeper(monkeypatch, tmp_path, "validate", "lists/one.yaml").out
    assert "one.yaml" in out
    assert "two.yaml" not in out


def test_a_missing_folder_has_a_hint(tmp_path, monkeypatch):
    ran = listkeeper(monkeypatch, tmp_path, "validate")
    assert ran.code == 2
    assert "there is no folder lists/" in ran.out
    assert "listkeeper check README.md" in ran.out


def test_build_writes_pages_once_and_then_nothing(tmp_path, monkeypatch):
    lists(tmp_path)
    (tmp_path / "README.md").write_text(
        "# Mine\n<!-- listkeeper:index -->\n<!-- /listkeeper:index -->\nkept\n", encoding="utf-8"
    )
    first = listkeeper(monkeypatch, tmp_path, "build")
    assert first.code == 0
    page = tmp_path / "lists" / "optimal-transport.md"
    assert "Computational Optimal Transport" in page.read_text(encoding="utf-8")
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "optimal-transport.md" in readme
    assert readme.endswith("kept\n")
    before = page.stat().st_mtime_ns
    again = listkeeper(monkeypatch, tmp_path, "build")
    assert "written" not in again.out
    assert page.stat().st_mtime_ns == before
    assert listkeeper(monkeypatch, tmp_path, "build", "--check").code == 0


def test_build_check_lists_stale_files_and_writes_nothing(tmp_path, monkeypatch):
    lists(tmp_path)
    ran = listkeeper(monkeypatch, tmp_path, "build", "--check")
    assert ran.code == 1
    assert "lists/optimal-transport.md" in ran.out
    assert not (tmp_path / "lists" / "optimal-transport.md").exists()


def test_after_a_source_error_no_page_is_changed(tmp_path, monkeypatch):
    lists(tmp_path)
    listkeeper(monkeypatch, tmp_path, "build")
    page = tmp_path / "lists" / "optimal-transport.md"
    before = page.read_bytes()
    lists(tmp_path, "https://example.org/changed", broken="title: [\n")
    assert listkeeper(monkeypatch, tmp_path, "build").code == 1
    assert page.read_bytes() == before


def test_a_hand_written_page_is_never_overwritten_or_removed(tmp_path, monkeypatch):
    lists(tmp_path)
    mine = tmp_path / "lists" / "optimal-transport.md"
    mine.write_text("# my notes\n", encoding="utf-8")
    other = tmp_path / "lists" / "NOTES.md"
    other.write_text("# other notes\n", encoding="utf-8")
    ran = listkeeper(monkeypatch, tmp_path, "build")
    assert ran.code == 1
    assert "error[foreign-page]" in ran.out
    assert mine.read_text(encoding="utf-8") == "# my notes\n"
    assert other.exists()


def test_the_page_of_a_removed_topic_is_removed(tmp_path, monkeypatch):
    lists(tmp_path, second=TOPIC.replace("{url}", "https://example.org/2").replace("peyre2019computational", "two"))
    listkeeper(monkeypatch, tmp_path, "build")
    (tmp_path / "lists" / "second.yaml").unlink()
    listkeeper(monkeypatch, tmp_path, "build")
    assert not (tmp_path / "lists" / "second.md").exists()


def test_in_an_unwritable_folder_the_old_page_stays_complete(tmp_path, monkeypatch):
    from generator.sources import files

    page = tmp_path / "page.md"
    page.write_text("old", encoding="utf-8")

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fdopen", full)
    with pytest.raises(OSError, match="No space"):
        files.write(page, "new")
    assert page.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["page.md"]


def test_duplicates_are_certain_by_identity(tmp_path, monkeypatch):
    lists(tmp_path, other="title: Other\nentries:\n  - title: Computational OT\n    url: https://arxiv.org/pdf/1803.00567v4\n")
    ran = listkeeper(monkeypatch, tmp_path, "duplicates", "--format", "json")
    found = json.loads(ran.out)["duplicates"]
    assert ran.code == 1
    assert [(one["certainty"], len(one["places"])) for one in found] == [("certain", 2)]


def test_explain_knows_codes_and_suggests_the_most_similar(tmp_path, monkeypatch):
    assert "listkeeper" not in listkeeper(monkeypatch, tmp_path, "explain", "unknown-key").err
    ran = listkeeper(monkeypatch, tmp_path, "explain", "unknwon-key")
    assert ran.code == 2
    assert "unknown-key" in ran.err


def test_schema_writes_both_files_beside_the_sources(tmp_path, monkeypatch):
    lists(tmp_path)
    listkeeper(monkeypatch, tmp_path, "schema")
    names = {"_topic.schema.json", "_collection.schema.json"}
    assert names <= {one.name for one in (tmp_path / "lists").iterdir()}
    assert "_topic" not in listkeeper(monkeypatch, tmp_path, "validate").out
    printed = listkeeper(monkeypatch, tmp_path, "schema", "--print", "topic").out
    assert json.loads(printed) == json.loads((tmp_path / "lists" / "_topic.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["frobnicate"], "frobnicate"),
        (["check", "--budget", "soon"], "90s, 20m or 1h30m"),
        (["check", "--timeout", "0s"], "90s, 20m or 1h30m"),
        (["history", "--after", "soon"], "--after"),
        (["check", "--allow-private", "my-net"], "10.0.0.0/8"),
        (["check", "--fail-on", "ded"], "dead"),
        (["validate", "--now", "tomorrow"], "2026-11-21T03:00:00"),
    ],
)
def test_usage_errors_say_what_would_be_right(tmp_path, monkeypatch, arguments, words):
    ran = listkeeper(monkeypatch, lists(tmp_path), *arguments)
    assert ran.code == 2
    assert words in ran.err


def test_a_bug_is_reported_as_one_with_exit_three(tmp_path, monkeypatch):
    import generator.commands.validate as action

    def broken(*_arguments, **_more):
        raise RuntimeError("boom")

    monkeypatch.setattr(action, "validate", broken)
    ran = listkeeper(monkeypatch, tmp_path, "validate")
    assert ran.code == 3
    assert "bug in Listkeeper" in ran.err


def test_offline_commands_import_no_client():
    code = (
        "import sys\nfrom generator.cli import main_group\n"
        "for args in (['validate'], ['build', '--check'], ['duplicates']):\n"
        "    try: main_group.main(args, standalone_mode=False)\n"
        "    except SystemExit: pass\n"
        "bad = {'httpx', 'httpcore', 'rich', 'selectolax'} & set(sys.modules)\n"
        "assert not bad, bad\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_help_imports_only_click():
    code = "import sys\nimport generator.cli\nassert not {'yaml', 'mistune', 'asyncio', 'httpx'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_another_programs_linkcheck_package_is_detected(tmp_path):
    foreign = tmp_path / "linkcheck"
    foreign.mkdir()
    (foreign / "__init__.py").write_text("# somebody else's\n", encoding="utf-8")
    code = "from generator.cli import main\nmain()"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(ROOT)!r}]; sys.argv = ['listkeeper', 'validate']\n{code}",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"in {foreign}: install Listkeeper in an environment of its own" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "output"),
    [
        (["validate", "nope.yaml"], "nope.yaml"),
        (["validate", "lists/nope.yaml"], "lists/nope.yaml"),
        (["validate", "README.md"], "listkeeper check README.md"),
        (["validate", "lists/optimal-transport.yaml", "other/a.yaml"], "one folder"),
        (["check", "--since", "main", "lists", "other"], "one folder"),
        (["check", "--no-history", "lists/nope.yaml"], "lists/nope.yaml can't be read"),
    ],
)
def test_targets_that_cannot_be_read_are_named(tmp_path, monkeypatch, arguments, output):
    lists(tmp_path)
    (tmp_path / "README.md").write_text("# A list\n", encoding="utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.yaml").write_text("title: A\n", encoding="utf-8")
    ran = listkeeper(monkeypatch, tmp_path, *arguments)
    assert ran.code in {2, 4}
    assert output in ran.out + ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--history", "taken/x.db"],
        ["history", "--history", "garbage.db"],
        ["history", "https://example.org/", "--history", "garbage.db"],
        ["explain", "https://example.org/", "--history", "garbage.db"],
        ["history", "merge", "garbage.db", "--history", "taken/x.db"],
    ],
)
def test_a_history_that_cannot_be_used_is_a_usage_error(tmp_path, monkeypatch, arguments):
    lists(tmp_path)
    (tmp_path / "taken").write_text("a file where a folder should be", encoding="utf-8")
    (tmp_path / "garbage.db").write_bytes(b"no database at all, " * 100)
    ran = listkeeper(monkeypatch, tmp_path, *arguments)
    assert ran.code == 2
    assert arguments[-1].partition("/")[0] in ran.out + ran.err
    assert "Traceback" not in ran.err


def test_merge_without_files_creates_no_history(tmp_path, monkeypatch):
    assert listkeeper(monkeypatch, lists(tmp_path), "history", "merge").code == 2
    assert not (tmp_path / ".listkeeper").exists()
