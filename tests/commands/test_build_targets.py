"""`build --to`: where files are written, what later builds update, and what is never overwritten."""

from __future__ import annotations

import json
import os
import subprocess

import pytest

from generator.publishing.data import FORMATS
from tests.commands.command import TOPIC, listkeeper, lists

NAMES = {*(f"{slug}.{end}" for slug in ("all", "optimal-transport") for end in FORMATS), "CITATION.cff"}


@pytest.fixture
def run(tmp_path, monkeypatch):
    lists(tmp_path)
    return lambda *arguments: listkeeper(monkeypatch, tmp_path, "build", *arguments)


def data(folder):
    return {path.name for path in (folder / "lists" / "data").iterdir()}


def test_later_builds_update_the_data_files(run, tmp_path):
    assert run("--to", "data").code == 0
    assert data(tmp_path) == NAMES
    assert not (tmp_path / "lists" / "optimal-transport.md").exists()
    assert run().code == 0
    assert run("--check").code == 0
    lists(tmp_path, "https://example.org/changed")
    stale = run("--check")
    assert stale.code == 1
    assert "lists/data/all.bib" in stale.out
    assert "lists/optimal-transport.md" in stale.out
    run("--to", "pages")
    assert "https://example.org/changed" not in (tmp_path / "lists" / "data" / "all.csv").read_text(encoding="utf-8")
    run()
    assert "https://example.org/changed" in (tmp_path / "lists" / "data" / "all.csv").read_text(encoding="utf-8")


def test_a_build_without_target_writes_only_pages(run, tmp_path):
    assert run().code == 0
    assert sorted(path.name for path in (tmp_path / "lists").iterdir()) == [
        "README.md",
        "optimal-transport.md",
        "optimal-transport.yaml",
    ]


def test_data_files_of_a_removed_topic_are_removed_and_others_stay(run, tmp_path):
    lists(tmp_path, second=TOPIC.replace("{url}", "https://example.org/2").replace("peyre2019computational", "two"))
    run("--to", "data")
    (tmp_path / "lists" / "data" / "mine.csv").write_text("kept\n", encoding="utf-8")
    (tmp_path / "lists" / "second.yaml").unlink()
    assert run("--to", "data").code == 0
    assert data(tmp_path) == NAMES | {"mine.csv"}


def test_files_at_a_former_name_exist_as_long_as_the_alias(run, tmp_path):
    source = tmp_path / "lists" / "optimal-transport.yaml"
    before = source.read_text(encoding="utf-8")
    source.write_text(f"aliases: [monge]\n{before}", encoding="utf-8")
    assert run("--to", "data").code == 0
    assert data(tmp_path) == NAMES | {f"monge.{end}" for end in FORMATS}
    stale = run("--check")
    assert (stale.code, "lists/monge.md" in stale.out) == (1, True)
    assert run().code == 0
    assert run("--check").code == 0
    source.write_text(before, encoding="utf-8")
    assert run().code == 0
    assert data(tmp_path) == NAMES
    assert not (tmp_path / "lists" / "monge.md").exists()


def test_another_page_at_a_former_name_is_not_overwritten(run, tmp_path):
    source = tmp_path / "lists" / "optimal-transport.yaml"
    source.write_text(f"aliases: [notes]\n{source.read_text(encoding='utf-8')}", encoding="utf-8")
    (tmp_path / "lists" / "notes.md").write_text("# Mine\n", encoding="utf-8")
    ran = run()
    assert (ran.code, "error[foreign-page]" in ran.out) == (1, True)
    assert (tmp_path / "lists" / "notes.md").read_text(encoding="utf-8") == "# Mine\n"


def test_another_data_file_is_never_overwritten(run, tmp_path):
    mine = tmp_path / "lists" / "data" / "all.csv"
    mine.parent.mkdir()
    mine.write_text("a,b\n", encoding="utf-8")
    for _ in range(2):
        ran = run("--to", "data")
        assert ran.code == 1
        assert "error[foreign-file]" in ran.out
        assert mine.read_text(encoding="utf-8") == "a,b\n"
    assert data(tmp_path) == NAMES


def test_deleted_data_is_not_built_again(run, tmp_path):
    run("--to", "data")
    for path in (tmp_path / "lists" / "data").iterdir():
        path.unlink()
    run()
    assert data(tmp_path) == set()
    assert run("--check").code == 0


