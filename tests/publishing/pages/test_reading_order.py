"""The order of entries, reading paths, and long pages."""

from __future__ import annotations

from datetime import date

import pytest

from generator.publishing.pages import render_pages
from generator.publishing.pages.outline import ordered
from generator.publishing.pages.render_pages import LIMIT, NEAR, long_pages
from generator.sources.catalogue.model import Start
from tests.publishing.pages.readers import by_github
from tests.publishing.samples import catalogue, entry, section, topic

ENTRIES = (
    entry("Zeta", id="z", year=2001),
    entry("“Émile”", id="e", date=date(2020, 1, 1)),
    entry("alpha", id="a"),
    entry("Élan", id="l", year=2020),
    entry(None, "https://beta.example/", id="b", year=1999),
)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("as-written", "zealb"),
        ("title", "able z".replace(" ", "")),
        ("year", "elzba"),
        ("start-here", "blzea"),
    ],
)
def test_orders(order, expected):
    assert "".join(one.id for one in ordered(ENTRIES, order, ("b", "l"))) == expected


def test_start_here_without_a_path_keeps_the_order():
    assert ordered(ENTRIES, "start-here") == ENTRIES


def rows(lists):
    return [line for line in render_pages(lists)["lists/t.md"].split("\n") if line.startswith("- ") and "](#" not in line]


def test_sections_stay_and_their_entries_are_ordered():
    parts = section("B", *ENTRIES[:2]), section("A", *ENTRIES[2:4])
    named = [row.split(" - ")[0][2:] for row in rows(catalogue(topic("t", *parts), order="title"))]
    assert named == ["“Émile”", "Zeta", "alpha", "Élan"]


def test_a_reading_path_comes_first_with_reasons_and_links():
    works = section("Works", entry("One", "https://example.org/(1)", id="one"), entry("# Two", id="two"), entry("Gone", "https://example.org/3", id="gone", state="dead"))  # fmt: skip
    path = (Start("gone", "It was first."), Start("one", "Why *not*"), Start("two", ""), Start("nowhere", "Never."))
    page = render_pages(catalogue(topic("t", works, start=path)))["lists/t.md"]
    assert "- [Start here](#start-here)\n- [Works](#works)\n" in page
    assert "## Start here\n\n1. Gone - It was first.\n2. [One](https://example.org/\\(1\\)) - Why \\*not\\*.\n3. \\# Two\n" in page  # fmt: skip
    blocks, unexpected = by_github(page)
    assert unexpected == []
    assert [block.links for block in blocks if block.text.startswith("One - Why")] == [[("One", b"https://example.org/(1)")]]


def test_entries_without_a_section_get_a_heading_beside_a_reading_path():
    page = render_pages(catalogue(topic("t", entries=[entry("One", id="one")], start=(Start("one", "Begin."),))))["lists/t.md"]
    assert page.index("## Start here") < page.index("## All entries") < page.index("- One")


@pytest.mark.parametrize(
    ("size", "message"),
    [(NEAR - 1, None), (NEAR, "80 % of the 512,000"), (LIMIT, "100 %"), (LIMIT + 1, "cut off there")],
)
def test_long_pages_are_a_warning_from_80_percent(size, message):
    found = list(long_pages({"lists/t.md": "é" + "x" * (size - 2)}, "split the topic"))
    assert [one.code for one in found] == ([] if message is None else ["long-page"])
    for one in found:
        assert message in one.message
        assert (one.place.path, one.hint, one.severity) == ("lists/t.md", "split the topic", "warning")
