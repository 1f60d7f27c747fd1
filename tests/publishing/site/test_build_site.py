"""Building a site into a folder: what changes is written, what is somebody's own stays."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from generator.commands.build import build
from generator.commands.site import site
from generator.publishing.data import FORMATS
from tests.publishing.site.sample import SOURCES

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)


@pytest.fixture
def lists(tmp_path):
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "_collection.yaml").write_text("title: Lists\n", encoding="utf-8")
    (folder / "transport.yaml").write_text(SOURCES["lists/transport.yaml"].replace("[hostile]", "[]"), encoding="utf-8")
    (folder / "second.yaml").write_text(
        "title: Second\nentries:\n  - {title: One, url: 'https://example.org/1'}\n", encoding="utf-8"
    )
    return folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "public"


def names(out) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def test_it_writes_the_site_and_then_nothing_more(lists, out):
    code, report = site(lists, out, now=NOW)
    assert (code, report.problems) == (0, ())
    assert names(out) == {
        "index.html",
        "health.html",
        "topics/transport.html",
        "topics/monge.html",
        "topics/second.html",
        "assets/moved.js",
        "assets/site.css",
        "assets/page.js",
        "assets/search.js",
        "assets/search-data.js",
        *(f"data/{name}.{end}" for name in ("all", "transport", "monge", "second") for end in FORMATS),
        "data/CITATION.cff",
        ".listkeeper.json",
    }
    assert len(report.written) == len(names(out))
    assert report.counts == {"pages": 5, "data files": 21, "topics": 2, "entries": 6}
    assert site(lists, out, now=NOW)[1].written == ()


def test_check_writes_nothing_and_tells_what_is_stale(lists, out):
    code, report = site(lists, out, now=NOW, check=True)
    assert (code, len(report.stale), out.exists()) == (1, 32, False)
    site(lists, out, now=NOW)
    assert site(lists, out, now=NOW, check=True)[0] == 0


def test_an_edit_changes_its_page_and_the_search(lists, out):
    site(lists, out, now=NOW)
    source = lists / "second.yaml"
    source.write_text(source.read_text(encoding="utf-8").replace("One", "Uno"), encoding="utf-8")
    written = {path.rpartition("public/")[2] for path in site(lists, out, now=NOW)[1].written}
    assert {name for name in written if "data/" not in name} == {"topics/second.html", "assets/search-data.js"}
    assert {name.partition(".")[0] for name in written if "data/" in name} == {"data/all", "data/second"}


def test_former_pages_go_with_the_last_alias(lists, out):
    site(lists, out, now=NOW)
    source = lists / "transport.yaml"
    source.write_text(source.read_text(encoding="utf-8").replace("aliases: [monge]\n", ""), encoding="utf-8")
    assert site(lists, out, now=NOW)[0] == 0
    assert not names(out) & {"topics/monge.html", "assets/moved.js"}


def test_the_page_of_a_topic_that_is_no_more_goes(lists, out):
    site(lists, out, now=NOW, base_url="https://example.org")
    assert "sitemap.xml" in names(out)
    (lists / "second.yaml").unlink()
    site(lists, out, now=NOW)
    assert not names(out) & {"topics/second.html", "sitemap.xml"}
    assert not [name for name in names(out) if name.startswith("data/second.")]


def test_somebodys_own_files_stay(lists, out):
    own = {"index.html": "<h1>Mine</h1>", "topics/about.html": "mine", "CNAME": "example.org", "data/all.csv": "mine"}
    own["data/raw.bib"] = "mine, and no build's"
    for name, text in own.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")
    code, report = site(lists, out, now=NOW)
    assert (code, [one.code for one in report.problems]) == (1, ["foreign-page", "foreign-page"])
    assert {name: (out / name).read_text(encoding="utf-8") for name in own} == own
    assert "topics/second.html" in names(out)


def test_data_files_of_an_earlier_build_are_ours_and_edited_ones_are_written_anew(lists, out):
    site(lists, out, now=NOW)
    (out / "data" / "all.csv").write_text("edited", encoding="utf-8")
    code, report = site(lists, out, now=NOW)
    assert (code, [Path(path).name for path in report.written]) == (0, ["all.csv"])


def test_a_note_that_is_damaged_is_told_and_nothing_written(lists, out):
    site(lists, out, now=NOW)
    (out / ".listkeeper.json").write_text("<<<<<<<", encoding="utf-8")
    (lists / "second.yaml").unlink()
    code, report = site(lists, out, now=NOW)
    assert (code, [one.code for one in report.problems], report.written) == (1, ["damaged-note"], ())


def test_the_feeds_know_the_days_that_a_build_of_the_data_noted(lists, out):
    build(lists, today=date(2026, 10, 1), to="data")
    source = lists / "second.yaml"
    source.write_text(source.read_text(encoding="utf-8") + "  - {title: Two, url: 'https://example.org/2'}\n", encoding="utf-8")
    before = (lists / ".listkeeper.json").read_bytes()
    site(lists, out, now=NOW)
    feed = (out / "data" / "second.atom.xml").read_text(encoding="utf-8")
    assert feed.count("<entry>") == 1
    assert "<title>Two</title>\n    <published>2026-11-21T00:00:00Z</published>" in feed
    assert (lists / ".listkeeper.json").read_bytes() == before


def test_nothing_is_written_while_a_source_has_an_error(lists, out):
    (lists / "second.yaml").write_text("title: [\n", encoding="utf-8")
    code, report = site(lists, out, now=NOW)
    assert code == 1
    assert report.problems
    assert not out.exists()


def command(lists, *words: str) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "generator", "build", "--to", "site", "--lists", str(lists), *words]
    return subprocess.run(whole, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command_writes_a_site_with_its_address(lists, out):
    done = command(lists, "--output", str(out), "--base-url", "https://example.org/deep")
    assert (done.returncode, done.stderr) == (0, "")
    assert "https://example.org/deep/topics/second.html" in (out / "sitemap.xml").read_text(encoding="utf-8")
    assert (command(lists, "--output", str(out), "--check").returncode, (out / "sitemap.xml").exists()) == (1, True)


@pytest.mark.parametrize(
    ("words", "about"),
    [([], "--output"), (["--output", "pyproject.toml"], "--output"), (["--output", "x", "--base-url", "me"], "--base-url")],
)
def test_usage_is_told(lists, words, about):
    done = command(lists, *words)
    assert done.returncode == 2
    assert about in done.stderr
