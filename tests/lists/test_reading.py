"""The lists are worth a reader's time: what can be held of titles, links, sentences, tags, reading paths and identifiers."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest

from generator.sources.catalogue.model import Author, Catalogue, Entry, Topic

WORKS = ("paper", "preprint", "survey", "book", "thesis")
"""Kinds that have authors, a year and a venue."""

_ARXIV = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ARXIV_URL = re.compile(r"https?://(?:www\.)?arxiv\.org/(?:abs|pdf|html)/([^?#]+?)(?:v\d+)?(?:\.pdf)?$")
_DOI_URL = re.compile(r"https?://(?:dx\.)?doi\.org/(.+)$")
_PRAISE = re.compile(r"\b(?:seminal|excellent|great|must-read|brilliant|famous|important|amazing)\b", re.IGNORECASE)


def _told(lists: Catalogue) -> list[tuple[Topic, Entry]]:
    """All entries that owe the reader a sentence: neither people, nor groups that stand with them in a topic's last section."""
    last = {entry.id for topic in lists.topics for entry in topic.sections[-1].entries}
    return [
        (topic, entry)
        for topic, entry in lists.entries()
        if entry.kind != "person" and not (entry.kind == "group" and entry.id in last)
    ]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def is_full(author: Author) -> bool:
    """Whether one given name at least is written out: a group or a name of one part is, "CB Schönlieb" isn't."""
    names = [part for part in re.split(r"[\s-]+", author.given) if part]
    return bool(author.literal) or not names or any(len(name.strip(".")) > 1 and not name.isupper() for name in names)


def identifiers_in(url: str) -> tuple[str | None, str | None]:
    """The arXiv id and the DOI that an address of arXiv or doi.org names."""
    arxiv, doi = _ARXIV_URL.match(url), _DOI_URL.match(url)
    return arxiv and arxiv[1], doi and unquote(doi[1])


@pytest.mark.parametrize(
    ("author", "full"),
    [
        (Author(family="Schönlieb", given="Carola-Bibiane"), True),
        (Author(family="Karniadakis", given="George Em"), True),
        (Author(family="Simpson", given="Ivor J. A."), True),
        (Author(family="E", given="Weinan"), True),
        (Author(literal="AIX-COVNET Collaboration"), True),
        (Author(family="Hastie"), True),
        (Author(family="Schönlieb", given="CB"), False),
        (Author(family="Olivo", given="A."), False),
        (Author(family="Haig", given="I. G."), False),
        (Author(family="Schönlieb", given="C.-B."), False),
    ],
)
def test_initials_are_told_from_names(author: Author, full: bool) -> None:
    assert is_full(author) is full


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://arxiv.org/abs/1803.00567", ("1803.00567", None)),
        ("https://arxiv.org/pdf/1803.00567v3.pdf", ("1803.00567", None)),
        ("https://arxiv.org/abs/physics/0004057", ("physics/0004057", None)),
        ("https://doi.org/10.1007/s002110050002", (None, "10.1007/s002110050002")),
        ("https://doi.org/10.1016/0893-6080%2889%2990020-8", (None, "10.1016/0893-6080(89)90020-8")),
        ("https://example.org/abs/1803.00567", (None, None)),
    ],
)
def test_identifiers_are_read_from_addresses(url: str, found: tuple[str | None, str | None]) -> None:
    assert identifiers_in(url) == found


def test_every_entry_has_a_title(lists: Catalogue) -> None:
    assert [entry.id for _, entry in lists.entries() if not (entry.title or "").strip()] == []


def test_nearly_every_entry_has_a_link(lists: Catalogue) -> None:
    entries = [entry for _, entry in lists.entries()]
    assert sum(entry.url is not None for entry in entries) / len(entries) >= 0.95


def test_most_works_have_full_authors_a_year_and_a_venue(lists: Catalogue) -> None:
    works = [entry for _, entry in lists.entries() if entry.kind in WORKS]
    named = [work for work in works if work.authors and all(map(is_full, work.authors))]
    whole = [work for work in named if work.year and work.venue]
    assert len(named) / len(works) >= 0.95
    assert len(whole) / len(works) >= 0.8


def test_the_account_of_the_sources_counts_right(lists: Catalogue) -> None:
    entries = [entry for _, entry in lists.entries()]
    works = [entry for entry in entries if entry.kind in WORKS]
    whole = [work for work in works if work.authors and all(map(is_full, work.authors)) and work.year and work.venue]
    text = " ".join((Path(__file__).parents[2] / "lists" / "SOURCES.md").read_text(encoding="utf-8").split())
    for told in (
        f"The lists hold {len(entries)} entries",
        f"{sum(entry.url is not None for entry in entries)} have a link",
        f"all but {sum(not entry.description for entry in entries)} people and groups say why",
        f"{len(whole)} of {len(works)} papers, books and theses",
    ):
        assert told in text


