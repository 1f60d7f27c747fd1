"""The search in a browser: typing errors, phrases, hyphens, what is left out, every filter, and where a result stands."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from generator.publishing.site import Health, LinkHealth, Night, render_site
from linkcheck.model import Outcome
from tests.publishing.site.reader import reading, titles
from tests.publishing.site.sample import TODAY, catalogue

pytestmark = pytest.mark.browser

LISTS = {
    "lists/_collection.yaml": "topics: [transport, learning]\n",
    "lists/transport.yaml": """
title: Transport
sections:
  - title: Books
    entries:
      - {title: Computational Optimal Transport, kind: book, year: 2019, authors: [Marco Cuturi], tags: [survey, code], url: "https://e.org/cot"}
      - {title: Transport that is optimal, kind: book, year: 2009, language: fr, tags: [survey], url: "https://e.org/tto"}
  - title: Papers
    entries:
      - {title: Sinkhorn Distances, kind: paper, year: 2013, tags: [code], language: en, url: "https://e.org/sink"}
""",
    "lists/learning.yaml": """
title: Learning
sections:
  - title: Papers
    entries:
      - {title: Self-supervised vision, kind: paper, year: 2021, url: "https://e.org/ssv"}
      - {title: Domänenanpassung, kind: thesis, language: de, doi: 10.1000/xyz-7, url: "https://e.org/da"}
      - {title: The C++ of kernels, kind: blog, description: "A rather convolutional view."}
""",
}
HEALTH = {"https://e.org/cot": Outcome.ALIVE, "https://e.org/sink": Outcome.DEAD, "https://e.org/ssv": Outcome.ALIVE}
COT, TTO, SINK = "Computational Optimal Transport", "Transport that is optimal", "Sinkhorn Distances"
SSV, DOM, CPP = "Self-supervised vision", "Domänenanpassung", "The C++ of kernels"

SEARCHES = [
    ("optimal transport", [COT, TTO], "2 of 6 entries"),
    ("optmal transport", [COT, TTO], "2 of 6 entries · also: optimal"),
    ("sinkhron", [SINK], "1 of 6 entries · also: sinkhorn"),
    ("convolutonial", [CPP], "1 of 6 entries · also: convolutional"),
    ("transprot", [COT, TTO], "2 of 6 entries · also: transport"),
    ("convlout", [CPP], "1 of 6 entries · also: convolutional"),
    ("sink dist", [SINK], "1 of 6 entries"),
    ('"optimal transport"', [COT], "1 of 6 entries"),
    ("„optimal transport“ 2019", [COT], "1 of 6 entries"),
    ('"transport optimal"', [], "Nothing found. Try fewer words, or clear the filters."),
    ("self supervised", [SSV], "1 of 6 entries"),
    ("self-supervised", [SSV], "1 of 6 entries"),
    ("selfsupervised", [SSV], "1 of 6 entries"),
    ("domanenanpassung", [DOM], "1 of 6 entries"),
    ("10.1000/xyz-7", [DOM], "1 of 6 entries"),
    ("c++", [CPP], "1 of 6 entries"),
    ("sinkhorn zebrafish", [SINK], "1 of 6 entries · without: zebrafish"),
    ("cuturi sinkhorn", [SINK, COT], "2 of 6 entries"),
    ("of the zebrafish", [], "Nothing found. Try fewer words, or clear the filters."),
    ("zzzzzz", [], "Nothing found. Try fewer words, or clear the filters."),
]


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("search")
    health = Health({url: LinkHealth(outcome) for url, outcome in HEALTH.items()}, (Night(TODAY, ((Outcome.ALIVE, 2),)),), 1)
    for path, text in render_site(catalogue(LISTS), health).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder.as_uri() + "/"


def options(page, facet: str) -> list[str]:
    return page.locator(f"select[name={facet}] option").all_inner_texts()[1:]


def test_words_are_found_in_spite_of_errors_hyphens_and_quotes(chromium, base):
    with reading(chromium, base) as page:
        page.goto(f"{base}index.html?q=sink")
        page.locator(".hits .title").first.wait_for()
        for query, found, status in SEARCHES:
            page.locator("input[type=search]").fill(query)
            assert titles(page) == found, query
            assert page.get_by_role("status").inner_text() == status, query


def test_a_result_says_what_it_lacks_and_where_it_stands(chromium, base):
    with reading(chromium, base) as page:
        page.goto(f"{base}index.html?q=cuturi+sinkhorn")
        page.locator(".hits .title").first.wait_for()
        assert page.locator(".hits .without").all_inner_texts() == ["without: cuturi", "without: sinkhorn"]
        assert page.locator(".hits .origin a").all_inner_texts() == ["Transport › Papers", "Transport › Books"]
        page.locator("input[type=search]").fill("optmal")
        assert page.locator(".hits mark").all_inner_texts() == ["Optimal", "optimal"]


def test_every_filter_narrows_and_is_in_the_address(chromium, base):
    with reading(chromium, base) as page:
        page.goto(f"{base}index.html?topic=transport")
        page.locator(".hits .title").first.wait_for()
        shown = page.locator(".filters select:visible").evaluate_all("(all) => all.map((one) => one.name)")
        assert shown == ["topic", "section", "tag", "kind", "year", "language", "health"]
        assert options(page, "section") == ["Books (2)", "Papers (1)"]
        assert options(page, "tag") == ["code (2)", "survey (2)"]
        assert options(page, "language") == ["English (1)", "French (1)"]
        assert options(page, "health") == ["alive (1)", "dead (1)"]
        for facet, value, found in [
            ("health", "dead", [SINK]),
            ("health", "", [COT, TTO, SINK]),
            ("section", "transport/books", [COT, TTO]),
        ]:
            page.locator(f"select[name={facet}]").select_option(value)
            assert titles(page) == found, facet
        page.get_by_label("Tag").select_option("code")
        assert titles(page) == [COT]
        expect(page).to_have_url(re.compile("tag=code"))
        query = parse_qs(urlsplit(page.url).query)
        assert query == {"topic": ["transport"], "section": ["transport/books"], "tag": ["code"]}
        page.get_by_label("Tag").select_option("")
        page.get_by_label("Topic").select_option("learning")
        assert titles(page) == [SSV, DOM, CPP]
        assert not page.get_by_label("Tag").is_visible()
        page.get_by_label("Language").select_option("de")
        assert titles(page) == [DOM]
        page.get_by_role("button", name="Clear").click()
        page.locator("input[type=search]").fill("a")
        assert not page.get_by_label("Section").is_visible()


def test_a_shared_section_brings_its_topic(chromium, base):
    with reading(chromium, base) as page:
        page.goto(f"{base}index.html?section=learning/papers&q=vision")
        page.locator(".hits .title").first.wait_for()
        assert titles(page) == [SSV]
        assert page.get_by_label("Topic").input_value() == "learning"
