"""Links that wait in a temporary file."""

from __future__ import annotations

from datetime import date

from generator.checking.stored_links import StoredLinks
from linkcheck.model import Excuse, Link, Outcome, Place, Settled, Work

LINKS = (
    Link("https://a.org/", Place("a.yaml", 1, 2, "a", "url", "A"), Work("Title", ("Doe",), 2020)),
    Link("https://b.org/", Place("b.md", 3), excuse=Excuse(("403",), "members", date(2027, 1, 1)), state="dead"),
    Link("c.md", Place("b.md", 4), settled=Settled(Outcome.DEAD, "no-file", "not there")),
)


def test_they_come_back_as_they_were_each_time():
    stored = StoredLinks()
    stored.add(LINKS[:1])
    stored.add([])
    stored.add(iter(LINKS[1:]))
    assert len(stored) == 3
    assert tuple(stored) == LINKS
    assert tuple(stored) == LINKS
    assert LINKS[2] in stored
    assert Link("https://d.org/", Place("d")) not in stored


def test_none_are_none():
    assert not StoredLinks()
    assert list(StoredLinks()) == []
