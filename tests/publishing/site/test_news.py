"""What is new: on the home page, by month, in feeds, and since the reader's last visit."""

from __future__ import annotations

import json
from datetime import date
from xml.etree import ElementTree as ET

import feedparser
import pytest
from axe_playwright_python.sync_playwright import Axe
from selectolax.lexbor import LexborHTMLParser

from generator.publishing.data import is_ours, render_data
from generator.publishing.site import Settings, render_site
from tests.publishing.site.reader import reading
from tests.publishing.site.sample import catalogue

TOPIC = r"""
title: Kites & $\alpha$
entries:
  - {id: a, title: 'An $x^2$ kite', url: https://example.org/a, added: 2026-11-20, tags: [classic]}
  - {id: b, title: <script>alert(1)</script>, added: 2026-10-02}
  - {id: c, title: Undated}
  - {id: d, title: Gone, added: 2026-11-21, state: dead}
  - {id: e, title: Seen by a build}
"""
SOURCES = {"lists/_collection.yaml": "title: Lists\nrepository: https://github.com/e/l\n", "lists/kites.yaml": TOPIC}
DAYS = {"e": date(2026, 11, 5)}
BASE = Settings(base_url="https://example.org/lists/")


def site(sources=SOURCES, settings=BASE):
    return render_site(catalogue(sources), settings=settings, first_seen=DAYS)


def titles(html):
    return [node.text() for node in LexborHTMLParser(html).css(".newest .title")]


def test_the_newest_are_on_the_home_page_and_all_on_the_page_of_their_month():
    files = site()
    wanted = ["An x2 kite", "Seen by a build", "<script>alert(1)</script>"]
    assert titles(files["index.html"]) == titles(files["new/index.html"]) == wanted
    assert titles(files["new/2026-11.html"]) == wanted[:2]
    assert titles(files["new/2026-10.html"]) == wanted[2:]
    page = LexborHTMLParser(files["new/index.html"])
    assert [node.text() for node in page.css(".body h2")] == ["November 2026", "October 2026"]
    assert [node.attributes["href"] for node in page.css(".months a")] == ["2026-11.html", "2026-10.html"]
    assert page.css_first(".newest a").attributes["href"] == "../topics/kites.html#entry/a"
    assert page.css_first("nav a[aria-current]").attributes["href"] == "../new/index.html"
    home = LexborHTMLParser(files["index.html"])
    assert home.css_first(".newest a").attributes["href"] == "topics/kites.html#entry/a"
    assert home.css_first(".news .more a").attributes["href"] == "new/index.html"
    assert [node.text() for node in home.css("main h2:not(.visually-hidden)")][:2] == ["New", "Topics"]


def test_the_sitemap_lists_every_page_that_has_an_address():
    files = site()
    pages = [LexborHTMLParser(text).css_first("link[rel=canonical]") for path, text in files.items() if path.endswith(".html")]
    listed = [node.text for node in ET.fromstring(files["sitemap.xml"]).findall(".//{*}loc")]
    assert sorted(listed) == sorted(node.attributes["href"] for node in pages if node)
    assert "https://example.org/lists/new/2026-10.html" in listed


def test_without_days_nothing_is_new():
    files = render_site(catalogue({"lists/a.yaml": "entries: [{title: One, id: one}]\n"}))
    assert not [path for path in files if path.startswith("new/")]
    assert not LexborHTMLParser(files["index.html"]).css(".news, script[src*=visit], nav a[href*=new]")


@pytest.mark.parametrize(("days", "pages"), [((1,), 0), ((1, 2), 2)])
def test_a_collection_that_was_taken_over_on_one_day_has_nothing_new(days, pages):
    rows = "".join(f"  - {{id: e{n}, title: T{n}, added: 2026-11-0{days[n % len(days)]}}}\n" for n in range(51))
    files = render_site(catalogue({"lists/a.yaml": f"entries:\n{rows}"}))
    assert len([path for path in files if path.startswith("new/")]) == pages


