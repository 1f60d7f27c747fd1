"""Reading topics: fields, forms, derived keys, broken files, and rules over all files."""

from __future__ import annotations

import gc
import subprocess
import sys
from datetime import date

from generator.sources.catalogue.model import Author, Entry, NotDuplicate
from generator.sources.catalogue.parse import assemble, parse_topic
from generator.sources.catalogue.rules import rules
from linkcheck.model import Excuse, Place

TODAY = date(2026, 11, 21)

FULL = """# yaml-language-server: $schema=_topic.schema.json
title: Optimal   Transport
description: |
  About it.
related: [geometry.yaml]
header: "**Before**"
footer: After
entries:
  - https://example.org/notes
sections:
  - title: Courses
    id: courses
    description: Where to begin.
    entries:
      - id: peyre2019
        title: Computational
          Optimal Transport
        url: https://arxiv.org/abs/1803.00567
        aliases: [old-id]
        kind: book
        authors: [Gabriel Peyré, "Cuturi, Marco", {family: Li, given: Bo}, {literal: The Group}]
        year: 2019
        date: 2019-05-03
        venue: Foundations and Trends
        language: en-GB
        doi: https://doi.org/10.1561/ABC
        arxiv: arXiv:1803.00567v4
        description: See [this](https://example.org/x).
        abstract: Long.
        tags: [one]
        also_in: [geometry]
        not_duplicate_of: {id: other, reason: second edition}
        links:
          pdf: https://example.org/a.pdf
          code: [https://example.org/b, https://example.org/c]
        archive_url: https://web.archive.org/web/2019/https://example.org/
        added: 2020-01-02
        status: published
        state: deprecated
        link_check: {accept: [blocked, 403], reason: robots, until: 2027-01-01}
        extra: {pages: 12, note: hard}
    sections:
      - title: Deeper
        entries: [{title: Last}]
"""


def parse(text, path="lists/optimal-transport.yaml"):
    return parse_topic(text, path)


def entry_of(fields):
    topic, problems = parse(f"entries:\n  - {fields}\n")
    return next(topic.walk(), None), [problem.code for problem in problems]


def test_every_field_is_read():
    topic, problems = parse(FULL)
    assert problems == ()
    assert (topic.slug, topic.title, topic.description, topic.related) == (
        "optimal-transport",
        "Optimal Transport",
        "About it.",
        ("geometry",),
    )
    assert (topic.header, topic.footer) == ("**Before**", "After")
    bare, entry, last = topic.walk()
    assert (bare.url, bare.title, bare.id, bare.id_given) == ("https://example.org/notes", None, "example-org-notes", False)
    assert topic.sections[0].sections[0].title == "Deeper"
    assert last.title == "Last"
    assert entry == Entry(
        id="peyre2019",
        id_given=True,
        place=Place("lists/optimal-transport.yaml", 15, 9, "peyre2019"),
        title="Computational Optimal Transport",
        url="https://arxiv.org/abs/1803.00567",
        aliases=("old-id",),
        kind="book",
        authors=(Author("Peyré", "Gabriel"), Author("Cuturi", "Marco"), Author("Li", "Bo"), Author(literal="The Group")),
        year=2019,
        date=date(2019, 5, 3),
        venue="Foundations and Trends",
        language="en-GB",
        doi="10.1561/abc",
        arxiv="1803.00567",
        description="See [this](https://example.org/x).",
        abstract="Long.",
        tags=("one",),
        also_in=("geometry",),
        not_duplicate_of=(NotDuplicate("other", "second edition"),),
        links=(("pdf", ("https://example.org/a.pdf",)), ("code", ("https://example.org/b", "https://example.org/c"))),
        archive_url="https://web.archive.org/web/2019/https://example.org/",
        added=date(2020, 1, 2),
        status="published",
        state="deprecated",
        link_check=Excuse(("blocked", "403"), "robots", date(2027, 1, 1)),
        extra=(("pages", "12"), ("note", "hard")),
    )


def test_every_value_knows_its_place():
    topic, _ = parse(FULL)
    _, entry, _ = topic.walk()
    rows = FULL.splitlines()
    for field, text in (
        ("title", "Computational"), ("url", "https://arxiv"), ("links.pdf", "https://example.org/a.pdf"),
        ("links.code.0", "https://example.org/b"), ("links.code.1", "https://example.org/c"), ("description", "See"),
        ("archive_url", "https://web"), ("link_check.until", "2027"), ("also_in.0", "geometry"), ("year", "2019"),
    ):  # fmt: skip
        place = entry.where(field)
        assert (place.path, place.entry, place.field) == ("lists/optimal-transport.yaml", "peyre2019", field)
        assert rows[place.line - 1][place.column - 1 :].startswith(text)
    assert entry.where("kind").line == 20
    assert entry.where("nothing") == entry.place
    assert topic.places["description"].line == 3
    assert topic.sections[0].places["description"].line == 13


def test_the_default_title_comes_from_the_file_name():
    assert parse("entries: [https://example.org/]\n", "lists/inverse-problems.yaml")[0].title == "Inverse problems"


