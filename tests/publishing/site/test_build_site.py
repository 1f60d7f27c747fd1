"""Building a site into a folder: changed files are written, files of other origin stay."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.commands.build import build
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


def site(lists, out, **options):
    return build(lists, to="site", output=out, now=NOW, **options)


def files_in(out) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def test_a_second_build_writes_nothing(lists, out):
    code, report = site(lists, out)
    assert (code, report.problems) == (0, ())
    assert files_in(out) == {
        "index.html",
        "health.html",
        "authors.html",
        "authors/marco-cuturi.html",
        "topics/transport.html",
        "topics/monge.html",
        "topics/second.html",
        "assets/moved.js",
        "assets/site.css",
        "assets/page.js",
        "assets/words.js",
        "assets/search.js",
        "assets/visit.js",
        "assets/search-data.js",
        *(f"data/{name}.{end}" for name in ("all", "transport", "monge", "second") for end in FORMATS),
        "data/CITATION.cff",
        ".listkeeper.json",
    }
    assert len(report.written) == len(files_in(out))
    assert report.counts == {"pages": 7, "data files": 25, "topics": 2, "entries": 6}
    assert site(lists, out)[1].written == ()


def test_check_writes_nothing_and_lists_stale_files(lists, out):
    code, report = site(lists, out, check=True)
    assert (code, len(report.stale), out.exists()) == (1, 40, False)
    site(lists, out)
    assert site(lists, out, check=True)[0] == 0


def test_an_edit_changes_its_page_and_the_search(lists, out):
    site(lists, out)
    source = lists / "second.yaml"
    source.write_text(source.read_text(encoding="utf-8").replace("One", "Uno"), encoding="utf-8")
    written = {path.rpartition("public/")[2] for path in site(lists, out)[1].written}
    assert {name for name in written if "data/" not in name} == {"topics/second.html", "assets/search-data.js"}
    assert {name.partition(".")[0] for name in written if "data/" in name} == {"data/all", "data/second"}


def test_former_pages_are_removed_with_the_last_alias(lists, out):
    site(lists, out)
    source = lists / "transport.yaml"
    source.write_text(source.read_text(encoding="utf-8").replace("aliases: [monge]\n", ""), encoding="utf-8")
    assert site(lists, out)[0] == 0
    assert not files_in(out) & {"topics/monge.html", "assets/moved.js"}


def test_files_of_a_removed_topic_are_removed(lists, out):
    site(lists, out, base_url="https://example.org")
    assert "sitemap.xml" in files_in(out)
    (lists / "second.yaml").unlink()
    site(lists, out)
    assert not files_in(out) & {"topics/second.html", "sitemap.xml"}
    assert not [name for name in files_in(out) if name.startswith("data/second.")]


def test_files_of_other_origin_stay(lists, out):
    theirs = {"index.html": "<h1>Mine</h1>", "topics/about.html": "mine", "CNAME": "example.org", "data/all.csv": "mine"}
    theirs["data/raw.bib"] = "mine, not in the manifest"
    for name, text in theirs.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")
    code, report = site(lists, out)
    assert (code, [one.code for one in report.problems]) == (1, ["foreign-page", "foreign-page"])
    assert {name: (out / name).read_text(encoding="utf-8") for name in theirs} == theirs
    assert "topics/second.html" in files_in(out)


def test_edited_data_files_of_an_earlier_build_are_overwritten(lists, out):
    site(lists, out)
    (out / "data" / "all.csv").write_text("edited", encoding="utf-8")
    code, report = site(lists, out)
    assert (code, [Path(path).name for path in report.written]) == (0, ["all.csv"])


def test_a_damaged_manifest_is_an_error_and_nothing_is_written(lists, out):
    site(lists, out)
    (out / ".listkeeper.json").write_text("<<<<<<<", encoding="utf-8")
    (lists / "second.yaml").unlink()
    code, report = site(lists, out)
    assert (code, [one.code for one in report.problems], report.written) == (1, ["damaged-note"], ())


def test_feeds_use_the_days_in_the_manifest_of_the_data(lists, out):
    build(lists, now=datetime(2026, 10, 1, tzinfo=UTC), to="data")
    source = lists / "second.yaml"
    source.write_text(source.read_text(encoding="utf-8") + "  - {title: Two, url: 'https://example.org/2'}\n", encoding="utf-8")
    before = (lists / ".listkeeper.json").read_bytes()
    site(lists, out)
    feed = (out / "data" / "second.atom.xml").read_text(encoding="utf-8")
    assert feed.count("<entry>") == 1
    assert "<title>Two</title>\n    <published>2026-11-21T00:00:00Z</published>" in feed
    assert (lists / ".listkeeper.json").read_bytes() == before


def test_nothing_is_written_while_a_source_has_an_error(lists, out):
    (lists / "second.yaml").write_text("title: [\n", encoding="utf-8")
    code, report = site(lists, out)
    assert code == 1
    assert report.problems
    assert not out.exists()


def command(lists, *arguments: str) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "generator", "build", "--to", "site", "--lists", str(lists), *arguments]
    return subprocess.run(whole, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command_writes_a_site_with_its_address(lists, out):
    done = command(lists, "--output", str(out), "--base-url", "https://example.org/deep")
    assert (done.returncode, done.stderr) == (0, "")
    assert "https://example.org/deep/topics/second.html" in (out / "sitemap.xml").read_text(encoding="utf-8")
    assert (command(lists, "--output", str(out), "--check").returncode, (out / "sitemap.xml").exists()) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "option"),
    [([], "--output"), (["--output", "pyproject.toml"], "--output"), (["--output", "x", "--base-url", "me"], "--base-url")],
)
def test_usage_errors(lists, arguments, option):
    done = command(lists, *arguments)
    assert done.returncode == 2
    assert option in done.stderr
