"""The texts of the site in its languages."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.publishing import site
from generator.publishing.site import render_site
from generator.publishing.site.strings import TABLE, strings
from generator.sources.collection import LANGUAGES
from tests.publishing.site.sample import SOURCES, catalogue, health

ROOM = Path(site.__file__).parent
OTHERS = [language for language in LANGUAGES if language != "en"]


def in_language(language: str) -> dict[str, str]:
    collection = SOURCES["lists/_collection.yaml"] + f"site: {{language: {language}}}\n"
    return render_site(catalogue({**SOURCES, "lists/_collection.yaml": collection}), health())


@pytest.mark.parametrize("key", TABLE)
def test_each_text_has_the_same_values_and_parts_in_each_language(key: str):
    english, *others = TABLE[key]
    assert len(TABLE[key]) == len(LANGUAGES)
    for other in others:
        assert other.strip(" ") == other != ""
        assert set(re.findall(r"\{(\w+)\}", other)) == set(re.findall(r"\{(\w+)\}", english))
        assert other.count("|") == english.count("|")


def test_each_text_used_is_in_the_table_and_each_in_the_table_is_used():
    python = "".join(path.read_text(encoding="utf-8") for path in sorted(ROOM.rglob("*.py")))
    scripts = "".join(path.read_text(encoding="utf-8") for path in sorted(ROOM.rglob("*.js")))
    used = set(re.findall(r"""\bwords(?:\.html|\.count)?\(\s*["'](\w+)["']""", python))
    families = ("kind_", "state_", "outcome_", "means_", "use_", "order_", "activity_", "js_")
    assert used <= set(TABLE)
    unused = {key for key in TABLE if not key.startswith(families)} - used
    assert {key for key in unused if python.count(f'"{key}"') < 2} == set()
    by_name = set(re.findall(r"\bwords\.(\w+)", scripts)) | set(re.findall(r"listkeeperWords\.(\w+)", scripts))
    facets = {"topic", "section", "tag", "kind", "year", "venue", "language", "health", "activity"}
    assert all(f'"{facet}"' in scripts for facet in facets)
    assert by_name - {"locale"} | facets == {key.removeprefix("js_") for key in TABLE if key.startswith("js_")}


@pytest.mark.parametrize("language", OTHERS)
def test_a_site_speaks_its_language(language: str):
    words, english = strings(language), strings("en")
    files = in_language(language)
    for path in (path for path in files if path.endswith(".html")):
        page = LexborHTMLParser(files[path])
        assert page.css_first("html").attributes["lang"] == language
        assert page.css_first("a.skip").text() == words("skip")
        assert page.css_first("input[type=search]").attributes["placeholder"] == words("search_all")
        for key, row in TABLE.items():
            if len(row[0]) > 12 and "{" not in row[0] and words(key) != english(key):
                assert english(key) not in page.body.text(), (path, key)
    assert words("kind_book") in files["topics/transport.html"]
    assert words("js_nothing") in files["assets/words.js"]


@pytest.mark.parametrize(
    ("language", "number", "day", "one", "none"),
    [
        ("en", "12,345 entries", "1 March 2026", "1 entry", "0 entries"),
        ("de", "12.345 Einträge", "1. März 2026", "1 Eintrag", "0 Einträge"),
        ("fr", "12\u202f345 entrées", "1er mars 2026", "1 entrée", "0 entrée"),
    ],
)
def test_counts_and_dates(language: str, number: str, day: str, one: str, none: str):
    words = strings(language)
    assert [words.count("entry", count) for count in (12345, 1, 0)] == [number, one, none]
    assert words.day(date(2026, 3, 1)) == day


def test_values_are_put_into_escaped_texts():
    assert strings("en").html("licence", licence="<b>x</b>") == "Lists: <b>x</b>"
