"""The site in a browser: from disk and from a server, light and dark, by mouse and by keyboard."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.publishing.site.reader import reading, titles

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[3]
HEADING = "[id='ui:page'] h1"
PAGES = (
    "index.html",
    "topics/transport.html",
    "topics/hostile.html",
    "health.html",
    "authors.html",
    "authors/marco-cuturi.html",
)
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture(params=["file", "http"])
def base(request, disk, served) -> str:
    return served if request.param == "http" else disk.as_uri() + "/"


@pytest.fixture(scope="module")
def local(disk) -> str:
    return disk.as_uri() + "/"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_without_errors(chromium, base, path):
    with reading(chromium, base) as page:
        page.goto(base + path)
        assert page.locator(HEADING).is_visible()
        assert page.locator("input[type=search]").is_visible()
        assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("system-ui")


def test_search_as_you_type(chromium, base):
    with reading(chromium, base) as page:
        page.goto(base + "topics/transport.html")
        assert page.locator("script[src*=search-data]").count() == 0
        field = page.locator("input[type=search]")
        field.press_sequentially("sink")
        page.locator(".hits .title").first.wait_for()
        assert titles(page) == ["Sinkhorn Distances"]
        assert page.locator(".hits mark").all_inner_texts() == ["Sink"]
        assert page.locator(".hits .title").get_attribute("href") == "https://example.org/sinkhorn"
        assert not page.locator(HEADING).is_visible()
        assert page.get_by_role("status").inner_text() == "1 of 9 entries"
        field.fill("")
        assert page.locator(HEADING).is_visible()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lukasz strasse", ["Łukasz's Straße of “Quoted” Flows"]),
        ("CUTURI transport", ["Computational Optimal Transport", "Sinkhorn Distances"]),
        ("lightspeed", ["Sinkhorn Distances"]),
        ("villani 2009", ["Optimal Transport: Old and New"]),
        ("</script>", ['"><script>window.broken = 1</script> &amp; esrever']),
        ("nothing of the kind", []),
    ],
)
def test_search_results(chromium, local, words, found):
    with reading(chromium, local) as page:
        page.goto(f"{local}index.html")
        page.locator("input[type=search]").fill(words)
        page.locator(".status", has_text=re.compile("entries|Nothing")).wait_for()
        assert titles(page) == found


def test_hostile_texts_are_escaped_in_results(chromium, local):
    with reading(chromium, local) as page:
        page.goto(f"{local}index.html?kind=blog")
        page.locator(".hits .title").first.wait_for()
        assert titles(page) == ['"><script>window.broken = 1</script> &amp; esrever']
        assert page.locator(".hits script").count() == 0


def test_filters_narrow_results_and_show_counts(chromium, local):
    with reading(chromium, local) as page:
        page.goto(f"{local}index.html")
        page.locator("input[type=search]").fill("transport")
        page.locator(".hits .title").first.wait_for()
        kinds = page.locator("select[name=kind] option")
        assert kinds.all_inner_texts() == ["Any", "Book (2)", "Paper (1)"]
        page.get_by_label("Kind", exact=True).select_option("book")
        assert titles(page) == ["Computational Optimal Transport", "Optimal Transport: Old and New"]
        page.get_by_label("Year").select_option("2019")
        assert titles(page) == ["Computational Optimal Transport"]
        assert kinds.all_inner_texts() == ["Any", "Book (1)"]
        page.get_by_label("Topic").select_option(label="Optimal Transport (1)")
        page.get_by_label("Venue").select_option("Foundations and Trends")
        assert titles(page) == ["Computational Optimal Transport"]
        page.get_by_role("button", name="Clear").click()
        assert page.locator(HEADING).is_visible()


def test_a_search_can_be_shared_by_its_url(chromium, base):
    with reading(chromium, base) as page:
        page.goto(base + "index.html")
        page.locator("input[type=search]").fill("transport")
        page.get_by_label("Kind", exact=True).select_option("book")
        page.get_by_label("Year").select_option("2009")
        expect(page).to_have_url(re.compile("2009"))
        address = page.url
        assert parse_qs(urlsplit(address).query) == {"q": ["transport"], "kind": ["book"], "year": ["2009"]}
    with reading(chromium, base) as page:
        page.goto(address)
        page.locator(".hits .title").first.wait_for()
        assert titles(page) == ["Optimal Transport: Old and New"]
        assert page.locator("input[type=search]").input_value() == "transport"
        assert page.get_by_label("Kind", exact=True).input_value() == "book"


def test_an_empty_search_leaves_no_query_in_the_url(chromium, local):
    with reading(chromium, local) as page:
        page.goto(f"{local}index.html?q=transport")
        page.locator(".hits .title").first.wait_for()
        page.keyboard.press("Escape")
        expect(page).to_have_url(f"{local}index.html")
        assert page.locator(HEADING).is_visible()


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent || document.activeElement.type")


def test_search_by_keyboard(chromium, local):
    with reading(chromium, local) as page:
        page.goto(f"{local}topics/transport.html")
        page.keyboard.press("/")
        assert focused(page) == "search"
        page.keyboard.type("cuturi")
        page.locator(".hits .title").first.wait_for()
        page.keyboard.press("ArrowDown")
        assert focused(page) == "Computational Optimal Transport"
        page.keyboard.press("ArrowDown")
        assert focused(page) == "Sinkhorn Distances"
        page.keyboard.press("ArrowDown")
        assert focused(page) == "Sinkhorn Distances"
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        assert focused(page) == "search"
        page.keyboard.press("Enter")
        assert focused(page) == "Computational Optimal Transport"
        page.keyboard.press("Escape")
        assert page.locator(HEADING).is_visible()
        assert focused(page) == "search"
        page.keyboard.press("Escape")
        assert focused(page) != "search"


def test_escape_in_a_filter_clears_nothing(chromium, local):
    with reading(chromium, local) as page:
        page.goto(f"{local}index.html?q=transport")
        page.locator("select[name=kind]").focus()
        page.keyboard.press("Escape")
        assert page.locator("input[type=search]").input_value() == "transport"


def test_a_slash_can_be_typed_in_the_search(chromium, local):
    with reading(chromium, local) as page:
        page.goto(f"{local}index.html")
        page.keyboard.press("/")
        page.keyboard.type("a/b")
        assert page.locator("input[type=search]").input_value() == "a/b"


def test_the_first_tab_skips_to_the_content(chromium, local):
    with reading(chromium, local) as page:
        page.goto(f"{local}topics/transport.html")
        page.keyboard.press("Tab")
        assert focused(page) == "Skip to content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "ui:content"


def test_the_colour_scheme_follows_the_system_and_the_button(chromium, local):
    paper = "getComputedStyle(document.body).backgroundColor"
    with reading(chromium, local, color_scheme="dark") as page:
        page.goto(f"{local}index.html")
        dark = page.evaluate(paper)
        button = page.get_by_role("button", name="Dark mode")
        assert button.get_attribute("aria-pressed") == "true"
        button.click()
        light = page.evaluate(paper)
        assert light != dark
        page.goto(f"{local}health.html")
        assert page.evaluate(paper) == light
        page.get_by_role("button", name="Dark mode").click()
        assert page.evaluate(paper) == dark
    with reading(chromium, local, color_scheme="light") as page:
        page.goto(f"{local}index.html")
        assert page.evaluate(paper) == light


def test_a_citation_opens_and_is_copied(chromium, served):
    with reading(chromium, served, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(f"{served}topics/transport.html")
        entry = page.locator("[id='entry/cuturi2013']")
        entry.get_by_text("Cite").click()
        entry.get_by_role("button", name="Copy").click()
        entry.get_by_role("button", name="Copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()").startswith(
            "@inproceedings{cuturi2013,\n  author = {Cuturi, Marco},"
        )


@pytest.mark.parametrize("path", [*PAGES, "index.html?q=transport&kind=book"])
def test_axe_finds_no_violations(chromium, local, path):
    with reading(chromium, local) as page:
        page.goto(local + path)
        page.evaluate("document.querySelectorAll('details').forEach((detail) => { detail.open = true; })")
        if "?" in path:
            page.locator(".hits .title").first.wait_for()
        # Without `preload: false` axe requests the style sheet again, which the page forbids. Only colours differ by scheme.
        for scheme, rules in (("light", {}), ("dark", {"runOnly": ["cat.color"]})):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(
                page, options={"preload": False, "rules": {"color-contrast-enhanced": {"enabled": True}}, **rules}
            )
            assert found.violations_count == 0, found.generate_report()
            assert found.response["passes"]


def test_pages_fit_a_phone(chromium, local):
    with reading(chromium, local, **PHONE) as page:
        for path in (*PAGES, "index.html?q=transport&kind=book"):
            page.goto(local + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"], path


def test_only_the_list_is_printed(chromium, local):
    with reading(chromium, local) as page:
        page.goto(f"{local}topics/transport.html")
        page.emulate_media(media="print")
        assert not page.locator("header.bar").is_visible()
        assert not page.locator(".contents").is_visible()
        assert page.locator("a.title", has_text="Sinkhorn Distances").is_visible()
        after = "getComputedStyle(document.querySelector('.entry a.title'), '::after').content"
        assert "attr(href)" in page.evaluate(after) or "arxiv.org" in page.evaluate(after)


def test_print_colours_ignore_the_dark_scheme(chromium, local):
    with reading(chromium, local, color_scheme="light") as page:
        page.goto(f"{local}topics/transport.html")
        ink = "getComputedStyle(document.querySelector('.entry a.title')).color"
        written = page.evaluate(ink)
        page.get_by_role("button", name="Dark mode").click()
        assert page.evaluate(ink) != written
        page.emulate_media(media="print")
        assert page.evaluate(ink) == written


def test_pages_work_without_scripts(chromium, local):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{local}topics/transport.html")
    assert page.get_by_role("link", name="Sinkhorn Distances", exact=True).is_visible()
    assert not page.locator("input[type=search]").is_visible()
    context.close()


def test_a_preview_reloads_and_shows_problems(chromium, tmp_path):
    folder = tmp_path / "lists"
    folder.mkdir()
    source = folder / "theory.yaml"
    source.write_text("title: Theory\nentries: [{title: One, url: 'https://example.org/1'}]\n", encoding="utf-8")
    command = [sys.executable, "-u", "-m", "generator", "serve", "--lists", str(folder), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            url = re.search(r"http://127\.0\.0\.1:\d+/", next(line for line in process.stdout if "http" in line))[0]
            with reading(chromium, url) as page:
                with page.expect_response("**/-/changes"):
                    page.goto(f"{url}topics/theory.html")
                source.write_text("title: Theory\nentries: [{titel: Two, url: 'https://example.org/2'}]\n", encoding="utf-8")
                page.locator(".problems", has_text="titel").wait_for()
                source.write_text("title: Theory\nentries: [{title: Two, url: 'https://example.org/2'}]\n", encoding="utf-8")
                page.get_by_role("link", name="Two", exact=True).wait_for()
                expect(page.locator(".problems")).to_have_count(0)
        finally:
            process.terminate()
