"""Written sources are read back with the same values, whatever their texts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.problems import Place, errors
from generator.sources.catalogue.authors import author
from generator.sources.catalogue.model import (
    KINDS,
    STATES,
    Author,
    Catalogue,
    Collection,
    Entry,
    NotDuplicate,
    Section,
    Start,
    Topic,
)
from generator.sources.catalogue.parse import parse_topic
from generator.sources.catalogue.write import collection_text, entry_lines, same, topic_text
from generator.sources.config import read_collection
from generator.sources.yaml_tree import Mapping, Scalar, read
from generator.sources.yaml_tree.scalars import scalar
from linkcheck.model import Excuse

HERE = Place("x.yaml")
AWKWARD = (
    "no", "Yes", "null", "~", "1803.00567", "2019", "0x1F", "1e5", "12:30:45", "2019-01-02", "a: b", "a #b", "a:", "- a", "? a", "*a",
    "&a", "!a", "%a", "@a", "`a`", "[a]", "{a}", "'a'", '"a"', "a'b", 'a"b', "a\\b", "#1", "=", "<<", ".5", "-1", "+", "|", ">", "a, b",
    "3D vision", "C++: a tour", "https://example.org/a?b=1&c={d}#e", "k-means", "🔥", "茶", "a\u00a0b", ".", "..", "-", "--- a", "... b", "y",
)  # fmt: skip
text = st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff"), min_size=1)).map(
    lambda value: " ".join(value.split())
).filter(bool)  # fmt: skip
prose = st.lists(st.one_of(text, st.just("")), min_size=1, max_size=4).map("\n".join).map(str.strip).filter(bool)
url = st.builds(lambda tail: f"https://example.org/{tail}", st.text("abc:#?&=%'\"{}[],-_", max_size=12)).map(
    lambda value: value.strip()
)
maybe = st.none() | text
entry = st.builds(
    Entry,
    id=st.just(""), place=st.just(HERE), title=text, url=st.none() | url, kind=st.sampled_from(KINDS),
    authors=st.lists(st.one_of(text.map(author), st.builds(Author, family=text, given=text), text.map(lambda name: Author(literal=name))), max_size=3).map(tuple),
    year=st.none() | st.integers(1000, 2200), date=st.none() | st.dates(date(1000, 1, 1), date(2200, 1, 1)), venue=maybe,
    doi=st.sampled_from((None, "10.1000/a(b)c")), arxiv=st.sampled_from((None, "1803.00567", "math/0309136")), description=st.none() | prose,
    abstract=st.none() | prose, tags=st.lists(text, max_size=3).map(tuple),
    links=st.dictionaries(text, st.lists(url, min_size=1, max_size=2).map(tuple), max_size=3).map(lambda found: tuple(found.items())),
    state=st.sampled_from(STATES), extra=st.dictionaries(text, text, max_size=3).map(lambda found: tuple(found.items())),
)  # fmt: skip
topic = st.builds(
    lambda title, about, header, entries, inner: Topic(
        "x", "x.yaml", title, HERE, about, (), header, header, entries, (Section(title, HERE, None, about, entries, (Section(title, HERE, entries=inner),)),)
    ),
    text, st.none() | prose, st.none() | prose, st.lists(entry, max_size=2).map(tuple), st.lists(entry, min_size=1, max_size=2).map(tuple),
)  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(topic)
def test_a_topic_is_read_back_the_same(topic):
    again, problems = parse_topic(topic_text(topic), "x.yaml")
    assert errors(problems) == []
    assert same(again, topic)


@pytest.mark.parametrize("value", AWKWARD)
@pytest.mark.parametrize("flow", [False, True])
def test_a_scalar_is_read_back_in_every_place(value, flow):
    tree = read(f"k: [{scalar(value, flow=True)}]" if flow else f"k: {scalar(value)}", "x")
    assert isinstance(tree.root, Mapping)
    node = tree.root.items[0][1]
    node = node.items[0] if flow else node
    assert isinstance(node, Scalar)
    assert (node.text, node.kind) == (value, "str")
    key = read(f"{scalar(value, key=True)}: x", "x")
    assert isinstance(key.root, Mapping)
    assert key.root.items[0][0].text == value


@pytest.mark.parametrize(
    "value", ["Optimal Transport", "3D vision", "k-means", "https://example.org/a#b", "Sand & Salt", "(2019) a", "It's"]
)
def test_texts_are_quoted_only_if_needed(value):
    assert scalar(value) == value


def test_an_entry_with_only_a_url_is_written_as_the_url():
    assert entry_lines(Entry("", HERE, url="https://example.org/a"), 4) == ["    - https://example.org/a"]


def test_rare_fields_are_read_back_too():
    rare = Entry(
        "lee2020", HERE, title="T", id_given=True, aliases=("old",), also_in=("geometry",), not_duplicate_of=(NotDuplicate("x", "why: so"),),
        archive_url="https://web.archive.org/x", added=date(2020, 1, 2), status="published", language="de",
        link_check=Excuse(("blocked", "404"), "they ask, politely", date(2030, 1, 1)),
    )  # fmt: skip
    whole = Topic("x", "x.yaml", "X", HERE, related=("geometry",), entries=(rare,), start=(Start("lee2020", "a: first"),))
    again, problems = parse_topic(topic_text(whole), "x.yaml")
    assert errors(problems) == []
    assert same(again, whole)


def test_a_collection_is_read_back():
    wanted = Collection(title="A: b", description="Two\n\nparagraphs", license="CC0-1.0", topics=("b", "a"))
    again, _, problems = read_collection(collection_text(wanted), "_collection.yaml")
    assert problems == ()
    assert again == wanted


def test_same_finds_every_difference():
    first = Topic("x", "x.yaml", "X", HERE, entries=(Entry("", HERE, title="a"),))
    for field, value in (
        ("title", "b"),
        ("url", "https://example.org"),
        ("extra", (("k", "v"),)),
        ("links", (("pdf", ("u",)),)),
    ):
        other = Topic("x", "x.yaml", "X", HERE, entries=(Entry("", HERE, **{"title": "a", field: value}),))
        assert not same(first, other)
    assert Catalogue().topics == ()
