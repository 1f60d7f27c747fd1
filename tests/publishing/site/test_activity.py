"""How alive repositories are, on the site: facts, badges, orders and the filter, from what the history knows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser

from generator.publishing.link_health import link_health
from generator.publishing.site import Health, LinkHealth, Night, render_site
from linkcheck.history import History
from linkcheck.model import Hop, Link, Observation, Outcome, PageSignals, Place, Vitality
from linkcheck.policy import Policy
from linkcheck.registries.vitality import note_name, note_text
from tests.publishing.site.reader import reading, titles
from tests.publishing.site.sample import catalogue

TODAY = date(2026, 11, 21)
GITHUB = "https://github.com/mill"
LISTS = {
    "lists/_collection.yaml": "topics: [looms, other]\n",
    "lists/looms.yaml": f"""
title: Looms
entries:
  - {{id: quiet, title: Quiet, url: "{GITHUB}/quiet"}}
  - {{id: active, title: Active, url: "{GITHUB}/active"}}
  - {{id: archived, title: Archived, url: "{GITHUB}/archived#readme"}}
  - {{id: decided, title: Decided, url: "{GITHUB}/archived", state: deprecated}}
  - {{id: idle, title: Idle, url: "{GITHUB}/idle"}}
  - {{id: unasked, title: Unasked, url: "{GITHUB}/unasked"}}
  - {{id: missing, title: Missing, url: "{GITHUB}/missing"}}
  - {{id: paper, title: A paper, url: "https://example.org/paper", links: {{code: "{GITHUB}/archived"}}}}
""",
    "lists/other.yaml": "title: Other\nentries: [{title: Owls, url: 'https://example.org/owls'}]\n",
}
ARCHIVED = Vitality(True, date(2020, 1, 1), 50, asked=TODAY)
REPOSITORIES = {
    f"{GITHUB}/active": Vitality(False, date(2026, 11, 20), 1200, "MIT", "<v2>", date(2026, 1, 1), TODAY),
    f"{GITHUB}/quiet": Vitality(False, date(2026, 5, 19), 7, asked=TODAY),
    f"{GITHUB}/idle": Vitality(False, date(2025, 11, 21), 0, asked=TODAY),
    f"{GITHUB}/archived#readme": ARCHIVED,
    f"{GITHUB}/archived": ARCHIVED,
    f"{GITHUB}/missing": Vitality(asked=TODAY),
    f"{GITHUB}/unasked": None,
}
HEALTH = Health(
    {f"{GITHUB}/active": LinkHealth(Outcome.ALIVE, "", TODAY)}, (Night(TODAY, ((Outcome.ALIVE, 1),)),), 1, REPOSITORIES, TODAY
)  # fmt: skip


def shown(files, path="topics/looms.html"):
    page = LexborHTMLParser(files[path])
    return {
        item.attributes["id"].removeprefix("entry/"): (
            " ".join(one.text() for one in item.css(".vitality")), [one.text() for one in item.css(".health")],
        )
        for item in page.css(".entry")
    }  # fmt: skip


def test_facts_and_badges_of_repositories():
    assert shown(render_site(catalogue(LISTS), HEALTH)) == {
        "active": ("★\xa01,200 · MIT · <v2> · last commit 20 November 2026", []),
        "quiet": ("★\xa07 · last commit 19 May 2026", ["no commit for 186 days"]),
        "idle": ("★\xa00 · last commit 21 November 2025", ["no commit for 365 days"]),
        "archived": ("★\xa050 · last commit 1 January 2020", ["archived"]),
        "decided": ("★\xa050 · last commit 1 January 2020", []),
        "unasked": ("activity not asked", []),
        "missing": ("", []),
        "paper": ("", []),
    }


def test_without_a_history_nothing_is_said():
    files = render_site(catalogue(LISTS))
    assert all(found == ("", []) for found in shown(files).values())
    assert 'value="stars"' not in files["topics/looms.html"]


def test_orders_of_repositories_are_offered_where_there_are_some():
    files = render_site(catalogue(LISTS), HEALTH)
    assert 'value="stars"' in files["topics/looms.html"]
    assert 'value="stars"' not in files["topics/other.html"]


def test_the_history_gives_what_the_site_shows(tmp_path):
    night = datetime(2026, 11, 20, 3, tzinfo=UTC)
    urls = [f"{GITHUB}/loom#readme", f"{GITHUB}/other", "https://example.org/paper"]
    with History(tmp_path / "h.db", now=night) as past:
        past.add(Observation(urls[0].partition("#")[0], night, (Hop(urls[0], 200),), PageSignals(title="A", words=300)))
        past.remember(note_name(f"{GITHUB}/loom"), note_text(Vitality(True, stars=3)), night)
        past.remember(note_name(f"{GITHUB}/removed"), note_text(Vitality(True, stars=3)), night)
    links = [Link(url, Place("lists/a.yaml", entry="e")) for url in urls]
    health, _ = link_health(links, Policy(), tmp_path / "h.db", datetime(2026, 11, 21, tzinfo=UTC))
    assert health.repositories == {urls[0]: Vitality(True, stars=3, asked=night.date()), urls[1]: None}
    assert health.today == TODAY


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("activity")
    for path, text in render_site(catalogue(LISTS), HEALTH).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder.as_uri() + "/"


@pytest.mark.browser
def test_entries_are_sorted_by_stars_and_commits(chromium, base):
    with reading(chromium, base) as page:
        page.goto(f"{base}topics/looms.html")
        menu, found = page.get_by_label("Order"), page.locator(".entries .title")
        menu.select_option("stars")
        assert found.all_inner_texts()[:5] == ["Active", "Archived", "Decided", "Quiet", "Idle"]
        menu.select_option("pushed")
        assert found.all_inner_texts()[:3] == ["Active", "Quiet", "Idle"]


@pytest.mark.browser
def test_the_search_filters_by_activity(chromium, base):
    with reading(chromium, base) as page:
        page.goto(f"{base}index.html?topic=looms")
        menu = page.get_by_label("Activity")
        expect(menu.locator("option")).to_have_text(
            ["Any", "active (1)", "activity not asked (1)", "archived (2)", "idle (1)", "quiet (1)"]
        )
        menu.select_option("archived")
        assert titles(page) == ["Archived", "Decided"]
        page.goto(f"{base}index.html?activity=idle")
        assert titles(page) == ["Idle"]


@pytest.mark.browser
def test_facts_and_badges_are_accessible(chromium, base):
    with reading(chromium, base, reduced_motion="reduce") as page:
        page.goto(f"{base}topics/looms.html")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options={"preload": False, "rules": {"color-contrast-enhanced": {"enabled": True}}})
            assert found.violations_count == 0, found.generate_report()
