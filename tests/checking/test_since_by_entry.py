"""`validate --since`: a problem counts where the change brings it, by its entry and field, wherever these stand."""

from __future__ import annotations

import json

import pytest

from tests.commands.command import listkeeper

GOOD = "  - {id: good, title: Good, url: https://example.org/good}\n"
BAD = """\
  - id: bad
    title: Bad
    url: https://example.org/bad
    year: 3066
    kind: papre
    authors: [A and B]
"""
BARE = "  - title: No id\n    url: https://example.org/bare\n    year: 3067\n"
A = f"title: A\nentries:\n{GOOD}{BAD}{BARE}"
B = "title: B\nentries:\n  - {id: other, title: Other, url: https://example.org/other}\n"


@pytest.fixture
def validate(repository, monkeypatch):
    def run(**files):
        if files:
            repository.write(**files).commit()
        ran = listkeeper(
            monkeypatch, repository.folder, "validate", "--since", "main", "--now", "2026-11-21", "--format", "json"
        )
        problems = json.loads(ran.out)["problems"]
        return ran.code, sorted((one["code"], one["place"]["entry"] or "", one["place"]["path"]) for one in problems)

    return run


def in_section(*entries):
    inner = "".join(f"  {row}\n" for row in "".join(entries).splitlines())
    return f"sections:\n  - title: Part\n    entries:\n{inner.replace('  -', '    -', 0)}"


@pytest.mark.parametrize(
    "files",
    [
        {"a": f"title: A\nentries:\n{GOOD}", "b": f"{B}{BARE}{BAD}"},
        {"a": f"title: A\nentries:\n{BARE}{BAD}{GOOD}"},
        {"a": A.replace(GOOD, f"{GOOD}  - {{id: new, title: New, url: https://example.org/new}}\n")},
        {"a": A.replace("title: Bad", "title: Badly named")},
        {"a": A.replace("title: No id", "title: Named otherwise")},
        {"a": A.replace("example.org/bare", "example.org/moved")},
        {"a": A.replace("id: bad", "id: worse")},
        {"a": f"# A comment\n\n\n{A}"},
        {"a": f"title: A\n{in_section(GOOD, BAD, BARE)}"},
        {"a": f"title: A\nentries:\n{GOOD}"},
    ],
    ids=["moved", "reordered", "sibling", "title", "derived id", "url", "id", "lines", "into a section", "removed"],
)
def test_what_was_wrong_before_is_not_reported(repository, validate, files):
    repository.start(a=A, b=B)
    assert validate(**files) == (0, [])


def test_a_renamed_topic_has_no_new_problems(repository, validate):
    repository.start(a=f"description: [x]\n{A}", b=B)
    repository.git("mv", "lists/a.yaml", "lists/c.yaml")
    assert validate(b=B) == (0, [])


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a": A.replace("year: 3066", "year: 3068")}, [("bad-year", "bad", "lists/a.yaml")]),
        ({"a": A.replace("kind: papre", "kind: bok")}, [("unknown-kind", "bad", "lists/a.yaml")]),
        ({"a": A.replace("title: Good", "title: Good, year: 3066")}, [("bad-year", "good", "lists/a.yaml")]),
        (
            {"a": f"title: A\nentries:\n{GOOD}{BARE}", "b": f"{B}{BAD.replace('3066', '3065')}"},
            [("bad-year", "bad", "lists/b.yaml")],
        ),
        ({"b": f"{B}{BAD.replace('id: bad', 'id: copy').replace('Bad', 'Copy').replace('/bad', '/copy')}"}, [
            ("bad-year", "copy", "lists/b.yaml"),
            ("several-authors", "copy", "lists/b.yaml"),
            ("unknown-kind", "copy", "lists/b.yaml"),
        ]),
        ({"b": f"{B}  - {{id: good, title: Twice}}\n"}, [("duplicate-id", "good", "lists/b.yaml")]),
        ({"a": f"{A}colour: red\n"}, [("unknown-key", "", "lists/a.yaml")]),
    ],
)  # fmt: skip
def test_what_the_change_brings_is_reported(repository, validate, files, expected):
    repository.start(a=A, b=B)
    code, found = validate(**files)
    assert (code, found) == (1, expected)


def test_a_removed_entry_does_not_pay_for_a_new_one(repository, validate):
    repository.start(a=A, b=B)
    new = BAD.replace("id: bad", "id: new").replace("Bad", "New").replace("/bad", "/new")
    assert {entry for _, entry, _ in validate(a=A.replace(BAD, new))[1]} == {"new"}


BARE_URLS = "title: A\nentries:\n  - https://example.org/1\n  - https://example.org/2\n"
ET_AL = "  - {id: %s, title: T %s, authors: [Ann Lee, et al.]}\n"


@pytest.mark.parametrize(
    ("base", "files", "messages"),
    [
        (BARE_URLS, {"a": f"{BARE_URLS}  - https://example.org/3\n"}, ["1 entry has no title and will show as host and path"]),
        (BARE_URLS, {"a": BARE_URLS.replace("  - https://example.org/1\n", "")}, []),
        (BARE_URLS, {"b": f"{B}  - https://example.org/2\n", "a": BARE_URLS.replace("  - https://example.org/2\n", "")}, []),
        (BARE_URLS, {"a": f"{BARE_URLS}  - {{title: T}}\n"}, []),
        (
            "title: A\nentries:\n" + ET_AL % ("x", "x"),
            {"a": "title: A\nentries:\n" + ET_AL % ("y", "y") + ET_AL % ("x", "x")},
            ['1 list of authors ends in "et al.", which is no name'],
        ),
    ],
)
def test_notes_that_count_entries_count_the_new_ones(repository, monkeypatch, base, files, messages):
    repository.start(a=base, b=B)
    repository.write(**files).commit()
    ran = listkeeper(monkeypatch, repository.folder, "validate", "--since", "main", "--format", "json")
    assert [one["message"] for one in json.loads(ran.out)["problems"]] == messages
    assert ran.code == 0


def test_a_changed_file_that_cannot_be_parsed_is_reported(repository, validate):
    broken = "title: C\nentries: [{]\n"
    repository.start(a=A, c=broken)
    assert validate(a=A.replace("Good", "Very good")) == (0, [])
    code, found = validate(c=f"{broken}# more\n")
    assert (code, {path for _, _, path in found}) == (1, {"lists/c.yaml"})