def test_other_languages_name_months_as_they_do():
    sources = {**SOURCES, "lists/_collection.yaml": "site: {language: fr}\n"}
    assert LexborHTMLParser(site(sources)["new/index.html"]).css_first(".body h2").text() == "novembre 2026"


@pytest.mark.parametrize(("settings", "own"), [(BASE, "https://example.org/lists/data/kites"), (Settings(), "kites")])
def test_feeds_name_their_own_address(settings, own):
    files = site(settings=settings)
    found = feedparser.parse(files["data/kites.atom.xml"])
    assert not found.bozo
    assert [link["href"] for link in found.feed.links if link["rel"] == "self"] == [f"{own}.atom.xml"]
    feed = json.loads(files["data/kites.feed.json"])
    assert feed.get("feed_url") == (f"{own}.feed.json" if settings is BASE else None)


def test_the_json_feed_has_the_entries_of_the_atom_feed():
    files = site()
    feed = json.loads(files["data/kites.feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Kites & α (Lists)"
    assert feed["home_page_url"] == "https://github.com/e/l"
    atom = feedparser.parse(files["data/kites.atom.xml"])
    assert [(one["id"], one["title"]) for one in feed["items"]] == [(one.id, one.title) for one in atom.entries]
    newest = feed["items"][1]
    assert newest["url"] == "https://example.org/a"
    assert newest["date_published"] == "2026-11-20T00:00:00Z"
    assert newest["tags"] == ["Kites & $\\alpha$", "classic"]
    assert all("content_text" in one for one in feed["items"])


def test_a_json_feed_is_known_as_ours_and_other_files_are_not():
    text = render_data(catalogue(SOURCES), folder="")["data/all.feed.json"]
    assert is_ours("all.feed.json", text)
    assert not is_ours("all.feed.json", '{"version": "https://jsonfeed.org/version/1.1", "title": "x"}')
    assert not is_ours("all.json", text)


def test_opml_lists_all_feeds_if_the_address_of_the_site_is_known():
    files = site()
    rows = ET.fromstring(files["feeds.opml"]).findall("body/outline")
    assert [row.attrib["xmlUrl"] for row in rows] == [
        f"https://example.org/lists/data/{one}.atom.xml" for one in ("all", "kites")
    ]
    assert rows[1].attrib["text"] == "Kites & α"
    assert LexborHTMLParser(files["index.html"]).css_first(".formats a[href='feeds.opml']")
    assert "feeds.opml" not in site(settings=Settings())


@pytest.mark.browser
def test_what_is_new_since_the_last_visit_is_marked_by_the_readers_own_browser(chromium, tmp_path):
    def write(sources):
        for path, text in render_site(catalogue(sources), first_seen=DAYS).items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    older = {**SOURCES, "lists/kites.yaml": TOPIC.replace("added: 2026-11-20, ", "")}
    base = tmp_path.as_uri() + "/"
    with reading(chromium, base) as page:
        write(older)
        page.goto(f"{base}index.html")
        assert page.locator(".newest > li").count() == 2
        assert page.locator(".unseen").count() == 0
        write(SOURCES)
        page.reload()
        assert page.locator(".unseen").count() == 1  # the visit goes on, and the entry is newer than its begin
        page.evaluate("sessionStorage.clear()")
        page.reload()
        assert page.locator(".unseen").count() == 0
        page.evaluate("for (const key of Object.keys(localStorage)) localStorage.setItem(key, '2026-11-05')")
        page.evaluate("sessionStorage.clear()")
        page.goto(f"{base}new/index.html")
        assert page.locator("li:has(.unseen) .title").all_inner_texts() == [page.locator(".newest .title").first.inner_text()]
        assert page.locator(".unseen").inner_text() == "new since your last visit"
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options={"preload": False, "rules": {"color-contrast-enhanced": {"enabled": True}}})
            assert found.violations_count == 0, found.generate_report()
        page.get_by_role("link", name="October 2026").click()
        assert page.locator(".unseen").count() == 0
        page.locator(".newest .title").click()
        assert page.locator("[id='entry/b']").is_visible()