def test_no_page_is_listed_twice(lists: Catalogue) -> None:
    urls = Counter(entry.url for _, entry in lists.entries() if entry.url)
    assert [url for url, count in urls.items() if count > 1] == []


def test_no_work_is_listed_twice(lists: Catalogue) -> None:
    keys = Counter(key for _, entry in lists.entries() for key in (entry.arxiv, entry.doi and entry.doi.casefold()) if key)
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_entry_says_why_to_read_it(lists: Catalogue) -> None:
    assert [entry.id for _, entry in _told(lists) if not entry.description] == []


def test_what_is_said_of_an_entry_is_a_sentence_or_two(lists: Catalogue) -> None:
    lengths = {entry.id: len(entry.description.split()) for _, entry in _told(lists) if entry.description}
    assert {key: words for key, words in lengths.items() if not 10 <= words <= 40} == {}


def test_no_two_sentences_say_the_same(lists: Catalogue) -> None:
    texts = Counter(_plain(entry.description) for _, entry in lists.entries() if entry.description)
    texts += Counter(_plain(step.reason) for topic in lists.topics for step in topic.start)
    assert [text for text, count in texts.items() if count > 1] == []


def test_no_sentence_repeats_its_title_or_praises(lists: Catalogue) -> None:
    for _, entry in _told(lists):
        title, text = _plain(entry.title or ""), _plain(entry.description or "")
        new = set(text.split()) - set(title.split())
        assert len(new) >= 8, entry.id
        assert not text.startswith(title), entry.id
        assert not _PRAISE.search(entry.description or ""), entry.id


def test_entries_have_tags_of_a_small_vocabulary(lists: Catalogue) -> None:
    words = dict(lists.collection.vocabularies)["tags"]
    used = Counter(tag for _, entry in lists.entries() for tag in entry.tags)
    assert len(words) <= 20
    assert set(used) == set(words), "a tag outside the vocabulary, or a word that no entry has"
    assert {tag: count for tag, count in used.items() if count < 5} == {}
    assert [entry.id for _, entry in lists.entries() if entry.kind != "person" and not entry.tags] == []
    assert [entry.id for _, entry in lists.entries() if len(set(entry.tags)) < len(entry.tags)] == []


def test_every_topic_begins_with_a_path_of_works(lists: Catalogue) -> None:
    known = {key: entry for _, entry in lists.entries() for key in (entry.id, *entry.aliases)}
    for topic in lists.topics:
        steps = [known[step.id] for step in topic.start]
        assert 4 <= len(steps) <= 8, topic.slug
        assert len({step.id for step in steps}) == len(steps), topic.slug
        assert [step.id for step in topic.start if len(step.reason.split()) < 4] == [], topic.slug
        assert [step.id for step in steps if step.kind == "person"] == [], topic.slug
        assert [section.title for section in topic.sections if section.title == "Start here"] == [], topic.slug
        own = {entry.id for entry in topic.walk()}
        assert sum(step.id in own or topic.slug in step.also_in for step in steps) >= 3, topic.slug


def test_what_a_path_names_from_elsewhere_is_shown_on_its_page(lists: Catalogue) -> None:
    known = {key: entry for _, entry in lists.entries() for key in (entry.id, *entry.aliases)}
    for topic in lists.topics:
        own = {entry.id for entry in topic.walk()}
        away = [step.id for step in topic.start if step.id not in own and topic.slug not in known[step.id].also_in]
        assert away == [], topic.slug


def test_identifiers_are_well_formed(lists: Catalogue) -> None:
    assert [entry.id for _, entry in lists.entries() if entry.arxiv and not _ARXIV.fullmatch(entry.arxiv)] == []
    assert [entry.id for _, entry in lists.entries() if entry.doi and not _DOI.fullmatch(entry.doi)] == []


def test_identifiers_agree_with_the_address(lists: Catalogue) -> None:
    for _, entry in lists.entries():
        arxiv, doi = identifiers_in(entry.url or "")
        assert arxiv in {None, entry.arxiv}, entry.id
        assert doi is None or (entry.doi or "").casefold() == doi.casefold(), entry.id


def test_no_work_is_dated_long_before_its_arxiv_number(lists: Catalogue) -> None:
    """A number begins with the year of its deposit, which a work may follow by a year and no more."""
    early = {
        entry.id: (entry.year, entry.arxiv)
        for _, entry in lists.entries()
        if entry.arxiv and entry.year and entry.arxiv[:4].isdigit() and 2000 + int(entry.arxiv[:2]) > entry.year + 1
    }
    assert early == {}
