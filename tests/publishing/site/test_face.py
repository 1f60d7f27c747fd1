"""The collection's own face: colours, logo, style sheet, links to its repository, and data within pages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib.resources import files as resources
from urllib.parse import parse_qs

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.publishing.site import Settings, assets, render_site
from generator.sources.collection import Accent, Collection, Site
from generator.sources.config.colours import DARK_PAPERS, LIGHT_PAPERS
from generator.sources.site_files import SiteFiles
from tests.publishing.site.sample import SOURCES, catalogue, health

ADDRESS = "https://example.org/deep/er/"
LOGO = "data:image/svg+xml;base64,PHN2Zy8+"


def rendered(settings: Settings | None = None, **collection) -> dict[str, str]:
    found = catalogue()
    return render_site(replace(found, collection=replace(found.collection, **collection)), health(), settings)


def tree(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(text)


def test_the_papers_are_those_of_the_style_sheet():
    styles = resources(assets).joinpath("site.css").read_text(encoding="utf-8")
    for name, light, dark in zip(("paper", "raised"), LIGHT_PAPERS, DARK_PAPERS, strict=True):
        assert f"--{name}: light-dark({light}, {dark});" in styles


def test_without_settings_there_is_no_style_sheet_of_its_own():
    files = rendered()
    assert "assets/face.css" not in files
    assert "face.css" not in files["index.html"]
    assert not tree(files["index.html"]).css(".logo")


def test_accent_logo_and_styles_are_in_one_style_sheet():
    own = SiteFiles(LOGO, 2.0, "body { letter-spacing: 1px; }")
    files = rendered(Settings(files=own), site=Site(accent=Accent("#7a2c65", "#dd92c8"), logo="l.svg", stylesheet="o.css"))
    styles = files["assets/face.css"]
    assert styles.startswith("/* rendered from lists/_collection.yaml by Listkeeper")
    assert "--accent: light-dark(#7a2c65, #dd92c8);" in styles
    assert f'url("{LOGO}"); aspect-ratio: 2.0000' in styles
    assert styles.index("--accent") < styles.index("letter-spacing")
    page = tree(files["topics/transport.html"])
    assert [node.attributes["href"].partition("?")[0] for node in page.css("link[rel=stylesheet]")] == [
        "../assets/site.css",
        "../assets/face.css",
    ]
    assert page.css(".brand .logo")
    assert "%237a2c65" in page.css_first("link[rel=icon]").attributes["href"]


@pytest.mark.parametrize(
    ("repository", "site", "edit", "suggest"),
    [
        ("https://github.com/a/b.git", Site(), "https://github.com/a/b/edit/HEAD/lists/transport.yaml", "https://github.com/a/b/issues/new/choose"),
        ("https://gitlab.com/a/b/", Site(), "https://gitlab.com/a/b/-/edit/HEAD/lists/transport.yaml", "https://gitlab.com/a/b/-/issues/new"),
        ("https://gitlab.example.org/a/c/b", Site(branch="x/y"), "https://gitlab.example.org/a/c/b/-/edit/x/y/lists/transport.yaml", "https://gitlab.example.org/a/c/b/-/issues/new"),
        ("https://codeberg.org/a/b", Site(), "https://codeberg.org/a/b/_edit/main/lists/transport.yaml", "https://codeberg.org/a/b/issues/new/choose"),
        ("https://git.example.org/a/b", Site(forge="forgejo", branch="trunk"), "https://git.example.org/a/b/_edit/trunk/lists/transport.yaml", "https://git.example.org/a/b/issues/new/choose"),
        ("https://git.example.org/a/b", Site(suggest="https://example.org/form?a=1&b=2"), "https://git.example.org/a/b", "https://example.org/form?a=1&b=2"),
        ("https://git.example.org/a/b", Site(), "https://git.example.org/a/b", None),
        (None, Site(), None, None),
        ("https://[", Site(), None, None),
        ("javascript:alert(1)", Site(forge="github"), None, None),
    ],
)  # fmt: skip
def test_links_to_edit_a_page_and_to_suggest_an_entry(repository, site, edit, suggest):
    foot = tree(rendered(repository=repository, site=site)["topics/transport.html"]).css(".foot a")
    assert {node.text(): node.attributes["href"] for node in foot} == {
        key: value for key, value in (("Edit this page", edit), ("Suggest an entry", suggest)) if value
    }


def test_previews_of_pages_in_other_programs():
    files = rendered(Settings(base_url=ADDRESS), site=Site(language="de"))
    graph = {
        node.attributes["property"]: node.attributes["content"]
        for node in tree(files["topics/transport.html"]).css("meta[property]")
    }
    assert graph == {
        "og:type": "website",
        "og:site_name": "Reading & writing lists",
        "og:title": "Optimal Transport",
        "og:description": "Moving one measure onto another.",
        "og:url": f"{ADDRESS}topics/transport.html",
        "og:locale": "de_DE",
    }
    assert "og:url" not in rendered()["index.html"]


def test_the_page_for_wrong_addresses_links_from_the_root_of_the_site():
    page = tree(rendered(Settings(base_url=ADDRESS))["404.html"])
    assert page.body.attributes["data-root"] == "/deep/er/"
    targets = {
        node.attributes.get("href") or node.attributes.get("src")
        for node in page.css(".bar a, main a, link[rel=stylesheet], script[src]")
    }
    assert {target.partition("?")[0] for target in targets} >= {
        "/deep/er/index.html",
        "/deep/er/assets/site.css",
        "/deep/er/assets/search.js",
    }
    assert all(target.startswith("/deep/er/") for target in targets)
    assert not page.css("link[rel=canonical]")
    assert "404.html" not in rendered()
    assert "404" not in rendered(Settings(base_url=ADDRESS))["sitemap.xml"]


def test_lists_for_search_engines_have_addresses():
    files = rendered(Settings(base_url=ADDRESS))
    found = [
        json.loads(tree(files[path]).css_first("script[type='application/ld+json']").text())
        for path in ("index.html", "topics/transport.html")
    ]
    assert [one["url"] for one in found] == [ADDRESS, f"{ADDRESS}topics/transport.html"]
    assert [one["url"] for one in found[0]["hasPart"]] == [f"{ADDRESS}topics/{slug}.html" for slug in ("transport", "hostile")]


def context_objects(page: LexborHTMLParser) -> dict[str, dict[str, list[str]]]:
    nodes = page.css("span.Z3988")
    return {node.parent.id: parse_qs(node.attributes["title"], strict_parsing=True) for node in nodes}


def test_reference_managers_find_each_work_on_a_page():
    found = context_objects(tree(rendered()["topics/transport.html"]))
    assert found["entry/peyre2019"] == {
        "ctx_ver": ["Z39.88-2004"],
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:book"],
        "rft.genre": ["book"],
        "rft.btitle": ["Computational Optimal Transport"],
        "rft.au": ["Peyré, Gabriel", "Cuturi, Marco"],
        "rft.date": ["2019"],
        "rft_id": ["https://arxiv.org/abs/1803.00567"],
    }
    assert found["entry/cuturi2013"]["rft.jtitle"] == ["NeurIPS"]


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ("kind: software, url: 'https://e.org/x'", {"rft.type": ["computerProgram"], "rft.identifier": ["https://e.org/x"]}),
        ("kind: paper, doi: 10.1000/xyz", {"rft_id": ["info:doi/10.1000/xyz", "https://doi.org/10.1000/xyz"]}),
        ("kind: thesis, authors: [{literal: 'A & Co'}]", {"rft.aucorp": ["A & Co"], "rft.title": ["T"]}),
        ("kind: blog, date: 2024-02-03", {"rft.date": ["2024-02-03"]}),
        ("kind: person", None),
        ("kind: workshop", None),
    ],
)  # fmt: skip
def test_works_of_each_kind(fields, wanted):
    lists = catalogue({"lists/a.yaml": f"entries: [{{id: key, title: T, {fields}}}]\n"})
    found = context_objects(tree(render_site(lists)["topics/a.html"])).get("entry/key")
    assert (found is None) == (wanted is None)
    assert wanted is None or wanted.items() <= found.items()


def test_hostile_texts_stay_in_their_attribute():
    page = tree(
        rendered(repository='https://github.com/"><script>x</script>', site=Site(branch='"><b>'))["topics/hostile.html"]
    )
    assert not page.css("footer b, head b")
    assert all(re.fullmatch(r"[\w.%+&=~/:,()!*-]+", node.attributes["title"]) for node in page.css("span.Z3988"))


def test_the_default_collection_has_the_sample_settings():
    assert Collection().site == Site()
    assert "site:" not in SOURCES["lists/_collection.yaml"]
