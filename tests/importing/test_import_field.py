"""What lists of the field taught: small pages, each for one thing that a golden list can't show."""

from __future__ import annotations

import pytest

from generator.importing.link_account import account
from generator.importing.topic import read_page


def entries(text):
    return [(entry.title, entry.url) for entry in read_page(text, "README.md").topics[0].walk()]


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("http://example.org/wiki/Foo_(bar)", "http://example.org/wiki/Foo_(bar)"),
        ("http://example.org/Foo_(bar)_baz.", "http://example.org/Foo_(bar)_baz"),
        ("(http://example.org/a)", "http://example.org/a"),
        ("http://example.org/(a", "http://example.org/(a"),
        ("http://example.org/a, and more", "http://example.org/a"),
    ],
)
def test_a_bare_address_ends_where_github_ends_it(written, url):
    text = f"# A\n\n## S\n\n- Title: {written}\n"
    assert [found for _, found in entries(text)] == [url]
    assert account(text, read_page(text, "README.md")).whole


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_box_ends_right_behind_a_list(end):
    box = "<details><summary>{0}</summary>\n\n- [{0}1](https://example.org/{0}1)\n- [{0}2](https://example.org/{0}2)\n{1}</details>\n"
    topic = read_page(
        f"# T\n\n## S\n\n{box.format('a', end)}{box.format('b', end)}\n## R\n\n- [c](https://example.org/c)\n", "x.md"
    ).topics[0]
    assert [section.title for section in topic.sections] == ["S", "R"]
    assert [(box.title, [entry.title for entry in box.entries]) for box in topic.sections[0].sections] == [
        ("a", ["a1", "a2"]),
        ("b", ["b1", "b2"]),
    ]


def test_an_icon_that_leads_to_the_top_is_told():
    text = '# A\n\n## S\n\n<a href="#a"><img src="https://example.org/up.png" alt="Back to top"></a>\n\n- [x](https://example.org/x)\n'
    imported = read_page(text, "README.md")
    told = account(text, imported)
    assert told.whole
    assert [(left.url, left.reason, left.line) for left in told.left] == [
        ("https://example.org/up.png", "an icon that leads about the page", 5)
    ]


@pytest.mark.parametrize(
    "heading", ["Contributing", "Updates", "Legend", "[How to submit a pull request?](https://example.org/how)"]
)
def test_what_is_about_the_list_and_stands_first_is_header(heading):
    text = f"# A\n\n## {heading}\n\n- one [rule](https://example.org/rule)\n\n## S\n\n- [x](https://example.org/x)\n"
    topic = read_page(text, "README.md").topics[0]
    assert [section.title for section in topic.sections] == ["S"]
    assert "https://example.org/rule" in topic.header


def test_a_list_without_any_link_stays_a_list():
    assert entries("# A\n\n- one\n- two\n") == [("one", None), ("two", None)]


def test_a_rating_and_a_year_are_no_count_of_stars():
    text = "# A\n\n## S\n\n- [x](https://example.org/x) - ICML 2014 ⭐⭐⭐\n- [y](https://example.org/y) - Fast. ⭐ 1,234\n"
    first, second = read_page(text, "README.md").topics[0].walk()
    assert (first.venue, first.year, first.description) == ("ICML", 2014, "⭐⭐⭐.")
    assert second.description == "Fast."


def test_a_path_beside_labelled_links_is_kept():
    text = "# A\n\n## [T](https://example.org/t)\n\nMaterial: [Homepage](https://example.org/h), [Slides](near/slides.pdf)\n"
    (entry,) = read_page(text, "README.md").topics[0].walk()
    assert dict(entry.links) == {"homepage": ("https://example.org/h",), "slides": ("near/slides.pdf",)}


def test_www_is_a_label():
    text = "# A\n\n## S\n\n- Loom [www](https://example.org/x) / [docs](https://example.org/d)\n- Reed [www](https://example.org/y)\n"
    assert entries(text) == [("Loom", "https://example.org/x"), ("Reed", "https://example.org/y")]


BADGE = "[![Moss](https://example.org/badge.svg)](https://example.org/moss)"


@pytest.mark.parametrize(
    "heading",
    [
        f"# Mosses {BADGE}",
        f'<h1 align="center">Mosses {BADGE}</h1>',
        f'<h1 align="center">\n\nMosses {BADGE}\n\n</h1>',
        f"<h1>\n\nMosses {BADGE}\n</h1>\n<p>Soft.</p>",
        '<h1>Mosses <a href="https://example.org/moss"><img src="https://example.org/badge.svg"></a></h1>',
    ],
)
def test_a_title_gives_its_badge_to_the_header(heading):
    text = f"{heading}\n\n## S\n\n- [x](https://example.org/x)\n"
    imported = read_page(text, "list.md")
    topic = imported.topics[0]
    assert topic.title == "Mosses"
    assert topic.header is not None
    assert "https://example.org/badge.svg" in topic.header
    assert "</h1>" not in topic.header
    assert account(text, imported).left == ()


def test_brackets_of_a_title_are_no_link():
    topic = read_page("# On \\[x\\](y)\n\n- [x](https://example.org/x)\n", "list.md").topics[0]
    assert (topic.title, topic.header) == ("On [x](y)", None)


def test_a_section_headed_in_html_around_markdown_is_one():
    text = "# A\n\n<h2>\n\nMosses\n\n</h2>\n\n- [x](https://example.org/x)\n\n<h2>\n\nopen\n\n- [y](https://example.org/y)\n"
    assert [section.title for section in read_page(text, "list.md").topics[0].sections] == ["Mosses"]


def test_the_text_of_a_footnote_that_is_kept_is_not_told_as_left_out():
    text = "# A\n\n## S\n\nMosses[^1].\n\n[^1]: See [y](https://example.org/y).\n\n- [x](https://example.org/x)\n"
    imported = read_page(text, "list.md")
    assert "https://example.org/y" in str(imported.topics[0].sections)
    assert account(text, imported).left == ()
