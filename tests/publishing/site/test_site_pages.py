"""The files of the site: content, links, and escaping of hostile lists."""

from __future__ import annotations

import gzip
import json
import re
from datetime import date
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.publishing.data import FORMATS, render_data
from generator.publishing.site import Health, RenderCache, Settings, render_site
from generator.sources.catalogue.parse import assemble
from tests.bench.catalogue import topics
from tests.publishing.site.sample import SCRIPT, SOURCES, TODAY, catalogue, health, search_data

FILES = render_site(catalogue(), health())
PAGES = sorted(path for path in FILES if path.endswith(".html"))


def tree(path: str, files: dict[str, str] = FILES) -> LexborHTMLParser:
    return LexborHTMLParser(files[path])


def entry(path: str, key: str, files: dict[str, str] = FILES):
    return next(node for node in tree(path, files).css("li.entry") if node.id == f"entry/{key}")


def test_there_is_a_page_for_each_topic():
    assert PAGES == [
        "authors.html",
        "authors/marco-cuturi.html",
        "health.html",
        "index.html",
        "topics/hostile.html",
        "topics/monge.html",
        "topics/transport.html",
    ]


def test_the_same_catalogue_gives_the_same_bytes():
    assert render_site(catalogue(), health()) == FILES


@pytest.mark.parametrize("path", PAGES)
def test_internal_links_have_targets(path):
    for node in tree(path).css("a[href], form[action], link[rel=stylesheet], script[src]"):
        target = node.attributes.get("href") or node.attributes.get("action") or node.attributes.get("src") or ""
        parts = urlsplit(target)
        if parts.scheme:
            continue
        file = normpath(join(dirname(path), unquote(parts.path))) if parts.path else path
        assert file in FILES, target
        if parts.fragment:
            assert unquote(parts.fragment) in {one.id for one in tree(file).css("[id]")}, target


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_loaded_from_other_sites(path):
    for node in tree(path).css("script[src], link[href], img, iframe, source, object, embed, video, audio"):
        assert node.tag in {"script", "link"}
        target = node.attributes.get("src") or node.attributes.get("href") or ""
        assert node.attributes.get("rel") == "canonical" or urlsplit(target).scheme in {"", "data"}
    policy = tree(path).css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    assert "default-src 'none'" in policy
    assert "http:" not in policy
    assert "unsafe" not in policy