def test_later_builds_update_the_single_page(run, tmp_path):
    assert run("--to", "single", "--output", "everything.md").code == 0
    page = tmp_path / "everything.md"
    assert page.read_text(encoding="utf-8").startswith("<!-- rendered from lists/ by Listkeeper")
    lists(tmp_path, "https://example.org/changed")
    assert "everything.md" in run("--check").out
    run()
    assert "https://example.org/changed" in page.read_text(encoding="utf-8")
    page.unlink()
    assert run("--check").code == 1, "the note that names it is stale, and a build forgets it"
    run()
    assert not page.exists()
    assert run("--check").code == 0


def test_a_single_page_in_the_lists_folder_is_not_removed(run, tmp_path):
    run("--to", "single", "--output", "lists/everything.md")
    assert run("--to", "pages").code == 0
    assert run().code == 0
    assert (tmp_path / "lists" / "everything.md").exists()


@pytest.mark.parametrize("place", ["lists/README.md", "lists/optimal-transport.md"])
def test_the_single_page_cannot_replace_another_page(run, place):
    run()
    ran = run("--to", "single", "--output", place)
    assert ran.code == 2
    assert "error[output-taken]" in ran.out


def test_the_single_page_does_not_overwrite_a_hand_written_page(run, tmp_path):
    (tmp_path / "NOTES.md").write_text("mine\n", encoding="utf-8")
    ran = run("--to", "single", "--output", "NOTES.md")
    assert (ran.code, (tmp_path / "NOTES.md").read_text(encoding="utf-8")) == (1, "mine\n")
    assert "error[foreign-page]" in ran.out


def test_the_single_page_needs_an_output_file(run, tmp_path):
    ran = run("--to", "single")
    assert ran.code == 2
    assert "--output FILE.md" in ran.err
    run("--format", "json", "--output", "report.json")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["problems"] == []


@pytest.mark.parametrize("single", ["../../outside.md", ".github/x.md", "../.git/hooks.md", "../notes.txt", "../run.sh", 3])
def test_paths_outside_the_repository_in_the_record_are_ignored(run, tmp_path, single):
    note = {"version": 1, "single": [single], "data": ["../../x.csv", "x.sh", 3, "all.csv"], "seen": []}
    (tmp_path / "lists" / "data").mkdir()
    (tmp_path / "lists" / "data" / "x.sh").write_text("kept\n", encoding="utf-8")
    (tmp_path / "lists" / "data" / "all.csv").write_text("id\n", encoding="utf-8")
    (tmp_path / "lists" / ".listkeeper.json").write_text(json.dumps(note), encoding="utf-8")
    before = {path for path in tmp_path.parent.rglob("*") if path.is_file()}
    assert run().code == 0
    new = {path.relative_to(tmp_path).parts[0] for path in tmp_path.parent.rglob("*") if path.is_file() and path not in before}
    assert new <= {"lists"}
    assert (tmp_path / "lists" / "data" / "x.sh").exists()


@pytest.mark.parametrize("note", ["<<<<<<< HEAD\n{}\n", "[]", '{"version": 2}', ""])
def test_a_damaged_record_is_reported_and_nothing_is_written(run, tmp_path, note):
    run("--to", "data")
    (tmp_path / "lists" / ".listkeeper.json").write_text(note, encoding="utf-8")
    ran = run()
    assert ran.code == 1
    assert "lists/.listkeeper.json: error[damaged-note]" in ran.out
    assert data(tmp_path) == NAMES
    assert (tmp_path / "lists" / ".listkeeper.json").read_text(encoding="utf-8") == note


def test_first_seen_dates_are_recorded(run, tmp_path):
    run("--to", "data", "--now", "2026-01-01")
    lists(tmp_path, more="entries: [{title: New, id: new}, {title: Known, id: known, added: 2025-05-05}]\n")
    run("--now", "2026-02-02")
    run("--now", "2026-03-03")
    seen = json.loads((tmp_path / "lists" / ".listkeeper.json").read_text(encoding="utf-8"))["seen"]
    assert seen == {"peyre2019computational": None, "new": "2026-02-02"}
    feed = (tmp_path / "lists" / "data" / "all.atom.xml").read_text(encoding="utf-8")
    assert feed.count("<entry>") == 2
    assert feed.index("2026-02-02") < feed.index("2025-05-05")
    renamed = "entries: [{title: New, id: newer, aliases: [new]}]\n"
    lists(tmp_path, more=renamed)
    run("--now", "2026-04-04")
    assert json.loads((tmp_path / "lists" / ".listkeeper.json").read_text(encoding="utf-8"))["seen"]["newer"] == "2026-02-02"


def feed_ids(folder):
    texts = [path.read_text(encoding="utf-8") for path in sorted((folder / "lists" / "data").glob("*.atom.xml"))]
    return [text.partition("<id>")[2].partition("</id>")[0] for text in texts]


