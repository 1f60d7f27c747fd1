"""Small lists, one for each family of shapes: what is made of them, and whether a reader would say the same titles.

`titles.txt` is written by hand: the titles and pages that a reader of the list would name, in order. `expected.yaml` is the source.
With LISTKEEPER_GOLDEN=write the sources are written and the tests fail, so that what changed is read.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from generator.importing.link_account import account
from generator.importing.shapes import SHAPES
from generator.importing.topic import read_page
from generator.importing.topic.page import segments_of
from generator.publishing.pages import render_pages
from generator.sources.catalogue.model import Catalogue, Collection
from generator.sources.catalogue.parse import parse_topic
from generator.sources.catalogue.write import same, topic_text

GOLDEN = Path(__file__).parents[1] / "golden" / "import"
CASES = sorted(path.name for path in GOLDEN.iterdir())


def source(name):
    return (GOLDEN / name / "list.md").read_bytes().decode("utf-8")


def made(name):
    return read_page(source(name), "list.md", name=name)


def titles(topic):
    return [f"{entry.title or ''} | {entry.url or ''}".strip() for entry in topic.walk()]


def test_there_are_enough_families():
    assert len(CASES) >= 12


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_has_a_list_in_which_it_wins(shape):
    winners = {one.claim.shape for name in CASES for one in segments_of(source(name)) if one.claim}
    assert shape in winners


@pytest.mark.parametrize("name", CASES)
def test_the_source_is_as_expected(name):
    (topic,) = made(name).topics
    text = topic_text(topic)
    expected = GOLDEN / name / "expected.yaml"
    if os.environ.get("LISTKEEPER_GOLDEN") == "write" and (
        not expected.exists() or expected.read_text(encoding="utf-8") != text
    ):
        expected.write_text(text, encoding="utf-8", newline="\n")
        pytest.fail(f"{expected} is written: read it")
    assert text == expected.read_text(encoding="utf-8")
    again, problems = parse_topic(text, "list.yaml")
    assert not problems
    assert same(again, topic)


@pytest.mark.parametrize("name", CASES)
def test_titles_are_those_a_reader_would_say(name):
    found = titles(made(name).topics[0])
    wanted = [line.strip() for line in (GOLDEN / name / "titles.txt").read_text(encoding="utf-8").splitlines()]
    assert found == wanted


@pytest.mark.parametrize("name", CASES)
def test_every_link_is_kept_or_a_note(name):
    told = account(source(name), made(name))
    assert told.whole
    assert [left for left in told.left if left.kind == "link" or not left.line] == []


@pytest.mark.parametrize("name", CASES)
def test_the_rendered_page_gives_the_same_titles_pages_and_sections(name):
    (topic,) = made(name).topics
    page = render_pages(Catalogue(Collection(), (topic,)))[f"lists/{topic.slug}.md"]
    (again,) = read_page(page, f"{topic.slug}.md").topics
    assert titles(again) == titles(topic)
    assert [one.title for top in again.sections for one in top.walk()] == [
        one.title for top in topic.sections for one in top.walk()
    ]


@pytest.mark.parametrize("name", CASES)
def test_github_s_own_parser_finds_no_link_that_the_source_lacks(name):
    text = source(name).removeprefix("\ufeff")
    page = cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE)
    hrefs = set(re.findall(r'<a [^>]*?href="(https?://[^"]+)"', page))
    imported = made(name)
    yaml = topic_text(imported.topics[0])
    told = account(source(name), imported)
    shown = {url.replace("&amp;", "&") for url in hrefs} - {left.url for left in told.left}
    kept = yaml.replace("%D1%87%D0%B0%D0%B9", "чай")
    assert {url for url in shown if url not in kept and unquote(url) not in kept and "example.org/hidden" not in url} <= set()
