"""`validate --since`: an edit of a rendered page is reported with its line in the source."""

from __future__ import annotations

import json

import pytest

from tests.checking.repository import Repository
from tests.commands.command import listkeeper

SOURCE = """title: Geometry
description: |
  Shapes and *more*.
sections:
  - title: Books
    description: To be read slowly.
    entries:
      - id: one
        title: The One Book
        url: https://example.org/one
        description: Old words.
        also_in: [topology]
      - id: two
        title: The Two Books
        url: https://example.org/two
"""
OTHER = "title: Topology\nrelated: [geometry]\nentries:\n  - {id: knot, title: Knots, url: https://example.org/knot}\nstart: [{id: knot, reason: It is short.}]\n"
README = "# Mine\n\n<!-- listkeeper:index -->\n<!-- /listkeeper:index -->\n\nMy own words.\n"
ONE = "- [The One Book](https://example.org/one) - Old words."
PAGE = "lists/geometry.md"


@pytest.fixture
def built(repository, monkeypatch) -> Repository:
    repository.file("README.md", README).start(geometry=SOURCE, topology=OTHER)
    assert listkeeper(monkeypatch, repository.folder, "build").code == 0
    repository.commit().git("update-ref", "refs/heads/main", "HEAD")
    return repository


@pytest.fixture
def validate(built, monkeypatch):
    def run():
        ran = listkeeper(monkeypatch, built.folder, "validate", "--since", "main", "--now", "2026-11-21", "--format", "json")
        return ran.code, json.loads(ran.out)["problems"]

    return run


def edited(built: Repository, path: str, old: str, new: str) -> None:
    text = built.read(path)
    assert old in text
    built.file(path, text.replace(old, new, 1)).commit()


EDITS = {
    "a description": (PAGE, "Old words.", "Better words.", "lists/geometry.yaml, line 8 (entry one)"),
    "a title": (PAGE, "[The Two Books]", "[The Second Book]", "lists/geometry.yaml, line 13 (entry two)"),
    "a URL": (PAGE, "https://example.org/two", "https://example.org/second", "lists/geometry.yaml, line 13 (entry two)"),
    "a new line": (
        PAGE,
        ONE,
        f"{ONE}\n- [New](https://example.org/new)",
        "after the one there: lists/geometry.yaml, line 8 (entry one)",
    ),
    "a removed line": (PAGE, f"{ONE}\n", "", "remove the entry there: lists/geometry.yaml, line 8 (entry one)"),
    "a heading": (PAGE, "## Books", "## Good Books", "lists/geometry.yaml, line 5"),
    "the page's title": (PAGE, "# Geometry", "# Great Geometry", "lists/geometry.yaml, line 1"),
    "the page's description": (PAGE, "Shapes and", "Forms and", "lists/geometry.yaml, line 2"),
    "a section's description": (PAGE, "read slowly", "read fast", "lists/geometry.yaml, line 6"),
    "a pointer": ("lists/topology.md", "The One Book", "The Only Book", "lists/geometry.yaml, line 8 (entry one)"),
    "an inline entry": ("lists/topology.md", "- [Knots](", "- [Braids](", "lists/topology.yaml, line 4 (entry knot)"),
    "a step of a reading path": ("lists/topology.md", "It is short", "It is easy", "lists/topology.yaml, line 5"),
    "the marker": (PAGE, "<!-- rendered from", "<!-- mine now, not from", "lists/geometry.yaml"),
    "the index": (
        "lists/README.md",
        "[Geometry](geometry.md) - Shapes",
        "[Geometry](geometry.md) - Forms",
        "lists/geometry.yaml, line 2",
    ),
    "the README's index": ("README.md", "2 entries", "3 entries", "lists/geometry.yaml, line 2"),
}


@pytest.mark.parametrize("case", EDITS)
def test_an_edit_of_a_page_names_its_place_in_the_sources(built, validate, case):
    path, old, new, wanted = EDITS[case]
    edited(built, path, old, new)
    code, problems = validate()
    assert code == 1
    (problem,) = problems
    assert (problem["code"], problem["severity"], problem["place"]["path"]) == ("page-edited", "error", path)
    assert wanted in problem["hint"]
    if case not in {"a removed line", "the marker"}:
        assert new.splitlines()[-1] in built.read(path).splitlines()[problem["place"]["line"] - 1]


def test_two_edits_in_a_row_keep_their_entries(built, validate):
    edited(built, PAGE, "Old words.", "Better words.")
    edited(built, PAGE, "[The Two Books](https://example.org/two)", "[A Second](https://example.org/second)")
    assert [one["place"]["entry"] for one in validate()[1]] == ["one", "two"]


def test_a_built_page_does_not_count_as_edited(built, validate, monkeypatch):
    built.write(geometry=SOURCE.replace("Old words", "New words").replace("The One", "The Only"))
    assert listkeeper(monkeypatch, built.folder, "build").code == 0
    built.commit()
    assert validate() == (0, [])


def test_a_page_is_never_required(built, validate):
    built.write(geometry=SOURCE.replace("Old words", "New words")).commit()
    assert validate() == (0, [])


