"""Our lists pass our own checks, and keep the rules that SOURCES.md promises to readers."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from generator.problems import Problem, Severity
from generator.sources.catalogue.links import candidates
from generator.sources.catalogue.model import Catalogue, Entry, Section, Topic
from linkcheck.duplicates import clusters

PEOPLE = ("person", "group")
NAME_AND_LINK = {"id", "title", "url", "kind", "tags", "also_in"}
"""`tags` and `also_in` aren't shown with the entry: they say how it is found and where it is shown."""


def _last_level(topic: Topic) -> list[Section]:
    return [section for top in topic.sections for section in top.walk()]


def _written(entry: Entry) -> set[str]:
    return {name.partition(".")[0] for name in entry.places}


def test_lists_have_no_error_and_no_warning(validated: tuple[Catalogue, tuple[Problem, ...]]) -> None:
    _, problems = validated
    assert [problem for problem in problems if problem.severity in (Severity.ERROR, Severity.WARNING)] == []


def test_no_two_entries_are_one_work(lists: Catalogue) -> None:
    assert [(cluster.why, [member.id for member in cluster.members]) for cluster in clusters(candidates(lists))] == []


def test_every_topic_is_listed_in_the_reading_order(lists: Catalogue) -> None:
    assert {topic.slug for topic in lists.topics} == set(lists.collection.topics)


def test_topics_are_of_a_size_to_be_read(lists: Catalogue) -> None:
    works = {topic.slug: sum(entry.kind != "person" for entry in topic.walk()) for topic in lists.topics}
    assert {slug: size for slug, size in works.items() if not 15 <= size <= 50} == {}


def test_every_topic_helps_to_choose(lists: Catalogue) -> None:
    for topic in lists.topics:
        assert topic.description, topic.slug
        assert topic.related, topic.slug


def test_every_entry_says_its_kind(lists: Catalogue) -> None:
    assert [entry.id for _, entry in lists.entries() if "kind" not in _written(entry)] == []


def test_no_description_is_used_twice(lists: Catalogue) -> None:
    texts = [entry.description for _, entry in lists.entries() if entry.description]
    texts += [topic.description for topic in lists.topics if topic.description]
    assert [text for text, count in Counter(" ".join(text.split()) for text in texts).items() if count > 1] == []


def test_people_and_groups_stand_last_with_name_and_link_only(lists: Catalogue) -> None:
    for topic in lists.topics:
        *earlier, last = _last_level(topic)
        expected = PEOPLE if topic.slug != "reading-groups" else ("person",)
        strays = [entry.id for section in earlier for entry in section.entries if entry.kind in expected]
        assert strays == [], topic.slug
        kinds = {entry.kind for entry in last.entries}
        if kinds & set(PEOPLE):
            assert kinds <= set(PEOPLE), topic.slug
            assert {entry.id: extra for entry in last.entries if (extra := _written(entry) - NAME_AND_LINK)} == {}


def test_the_account_of_the_sources_names_only_entries_that_exist(lists: Catalogue) -> None:
    text = (Path(__file__).parents[2] / "lists" / "SOURCES.md").read_text(encoding="utf-8")
    known = {name for _, entry in lists.entries() for name in (entry.id, *entry.aliases)}
    keys = set(re.findall(r"\b[a-z]+(?:19|20)\d\d[a-z0-9]+\b", text))
    assert keys, "no key found: has the page been rewritten?"
    assert keys - known == set()
