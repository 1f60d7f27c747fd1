"""The promises of an import, on documents put together at random from the shapes of entries."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings

from generator.importing.link_account import account, links_of_topics
from generator.importing.page.addresses import url_key
from generator.importing.topic import read_page
from generator.problems import errors
from generator.publishing.pages import render_pages
from generator.sources.catalogue.model import Catalogue, Collection
from generator.sources.catalogue.parse import parse_topic
from generator.sources.catalogue.write import same, topic_text
from tests.importing import shapes


def links(topic):
    return Counter(map(url_key, links_of_topics([topic])))


@settings(max_examples=400, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(shapes.document)
def test_promises_hold_on_any_list(text):
    imported = read_page(text, "README.md")
    (topic,) = imported.topics
    told = account(text, imported)
    assert told.whole
    assert [left for left in told.left if "not understood" in left.reason] == []
    source = topic_text(topic)
    again, problems = parse_topic(source, f"{topic.slug}.yaml")
    assert errors(problems) == []
    assert same(again, topic)
    page = render_pages(Catalogue(Collection(), (topic,)))[f"lists/{topic.slug}.md"]
    back = read_page(page, f"{topic.slug}.md")
    lost = account(page, back)
    assert lost.whole
    assert [left for left in lost.left if left.kind == "link"] == []
    web = {url for url in links(topic) if url.startswith("http")}
    assert web <= set(links(back.topics[0])) | {url_key(left.url) for left in lost.left}


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
        "<details><summary>a</summary>\n\n" * depth + "- [a](https://example.org/a)\n",
    ):
        imported = read_page(text, "README.md")
        assert account(text, imported).whole


LINK = "(https://example.org/a)"
REPEATED = {
    "badges in badges": lambda n: "- " + "[![" * n + f"x]{LINK}]{LINK}" * n,
    "open brackets": lambda n: "- " + "[![" * n,
    "bold tags": lambda n: f"- [a]{LINK}\n\n" + "<b>" * n + "x",
    "links in links": lambda n: "- " + '<a href="https://example.org/a">' * n + "x",
    "headings in headings": lambda n: "<h2>" * n + "x",
    "bold in bold": lambda n: "- " + "**a " * n,
    "one long title": lambda n: "- [" + "word " * n + f"]{LINK} - x",
    "many names": lambda n: "- " + "Ann Lee, " * n + f"[[pdf]{LINK}]",
    "many brackets": lambda n: "- " + "(2019) " * n + f"[[pdf]{LINK}]",
    "many separators": lambda n: "- " + "b c | " * n + f"[[pdf]{LINK}]",
    "many links": lambda n: "- " + f"[b]{LINK} and " * n,
    "many badges": lambda n: "- " + f"[![b](https://example.org/i.svg)]{LINK} " * n,
    "many pipes": lambda n: "| a " * n + "|\n" + "|---" * n + "|\n" + "| y " * n + "|",
    "many headings": lambda n: f"## A\n\n[pdf]{LINK}\n\n" * n,
    "many titles": lambda n: "**A b**\n\n- pdf: https://example.org/a\n\n" * n,
}


@pytest.mark.parametrize("name", REPEATED)
def test_long_texts_are_read_within_the_test_s_time(name):
    text = f"# T\n\n## S\n\n{REPEATED[name](8000)}\n"
    assert account(text, read_page(text, "README.md")).whole
