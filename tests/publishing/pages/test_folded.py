"""Long lists are folded on pages, tags are code behind each entry, and both are read back by an import."""

from __future__ import annotations

import pytest

from generator.importing.topic import read_page
from generator.publishing.pages import render_pages
from generator.sources.collection import Pages
from generator.sources.config import read_collection
from tests.publishing.pages.readers import by_github
from tests.publishing.samples import catalogue, entry, section, topic


def page(count, **collection):
    entries = [entry(f"Title {n}", f"https://example.org/{n}", id=f"e{n}") for n in range(count)]
    return render_pages(catalogue(topic("t", section("S", *entries, description="- one\n- two")), **collection))["lists/t.md"]


@pytest.mark.parametrize(
    ("count", "fold", "folded"), [(100, None, False), (101, None, True), (3, 2, True), (2, 2, False), (200, 0, False)]
)
def test_a_list_of_more_entries_than_the_setting_is_folded(count, fold, folded):
    text = page(count, **({} if fold is None else {"pages": Pages(fold)}))
    head = f"- two\n\n<details>\n<summary>{count} entries</summary>\n\n- [Title 0]"
    assert (head in text) == folded
    assert ("<!-- markdownlint-disable MD033 -->" in text) == folded
    assert text.count("</details>") == folded
    items = [block for block in by_github(text)[0] if block.kind == "li"]
    assert len(items) == count + 2
    (back,) = read_page(text, "t.md").topics
    assert len(back.sections[0].entries) == count
    assert back.sections[0].description == "- one\n- two"


@pytest.mark.parametrize(
    ("text", "fold", "codes"),
    [("pages: {fold: 40}", 40, []), ("pages: {fold: 0}", 0, []), ("pages: {fold: -1}", 100, ["out-of-range"]), ("pages: {folds: 3}", 3, ["unknown-key"]), ("title: x", 100, [])],
)  # fmt: skip
def test_the_setting_is_read(text, fold, codes):
    collection, _, problems = read_collection(text, "_collection.yaml")
    assert collection.pages == Pages(fold)
    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"tags": ("classic", "to read")}, "- [T](https://example.org) - `classic` `to read`"),
        ({"tags": ("a",), "description": "k-means."}, "- [T](https://example.org) - _k-means._ `a`"),
        ({"tags": ("a`b",), "links": (("pdf", ("https://example.org/p",)),)}, "- [T](https://example.org) - [pdf](https://example.org/p) ``a`b``"),
        ({"tags": ("a",), "state": "dead"}, "- T - The page is gone. `a`"),
        ({"tags": ("a",), "description": "Lists `x`"}, "- [T](https://example.org) - Lists `x`. `a`"),
    ],
)  # fmt: skip
def test_tags_are_code_behind_all_else(fields, line):
    text = render_pages(catalogue(topic("t", section("S", entry("T", "https://example.org", **fields)))))["lists/t.md"]
    assert line in text.splitlines()
    (back,) = read_page(text, "t.md").topics[0].walk()
    assert back.tags == fields["tags"]
