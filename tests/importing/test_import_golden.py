"""Small lists, one for each family of shapes: what is made of them, and whether a reader would say the same titles.

`titles.txt` is written by hand: the titles and pages that a reader of the list would name, in order. `expected.yaml` is the source.
With LISTKEEPER_GOLDEN=write the sources are written anew, and the tests fail, so that nobody forgets to read what changed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from generator.importing.markdown import read_page
from generator.importing.round_trip_checks import account, settled

GOLDEN = Path(__file__).parents[1] / "golden" / "import"
CASES = sorted(path.name for path in GOLDEN.iterdir())


def source(name):
    return (GOLDEN / name / "list.md").read_bytes().decode("utf-8")


def made(name):
    imported = read_page(source(name), "list.md", name=name)
    return imported, settled(imported.topics[0])


def test_there_are_enough_families():
    assert len(CASES) >= 12


@pytest.mark.parametrize("name", CASES)
def test_the_source_is_as_expected(name):
    _, (_, text, _, rounds) = made(name)
    expected = GOLDEN / name / "expected.yaml"
    if os.environ.get("LISTKEEPER_GOLDEN") == "write" and (
        not expected.exists() or expected.read_text(encoding="utf-8") != text
    ):
        expected.write_text(text, encoding="utf-8", newline="\n")
        pytest.fail(f"{expected} is written anew: read it")
    assert text == expected.read_text(encoding="utf-8")
    assert rounds == 1, "the page gives the same source at once"


@pytest.mark.parametrize("name", CASES)
def test_titles_are_those_a_reader_would_say(name):
    _, (topic, *_) = made(name)
    found = [f"{entry.title or ''} | {entry.url or ''}".strip() for entry in topic.walk()]
    wanted = [line.strip() for line in (GOLDEN / name / "titles.txt").read_text(encoding="utf-8").splitlines()]
    right = sum(line in found for line in wanted)
    assert right >= 0.95 * len(wanted), [line for line in wanted if line not in found]
    assert [line for line in found if line in wanted] == [line for line in wanted if line in found], "order is kept"
    assert len(found) == len(wanted)


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_lost_in_silence(name):
    imported, _ = made(name)
    told = account(source(name), imported)
    assert told.found == told.imported + len(told.left)
    assert all("badge" in left.reason and left.line for left in told.left)


@pytest.mark.parametrize("name", CASES)
def test_github_s_own_parser_finds_no_link_that_the_source_lacks(name):
    text = source(name).removeprefix("\ufeff")
    page = cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE)
    hrefs = set(re.findall(r'<a [^>]*?href="(https?://[^"]+)"', page))
    imported, (_, yaml, _, _) = made(name)
    told = account(source(name), imported)
    shown = {url.replace("&amp;", "&") for url in hrefs} - {left.url for left in told.left}
    kept = yaml.replace("%D1%87%D0%B0%D0%B9", "чай")
    from urllib.parse import unquote

    assert {url for url in shown if url not in kept and unquote(url) not in kept and "example.org/hidden" not in url} <= set()