def test_style_and_scripts_contain_no_urls():
    for path, text in FILES.items():
        if path.startswith("assets/") and path != "assets/search-data.js":
            assert set(re.findall(r"https?://[^\s'\"]+", text)) <= {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("path", PAGES)
def test_page_structure(path):
    page = tree(path)
    ids = [node.id for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    assert page.css_first("html").attributes["lang"] == "en"
    assert [len(page.css(tag)) for tag in ("main", "h1", "head title")] == [1, 1, 1]
    assert page.css_first("a.skip").attributes["href"] == "#ui:content"
    assert page.css_first("main").id == "ui:content"
    assert all(node.attributes.get("aria-label") or node.attributes.get("aria-labelledby") for node in page.css("nav"))
    assert FILES[path].startswith(("<!-- rendered from lists/", "<!-- rendered from the aliases in lists/"))


@pytest.mark.parametrize("path", PAGES)
def test_hostile_texts_are_escaped(path):
    page = tree(path)
    scripts = [node for node in page.css("script") if node.attributes.get("type") != "application/ld+json"]
    assert all(node.attributes.get("src") and not node.text() for node in scripts)
    for node in page.css("*"):
        assert not [name for name in node.attributes if name.startswith("on")]
        for name in ("href", "src", "action"):
            assert not (node.attributes.get(name) or "").strip().lower().startswith("javascript")
    assert not page.css("img")
    assert "\u202e" not in FILES[path]
    for node in page.css(".verbatim"):
        node.decompose()
    assert not page.css("b, i, u")


def test_a_hostile_title_is_shown_as_written():
    assert entry("topics/hostile.html", "script").css_first(".title").text() == f'"><{SCRIPT[1:]} &amp; esrever'
    assert tree("topics/hostile.html").css_first("h1").text() == f"Hostile {SCRIPT} & 'quotes'"


def test_a_url_of_another_scheme_is_no_link():
    item = entry("topics/hostile.html", "script-url")
    assert item.css_first("span.title").text() == "A URL that is none"
    assert [node.attributes["href"] for node in item.css("a")] == ["#entry/script-url"]


def test_an_entry_shows_its_fields():
    item = entry("topics/transport.html", "peyre2019")
    assert item.css_first("a.title").attributes["href"] == "https://arxiv.org/abs/1803.00567"
    assert item.css_first(".origin").text() == "Book · Gabriel Peyré, Marco Cuturi · Foundations and Trends · 2019"
    assert item.css_first(".about em").text() == "first"
    assert [node.text() for node in item.css(".tools > a")] == ["pdf", "code", "code 2"]
    assert "title = {Computational Optimal Transport}" in item.css_first("details pre").text()


def test_an_untitled_entry_shows_its_url():
    texts = [node.text() for node in tree("topics/hostile.html").css(".title")]
    assert "example.org: bare/page" in texts


def test_a_dead_entry_links_only_its_archived_copy():
    item = entry("topics/transport.html", "gone")
    assert not item.css("a.title")
    assert item.css_first(".decision").text() == "The page is gone"
    assert [node.attributes["href"] for node in item.css("a:not(.permalink)")] == [
        "https://web.archive.org/web/2019/https://example.org/gone"
    ]


def test_a_shared_entry_links_its_own_topic():
    pointers = [node for node in tree("topics/hostile.html").css("li.entry") if node.css("a[href*=transport]")]
    assert [node.css(".origin a")[-1].attributes["href"] for node in pointers] == ["../topics/transport.html#entry/peyre2019"]
    # The entry may have been on this page before; old links still find it.
    assert [node.id for node in pointers] == ["entry/peyre2019"]


def test_a_former_id_is_an_anchor_of_the_entry():
    found = next(node for node in tree("topics/transport.html").css("[id]") if node.id == "entry/sinkhorn")
    assert found.parent.id == "entry/cuturi2013"


def test_the_page_at_a_former_address_links_the_new_one():
    page = tree("topics/monge.html", render_site(catalogue(), settings=Settings(base_url="https://example.org/lists")))
    assert page.css_first("meta[name=robots]").attributes["content"] == "noindex"
    assert page.css_first("link[rel=canonical]").attributes["href"] == "https://example.org/lists/topics/transport.html"
    assert page.css_first("main a").attributes["href"] == "transport.html"
    assert 'content="0; url=transport.html"' in page.css_first("noscript").html
    assert "monge" not in render_site(catalogue(), settings=Settings(base_url="https://example.org"))["sitemap.xml"]


def test_the_reading_path_gives_reasons():
    path = tree("topics/transport.html").css(".path li")
    assert [(node.css_first(".title").text(), node.css_first(".about").text()) for node in path] == [
        ("Computational Optimal Transport", "The whole field in one book.")
    ]


def test_only_broken_links_show_their_health():
    item = entry("topics/transport.html", "peyre2019")
    assert [node.text() for node in item.css(".health")] == ["dead"]
    assert item.css_first(".health.dead").attributes["title"] == "404 on three nights"


def test_without_a_history_no_health_is_shown():
    files = render_site(catalogue(), Health())
    assert not tree("topics/transport.html", files).css(".health")
    assert not tree("health.html", files).css("svg, table, .totals")
    assert "has been checked yet" in tree("health.html", files).css_first(".lead").text()
    assert "known to work" not in tree("index.html", files).css_first(".facts").text()


def test_the_health_page_has_a_chart_and_a_table_of_nights():
    page = tree("health.html")
    assert len(page.css("svg.chart g")) == 2
    assert [len(group.css("rect")) for group in page.css("svg.chart g")] == [1, 3]
    assert "21 November 2026: 1 dead, 1 failing, 1 moved" in page.css_first("svg").attributes["aria-label"]
    assert [[cell.text() for cell in row.css("th, td")] for row in page.css("tbody tr")] == [
        ["2026-11-21", "2", "1", "1", "0", "1", "0", "0"],
        ["2026-11-20", "3", "0", "2", "0", "0", "0", "0"],
    ]
    assert (
        page.css_first(".lead").text() == "3 of 5 links are known to work, 1 is proven dead. Last checked on 21 November 2026."
    )
    assert "#dead" not in page.css_first(".troubles a").attributes["href"]
    assert page.css_first(".troubles .title").text() == "Computational Optimal Transport"


@pytest.mark.parametrize(("path", "name"), [("index.html", "all"), ("topics/transport.html", "transport")])
def test_downloads_of_all_entries_and_of_each_topic(path, name):
    page = tree(path)
    links = {normpath(join(dirname(path), node.attributes["href"])) for node in page.css(".formats a, .data a")}
    wanted = {f"data/{name}.{end}" for end in FORMATS}
    assert wanted <= links
    assert links - wanted == ({"data/CITATION.cff"} if name == "all" else set())
    feed = page.css_first("link[rel=alternate][type='application/atom+xml']").attributes
    assert normpath(join(dirname(path), feed["href"])) == f"data/{name}.atom.xml"
    assert feed["title"].endswith(": new entries")


def test_data_files_are_those_of_the_target_data():
    days = {"villani2009": date(2026, 11, 1)}
    files = render_site(catalogue(), health(), first_seen=days)
    data = render_data(catalogue(), folder="", first_seen=days)
    assert {path: text for path, text in files.items() if path.startswith("data/")} == data
    assert "Old and New" in files["data/transport.atom.xml"]


def test_a_topic_named_all_has_no_downloads():
    files = render_site(catalogue({"lists/all.yaml": "entries: [{title: One, id: one}]\n"}))
    assert not tree("topics/all.html", files).css(".data, link[rel=alternate]")
    assert tree("index.html", files).css(".formats a")


def test_sitemap_and_canonical_urls_need_a_base_url():
    assert "sitemap.xml" not in FILES
    assert not tree("index.html").css("link[rel=canonical]")
    files = render_site(catalogue(), health(), Settings(base_url="https://example.org/a&b/"))
    assert "<loc>https://example.org/a&amp;b/topics/transport.html</loc>" in files["sitemap.xml"]
    canonical = tree("topics/transport.html", files).css_first("link[rel=canonical]").attributes["href"]
    assert canonical == "https://example.org/a&b/topics/transport.html"
    assert tree("index.html", files).css_first("link[rel=canonical]").attributes["href"] == "https://example.org/a&b/"


@pytest.mark.parametrize(
    "path", [path for path in PAGES if path == "index.html" or path.endswith(("hostile.html", "transport.html"))]
)
def test_json_ld(path):
    found = json.loads(tree(path).css_first("script[type='application/ld+json']").text())
    assert found["@context"] == "https://schema.org"
    works = [row["item"] for row in found.get("itemListElement", [])]
    if path.endswith("transport.html"):
        assert works[0]["author"] == [{"@type": "Person", "name": "Gabriel Peyré"}, {"@type": "Person", "name": "Marco Cuturi"}]
    assert all(work.get("url", "https://").startswith("https://") for work in works)


def test_no_text_leaves_the_string_of_the_search_data():
    title = "It's \\'); alert(1); \u2028 ${x} \\u0027 </script>"
    files = render_site(catalogue({"lists/t.yaml": f"title: T\nentries:\n  - {{id: a, title: {json.dumps(title)}}}\n"}))
    assert search_data(files)["entries"][0][0] == "It's \\'); alert(1); ${x} \\u0027 </script>"


def test_the_search_data_contains_every_entry():
    found = search_data(FILES)
    names = [row[0] for row in found["entries"]]
    assert len(names) == sum(1 for _ in catalogue().entries())
    book = found["entries"][names.index("Computational Optimal Transport")]
    assert [found["topics"][number][0] for number in book[7]] == ["transport", "hostile"]
    assert all(not row[1] or row[1].startswith("https://") for row in found["entries"])


def test_the_search_data_contains_identifiers_from_fields_and_urls():
    lists, _ = assemble(
        {
            "lists/t.yaml": b"entries: [{title: A, url: 'https://arxiv.org/abs/1803.00567v2'}, {title: B, doi: 10.1000/xyz},"
            b" {title: C, url: 'https://doi.org/10.1000/abc', arxiv: '1609.03499'}]\n"
        },
        today=TODAY,
    )
    assert [row[9] for row in search_data(render_site(lists))["entries"]] == [
        "1803.00567",
        "10.1000/xyz",
        "10.1000/abc 1609.03499",
    ]


def test_the_home_page_of_a_large_collection_is_small():
    files = render_site(assemble(topics(), today=TODAY)[0])
    first = ("index.html", "assets/site.css", "assets/page.js", "assets/search.js")
    assert len(search_data(files)["entries"]) == 5000
    assert sum(len(gzip.compress(files[path].encode())) for path in first) < 200_000


def test_unchanged_pages_come_from_the_cache():
    cache, known = RenderCache(), health()
    render_site(catalogue(), known, cache=cache)
    kept = {slug: page[1] for slug, page in (cache.pages or {}).items()}
    changed = {**SOURCES, "lists/hostile.yaml": SOURCES["lists/hostile.yaml"].replace("A URL that is none", "Another title")}
    files = render_site(catalogue(changed), known, cache=cache)
    assert files == render_site(catalogue(changed), known)
    assert files["topics/transport.html"] is kept["transport"]
    assert files["topics/hostile.html"] != kept["hostile"]


def test_other_health_invalidates_the_cache():
    cache = RenderCache()
    render_site(catalogue(), health(), cache=cache)
    assert render_site(catalogue(), Health(), cache=cache) == render_site(catalogue())
