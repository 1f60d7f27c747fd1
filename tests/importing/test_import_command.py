"""The command, as somebody would use it who has a list."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from difflib import ndiff
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

LIST = """# Awesome Moss

Soft, and green.

## Books

- [Bryology](https://example.org/bryology) - The long one.
- [Moss Walls](https://example.org/walls)

## Places

- [Kyoto Garden](https://example.org/kyoto) - Older than it looks.
"""
NOW = ["--now", "2026-11-21T03:00:00+00:00"]


def run(*arguments, cwd, code=0):
    done = subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def here(tmp_path):
    (tmp_path / "README.md").write_text(LIST, encoding="utf-8")
    return tmp_path


def source(here, name="awesome-moss"):
    return (here / "lists" / f"{name}.yaml").read_text(encoding="utf-8")


def test_a_list_is_adopted_in_one_command_and_validates_and_builds(here):
    said = run("import", "README.md", *NOW, cwd=here)
    assert "3 links found = 3 imported + 0 reported." in said
    assert "listkeeper build" in said
    run("validate", "--strict", *NOW, cwd=here)
    run("build", *NOW, cwd=here)
    page = (here / "lists" / "awesome-moss.md").read_text(encoding="utf-8")
    assert page.index("Bryology") < page.index("Moss Walls") < page.index("Kyoto Garden")


def test_import_build_import_is_a_fixed_point(here):
    run("import", "README.md", *NOW, cwd=here)
    run("build", *NOW, cwd=here)
    page = (here / "lists" / "awesome-moss.md").read_bytes()
    run("import", "lists/awesome-moss.md", "--into", "again/lists", *NOW, cwd=here)
    assert (here / "again/lists/awesome-moss.yaml").read_text(encoding="utf-8") == source(here)
    run("build", "--lists", "again/lists", *NOW, cwd=here)
    assert (here / "again/lists/awesome-moss.md").read_bytes() == page


def test_dry_run_writes_nothing_and_shows_what_would_be_written(here):
    said = run("import", "README.md", "--dry-run", *NOW, cwd=here, code=1)
    assert "+title: Awesome Moss" in said
    assert not (here / "lists").exists()


def test_a_second_import_adds_what_is_new_and_touches_nothing_else(here):
    run("import", "README.md", *NOW, cwd=here)
    path = here / "lists" / "awesome-moss.yaml"
    curated = source(here).replace(
        "description: The long one.", "description: The long one; skip chapter 3.   # we argued about this"
    )
    path.write_text(curated, encoding="utf-8")
    assert "3 entries were there already" in run("import", "README.md", *NOW, cwd=here)
    assert source(here) == curated
    more = (
        LIST.replace("## Places", "- [Liverworts](https://example.org/liverworts)\n\n## Places")
        + "\n## Films\n\n- [Green](https://example.org/film)\n"
    )
    (here / "README.md").write_text(more, encoding="utf-8")
    said = run("import", "README.md", *NOW, cwd=here)
    assert "5 links found = 5 imported + 0 reported." in said
    changes = [line for line in ndiff(curated.splitlines(), source(here).splitlines()) if line[0] in "+-"]
    assert [line.removeprefix("+").strip() for line in changes] == [
        "- title: Liverworts",
        "url: https://example.org/liverworts",
        "- title: Films",
        "entries:",
        "- title: Green",
        "url: https://example.org/film",
    ]
    assert source(here).index("Liverworts") < source(here).index("Places")


def test_an_entry_that_moved_to_another_topic_is_not_added_again(here):
    run("import", "README.md", *NOW, cwd=here)
    (here / "lists" / "awesome-moss.yaml").rename(here / "lists" / "moss.yaml")
    said = run("import", "README.md", *NOW, cwd=here)
    assert "3 entries were there already" in said
    assert not (here / "lists" / "awesome-moss.yaml").exists()


def test_split_makes_a_topic_of_each_section(here):
    run("import", "README.md", "--split", *NOW, cwd=here)
    assert sorted(path.name for path in (here / "lists").iterdir()) == ["_collection.yaml", "books.yaml", "places.yaml"]
    assert "Soft, and green." in source(here, "books")
    assert "topics:\n  - books\n  - places\n" in source(here, "_collection")
    run("validate", "--strict", *NOW, cwd=here)


def test_a_badge_is_a_note_with_its_line_and_no_failure(here):
    text = LIST + "\n## More\n\n- [Fern](https://example.org/fern) ![stars](https://img.shields.io/badge/stars-3-blue)\n"
    (here / "README.md").write_text(text, encoding="utf-8")
    said = run("import", "README.md", *NOW, cwd=here)
    line = text[: text.index("[Fern]")].count("\n") + 1
    assert f"README.md:{line}: note[not-imported]" in said
    assert "https://img.shields.io/badge/stars-3-blue" in said
    assert "5 links found = 4 imported + 1 reported." in said


def test_many_badges_are_counted_behind_the_first(here):
    rows = "".join(f"- [Fern {n}](https://example.org/{n}) ![b](https://img.shields.io/badge/{n})\n" for n in range(40))
    (here / "README.md").write_text(f"# T\n\n## S\n\n{rows}", encoding="utf-8")
    said = run("import", "README.md", *NOW, cwd=here)
    assert "80 links found = 40 imported + 40 reported." in said
    assert "30 more badges" in said


def test_a_link_that_can_t_be_kept_is_named_with_its_line_and_gives_exit_1(here):
    (here / "README.md").write_text(LIST + "- [Script](javascript:alert(1)) - No page.\n", encoding="utf-8")
    said = run("import", "README.md", *NOW, cwd=here, code=1)
    assert f"README.md:{LIST.count(chr(10)) + 1}: warning[not-imported]" in said
    assert "javascript:alert(1)" in said


FILES = """# Field

## A

- [Field notes](docs/notes.md) - On paper.
- [Slides](../talks/2020.pdf)
- [Alpha](https://example.org/1) - Fine. [Local copy](papers/alpha.pdf), see [Slides](#slides).
- [Write to us](mailto:club@example.org)
- [Beta](//cdn.example.org/beta)
"""


def test_files_mail_and_addresses_without_scheme_are_kept(here):
    (here / "README.md").write_text(FILES, encoding="utf-8")
    said = run("import", "README.md", *NOW, cwd=here)
    assert "7 links found = 6 imported + 1 reported." in said
    assert "README.md:7: note[not-imported]" in said
    assert "#slides" in said
    text = source(here, "field")
    for kept in (
        "docs/notes.md",
        "../talks/2020.pdf",
        "papers/alpha.pdf",
        "mailto:club@example.org",
        "url: https://cdn.example.org/beta",
    ):
        assert kept in text
    run("validate", "--strict", *NOW, cwd=here)
    before = text
    run("import", "README.md", *NOW, cwd=here)
    assert source(here, "field") == before


def test_a_line_is_explained(here):
    said = run("import", "README.md", "--explain", "7", cwd=here)
    assert "README.md:7: list item wins with 1.0" in said
    assert "a link first" in said
    assert "Bryology" in said
    assert not (here / "lists").exists()
    assert "nothing of a list stands there" in run("import", "README.md", "--explain", "999", cwd=here)


TABLE = "Name;Link;Who;Year;Repo\nMoss Walls;https://example.org/walls;Ann Lee, Bo Kim;2019;https://example.org/code\n;;;;\n;;Cy Moor;;\n"


def test_a_table_is_taken_with_a_mapping(here):
    (here / "moss.csv").write_text(TABLE, encoding="utf-8")
    said = run(
        "import", "moss.csv", "--map", "title=Name,url=Link,authors=Who,year=Year,links.code=Repo", *NOW, cwd=here, code=1
    )
    assert "moss.csv:4: warning[not-imported]" in said
    text = source(here, "moss")
    for line in ("- title: Moss Walls", "authors: [Ann Lee, Bo Kim]", "year: 2019", "code: https://example.org/code"):
        assert line in text
    run("validate", "--strict", *NOW, cwd=here)


def test_a_table_without_a_mapping_is_told_with_an_example(here):
    (here / "moss.csv").write_text(TABLE, encoding="utf-8")
    said = run("import", "moss.csv", *NOW, cwd=here, code=1)
    assert '--map "title=Name,url=Link' in said
    assert not (here / "lists").exists()


@pytest.mark.parametrize(
    ("option", "told"),
    [("titel=Name", "did you mean title?"), ("title", "is not FIELD=COLUMN"), ("colour=Name", "fields are title, url")],
)
def test_a_mapping_that_can_t_be_is_a_usage_error(here, option, told):
    (here / "moss.csv").write_text(TABLE, encoding="utf-8")
    assert told in " ".join(run("import", "moss.csv", "--map", option, *NOW, cwd=here, code=2).split())


def test_a_column_that_is_not_there_is_told_with_those_that_are(here):
    (here / "moss.csv").write_text(TABLE, encoding="utf-8")
    said = run("import", "moss.csv", "--map", "title=Nam", *NOW, cwd=here, code=1)
    assert 'no column "Nam"' in said
    assert '"Name", "Link"' in said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "moss.yaml",
            "papers:\n- {title: Moss, url: https://example.org/m, links: {code: https://example.org/c}, tags: [a, b]}\n",
        ),
        (
            "moss.json",
            '[{"title": "Moss", "url": "https://example.org/m", "code": "https://example.org/c", "tags": ["a", "b"]}]',
        ),
    ],
)
def test_tables_in_our_own_words_need_no_mapping(here, name, text):
    (here / name).write_text(text, encoding="utf-8")
    assert "2 links found = 2 imported + 0 reported." in run("import", name, *NOW, cwd=here)
    assert "tags: [a, b]" in source(here, "moss")
    assert "code: https://example.org/c" in source(here, "moss")


def test_the_single_page_of_all_topics_is_imported(here):
    run("import", "README.md", *NOW, cwd=here)
    (here / "more.md").write_text(
        "# Ferns\n\n- [Fern](https://example.org/fern) - Ann Lee, Bo Kim. _ICML_, 2019. Green.\n", encoding="utf-8"
    )
    run("import", "more.md", *NOW, cwd=here)
    run("build", "--to", "single", "--output", "ALL.md", *NOW, cwd=here)
    said = run("import", "ALL.md", "--into", "again", *NOW, cwd=here)
    assert "4 links found = 4 imported" in said
    text = (here / "again" / "all.yaml").read_text(encoding="utf-8")
    for line in ("title: Bryology", "title: Kyoto Garden", "authors: [Ann Lee, Bo Kim]", "venue: ICML", "description: Green."):
        assert line in text
    assert text.index("Awesome Moss") < text.index("Books") < text.index("Bryology")


def test_repeated_pages_are_kept_and_told(here):
    (here / "README.md").write_text(LIST + "- [Bryology, again](https://example.org/bryology)\n", encoding="utf-8")
    said = run("import", "README.md", *NOW, cwd=here)
    assert "note[repeated-url]" in said
    assert source(here).count("https://example.org/bryology") == 2


def test_the_folder_that_one_is_in_is_a_folder_like_others(here):
    said = run("import", ".", *NOW, cwd=here)
    assert "3 links found = 3 imported + 0 reported." in said
    assert "Moss Walls" in source(here)


def test_a_page_without_a_list_is_told(here):
    (here / "words.md").write_text("only words\n", encoding="utf-8")
    assert "No entry was found, so nothing is written" in run("import", "words.md", *NOW, cwd=here, code=4)
    assert not (here / "lists").exists()


@pytest.mark.parametrize("name", ["README.rst", "list.txt"])
def test_restructuredtext_is_refused_with_a_way_out(here, name):
    (here / name).write_text("Moss\n====\n\n`Bryology <https://example.org/b>`_\n\n.. image:: x.png\n", encoding="utf-8")
    said = run("import", name, *NOW, cwd=here, code=1)
    assert "foreign-format" in said
    assert "pandoc -f rst -t gfm" in said
    assert "Nothing was written: fix" in said
    assert not (here / "lists").exists()


def test_a_page_without_a_link_is_nothing_to_import(here):
    (here / "README.md").write_text("# Hello\n\nNo list here.\n", encoding="utf-8")
    run("import", "README.md", *NOW, cwd=here, code=4)


def test_a_folder_of_pages_gives_a_topic_each(here):
    folder = here / "docs"
    folder.mkdir()
    (folder / "ferns.md").write_text("# Ferns\n\n- [Fern](https://example.org/fern)\n", encoding="utf-8")
    (folder / "lichen.md").write_text("- [Lichen](https://example.org/lichen)\n", encoding="utf-8")
    run("import", "docs", *NOW, cwd=here)
    assert "title: Ferns" in source(here, "ferns")
    assert "title: Lichen" in source(here, "lichen")


def test_a_folder_with_errors_is_left_alone(here):
    (here / "lists").mkdir()
    (here / "lists" / "broken.yaml").write_text("title: [\n", encoding="utf-8")
    run("import", "README.md", *NOW, cwd=here, code=1)
    assert sorted(path.name for path in (here / "lists").iterdir()) == ["broken.yaml"]


def test_json_has_the_account(here):
    data = json.loads(run("import", "README.md", "--format", "json", *NOW, cwd=here))
    assert data["counts"]["links found"] == data["counts"]["imported"] == 3
    assert data["changed"] == ["lists/awesome-moss.yaml"]