def test_feeds_of_two_collections_have_different_ids_that_later_builds_keep(tmp_path, monkeypatch):
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        lists(tmp_path / name)
        for day in ("2026-01-01", "2026-01-02"):
            listkeeper(monkeypatch, tmp_path / name, "build", "--to", "data", "--now", day)
            found.append(feed_ids(tmp_path / name))
        assert listkeeper(monkeypatch, tmp_path / name, "build", "--check", "--to", "data", "--now", "2026-01-03").code == 0
    assert (found[0], found[2]) == (found[1], found[3])
    assert set(found[0]).isdisjoint(found[2])


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("https://user:secret@example.org/Ann/lists.git", "git@example.org:ann/lists", True),
        ("https://example.org/ann/lists", "https://example.org/bo/lists", False),
    ],
)
def test_the_ids_of_feeds_are_made_of_the_remote(tmp_path, monkeypatch, one, other, equal):
    found = []
    for name, remote in (("one", one), ("two", other)):
        (tmp_path / name).mkdir()
        lists(tmp_path / name)
        subprocess.run(["git", "-C", str(tmp_path / name), "init", "-q"], check=True)
        subprocess.run(["git", "-C", str(tmp_path / name), "remote", "add", "origin", remote], check=True)
        listkeeper(monkeypatch, tmp_path / name, "build", "--to", "data")
        assert "secret" not in (tmp_path / name / "lists" / ".listkeeper.json").read_text(encoding="utf-8")
        found.append(feed_ids(tmp_path / name))
    assert (found[0] == found[1]) is equal


def test_entries_committed_after_the_first_build_get_the_commit_date(run, tmp_path):
    git = ["git", "-C", str(tmp_path), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    run("--to", "data", "--now", "2026-01-01")
    noted = tmp_path / "lists" / ".listkeeper.json"
    assert set(json.loads(noted.read_text(encoding="utf-8"))["seen"].values()) == {None}
    subprocess.run([*git, "add", "-A"], check=True)
    when = {"GIT_AUTHOR_DATE": "2026-01-05T12:00:00Z", "GIT_COMMITTER_DATE": "2026-01-05T12:00:00Z"}
    subprocess.run([*git, "commit", "-qm", "All"], check=True, env={**os.environ, **when})
    run("--now", "2026-02-02")
    assert set(json.loads(noted.read_text(encoding="utf-8"))["seen"].values()) == {"2026-01-05"}


def test_a_topic_named_all_gets_a_warning(run, tmp_path):
    lists(tmp_path, all="entries: [{title: A, url: 'https://example.org/a'}]\n")
    ran = run("--to", "data")
    assert ran.code == 0
    assert "lists/all.yaml:1:1: warning[bad-file-name]" in ran.out


def test_a_long_page_gets_a_warning_with_a_hint(run, tmp_path):
    rows = "".join(
        f"  - {{title: 'Entry {number} {'x' * 900}', url: 'https://example.org/{number}'}}\n" for number in range(460)
    )
    lists(tmp_path, big=f"title: Big\nentries:\n{rows}")
    ran = run()
    assert ran.code == 0
    assert "lists/big.md: warning[long-page]" in ran.out
    assert "split the topic" in ran.out
    assert "more than one collection" in run("--to", "single", "--output", "x.md").out


def test_the_schema_of_the_data_is_printed(tmp_path, monkeypatch):
    ran = listkeeper(monkeypatch, lists(tmp_path), "schema", "--print", "data")
    assert json.loads(ran.out)["title"] == "Listkeeper data"


@pytest.mark.parametrize(
    ("more", "told"),
    [(1, "1 error; nothing was written: fix the error first"), (2, "2 errors; nothing was written: fix the errors first")],
)
@pytest.mark.parametrize(
    "target", [(), ("--to", "data"), ("--to", "site", "--output", "public"), ("--to", "single", "--output", "all.md")]
)
def test_a_build_that_stops_at_errors_says_that_nothing_was_written(run, tmp_path, target, more, told):
    lists(tmp_path, bad="title: B\nentries:\n" + "  - title: A\n    urll: https://example.org/x\n" * more)
    before = sorted(tmp_path.rglob("*"))
    ran = run(*target)
    assert ran.code == 1
    assert ran.out.rstrip().endswith(told)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_build_that_writes_says_nothing_of_the_kind(run, tmp_path):
    (tmp_path / "lists" / "optimal-transport.md").write_text("mine\n", encoding="utf-8")
    ran = run()
    assert ran.code == 1
    assert "nothing was written" not in ran.out
    assert "1 page written" in ran.out
