"""Symbolic links that lead outside: nothing is read, written or removed through them, and links inside a folder work."""

from __future__ import annotations

import subprocess

import pytest

from tests.commands.command import listkeeper

TOPIC = "title: A\nentries:\n  - title: x\n    url: https://e.example/\n"
SECRET = "title: A\nkey: hunter2-of-another-folder\n"


@pytest.fixture
def home(tmp_path):
    """A repository with a list, beside a folder that isn't its business."""
    repository, outside = tmp_path / "repository", tmp_path / "outside"
    (repository / "lists").mkdir(parents=True)
    outside.mkdir()
    (repository / "lists" / "a.yaml").write_text(TOPIC, encoding="utf-8")
    for name, text in {
        "package.json": "{}", "all.csv": "id\n", "x.csv": "id,title,url,kind,\n", "secret.yaml": SECRET, "page.md": "# hunter2-of-another-folder\n",
        "rendered.md": "<!-- rendered from lists/a.yaml by Listkeeper; edit that file, not this page -->\n# A\n",
        "index.html": "<!-- rendered from the lists by Listkeeper -->\n",
    }.items():  # fmt: skip
        (outside / name).write_text(text, encoding="utf-8")
    git(repository, "init", "-q")
    return repository


def git(folder, *words):
    subprocess.run(
        ["git", "-c", "user.name=k", "-c", "user.email=k@e.org", *words], cwd=folder, check=True, capture_output=True
    )


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def link(at, to):
    at.parent.mkdir(parents=True, exist_ok=True)
    at.symlink_to(to)


RECORD = '{"version": 1, "single": [], "data": ["package.json", "x.csv", "all.csv"], "seen": {}}'


@pytest.mark.parametrize("tracked", [False, True])
@pytest.mark.parametrize(
    ("place", "to", "command", "codes"),
    [
        ("lists/data", "../../outside", "build", {1}),
        ("lists/data", "../../outside", "build --to data", {1}),
        ("lists/data", "../../outside", "build --to data --check", {1}),
        ("lists/data/all.csv", "../../../outside/all.csv", "build --to data", {1}),
        ("lists/data/all.csv", "../../../outside/nothing.csv", "build --to data", {1}),
        ("lists/a.md", "../../outside/rendered.md", "build", {1}),
        ("lists/a.md", "../../outside/nothing.md", "build", {1}),
        ("lists/old.md", "../../outside/rendered.md", "build", {0}),
        ("lists/README.md", "../../outside/rendered.md", "build", {1}),
        ("lists/.listkeeper.json", "../../outside/nothing.json", "build --to data", {1}),
        ("lists/b.yaml", "../../outside/secret.yaml", "validate", {1}),
        ("lists/b.yaml", "../../outside/secret.yaml", "build", {1}),
        ("lists/_collection.yaml", "../../outside/secret.yaml", "validate", {1}),
        ("lists/b.yaml", "../../outside/secret.yaml", "fix", {0}),
        ("lists/b.yaml", "../../outside/secret.yaml", "rename topic b c --yes", {1, 2}),
        ("public/topics", "../../outside", "build --to site --output public", {1}),
        ("public/index.html", "../../outside/index.html", "build --to site --output public", {1}),
        ("public/data", "../../outside", "build --to site --output public", {1}),
        ("docs", "../outside", "build --to single --output docs/all.md", {2}),
        ("docs", "../outside", "build --to site --output docs/site", {2}),
        ("docs", "../outside", "validate --output docs/all.csv", {2}),
        ("docs", "../outside", "check --no-history --timeout 1s -q --output docs/all.csv", {2}),
        ("hooks", ".git/hooks", "build --to single --output hooks/post-commit.md", {2}),
        (".listkeeper", "../outside", "check --timeout 1s -q", {2}),
        (".listkeeper/history.db", "../../outside/history.db", "check --timeout 1s -q", {2}),
        (".github", "../outside", "init", {1, 2}),
        (".github/ISSUE_TEMPLATE", "../../outside", "schema", {2}),
        ("docs", "../outside", "import docs/page.md --into new", {2}),
    ],
)  # fmt: skip
def test_nothing_outside_is_touched_or_shown(monkeypatch, home, place, to, command, codes, tracked):
    (home / "lists" / ".listkeeper.json").write_text(RECORD, encoding="utf-8")
    (home / place).unlink(missing_ok=True)
    link(home / place, to)
    if tracked:
        git(home, "add", "-A")
    outside = home.parent / "outside"
    before = contents(outside)
    ran = listkeeper(monkeypatch, home, *command.split())
    assert contents(outside) == before
    assert (home / place).is_symlink()
    assert ran.code in codes, ran
    assert "hunter2" not in ran.out + ran.err
    if ran.code and "unknown-topic" not in ran.err:
        assert "symbolic link" in ran.out + ran.err


