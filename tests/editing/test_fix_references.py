"""Fixes and those who name entries: after a fix every reading path and every decision still finds its entry."""

from __future__ import annotations

import pytest

from generator.sources.catalogue.ids import digest
from tests.editing.collection import moved

URL = "https://arxiv.org/abs/1803.00567"
SAME = "http://arxiv.org/abs/1803.00567v2"
TITLE = "Computational Optimal Transport"


def entry(url: str, *lines: str, title: str = TITLE) -> str:
    return "\n".join((f"  - title: {title}", f"    url: {url}", *(f"    {line}" for line in lines))) + "\n"


def topic(*entries: str, start: str = "") -> str:
    path = "".join(f"  - {{id: {key}, reason: First.}}\n" for key in start.split())
    return f"title: T\n{'start:' if start else ''}\n{path}entries:\n{''.join(entries)}"


def errors(collection) -> str:
    return collection.run("validate").out


LONG = ("authors: [Gabriel Peyré]", "year: 2019", "kind: book", "tags: [a]")
KEY = "peyre2019computational"
DERIVED = "arxiv-org-abs-1803-00567v2"

CASES = {
    "the one that goes, by a derived key": {"a": topic(entry(URL, *LONG)), "b": topic(entry(SAME), start=DERIVED)},
    "the one that goes, by an id": {"a": topic(entry(URL, *LONG)), "b": topic(entry(SAME, "id: mine"), start="mine")},
    "the one that goes, by an alias": {"a": topic(entry(URL, *LONG)), "b": topic(entry(SAME, "aliases: [mine]"), start="mine")},
    "the one that stays, whose key follows from what it gets": {
        "a": topic(entry(URL, "kind: book", "tags: [x]", "description: D.", "language: de"), start="arxiv-org-abs-1803-00567"),
        "b": topic(entry(SAME, "authors: [Gabriel Peyré]", "year: 2019")),
    },
    "both, told apart by digests": {
        "a": topic(entry(URL, *LONG)),
        "b": topic(entry(SAME, "authors: [Gabriel Peyré]", "year: 2019")),
        "c": topic(entry("https://c.org/", title="C"), start=f"{KEY}-{digest(URL)} {KEY}-{digest(SAME)}"),
    },
    "a third one, whose digest goes": {
        "a": topic(entry(URL, *LONG, "id: own")),
        "b": topic(entry(SAME, "authors: [Gabriel Peyré]", "year: 2019")),
        "c": topic(
            entry("https://other.org/talk", "authors: [Gabriel Peyré]", "year: 2019", title="Computational Geometry for All"),
            start=f"{KEY}-{digest('https://other.org/talk')}",
        ),
    },
}


@pytest.mark.parametrize("sources", CASES.values(), ids=CASES)
def test_a_reading_path_outlives_a_duplicate(collection, sources):
    collection.write(**sources)
    assert "unknown-entry" not in errors(collection), "before the fix all is well"
    ran = collection.fix()
    assert ran.code == 0, ran.out + ran.err
    assert sum(collection.text(name).count(f"title: {TITLE}") for name in sources) == 1
    assert "unknown-entry" not in errors(collection)
    assert collection.fix("--dry-run").code == 0, "and nothing is left to do"


def test_a_decision_by_an_alias_counts_as_well(collection):
    third = "title: C\nentries:\n  - title: Another\n    url: https://ot.example/\n    not_duplicate_of: [{id: mine, reason: another}]\n"
    collection.write(a=topic(entry(URL, "tags: [x]")), b=topic(entry(SAME, "aliases: [mine]")), c=third).fix()
    assert "aliases: [mine]" in collection.text("b")
    assert "arxiv.org" not in collection.text("a")


def test_a_move_onto_the_key_of_another_entry_keeps_both(collection):
    old, new = "https://example.org/old/notes", "https://example.org/new"
    text = "title: T\nstart:\n  - {id: example-org-new, reason: First.}\n  - {id: example-org-old-notes, reason: Next.}\nentries:\n  - https://www.example.org/new\n  - https://example.org/old/notes\n"
    collection.write(t=text).saw(*moved(old, new, 1, 2))
    assert "unknown-entry" not in errors(collection)
    collection.fix("--only", "moved")
    assert new in collection.text("t")
    assert "unknown-entry" not in errors(collection)
