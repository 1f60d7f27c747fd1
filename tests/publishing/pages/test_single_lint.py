"""The single page passes awesome-lint and markdownlint: our lists, every form of page, and 5,000 hostile entries."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.publishing.pages.single import render_single
from generator.sources.catalogue.parse import assemble
from tests.publishing.hostile import hostile
from tests.publishing.pages.linters import awesome, markdownlint
from tests.publishing.samples import catalogue

pytestmark = pytest.mark.node

LISTS = Path(__file__).parents[3] / "lists"


def our_lists():
    sources = {f"lists/{path.name}": path.read_bytes() for path in LISTS.glob("*.yaml")}
    return assemble(sources, today=date(2026, 11, 21))[0]


def single_topic():
    """The first topic of a hostile collection, as a collection of its own."""
    return catalogue(*hostile(80, 1, seed=9).topics)


def with_header_and_footer():
    """Topics between a header and a footer with headings, some of which break linter rules."""
    header = (
        '<p align="center"><img src="https://example.org/logo.svg"></p>\n\n'
        "[![Awesome](https://awesome.re/badge-flat.svg)](https://awesome.re) [Site](https://example.org/site)\n\n"
        "## About us?\n\nWe keep [lists](https://example.org/site).\n\n### Papers"
    )
    footer = "## Papers\n\nSee above.\n\n## License\n\nCC0.\n\n## Contributing\n\nDo.\n\n### How.\n\nSo."
    return replaced(hostile(80, 2, seed=9), header=header, footer=footer)


def replaced(lists, **settings):
    return replace(lists, collection=replace(lists.collection, **settings))


def with_footer():
    """The same without a header, so that the contents list the footer."""
    return replaced(with_header_and_footer(), header=None)


@pytest.mark.parametrize(
    "lists",
    [our_lists, single_topic, with_header_and_footer, with_footer, hostile],
    ids=["our lists", "one topic", "header and footer", "footer", "5,000 hostile entries"],
)
def test_no_error(lists, tmp_path):
    page = render_single(lists())
    folders = [tmp_path / "awesome", tmp_path / "markdownlint"]
    for folder in folders:
        folder.mkdir()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(awesome, page, folders[0])
        second = pool.submit(markdownlint, page, folders[1])
    assert first.result() == []
    assert second.result() == []


def test_the_linters_find_errors(tmp_path):
    page = '# lower case\n\n## Contents\n\n- [A](#b)\n\n## A?\n\n- [x](https://example.org) – lower\n- [x](https://example.org)\n- [y](https://example.org/y) - A " b??\n- [y](https://example.org/z) - Y is y.\n'
    rules = {rule for _, rule, _ in awesome(page, tmp_path)}
    assert rules == {
        "awesome-heading", "awesome-badge", "awesome-toc", "awesome-list-item", "double-link", "balanced-punctuation",
        "no-heading-punctuation", "no-repeat-punctuation", "no-repeat-item-in-description",
    }  # fmt: skip
    assert {rule for _, rule in markdownlint(page, tmp_path)} == {"MD051"}
