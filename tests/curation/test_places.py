"""Where a new entry is inserted, without any other change of the file."""

from __future__ import annotations

import pytest

from generator.editing.arrange import choose_position, find_section, insert_entry, remove_entry
from generator.editing.edit import Source
from generator.problems import Place
from generator.sources.catalogue.model import Entry
from generator.sources.catalogue.parse import parse_topic

ROWS = ["- title: New", "  url: https://example.org/new"]


def put(text: str, *, section: str | None = None, number: int = 99):
    """The text with a new entry, or the reason why it can't be inserted."""
    data = text.encode()
    topic, _ = parse_topic(data, "t.yaml")
    assert topic is not None
    chosen = find_section(topic, section) if section else None
    assert not isinstance(chosen, str)
    after = insert_entry(Source("t.yaml", data), topic, chosen, number, ROWS)
    return after if isinstance(after, str) else after.data.decode()


@pytest.mark.parametrize(
    ("text", "section", "number", "wanted"),
    [
        ("entries:\n- title: A\n", None, 9, "entries:\n- title: A\n- title: New\n  url: https://example.org/new\n"),
        ("entries:\n- title: A", None, 9, "entries:\n- title: A\n- title: New\n  url: https://example.org/new"),
        (
            "entries:\r\n  - title: A\r\n",
            None,
            9,
            "entries:\r\n  - title: A\r\n  - title: New\r\n    url: https://example.org/new\r\n",
        ),
        ("\ufeffentries:\n- title: A\n", None, 0, "\ufeffentries:\n- title: New\n  url: https://example.org/new\n- title: A\n"),
        (
            "entries:\n  # of A\n  - title: A # a\n    # in A\n  # of B\n  - title: B\n",
            None,
            1,
            "entries:\n  # of A\n  - title: A # a\n    # in A\n  - title: New\n    url: https://example.org/new\n  # of B\n  - title: B\n",
        ),
        (
            "entries:\n  # of A\n  - title: A\n",
            None,
            0,
            "entries:\n  - title: New\n    url: https://example.org/new\n  # of A\n  - title: A\n",
        ),
        (
            "entries:\n  - title: A\n\n  - title: B\n\n# end\n",
            None,
            9,
            "entries:\n  - title: A\n\n  - title: B\n\n  - title: New\n    url: https://example.org/new\n\n# end\n",
        ),
        (
            "entries:\n  - title: A\n    description: |\n      two\n\n      lines\nsections: []\n",
            None,
            9,
            "entries:\n  - title: A\n    description: |\n      two\n\n      lines\n  - title: New\n    url: https://example.org/new\nsections: []\n",
        ),
        (
            "title: T\nentries: []\nfooter: x\n",
            None,
            0,
            "title: T\nentries:\n  - title: New\n    url: https://example.org/new\nfooter: x\n",
        ),
        (
            "title: T\nentries: [] # none\n",
            None,
            0,
            "title: T\nentries: # none\n  - title: New\n    url: https://example.org/new\n",
        ),
        ("title: T\nentries:\n", None, 0, "title: T\nentries:\n  - title: New\n    url: https://example.org/new\n"),
        ("title: T # t\n", None, 0, "title: T # t\nentries:\n  - title: New\n    url: https://example.org/new\n"),
        (
            "title: T\nsections:\n  - title: S\n    description: >-\n      of S\n    sections:\n      - title: U\n",
            "s",
            0,
            (
                "title: T\nsections:\n  - title: S\n    description: >-\n      of S\n    entries:\n      - title: New\n        url: https://example.org/new\n"
                "    sections:\n      - title: U\n"
            ),
        ),
        (
            "title: T\nsections:\n  - title: S\n  - title: U\n",
            "u",
            0,
            "title: T\nsections:\n  - title: S\n  - title: U\n    entries:\n      - title: New\n        url: https://example.org/new\n",
        ),
    ],
)
def test_only_the_new_lines_are_new(text, section, number, wanted):
    assert put(text, section=section, number=number) == wanted


