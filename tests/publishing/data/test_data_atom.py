"""The feeds, read back by feedparser and by the standard library's XML parser."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import feedparser
import pytest

from generator.publishing.data import render_data
from generator.publishing.data.atom import MOST
from tests.publishing.data.evil import evil
from tests.publishing.samples import catalogue, entry, topic

DAY = date(2024, 2, 29)


def feed(lists, name="all", **more):
    text = render_data(lists, **more)[f"lists/data/{name}.atom.xml"]
    ET.fromstring(text)
    found = feedparser.parse(text.encode())
    assert (found.bozo, found.version) == (False, "atom10")
    return found


@pytest.mark.parametrize("name", ["all", "first", "second", "third", "empty"])
def test_feeds_are_well_formed_with_hostile_text(name):
    found = feed(evil(), name)
    assert found.feed.id.startswith("urn:uuid:")
    assert found.feed.title
    assert found.feed.updated


def test_only_entries_with_a_day_newest_first():
    lists = catalogue(topic("t", entries=[entry("Old", id="a", added=DAY), entry("New", id="b", added=DAY + timedelta(1)), entry("Never", id="c")]))  # fmt: skip
    found = feed(lists)
    assert [(one.title, one.published, one.updated) for one in found.entries] == [
        ("New", "2024-03-01T00:00:00Z", "2024-03-01T00:00:00Z"), ("Old", "2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
    ]  # fmt: skip
    assert found.feed.updated == "2024-03-01T00:00:00Z"
    assert [one.title for one in feed(lists, first_seen={"c": DAY + timedelta(2)}).entries] == ["Never", "New", "Old"]


@pytest.mark.parametrize("terms", ["CC0-1.0", "<All> rights & more", ""])
def test_a_feed_names_its_licence(terms):
    lists = catalogue(topic("t", entries=[entry("E", added=DAY)]), license=terms or None)
    assert feed(lists).feed.get("rights", "") == terms


def test_the_number_of_entries_is_limited():
    lists = catalogue(topic("t", entries=[entry(f"E{number}", id=f"e{number}", added=DAY + timedelta(number)) for number in range(MOST + 5)]))  # fmt: skip
    assert [one.title for one in feed(lists).entries] == [f"E{number}" for number in range(MOST + 4, 4, -1)]


def test_an_entry_that_moves_keeps_its_id_and_entries_and_feeds_differ():
    one, other = entry("One", id="one", added=DAY), entry("Two", id="two", added=DAY)
    before = feed(catalogue(topic("a", entries=[one, other]), topic("b")))
    after = feed(catalogue(topic("a", entries=[other]), topic("b", entries=[one])))
    assert {each.title: each.id for each in before.entries} == {each.title: each.id for each in after.entries}
    ids = [each.id for each in before.entries] + [
        feed(catalogue(topic("a"), topic("b")), name).feed.id for name in ("all", "a", "b")
    ]
    assert len(set(ids)) == 5


def test_an_entry_that_is_renamed_keeps_its_id():
    names = [("one", ()), ("uno", ("one",)), ("eins", ("one", "uno"))]
    found = [
        feed(catalogue(topic("t", entries=[entry("One", id=name, aliases=old, added=DAY)]))).entries[0].id
        for name, old in names
    ]
    assert len(set(found)) == 1


def test_the_elements_of_an_entry():
    about = entry(
        "A <b> & c", "https://example.org/?a=1&b=2", id="x", added=DAY, description="Short & *sweet*", authors=["Ann Lee", "Bo"]
    )
    (found,) = feed(catalogue(topic("t", title="Things & co", entries=[about]))).entries
    assert (found.title, found.link, found.summary) == (
        "A <b> & c",
        "https://example.org/?a=1&b=2",
        "Short & sweet",
    )
    assert [person.name for person in found.authors] == ["Ann Lee", "Bo"]
    assert [(tag.term, tag.label) for tag in found.tags] == [("t", "Things & co")]


def test_only_web_urls_are_linked():
    lists = catalogue(
        topic("t", entries=[entry("A", "javascript:alert(1)", id="a", added=DAY)]), repository="javascript:alert(2)"
    )
    found = feed(lists)
    assert [link.rel for link in found.feed.links] == ["self"]
    assert [link.href for link in found.entries[0].get("links", ())] == []
    assert found.entries[0].content[0].value == "A"
