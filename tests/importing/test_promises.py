"""The promises of an import, on documents put together at random from the shapes of entries."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings

from generator.importing.markdown import read_page
from generator.importing.markdown.addresses import url_key
from generator.importing.round_trip_checks import account, links_of_topics, settled
from generator.problems import errors
from generator.sources.catalogue.parse import parse_topic
from generator.sources.catalogue.write import same, topic_text
from tests.importing import shapes


def links(topic):
    return Counter(map(url_key, links_of_topics([topic])))


@settings(max_examples=1000, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(shapes.document)
def test_promises_hold_on_any_list(text):
    imported = read_page(text, "README.md")
    first = imported.topics[0]
    told = account(text, imported)
    assert told.whole
    assert [left for left in told.left if "not understood" in left.reason] == []
    topic, source, page, rounds = settled(first)
    assert rounds in {1, 2, 3}
    assert links(topic) == links(first), "settling loses nothing and invents nothing"
    again, problems = parse_topic(source, f"{topic.slug}.yaml")
    assert errors(problems) == []
    assert same(again, topic)
    second = read_page(page, "page.md").topics[0]
    assert topic_text(second) == source
    assert settled(second)[2] == page


@pytest.mark.parametrize(
    "text", ["", "\n", "# \n", "\ufeff", "\x00\x01", "[", "|", "<details>", "- \n- \n", "```", "# a\n\n<!-- ", "[a]: <"]
)
def test_nothing_raises_where_nothing_is(text):
    imported = read_page(text, "README.md")
    assert list(imported.topics[0].walk()) == []
    assert account(text, imported).whole


@pytest.mark.parametrize("depth", [10, 500])
def test_deep_nesting_is_harmless(depth):
    for text in (
        "> " * depth + "[a](https://example.org/a)",
        "\n".join("  " * level + f"- [x{level}](https://example.org/{level})" for level in range(depth)),
        "<div>" * depth + '<a href="https://example.org/a">a</a>',
        "<ul><li>" * depth + '<a href="https://example.org/a">a</a>',
    ):
        imported = read_page(text, "README.md")
        assert account(text, imported).whole
