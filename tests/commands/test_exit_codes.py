"""Exit codes by what is there to read: a mistyped name is never green, nor is a source that can't be parsed."""

from __future__ import annotations

import pytest

from tests.commands.command import listkeeper, lists

GOOD = "title: A\nentries:\n  - title: x\n    url: https://e.example/\n"
FOLDERS = {
    "lists/a.yaml": GOOD, "empty/notes.txt": "", "broken/a.yaml": "title: [A\nentries: {\n", "half/a.yaml": GOOD, "half/b.yaml": "- x: [\n",
    "settings/a.yaml": GOOD, "settings/_collection.yaml": "check: {pace: warp}\n", "damaged/a.yaml": GOOD, "damaged/_collection.yaml": "check: [\n",
    "new/a.yaml": "title: A\nentries:\n  - title: Only a title\n", "ok.md": "# ok\n\n- [a](#ok)\n", "plain.md": "no link\n",
}  # fmt: skip


@pytest.fixture
def run(monkeypatch, tmp_path):
    for name, text in FOLDERS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return lambda words: listkeeper(monkeypatch, tmp_path, *words.split())


@pytest.mark.parametrize(
    "command", ["validate", "build", "build --check", "build --to data", "build --to site --output o", "duplicates", "check -q"]
)
@pytest.mark.parametrize(("folder", "code"), [("nope", 2), ("empty", 2), ("broken", 1), ("half", 1)])
def test_folders(run, command, folder, code):
    assert run(f"{command} --lists {folder}").code == code


@pytest.mark.parametrize(
    ("targets", "code"),
    [
        ("ok.md", 0), ("ok.md nope.md", 2), ("nope.md ok.md", 2), ("nope.md", 2), ("nope", 2), ("empty", 2), ("lists/nope.yaml", 2),
        ("broken", 1), ("broken/a.yaml", 1), ("broken ok.md", 1), ("half/b.yaml", 1), ("empty ok.md", 2), ("broken nope.md", 2),
        ("settings", 2), ("damaged", 2), ("settings ok.md", 2), ("new", 0), ("plain.md", 4), ("broken plain.md", 1),
        ("--lists nope", 2), ("--lists new", 0), ("new plain.md", 0), ("broken --only e.example", 1), ("--lists broken --shard 1/2", 1),
    ],
)  # fmt: skip
def test_targets_of_check(run, targets, code):
    ran = run(f"check -q --no-history --timeout 1s {targets}")
    assert ran.code == code, ran
    assert not code or code == 4 or "error[" in ran.out


def test_the_rest_is_checked_all_the_same(run):
    ran = run("check -q --format json ok.md nope.md")
    assert '"url": "#ok"' in ran.out
    assert '"unreadable-file"' in ran.out


def test_topics_in_a_folder_below_are_named(tmp_path, monkeypatch):
    lists(tmp_path)
    ran = listkeeper(monkeypatch, tmp_path, "validate", "--lists", ".")
    assert (ran.code, "unread-file" in ran.out) == (2, False)
    assert "name the folder of the topics: --lists lists" in ran.out


def test_a_repository_is_checked_by_its_lists(tmp_path, monkeypatch):
    lists(tmp_path)
    ran = listkeeper(monkeypatch, tmp_path, "check", ".", "--dns", "127.0.0.1:1", "--scale", "0.02", "--no-history")
    assert (ran.code, "Offline" in ran.out) == (4, True)


@pytest.mark.parametrize(
    ("name", "code", "hint"),
    [
        ("arxvi.org", 2, 'did you mean "arxiv.org"?'),
        ("peyre2019computatonal", 2, 'did you mean "peyre2019computational"?'),
        ("*.nowhere.example", 2, "a pattern of either"),
        ("ARXIV.org", 4, ""),
        ("arxiv.*", 4, ""),
        ("peyre*", 4, ""),
        ("org", 4, ""),
    ],
)
def test_a_name_that_no_link_has_is_a_usage_error(tmp_path, monkeypatch, name, code, hint):
    lists(tmp_path)
    ran = listkeeper(monkeypatch, tmp_path, "check", "--only", name, "--dns", "127.0.0.1:1")
    assert (ran.code, hint in ran.out) == (code, True)
    mixed = listkeeper(monkeypatch, tmp_path, "check", "--only", "arxiv.org", "--only", name, "--dns", "127.0.0.1:1")
    assert mixed.code == code


def test_a_missing_page_is_answered_with_the_nearest_name(tmp_path, monkeypatch):
    (tmp_path / "README.md").write_text("[a](#a)", encoding="utf-8")
    ran = listkeeper(monkeypatch, tmp_path, "check", "READMEE.md")
    assert (ran.code, 'did you mean "README.md"?' in ran.out) == (2, True)
