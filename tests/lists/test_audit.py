"""Where every entry comes from: audit.csv accounts for each URL and work of the five documents, and for each work added.

The table follows keys, not URLs: an entry may be repaired, moved or renamed (with an alias) without breaking it. Works that
no document gave stand under the document "added", with the topic that they were added to and who else cites them.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from generator.sources.catalogue.model import Catalogue, Entry

AUDIT = Path(__file__).with_name("audit.csv")

COUNTS = (  # document, section, rows, entries named for them (two of which may become one later: only the table is counted)
    ("000", "Call for Papers and Submission Instructions", 2, 1),
    ("000", "Schedule", 16, 8),  # three contributed talks and the pages of five speakers
    ("000", "Speakers", 7, 7),
    ("000", "Organizers", 5, 5),
    ("001", "Sponsors", 3, 0),
    ("001", "Schedule", 1, 0),
    ("001", "Accepted Papers", 43, 43),
    ("001", "Poster Session", 1, 0),
    ("001", "NeurIPS 2021 and Registration", 1, 0),
    ("001", "Submission Instructions", 2, 1),  # the workshop itself
    ("002", "NeurIPS 2020 Notes", 1, 0),
    ("002", "4.1 Workshop: Workshop on Deep Learning and Inverse Problems", 1, 1),
    ("002", "4.1.3 fastMRI", 1, 1),
    ("002", "5.1 Workshop: Medical Imaging Meets NeurIPS", 1, 1),
    ("002", "5.1.2 Using StyleGANs for Visual Interpretability of Deep Learning Models on Medical Images", 1, 1),
    ("002", "5.1.3 FastMRI keynote", 1, 1),
    ("002", "References", 30, 26),
    ("003", "Welcome to Maths4DL", 1, 1),
    ("003", "Opening workshop 21-22 April 2022", 1, 1),
    ("003", "Maths4DL sponsored events in 2022", 4, 3),
    ("003", "Publications and pre-prints", 34, 34),
    ("004", "Science of Deep Learning", 42, 38),
    ("004", "Deep Learning Reading Group", 19, 19),
    ("004", "Mathematics of Deep Learning", 41, 39),
    ("004", "Physics and Deep Learning", 24, 23),
    ("004", "Numerical Analysis for Deep Learning", 16, 13),
    ("004", "Deep Unrolling", 9, 9),
    ("004", "Dynamics and Deep Learning", 12, 12),
    ("004", "Neural Ordinary Differential Equations", 5, 4),
    ("004", "Differential Equation and Deep Learning", 19, 17),
    ("004", "Approximation Theory for Deep Learning", 16, 15),
    ("004", "The F-Principle", 7, 6),
    ("004", "Inverse Problem and Deep Learning", 13, 11),
    ("004", "Random Matrix Theory and Deep Learning", 16, 16),
    ("004", "Deep learning and Optimal Transport", 13, 11),
    ("004", "Geometric Analysis Approach to AI", 20, 19),
    ("004", "Topology and Deep Learning", 11, 10),
    ("004", "Information Theory and Deep Learning", 13, 13),
)


ADDED = "added"
"""The document of works that no document gave."""


def _rows() -> list[dict[str, str]]:
    with AUDIT.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def _added() -> list[dict[str, str]]:
    return [row for row in _rows() if row["document"] == ADDED]


@pytest.fixture(scope="module")
def found(lists: Catalogue) -> dict[str, Entry]:
    return {name: entry for _, entry in lists.entries() for name in (entry.id, *entry.aliases)}


def test_the_table_is_whole() -> None:
    assert {tuple(row) for row in _rows()} == {("document", "section", "item", "entry", "title", "reason")}
    assert [row for row in _rows() if not (row["document"] and row["section"] and row["item"])] == []


def test_describing_names_are_marked_alike_wherever_their_entry_is_named() -> None:
    marks: dict[str, set[str]] = {}
    for row in _rows():
        marks.setdefault(row["entry"], set()).add(row["title"])
    assert {mark for found in marks.values() for mark in found} == {"", "describing name"}
    assert [entry for entry, found in marks.items() if len(found) > 1] == []
    assert marks[""] == {""}


def test_every_item_leads_to_an_entry_or_to_a_reason(found: dict[str, Entry]) -> None:
    assert [row["item"] for row in _rows() if row["entry"] and row["entry"] not in found] == []
    assert [row["item"] for row in _rows() if not row["entry"] and not row["reason"]] == []


@pytest.mark.parametrize(("document", "section", "items", "entries"), COUNTS, ids=[f"{row[0]} {row[1]}" for row in COUNTS])
def test_each_section_keeps_its_items_and_entries(document: str, section: str, items: int, entries: int) -> None:
    rows = [row for row in _rows() if (row["document"], row["section"]) == (document, section)]
    assert len(rows) == items
    assert len({row["entry"] for row in rows if row["entry"]}) == entries


def test_no_section_is_uncounted() -> None:
    assert {(row["document"], row["section"]) for row in _rows() if row["document"] != ADDED} == {row[:2] for row in COUNTS}


def test_every_entry_comes_from_a_document_or_was_added(lists: Catalogue, found: dict[str, Entry]) -> None:
    named = {found[row["entry"]].id for row in _rows() if row["entry"]}
    assert [entry.id for _, entry in lists.entries() if entry.id not in named] == []


def test_every_topic_got_works_that_no_document_gave(lists: Catalogue) -> None:
    topics = Counter(row["section"] for row in _added())
    assert set(topics) == {topic.slug for topic in lists.topics}
    assert {slug: count for slug, count in topics.items() if count < 4} == {}
    assert topics.total() >= 233


def test_added_works_stand_as_the_table_says(lists: Catalogue, found: dict[str, Entry]) -> None:
    homes = {entry.id: topic.slug for topic, entry in lists.entries()}
    for row in _added():
        entry = found[row["entry"]]
        assert (entry.title, homes[entry.id]) == (row["item"], row["section"])
        assert row["reason"].startswith("landmark, confirmed by "), row["entry"]
    assert len({found[row["entry"]].id for row in _added()}) == len(_added())


def test_the_newsletter_gave_four_events_and_the_notes_three_talks_and_two_workshops(found: dict[str, Entry]) -> None:
    events = {row["entry"] for row in _rows() if row["document"] == "003" and "2022" in row["section"]}
    sessions = [found[row["entry"]].kind for row in _rows() if row["document"] == "002" and row["section"][0].isdigit()]
    assert len(events) == 4
    assert Counter(sessions) == {"lecture": 3, "workshop": 2}


def test_every_work_of_the_notes_says_what_they_took_from_it(found: dict[str, Entry]) -> None:
    works = {found[row["entry"]] for row in _rows() if row["document"] == "002" and row["entry"]}
    assert [work.id for work in works if not work.description] == []


@pytest.mark.parametrize(
    ("document", "section"), [("001", "Accepted Papers"), ("002", "References"), ("003", "Publications and pre-prints")]
)
def test_works_whose_authors_the_documents_state_have_title_and_authors(
    document: str, section: str, found: dict[str, Entry]
) -> None:
    works = {
        found[row["entry"]] for row in _rows() if (row["document"], row["section"]) == (document, section) and row["entry"]
    }
    assert [work.id for work in works if not (work.title and work.authors)] == []
