"""Former names of topics: the page at the old name, and references by it."""

from __future__ import annotations

import re

import pytest

from generator.markdown.anchors import Anchors
from generator.publishing.pages import is_moved, is_rendered, render_pages
from generator.publishing.pages.single import render_single
from tests.publishing.pages.linters import awesome, markdownlint
from tests.publishing.samples import catalogue, entry, section, topic

HEADING = re.compile(r"^#{1,6} (?:\[(.*)\]\(.*\)|(.*))$", re.MULTILINE)


def lists():
    return catalogue(
        topic(
            "transport",
            section("Books", entry("A", "https://example.org/a", id="a"), sections=[section("Old & new: C#", entry("B", "https://example.org/b", id="b"))]),
            section("Books", entry("C", "https://example.org/c", id="c")),
            aliases=("optimal_transport", "Monge, 1781", "geometry", "a/b"),
        ),
        topic("geometry", section("Notes", entry("D", "https://example.org/d", id="d", also_in=("optimal_transport",))), related=("Monge, 1781", "transport")),
        topic("sets", section("Papers", entry("E", "https://example.org/e", id="e"))),
    )  # fmt: skip


def anchors(page):
    found = Anchors()
    return [found.add(re.sub(r"\\(.)", r"\1", one or other)) for one, other in HEADING.findall(page)]


def test_the_old_page_has_the_anchors_of_the_new_one_and_links_them():
    pages = render_pages(lists())
    new, old = pages["lists/transport.md"], pages["lists/optimal_transport.md"]
    assert anchors(old) == anchors(new)
    assert "## [See also](transport.md#see-also)" in old
    assert "[Transport](transport.md) is its new address" in old
    assert "https://" not in old
    assert "lists/Monge, 1781.md" in pages
    assert (is_rendered(old), is_moved(old), is_moved(new)) == (True, True, False)


def test_an_alias_that_is_no_file_name_or_another_topic_makes_no_page():
    pages = render_pages(lists())
    assert len(pages) == 3 + 2 + 1
    assert not is_moved(pages["lists/geometry.md"])


def test_references_by_a_former_name():
    pages = render_pages(lists())
    assert "- [D](https://example.org/d) - In [Geometry: Notes](geometry.md#notes)." in pages["lists/transport.md"]
    assert "Related topics: [Transport](transport.md).\n" in pages["lists/geometry.md"]


def test_the_single_page_has_anchors_for_former_names():
    page = render_single(lists())
    assert '\n<a id="optimal-transport"></a>\n<a id="monge-1781"></a>\n\n## Transport\n' in page
    assert page.count("<a id=") == 2


@pytest.mark.node
def test_pages_with_former_names_pass_the_linters(tmp_path):
    page = render_single(lists())
    folders = [tmp_path / name for name in ("a", "b", "c")]
    for folder in folders:
        folder.mkdir()
    assert awesome(page, folders[0]) == []
    assert markdownlint(page, folders[1]) == []
    assert markdownlint(render_pages(lists())["lists/optimal_transport.md"], folders[2]) == []
