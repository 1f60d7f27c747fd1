"""The single page: content, order, and the same entries as the topics' pages."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from generator.publishing.pages.entry import item
from generator.publishing.pages.single import render_single
from generator.sources.catalogue.model import Start
from tests.publishing.hostile import hostile
from tests.publishing.pages.readers import READERS, by_github
from tests.publishing.samples import catalogue, entry, handbook, section, topic


def lines(lists, **more):
    return render_single(lists, **more).split("\n")


def headings(lists):
    return [line for line in lines(lists) if line.startswith("#")]


def plain(text):
    """Text without changes for the linters: spaces around code, straight quotes, "Titled" in front."""
    text = text.replace("‘", "'").replace("’", "'").removeprefix("Titled ")
    return re.sub(r"[\s\u200b]|<!----?>|<!-- -->", "", text)


def test_topics_are_chapters_and_their_sections_follow():
    assert headings(handbook()) == [
        "# Reading lists [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)", "## Contents", "## Optimal Transport",
        "### General", "### Courses", "### Papers", "#### Theory", "#### Theory", "### C++ / CUDA", "### ❤ Papers", "### Papers",
        "## Geometry # 2 \\#", "### See also",
    ]  # fmt: skip
    assert "- [Optimal Transport](#optimal-transport)" in lines(handbook())


def test_a_single_topic_gives_the_page_its_title_and_chapters():
    lists = catalogue(topic("a", section("One", entry("A", "https://example.org/a")), section("Two", sections=[section("Three")]), title="Alpha"), title="Unused")  # fmt: skip
    assert headings(lists)[0].startswith("# Alpha [")
    assert headings(lists)[1:] == ["## Contents", "## One", "## Two", "### Three"]
    assert [line for line in lines(lists) if "](#" in line] == ["- [One](#one)", "- [Two](#two)", "  - [Three](#three)"]


def test_a_repeated_link_is_a_reference():
    same = ["https://example.org/a", "http://www.example.org/a/", "https://example.org/a/index.html?utm_source=x", "https://example.org/b"]  # fmt: skip
    lists = catalogue(*(topic(f"t{number}", entries=[entry("Title", url)]) for number, url in enumerate(same)))
    found = [line for line in lines(lists) if line.startswith("- [Title]")]
    assert [line.startswith("- [Title](") for line in found] == [True, False, False, True]
    blocks, _ = by_github(render_single(lists))
    assert [url for block in blocks for _, url in block.links if url.startswith(b"http")][1:] == [url.encode() for url in same]


def test_an_entry_of_another_topic_is_a_pointer():
    lists = catalogue(topic("a", section("S", entry("Title", "https://example.org/", also_in=("b",)))), topic("b", title="Bee"))
    (shown,) = [line for line in lines(lists) if line.endswith(" - In [A: S][#s].")]
    assert re.fullmatch(r"- \[Title\]\[[0-9a-f]{8}\] - In .*", shown)
    assert "[#s]: #s" in lines(lists)


def test_the_reading_path_comes_first_with_its_reasons():
    lists = catalogue(
        topic("a", section("S", entry("One", "https://example.org/1", id="one", aliases=("uno",)), entry("Two", id="two")), start=(Start("two", "Begin [here]"), Start("uno", "Then this."))),
        topic("b"),
    )  # fmt: skip
    found = lines(lists)
    at = found.index("### Start here")
    assert found[at + 2] == "1. Two - Begin \\[here\\]."
    assert re.fullmatch(r"2\. \[One\]\[[0-9a-f]{8}\] - Then this\.", found[at + 3])
    assert at < found.index("### S")


def test_header_and_footer_are_kept_as_written_and_their_links_count():
    header, footer = "![logo](https://example.org/logo.svg)\r\n[Site](https://example.org/)", "Kept by <b>hand</b>.\n"
    lists = catalogue(topic("a", entries=[entry("Site again", "https://example.org/")]), topic("b", header="not here"), header=header, footer=footer)  # fmt: skip
    page = render_single(lists)
    assert "![logo](https://example.org/logo.svg)\n[Site](https://example.org/)\n\n## Contents" in page
    assert "\n\nKept by <b>hand</b>.\n\n" in page
    assert "not here" not in page
    assert "- [Site again][" in page


def test_the_contents_list_headings_of_the_footer():
    footer = "## Papers\n\nHere.\n\n### Small\n\n## Contributing\n\nDo.\n\n## The *last*"
    lists = catalogue(topic("a", title="Papers", entries=[entry("One", "https://example.org/1")]), topic("b"), footer=footer)
    found = lines(lists)
    assert found[found.index("## Contents") + 2 :][:4] == [
        "- [Papers](#papers)",
        "- [B](#b)",
        "- [Papers](#papers-1)",
        "- [The last](#the-last)",
    ]


def test_the_awesome_badge_is_there_once():
    header = "[![x](https://awesome.re/badge-flat2.svg)](https://github.com/sindresorhus/awesome) [![CI](https://example.org/ci.svg)](https://example.org/ci)"
    page = render_single(catalogue(topic("a", header=header)))
    assert page.count("awesome.re/badge") == 1
    assert "\n\n[![CI](https://example.org/ci.svg)](https://example.org/ci)\n" in page
    assert "double-link" not in page


def test_lint_exceptions_only_where_a_title_needs_them():
    assert not [line for line in lines(catalogue(topic("a", title="Alpha"), title="Reading Lists")) if "disable" in line]
    assert "<!-- lint ignore awesome-heading -->" in lines(catalogue(title="all lists of mine"))
    page_lines = catalogue(
        topic("a", title="Alpha"), title="Reading Lists", header="See <https://example.org>.", footer="1 < 2"
    )
    assert not [line for line in lines(page_lines) if "disable" in line]
    page = render_single(catalogue(topic("a", title="Why?"), topic("b", title="License"), title="Reading Lists"))
    assert "<!-- lint disable no-heading-punctuation awesome-license -->" in page


@pytest.mark.parametrize("reader", READERS)
def test_hostile_entries_have_the_text_of_their_own_pages(reader):
    lists = hostile(600, 6, seed=4)
    blocks, unexpected = READERS[reader](render_single(lists))
    assert not [one for one in unexpected if one not in {"img", "image"}]
    found = Counter((plain(block.text), tuple(url for _, url in block.links)) for block in blocks if block.kind == "li")
    for _, one in lists.entries():
        (block, *_), _ = READERS[reader](item(one))
        shown = next(each for each in READERS[reader](item(one))[0] if each.kind == "li") if block.kind != "li" else block
        assert (plain(shown.text), tuple(url for _, url in shown.links)) in found, item(one)


def test_the_same_catalogue_gives_the_same_page():
    assert render_single(hostile(200, 4)) == render_single(hostile(200, 4))
    assert render_single(catalogue(), folder="").startswith("<!-- rendered from ./ by Listkeeper")
    assert render_single(catalogue()).endswith("\n")
