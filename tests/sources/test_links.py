"""Every URL of a catalogue, as written, once for each place."""

from __future__ import annotations

from datetime import date

import pytest

from generator.sources.catalogue.links import candidates, links, urls_in
from generator.sources.catalogue.parse import assemble
from linkcheck.model import Excuse, Work

TODAY = date(2026, 11, 21)
SOURCE = """title: Theory
description: By [Ann](https://example.org/ann).
header: <https://example.org/header>
footer: https://example.org/footer.
entries:
  - https://example.org/bare
sections:
  - title: Papers
    description: "[Section](https://example.org/section)"
    entries:
      - id: lee2019
        title: A Work
        url: https://example.org/work
        authors: [Ann Lee, {literal: The Group}]
        year: 2019
        doi: 10.1000/xyz
        arxiv: "1803.00567"
        added: 2020-01-01
        description: With [a link](https://example.org/a_(b)) and `https://example.org/code`.
        links: {pdf: https://example.org/pdf, code: [https://example.org/c1, https://example.org/c2], version: https://example.org/v2}
        archive_url: https://web.archive.org/web/2020/https://example.org/work
        state: dead
        not_duplicate_of: {id: other, reason: x}
        link_check: {accept: [blocked], reason: robots, until: 2026-11-20}
      - id: other
        title: Another
"""


@pytest.fixture
def catalogue():
    return assemble({"lists/theory.yaml": SOURCE}, today=TODAY)[0]


def test_all_urls_are_found_with_their_places(catalogue):
    found = {link.url: link for link in links(catalogue)}
    expected = {
        "https://example.org/ann": (2, 14, None, "description"),
        "https://example.org/header": (3, 9, None, "header"),
        "https://example.org/footer": (4, 9, None, "footer"),
        "https://example.org/bare": (6, 5, "example-org-bare", "url"),
        "https://example.org/section": (9, 18, None, "description"),
        "https://example.org/work": (13, 14, "lee2019", "url"),
        "https://example.org/a_(b)": (19, 22, "lee2019", "description"),
        "https://example.org/pdf": (20, 22, "lee2019", "links.pdf"),
        "https://example.org/c1": (20, 54, "lee2019", "links.code.0"),
        "https://example.org/c2": (20, 78, "lee2019", "links.code.1"),
        "https://example.org/v2": (20, 112, "lee2019", "links.version"),
        "https://web.archive.org/web/2020/https://example.org/work": (21, 22, "lee2019", "archive_url"),
    }
    assert {
        url: (link.place.line, link.place.column, link.place.entry, link.place.field) for url, link in found.items()
    } == expected


def test_links_have_the_identifiers_of_their_work(catalogue):
    found = {link.url: link for link in links(catalogue)}
    work = Work("A Work", ("Lee", "The Group"), 2019, "10.1000/xyz", "1803.00567", date(2020, 1, 1))
    assert found["https://example.org/work"].work == work
    assert found["https://example.org/pdf"].work == work
    assert found["https://example.org/a_(b)"].work is None


def test_links_have_the_exceptions_and_states_of_their_entry(catalogue):
    excuse = Excuse(("blocked",), "robots", date(2026, 11, 20))
    kept = {link.url: link for link in links(catalogue)}
    ended = {link.url: link for link in links(catalogue, TODAY)}
    assert kept["https://example.org/work"].excuse == excuse
    assert ended["https://example.org/work"].excuse is None
    assert {link.url: link for link in links(catalogue, date(2026, 11, 20))}["https://example.org/pdf"].excuse == excuse
    assert kept["https://example.org/work"].state == "dead"
    archived = kept["https://web.archive.org/web/2020/https://example.org/work"]
    assert (archived.state, archived.excuse) == (None, None)
    assert kept["https://example.org/bare"].state is None


def test_candidates_have_the_urls_of_the_work(catalogue):
    bare, work, other = candidates(catalogue)
    assert bare.urls == ("https://example.org/bare",)
    assert work.urls == ("https://example.org/work", "https://example.org/pdf", "https://example.org/v2")
    assert (work.id, work.not_duplicate_of, work.place.field) == ("lee2019", ("other",), "url")
    assert (other.urls, other.work.title, other.place.field) == ((), "Another", "title")


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("[a](https://e.org/x) and [b][r]\n\n[r]: https://e.org/y", ["https://e.org/x", "https://e.org/y"]),
        ("[a](https://e.org/?a=1&amp;b=2)", ["https://e.org/?a=1&b=2"]),
        ("[a](https://e.org/?a=1&b=2)", ["https://e.org/?a=1&b=2"]),
        ("[a](https://e.org/%2Fx%20y)", ["https://e.org/%2Fx%20y"]),
        ("[a](https://de.wikipedia.org/wiki/Größe)", ["https://de.wikipedia.org/wiki/Größe"]),
        ("<https://e.org/a|b>", ["https://e.org/a|b"]),
        ("see https://e.org/a.", ["https://e.org/a"]),
        ("`https://e.org/code`", []),
        ("![alt](https://e.org/image.png)", []),
        ("[![alt](https://e.org/i.png)](https://e.org/t)", ["https://e.org/t"]),
        ("[a](#here) [b](mailto:x@y.org) [c](other.md)", ["mailto:x@y.org", "other.md"]),
        ("*[a](https://e.org/1)* ~~[b](https://e.org/2)~~", ["https://e.org/1", "https://e.org/2"]),
        ("[a](https://e.org/1) [again](https://e.org/1)", ["https://e.org/1"]),
        ("1 < 2 and [brackets]", []),
        ("See www.example.org/a, too.", ["http://www.example.org/a"]),
        ("See https://example.org/Foo_(bar).", ["https://example.org/Foo_(bar)"]),
        ("(see https://example.org/Foo_(bar), or https://example.org/a)", ["https://example.org/Foo_(bar)", "https://example.org/a"]),
    ],
)  # fmt: skip
def test_urls_of_markdown_are_as_written(text, urls):
    assert list(urls_in(text)) == urls


def test_bare_urls_that_pages_link_are_checked():
    source = "entries: [{title: A, description: See www.example.org/x for more.}]\n"
    found = links(assemble({"lists/t.yaml": source}, today=TODAY)[0], TODAY)
    assert [(link.url, link.place.line) for link in found] == [("http://www.example.org/x", 1)]