def test_only_broken_entries_are_left_out():
    topic, problems = parse("entries:\n  - [x]\n  - Just text\n  - {year: 2019}\n  - {title: A, year: soon}\n  - {title: B}\n")
    assert [entry.title for entry in topic.walk()] == ["A", "B"]
    assert [problem.code for problem in problems] == ["wrong-type", "wrong-type", "empty-entry", "wrong-type"]
    assert next(topic.walk()).year is None


def test_a_section_without_a_title_is_kept_and_reported():
    topic, problems = parse("title: T\nsections:\n  - entries: [https://example.org/1]\n")
    (section,) = topic.sections
    assert (section.title, [entry.url for entry in section.entries]) == ("", ["https://example.org/1"])
    assert [(problem.code, problem.place.line, problem.message) for problem in problems] == [
        ("missing-key", 3, "a section has no title")
    ]


def test_problems_name_their_entry_and_field():
    _, problems = parse("entries:\n  - title: Foo\n    authors: [Ann Lee]\n    year: 2019\n    arxiv: x\n")
    assert [(each.place.entry, each.place.field) for each in problems] == [("lee2019foo", "arxiv")]


def test_field_names_of_other_tools_are_read():
    entry, codes = entry_of("{name: A, link: 'https://example.org/', author: [Ann Lee], yaer: 2019}")
    assert (entry.title, entry.url, entry.authors, entry.year) == ("A", "https://example.org/", (Author("Lee", "Ann"),), 2019)
    assert codes == ["unknown-key"] * 4


def test_a_field_name_of_another_tool_never_replaces_ours():
    entry, _ = entry_of("{name: A, title: B, titel: C}")
    assert entry.title == "B"


def keys(*files):
    sources = {f"lists/t{index}.yaml": text for index, text in enumerate(files)}
    catalogue, _ = assemble(sources, today=TODAY)
    return {entry.url: entry.id for _, entry in catalogue.entries()}


def test_colliding_derived_keys_are_made_unique_in_any_order():
    a = "{url: 'https://example.org/1', title: Deep A, authors: [Ann Lee], year: 2019}"
    b = "{url: 'https://example.org/2', title: Deep B, authors: [Bo Lee], year: 2019}"
    one = keys(f"entries: [{a}, {b}]")
    assert len(set(one.values())) == 2
    assert one == keys(f"entries: [{b}, {a}]") == keys(f"entries: [{b}]", f"entries: [{a}]")
    assert set(keys(f"entries: [{a}]").values()) == {"lee2019deep"}


def test_derived_keys_never_take_a_given_key():
    found = keys(
        "entries: [{id: example-org-1, title: X, url: 'https://example.org/x'}, 'https://example.org/1']",
        "entries: ['https://example.org/1', 'https://example.org/1/']",
    )
    catalogue, problems = assemble(
        {
            "a.yaml": "entries: ['https://example.org/1', 'https://example.org/1']",
            "b.yaml": "entries: ['https://example.org/1', 'https://example.org/1', 'https://example.org/1']",
        },
        today=TODAY,
    )
    assert found["https://example.org/x"] == "example-org-1"
    ids = [entry.id for _, entry in catalogue.entries()]
    assert len(set(ids)) == 5
    assert all(ids)
    assert all(entry.where("url").entry == entry.id for _, entry in catalogue.entries())
    assert "duplicate-id" not in {problem.code for problem in problems}


def test_topics_are_in_the_order_of_the_collection():
    sources = {f"lists/{name}.yaml": "entries: [{title: x}]" for name in "abcd"} | {
        "lists/_collection.yaml": "topics: [c, a]\ntitle: All"
    }
    catalogue, problems = assemble(sources, today=TODAY)
    assert [topic.slug for topic in catalogue.topics] == ["c", "a", "b", "d"]
    assert catalogue.collection.title == "All"
    assert problems == ()


def test_references_to_an_unreadable_file_are_not_reported():
    sources = {"a.yaml": "related: [b]\nentries: [{title: A, also_in: [b]}]", "b.yaml": "\0"}
    _, problems = assemble(sources, today=TODAY)
    assert {problem.place.path for problem in problems} == {"b.yaml"}


def test_rules_are_found_in_their_files():
    names = [name for name, _ in rules()]
    assert {"bad_url", "duplicate_id", "link_check_expired", "missing_title", "unknown_topic"} <= set(names)
    assert all(callable(rule) for _, rule in rules())


def test_garbage_collection_is_enabled_again():
    assemble({"a.yaml": "entries: [{title: A}]"}, today=TODAY)
    assert gc.isenabled()


def test_no_sources_are_an_empty_catalogue():
    catalogue, problems = assemble({}, today=TODAY, others=["lists/readme"])
    assert (catalogue.topics, problems) == ((), ())


def test_reading_imports_nothing_heavy():
    heavy = ("httpx", "mistune", "rich", "click", "rapidfuzz", "selectolax", "asyncio")
    program = f"import sys, generator.sources.catalogue.parse; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