def test_a_page_built_before_its_source_changed_does_not_count_as_edited(built, validate, monkeypatch):
    built.write(geometry=SOURCE.replace("Old words", "First words"))
    assert listkeeper(monkeypatch, built.folder, "build").code == 0
    built.commit().write(geometry=SOURCE.replace("Old words", "Second words")).commit()
    assert validate() == (0, [])


TWO = "      - id: two\n        title: The Two Books"


@pytest.mark.parametrize(
    ("source", "old", "new"),
    [
        ((TWO, TWO.replace("Two Books", "Two New Books")), "Old words.", "Better words."),
        ((TWO, TWO.replace("Two Books", "Two New Books")), "[The One Book]", "[The Only Book]"),
        (("title: Geometry", "title: Great Geometry"), f"{ONE}\n", ""),
        ((TWO, f"      - {{title: New, id: new}}\n{TWO}"), "https://example.org/one", "https://example.org/only"),
    ],
)
@pytest.mark.parametrize("rebuilt", [False, True])
def test_an_edit_beside_another_change_of_the_source_is_reported(built, validate, monkeypatch, source, old, new, rebuilt):
    built.write(geometry=SOURCE.replace(*source))
    if rebuilt:
        assert listkeeper(monkeypatch, built.folder, "build").code == 0
    edited(built, PAGE, old, new)
    code, problems = validate()
    assert (code, [one["code"] for one in problems]) == (1, ["page-edited"])
    assert problems[0]["place"]["entry"] == "one"


@pytest.mark.parametrize(
    ("old", "new", "entry"),
    [
        ("Old words.", "Better words.", "one"),
        ("[The One Book]", "[My One Book]", "one"),
        ("# Geometry", "# My Geometry", None),
        ("Shapes and", "Forms and", None),
    ],
)
def test_an_edit_of_what_changed_in_the_source_as_well_is_reported(built, validate, old, new, entry):
    built.write(
        geometry=SOURCE.replace("Old words", "New words")
        .replace("title: Geometry", "title: All Geometry")
        .replace("Shapes", "Shape")
    )
    edited(built, PAGE, old, new)
    code, problems = validate()
    assert (code, [(one["code"], one["place"]["entry"]) for one in problems]) == (1, [("page-edited", entry)])


def test_an_entry_that_an_earlier_build_had_or_had_not_does_not_count_as_edited(built, validate, monkeypatch):
    more = f"{SOURCE}      - {{id: three, title: Three, url: https://example.org/three}}\n"
    for source in (more, SOURCE.replace(TWO, TWO.replace("Two", "2"))):
        built.write(geometry=source)
        assert listkeeper(monkeypatch, built.folder, "build").code == 0
        built.commit()
    built.write(geometry=SOURCE).commit()
    assert validate() == (0, [])


def test_a_renamed_topic_with_its_page(built, validate, monkeypatch):
    built.git("mv", "lists/geometry.yaml", "lists/shapes.yaml")
    built.write(topology=OTHER.replace("geometry", "shapes"))
    assert listkeeper(monkeypatch, built.folder, "build").code == 0
    built.commit()
    assert validate() == (0, [])


def test_other_text_in_the_readme_may_be_edited(built, validate):
    edited(built, "README.md", "My own words.", "Other words.")
    assert validate() == (0, [])


def test_pages_that_were_not_rendered_may_be_edited(built, validate):
    built.file("lists/NOTES.md", "mine").file("docs/geometry.md", "mine").commit()
    assert validate() == (0, [])


def test_a_removed_page_is_no_problem(built, validate):
    (built.folder / PAGE).unlink()
    assert validate() == (0, [])


def test_problems_of_a_rewritten_page_are_limited(built, validate):
    built.file(PAGE, built.read(PAGE) + "".join(f"- [n{n}](https://example.org/n{n})\n" for n in range(500))).commit()
    problems = validate()[1]
    assert len(problems) == 21
    assert "480 more" in problems[-1]["message"]


def test_old_errors_in_other_files_are_not_reported(built, validate):
    built.write(bad="title: [\n").commit().git("update-ref", "refs/heads/main", "HEAD")
    built.write(topology=OTHER.replace("Knots", "All Knots")).commit()
    assert validate() == (0, [])
    built.write(topology=OTHER.replace("title: Knots", "titel: Knots")).commit()
    code, problems = validate()
    assert (code, {one["place"]["path"] for one in problems}) == (1, {"lists/topology.yaml"})


def test_old_errors_in_a_changed_file_are_not_reported(built, validate):
    built.write(bad="title: Bad\nentires: []\nentries: ['https://example.org/a']\n").commit()
    built.git("update-ref", "refs/heads/main", "HEAD")
    built.write(bad="title: Bad\nentires: []\nentries: ['https://example.org/b']\n").commit()
    code, problems = validate()
    assert (code, [one["code"] for one in problems if one["severity"] == "error"]) == (0, [])


def test_a_missing_ref_is_a_usage_error(built, monkeypatch):
    ran = listkeeper(monkeypatch, built.folder, "validate", "--since=--upload-pack=x")
    assert (ran.code, "unknown-ref" in ran.out) == (2, True)
