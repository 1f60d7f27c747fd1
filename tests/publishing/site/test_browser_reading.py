"""Reading a topic in a browser: what stays in view, order and density, permanent links, neighbours, authors, and a site's own face."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from generator.publishing.site import Settings, render_site
from generator.sources.site_files import SiteFiles
from tests.publishing.site.reader import reading, titles
from tests.publishing.site.sample import catalogue

pytestmark = pytest.mark.browser

MANY = "".join(
    f"""
  - title: Section {number}
    entries:
      - {{id: b{number}, title: "Bees {number}", year: {2000 + number}, authors: [Ann Lee, B. Cho], tags: [small], url: "https://e.org/b{number}", description: Words on bees.}}
      - {{id: a{number}, title: "Ants {number}", year: {2010 + number}, authors: [Cy Dee, B. Cho], url: "https://e.org/a{number}", description: Words on ants.}}"""
    for number in range(1, 9)
)
LISTS = {
    "lists/_collection.yaml": 'topics: [insects, birds]\nsite: {language: de, accent: {light: "#7a2c65", dark: "#e6a5d4"}, logo: l.svg, stylesheet: o.css}\n',
    "lists/insects.yaml": f"title: Insects\nsections:{MANY}\n",
    "lists/birds.yaml": "title: Birds\nentries: [{title: Owls, authors: [Ann Lee]}]\n",
}
LOGO = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyIDEiPjxwYXRoIGQ9Ik0wIDBoMnYxSDB6Ii8+PC9zdmc+"
DESK, WIDE, PHONE = ({"viewport": {"width": width, "height": 700}, "reduced_motion": "reduce"} for width in (1100, 1500, 390))
TOPIC = "topics/insects.html"


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("reading")
    files = SiteFiles(LOGO, 2.0, ".facts { letter-spacing: 3px; }")
    for path, text in render_site(catalogue(LISTS), settings=Settings(files=files)).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder.as_uri() + "/"


def first_titles(page) -> list[str]:
    return page.locator(".entries").first.locator(".title").all_inner_texts()


def test_order_and_density(chromium, base):
    with reading(chromium, base) as page:
        page.goto(base + TOPIC)
        about = page.locator("[id='entry/b1'] .about")
        tall = page.locator("[id='entry/b1']").bounding_box()["height"]
        assert about.is_visible()
        assert first_titles(page) == ["Bees 1", "Ants 1"]
        menu = page.get_by_label("Reihenfolge")
        for order, found in (("title", ["Ants 1", "Bees 1"]), ("list", ["Bees 1", "Ants 1"]), ("year", ["Ants 1", "Bees 1"])):
            menu.select_option(order)
            assert first_titles(page) == found
        switch = page.get_by_role("button", name="Kompakt")
        switch.click()
        assert not about.is_visible()
        assert switch.get_attribute("aria-pressed") == "true"
        assert page.locator("[id='entry/b1']").bounding_box()["height"] < tall / 1.8
        page.reload()
        assert not about.is_visible()
        page.get_by_role("button", name="Kompakt").click()
        assert about.is_visible()


def test_the_search_and_the_contents_stay_in_view(chromium, base):
    with reading(chromium, base, **DESK) as page:
        page.goto(base + TOPIC)
        counts = page.locator(".contents li .number").all_inner_texts()
        assert counts == ["2"] * 8
        current = page.locator(".contents [aria-current]")
        for anchor, title in (("section-3", "Section 3"), ("section-5", "Section 5")):
            page.locator(f"#{anchor}").evaluate("(heading) => heading.scrollIntoView()")
            expect(current).to_have_text(title)
        assert page.locator("input[type=search]").bounding_box()["y"] < 60
        assert page.locator(".contents").bounding_box()["y"] >= 0
        top = page.locator("#section-5").bounding_box()["y"]
        assert top > page.locator(".bar").bounding_box()["height"]
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        expect(current).to_have_text("Section 8")
        page.evaluate("scrollTo(0, 0)")
        expect(current).to_have_count(0)
        assert not page.locator(".siblings").is_visible()
    with reading(chromium, base, **PHONE) as page:
        page.goto(base + TOPIC)
        page.locator("#section-5").evaluate("(heading) => heading.scrollIntoView()")
        field = page.locator("input[type=search]").bounding_box()
        assert 0 <= field["y"] < 40
        assert field["y"] + field["height"] < page.locator("#section-5").bounding_box()["y"]


def test_neighbours_links_and_authors(chromium, base):
    with reading(chromium, base, **WIDE) as page:
        page.goto(base + TOPIC)
        siblings = page.locator(".siblings")
        assert siblings.locator("a").all_inner_texts() == ["Insects", "Birds"]
        assert siblings.locator("[aria-current=page]").inner_text() == "Insects"
        assert (
            siblings.bounding_box()["x"]
            < page.locator("h1").bounding_box()["x"]
            < page.locator(".contents").bounding_box()["x"]
        )
        link = page.get_by_role("link", name="Dauerhafter Link: Ants 4")
        assert link.is_visible()
        link.click()
        expect(page).to_have_url(re.compile("#entry/a4$"))
        assert page.locator(":target .title").inner_text() == "Ants 4"
        assert page.get_by_role("link", name="B. Cho").count() == 0
        page.get_by_role("link", name="Ann Lee").first.click()
        expect(page.locator("h1")).to_have_text("Ann Lee")
        assert titles_of(page)[:2] == ["Bees 8", "Bees 7"]
        assert len(titles_of(page)) == 9
        page.get_by_role("link", name="Personen").click()
        expect(page.locator(".people a")).to_have_text(["Cy Dee", "Ann Lee"])
        page.goto(base + TOPIC)
        page.locator(".tags a").first.click()
        page.locator(".hits .title").first.wait_for()
        assert len(titles(page)) == 8
        page.goto(f"{base}index.html")
        page.locator(".topics a").first.click()
        page.locator("a[rel=next]").click()
        expect(page.locator("h1")).to_have_text("Birds")
        page.locator("a[rel=prev]").click()
        expect(page.locator("h1")).to_have_text("Insects")


def titles_of(page) -> list[str]:
    return page.locator(".entries .title").all_inner_texts()


def test_a_site_has_its_own_face_and_language(chromium, base):
    colour = "getComputedStyle(document.querySelector('.within')).color"
    with reading(chromium, base, color_scheme="light") as page:
        page.goto(base + TOPIC)
        assert page.evaluate(colour) == "rgb(122, 44, 101)"
        logo = page.locator(".brand .logo").bounding_box()
        assert logo["width"] == pytest.approx(2 * logo["height"], abs=0.5)
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(colour) == "rgb(230, 165, 212)"
        page.goto(f"{base}index.html")
        assert page.evaluate("getComputedStyle(document.querySelector('.facts')).letterSpacing") == "3px"
        assert page.evaluate("document.documentElement.lang") == "de"
        page.locator("input[type=search]").fill("bees")
        page.locator(".hits .title").first.wait_for()
        assert page.get_by_role("status").inner_text() == "8 von 17 Einträgen"
        assert page.get_by_label("Jahr").is_visible()


def test_axe_finds_no_violations_in_compact_pages_and_own_colours(chromium, base):
    with reading(chromium, base, **WIDE) as page:
        page.goto(base + TOPIC)
        page.get_by_role("button", name="Kompakt").click()
        page.evaluate("document.querySelectorAll('details').forEach((detail) => { detail.open = true; })")
        for scheme, rules in (("light", {}), ("dark", {"runOnly": ["cat.color"]})):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(
                page, options={"preload": False, "rules": {"color-contrast-enhanced": {"enabled": True}}, **rules}
            )
            assert found.violations_count == 0, found.generate_report()
            assert found.response["passes"]


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> str:
    """A site with an address, a former name and more topics than its list of neighbours can show at once."""
    folder = tmp_path_factory.mktemp("published")
    topics = {
        f"lists/t{number:02}.yaml": f"title: Topic {number}\nentries: [{{id: e{number}, title: Work {number}}}]\n"
        for number in range(10, 60)
    }
    book = "title: Books\naliases: [old]\nentries: [{id: b, title: A & B, kind: paper, authors: [Ann Lee], year: 2020, doi: 10.1000/a}]\n"
    sources = {"lists/_collection.yaml": "title: Lists\n", "lists/books.yaml": book, **topics}
    for path, text in render_site(catalogue(sources), settings=Settings(base_url="https://example.org/")).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder.as_uri() + "/"


def test_the_own_topic_is_in_view_among_its_neighbours(chromium, published):
    with reading(chromium, published, viewport={"width": 1500, "height": 400}) as page:
        page.goto(f"{published}topics/t30.html")
        page.wait_for_function("document.querySelector('.siblings').scrollTop > 0")
        around, own = (
            page.locator(".siblings").bounding_box(),
            page.locator(".siblings [aria-current=page]").bounding_box(),
        )
        assert around["y"] <= own["y"] <= around["y"] + around["height"] - own["height"]
        assert page.evaluate("scrollY") == 0


def test_the_search_is_loaded_when_its_field_is_used(chromium, published):
    with reading(chromium, published) as page:
        page.goto(f"{published}topics/t30.html")
        assert page.evaluate("window.listkeeper") is None
        page.locator("input[type=search]").focus()
        page.wait_for_function("window.listkeeper?.entries.length === 51")


def test_what_programs_read_of_a_page(chromium, published):
    with reading(chromium, published) as page:
        page.goto(f"{published}topics/books.html")
        work = page.evaluate("Object.fromEntries(new URLSearchParams(document.querySelector('.Z3988').title))")
        assert work["rft.atitle"] == "A & B"
        assert work["rft.au"] == "Lee, Ann"
        assert work["rft_id"] in {"info:doi/10.1000/a", "https://doi.org/10.1000/a"}
        graph = page.evaluate(
            "Object.fromEntries([...document.querySelectorAll('[property^=og]')].map((one) => [one.getAttribute('property'), one.content]))"
        )
        assert graph["og:title"] == "Books"
        assert graph["og:url"] == "https://example.org/topics/books.html"
        assert page.locator(".Z3988").evaluate("(one) => one.offsetWidth") == 0


def test_pages_for_wrong_and_former_addresses_have_no_violations(chromium, tmp_path):
    files = render_site(
        catalogue({"lists/a.yaml": "title: A\naliases: [old]\nentries: [{title: One, id: one}]\n"}),
        settings=Settings(base_url=f"https://example.org{tmp_path}"),
    )
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    base = tmp_path.as_uri() + "/"
    (tmp_path / "assets" / "moved.js").write_text("")  # which leads away at once
    with reading(chromium, base, **DESK) as page:
        for name, target in (("topics/old.html", "topics/a.html"), ("404.html", "index.html")):
            for scheme in ("light", "dark"):
                page.goto(base + name)
                page.emulate_media(color_scheme=scheme)
                found = Axe().run(page, options={"preload": False, "rules": {"color-contrast-enhanced": {"enabled": True}}})
                assert found.violations_count == 0, found.generate_report()
            page.locator("main a").click()
            page.wait_for_url(f"**/{target}")