@pytest.mark.parametrize(
    "command", ["validate --lists mine", "build --lists mine", "check mine --timeout 1s -q", "check page.md --timeout 1s -q"]
)
@pytest.mark.parametrize(("tracked", "refused"), [(False, False), (True, True)])
def test_a_link_that_is_named_is_followed_unless_git_tracks_it(monkeypatch, home, command, tracked, refused):
    outside = home.parent / "outside" / "lists"
    outside.mkdir()
    (outside / "a.yaml").write_text(TOPIC, encoding="utf-8")
    link(home / "mine", "../outside/lists")
    link(home / "page.md", "../outside/page.md")
    if tracked:
        git(home, "add", "-A")
    ran = listkeeper(monkeypatch, home, *command.split())
    assert ("symbolic link" in ran.out + ran.err) is refused
    assert (outside / "README.md").exists() is (command.startswith("build") and not refused)


def test_the_default_folder_is_not_named(monkeypatch, home):
    (home / "lists").rename(home.parent / "outside" / "lists")
    link(home / "lists", "../outside/lists")
    assert listkeeper(monkeypatch, home, "validate").code == 2
    assert listkeeper(monkeypatch, home, "validate", "--lists", "lists").code == 0


def test_a_site_at_a_link_of_ones_own(monkeypatch, home):
    link(home / "public", "../web")
    (home.parent / "web").mkdir()
    assert listkeeper(monkeypatch, home, "build", "--to", "site", "--output", "public").code == 0
    assert (home.parent / "web" / "topics" / "a.html").exists()
    git(home, "add", "-A")
    assert listkeeper(monkeypatch, home, "build", "--to", "site", "--output", "public").code == 2


def test_links_within_the_folders_work(monkeypatch, home):
    link(home / "lists" / "b.yaml", "a.yaml")
    link(home / "docs", "pages")
    (home / "pages").mkdir()
    (home.parent / "elsewhere").symlink_to(home)
    assert "symbolic link" not in listkeeper(monkeypatch, home, "validate").out
    assert listkeeper(monkeypatch, home, "build", "--to", "single", "--output", "docs/all.md").code in {0, 1}
    assert listkeeper(monkeypatch, home.parent / "elsewhere", "validate", "--output", "../elsewhere/r.txt").code in {0, 1}
    link(home / "loop", "loop")
    assert listkeeper(monkeypatch, home, "validate", "--lists", "loop").code in {1, 2}


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("own.csv", "name,price\nx,1\n", True), ("own.json", '{"precious": 1}', True), ("own.csl.json", '[{"id": "a", "title": "b"}]', True),
        ("own.bib", "@book{a}\n", True), ("own.atom.xml", "<feed/>", True), ("gone.csv", None, False), ("gone.json", None, False),
        ("gone.csl.json", None, False), ("gone.bib", None, False), ("gone.atom.xml", None, False),
    ],
)  # fmt: skip
def test_the_record_gives_no_right_to_delete(monkeypatch, home, name, text, kept):
    (home / "lists" / "gone.yaml").write_text(TOPIC.replace("e.example", "f.example"), encoding="utf-8")
    assert listkeeper(monkeypatch, home, "build", "--to", "data").code == 0
    (home / "lists" / "gone.yaml").unlink()
    record = home / "lists" / ".listkeeper.json"
    record.write_text(record.read_text(encoding="utf-8").replace('"data": [', f'"data": ["{name}",', 1), encoding="utf-8")
    path = home / "lists" / "data" / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert listkeeper(monkeypatch, home, "build").code == 0
    assert path.exists() is kept