@pytest.mark.parametrize(
    ("text", "section", "why"),
    [
        ("title: T\nentries: [https://a.org]\n", None, "brackets"),
        ("title: T\nsections:\n  - {title: S}\n", "s", "brackets"),
        ("title: T\nentries: &e\n  - https://a.org\nsections:\n  - title: S\n    entries: *e\n", "s", ""),
        ('title: "T\nentries:\n  - title: A\n', None, ""),
    ],
)
def test_unsupported_notations_are_refused(text, section, why):
    after = put(text, section=section)
    assert "New" not in after
    assert why in after


def test_every_insertion_can_be_removed_again():
    text = "title: T\nentries:\n  - title: A  # a\n    url: https://a.org\n\n  - title: B\n    url: https://b.org\nfooter: f\n"
    for number in range(3):
        after = put(text, number=number).encode()
        topic, _ = parse_topic(after, "t.yaml")
        taken = remove_entry(Source("t.yaml", after), next(one for one in topic.walk() if one.title == "New"))
        assert (taken.source.data.decode().replace("\n\n", "\n"), taken.rows) == (text.replace("\n\n", "\n"), ROWS)


def entry(**more):
    return Entry("new", Place("new"), **({"title": "M", "url": "https://example.org/m"} | more))


def topic_of(text):
    topic, _ = parse_topic(text, "t.yaml")
    return topic


KINDS = """title: T
sections:
  - title: Start here
    entries: [{title: A, kind: paper}, {title: B, kind: book}]
  - title: Books
    entries: [{title: C, kind: book}]
  - title: Talks and slides
    entries: [{title: D, kind: lecture}, {title: E, kind: video}, {title: E2, kind: video}]
  - title: Theory
    entries: [{title: F, kind: preprint}, {title: G, kind: preprint}, {title: G2, kind: preprint}, {title: G3, kind: preprint}]
  - title: Further pages
    entries: [{title: H}]
"""


@pytest.mark.parametrize(
    ("kind", "section"),
    [
        ("book", "Books"), ("video", "Talks and slides"), ("preprint", "Theory"), ("dataset", "Further pages"), ("other", "Further pages"),
        ("paper", "Theory"),
    ],
)  # fmt: skip
def test_an_entry_goes_to_the_section_of_its_kind(kind, section):
    assert choose_position(topic_of(KINDS), entry(kind=kind)).section.title == section


def test_without_a_section_for_its_kind_an_entry_is_not_put_among_people():
    text = "sections:\n- title: A\n  entries: [{title: P, kind: person}, {title: Q, kind: group}]\n- title: B\n  entries: [{title: R, kind: paper}]\n"
    assert choose_position(topic_of(text), entry(kind="dataset")).section.title == "B"


@pytest.mark.parametrize(
    ("entries", "new", "number"),
    [
        ("[{title: A}, {title: K}, {title: Z}]", {"title": "M"}, 2),
        ("[{title: Z}, {title: K}, {title: A}]", {"title": "M"}, 1),
        ("[{title: A}, {title: Z}, {title: K}]", {"title": "M"}, 3),
        ("[{title: Z, year: 2010}, {title: K, year: 2012}, {title: Y, year: 2015}]", {"year": 2012}, 2),
        ("[{title: Z, year: 2015}, {title: K, year: 2012}, {title: Y, year: 2010}]", {"year": 2011}, 2),
        ("[{title: Z, year: 2015}, {title: K}, {title: Y, year: 2010}]", {"year": 2011}, 3),
        ("[{title: K}, {title: A}]", {"title": "B"}, 2),
        ("[{title: a}, {title: École}, {title: Z}]", {"title": "étude"}, 2),
    ],
)
def test_the_order_of_the_others_is_kept(entries, new, number):
    assert choose_position(topic_of(f"title: T\nentries: {entries}\n"), entry(**new)).number == number


def test_sections_are_found_by_heading_id_and_path():
    topic = topic_of(
        "sections:\n - title: A\n   sections: [{title: Papers, id: p}]\n - title: B\n   sections: [{title: Papers}]\n"
    )
    assert find_section(topic, "P").id == "p"
    assert find_section(topic, "b / papers").id is None
    assert "a / papers; b / papers" in find_section(topic, "Papers")
    assert 'did you mean "A"' in find_section(topic, "AA") or "its sections are" in find_section(topic, "AA")
