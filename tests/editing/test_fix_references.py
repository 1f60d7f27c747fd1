"""After a fix, every reading path and every `not_duplicate_of` still refers to its entry."""

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
    "the removed entry, by a derived id": {"a": topic(entry(URL, *LONG)), "b": topic(entry(SAME), start=DERIVED)},
    "the removed entry, by an id": {"a": topic(entry(URL, *LONG)), "b": topic(entry(SAME, "id: mine"), start="mine")},
    "the removed entry, by an alias": {"a": topic(entry(URL, *LONG)), "b": topic(entry(SAME, "aliases: [mine]"), start="mine")},
    "the kept entry, whose derived id changes with its new fields": {
        "a": topic(entry(URL, "kind: book", "tags: [x]", "description: D.", "language: de"), start="arxiv-org-abs-1803-00567"),
        "b": topic(entry(SAME, "authors: [Gabriel Peyré]", "year: 2019")),
    },
    "both, distinguished by digests": {
        "a": topic(entry(URL, *LONG)),
        "b": topic(entry(SAME, "authors: [Gabriel Peyré]", "year: 2019")),
        "c": topic(entry("https://c.org/", title="C"), start=f"{KEY}-{digest(URL)} {KEY}-{digest(SAME)}"),
    },
    "a third one, which loses its digest": {
        "a": topic(entry(URL, *LONG, "id: own")),
        "b": topic(entry(SAME, "authors: [Gabriel Peyré]", "year: 2019")),
        "c": topic(
            entry("https://other.org/talk", "authors: [Gabriel Peyré]", "year: 2019", title="Computational Geometry for All"),
            start=f"{KEY}-{digest('https://other.org/talk')}",
        ),
    },
}


@pytest.mark.parametrize("sources", CASES.values(), ids=CASES)
def test_reading_paths_stay_valid_when_duplicates_are_merged(collection, sources):
    collection.write(**sources)
    assert "unknown-entry" not in errors(collection), "before the fix all references are valid"
    ran = collection.fix()
    assert ran.code == 0, ran.out + ran.err
    assert sum(collection.text(name).count(f"title: {TITLE}") for name in sources) == 1
    assert "unknown-entry" not in errors(collection)
    assert collection.fix("--dry-run").code == 0, "a second run has nothing to do"


def test_not_duplicate_of_may_name_an_alias(collection):
    third = "title: C\nentries:\n  - title: Another\n    url: https://ot.example/\n    not_duplicate_of: [{id: mine, reason: another}]\n"
    collection.write(a=topic(entry(URL, "tags: [x]")), b=topic(entry(SAME, "aliases: [mine]")), c=third).fix()
    assert "aliases: [mine]" in collection.text("b")
    assert "arxiv.org" not in collection.text("a")


def test_a_moved_url_whose_id_another_entry_has_keeps_both_ids(collection):
    old, new = "https://example.org/old/notes", "https://example.org/new"
    text = "title: T\nstart:\n  - {id: example-org-new, reason: First.}\n  - {id: example-org-old-notes, reason: Next.}\nentries:\n  - https://www.example.org/new\n  - https://example.org/old/notes\n"
    collection.write(t=text).saw(*moved(old, new, 1, 2))
    assert "unknown-entry" not in errors(collection)
    collection.fix("--only", "moved")
    assert new in collection.text("t")
    assert "unknown-entry" not in errors(collection)


def test_a_moved_link_beside_the_url_leaves_the_id_alone(collection):
    old, new = "https://example.org/old/notes.pdf", "https://example.org/new/notes.pdf"
    text = (
        "title: T\nstart:\n  - {id: example-org-notes, reason: First.}\nentries:\n"
        f"  - url: https://example.org/notes\n    links:\n      pdf: {old}\n"
    )
    collection.write(t=text).saw(*moved(old, new, 1, 2))
    collection.fix()
    assert collection.text("t") == text.replace(old, new)
